"""Tokens, applications and rate windows as the store keeps them."""

from __future__ import annotations

from datetime import datetime

from attrs import frozen

ALL_SCOPES = frozenset(
    {
        "consignments:read",
        "consignments:write:inventory_count",
        "consignments:write:stock_order",
        "consignments:write:stock_transfer",
        "outlets:read",
        "payment_types:read",
        "products:read",
        "products:read:costs",
        "products:write",
        "registers:read",
        "retailer:read",
        "suppliers:read",
        "suppliers:write",
        "taxes:read",
        "users:read",
    }
)
"""Every scope that an endpoint of the emulator asks for; outlets, users and taxes are inferred names."""


@frozen(kw_only=True)
class Client:
    """An application registered with the vendor."""

    id: str
    """The client id."""
    secret: str
    """The client secret."""
    redirect_uri: str
    """Must be repeated to the letter."""


@frozen(kw_only=True)
class Grant:
    """An authorization code: one use, ten minutes."""

    client_id: str
    """To whom it was given."""
    redirect_uri: str
    """Where it was sent."""
    scopes: frozenset[str]
    """What the merchant agreed to."""
    expires_at: datetime
    """End of its life."""
    used: bool = False
    """Whether it was exchanged."""


@frozen(kw_only=True)
class Token:
    """An access token."""

    value: str
    """What stands behind `Bearer`."""
    application: str
    """Client id, or the name of a personal token; the rate limit counts by it."""
    scopes: frozenset[str]
    """What it may do."""
    expires_at: datetime | None = None
    """None for personal tokens, which do not expire."""
    revoked: bool = False
    """Whether a refresh, or a person, ended it."""


@frozen(kw_only=True)
class Bucket:
    """The calls of one application in the running window."""

    start: datetime
    """When the window began."""
    used: int
    """Calls counted in it."""
