"""Tokens, applications and buckets as the vendor keeps them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from attrs import frozen

RIGHTS = (
    "admin_inventory",
    "admin_purchases",
    "admin_shops",
    "all_read",
    "allow_login",
    "categories",
    "inventory_base",
    "inventory_import",
    "inventory_read",
    "manufacturers",
    "product_cost",
    "product_edit",
    "purchase_orders",
    "reports",
    "tags",
    "vendors",
)
"""The rights of an employee that matter here, sorted."""
ALL_SCOPES = frozenset({"employee:all"})
"""Enough for everything that the employee may do."""


@frozen(kw_only=True)
class Client:
    """An application registered with the vendor."""

    id: str
    """The client id."""
    secret: str
    """The client secret."""
    redirect_uri: str
    """Where the merchant is sent back to."""


@frozen(kw_only=True)
class Grant:
    """An authorization code: one use, sixty seconds."""

    client_id: str
    """To whom it was given."""
    scopes: frozenset[str]
    """What the merchant agreed to."""
    expires_at: datetime
    """End of its life."""
    challenge: str = ""
    """Proof key of the request, empty for none."""
    method: str = "plain"
    """S256 or plain."""
    used: bool = False
    """Whether it was exchanged."""


@frozen(kw_only=True)
class Token:
    """An access token."""

    value: str
    """What stands behind `Bearer`."""
    client_id: str
    """Whose it is; the limits count by it."""
    connection: int
    """The merchant's consent that it comes from."""
    generation: int
    """Place in the line of its connection's tokens, from 1."""
    scopes: frozenset[str]
    """What it may do at most."""
    expires_at: datetime
    """End of its life."""
    revoked: bool = False
    """Whether it was ended before its time."""


@frozen(kw_only=True)
class RefreshToken:
    """A refresh token."""

    client_id: str
    """Whose it is."""
    connection: int
    """The merchant's consent that it comes from."""
    generation: int
    """Generation of the access token that came with it."""
    scopes: frozenset[str]
    """What the merchant agreed to."""
    expires_at: datetime
    """End of its life if it is never used."""


@frozen(kw_only=True)
class Bucket:
    """How much of its limits a client has used."""

    level: Decimal = Decimal(0)
    """Drips in the bucket at `at`."""
    at: datetime
    """When the level was taken."""
    second: int = -1
    """Number of the running burst window."""
    calls: int = 0
    """Calls in that window."""
