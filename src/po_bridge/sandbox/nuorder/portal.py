"""Brand portals and the credentials that open them."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from attrs import field, frozen


class Side(Enum):
    """Which side of the trade a credential speaks for."""

    RETAILER = "retailer"
    """The shop: reads its orders, changes no status."""
    BRAND = "brand"
    """The brand: may also change what it holds."""


HOSTS: Mapping[str, Side] = MappingProxyType(
    {
        "buyer.nuorder.com": Side.RETAILER,
        "buyer.sandbox1.nuorder.com": Side.RETAILER,
        "next.nuorder.com": Side.BRAND,
        "nuorder.com": Side.BRAND,
        "sandbox1.nuorder.com": Side.BRAND,
        "wholesale.nuorder.com": Side.BRAND,
        "wholesale.sandbox1.nuorder.com": Side.BRAND,
    }
)
"""The vendor's hosts by side; on any other host, loopback included, the credential alone decides."""


@frozen(kw_only=True)
class Credential:
    """A key pair made in the portal, and its token pair when the application was approved before."""

    consumer_key: str
    """Key of the application."""
    consumer_secret: str = field(repr=False)
    """Secret of the application."""
    side: Side = Side.RETAILER
    """Whom it speaks for; the other side's hosts refuse it."""
    token: str = ""
    """Permanent token; empty when the hand-shake is still to be made."""
    token_secret: str = field(default="", repr=False)
    """Secret of the permanent token."""


@frozen(kw_only=True)
class Portal:
    """One brand's portal; a credential belongs to exactly one."""

    name: str
    """Name of the brand."""
    credentials: tuple[Credential, ...] = ()
    """Everything that may sign for it."""
