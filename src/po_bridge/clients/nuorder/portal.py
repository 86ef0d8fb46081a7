"""Brand portals: where they are and who we are there."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from attrs import Attribute, Factory, field, frozen

from ...models.checks import filled
from ...models.secret import Secret, secret
from .scheme import Scheme

IMAGES: Final = "https://cdn1.nuorder.com/product/{hash}.jpg"
"""Where pictures are, as public code has it; the vendor documents no image host."""
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Side(Enum):
    """Which side of the trade a credential speaks for."""

    RETAILER = "retailer"
    """The shop: reads its orders with one brand, changes no status."""
    BRAND = "brand"
    """The brand: reads every order of its portal."""


ADDRESSES: Mapping[Side, str] = MappingProxyType(
    {Side.RETAILER: "https://buyer.nuorder.com", Side.BRAND: "https://wholesale.nuorder.com"}
)
"""The vendor's production host of each side; sandboxes have their own."""
DESKS: Mapping[Side, str] = MappingProxyType(
    {Side.RETAILER: "Contacts > Companies > the brand > API", Side.BRAND: "Admin > API Management"}
)
"""Where in the vendor's web pages credentials are made and applications are approved."""


def _trimmed(address: str) -> str:
    return address.strip().rstrip("/")


def _is_host(_instance: object, attribute: Attribute[str], value: str) -> None:
    # The hand-shake answers with token secrets, so a wire that others can read is refused.
    parts = urlsplit(value)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not safe or not parts.hostname or parts.path or parts.query or parts.username:
        raise ValueError(f"{attribute.name} must be https:// and a host, without path, got {value!r}")


def _names_hash(_instance: object, attribute: Attribute[str], value: str) -> None:
    if "{hash}" not in value or urlsplit(value).scheme not in {"http", "https"}:
        raise ValueError(f"{attribute.name} must be an address with {{hash}} in it, got {value!r}")


@frozen(kw_only=True)
class Credentials:
    """Two key pairs: of the application, and of the permission it was given."""

    consumer_key: str = field(validator=filled)
    """Key of the application."""
    consumer_secret: Secret = field(converter=secret)
    """Its secret."""
    token: str = field(default="", repr=False)
    """Key of the permission; empty while there is none."""
    token_secret: Secret = field(factory=Secret, converter=secret)
    """Its secret."""


@frozen(kw_only=True)
class Portal:
    """One brand's portal and our credentials for it; a credential opens exactly one portal."""

    name: str = field(validator=filled)
    """The brand's name as the merchant writes it; part of every order key, so it should never change."""
    side: Side = Side.RETAILER
    """Whom the credential speaks for; the other side's hosts refuse it."""
    address: str = field(
        default=Factory(lambda self: ADDRESSES[self.side], takes_self=True),
        converter=_trimmed,
        validator=_is_host,
    )
    """Scheme and host, as ``https://buyer.nuorder.com``."""
    consumer_key: str = field(validator=filled)
    """Key of the application, from the portal's API page."""
    consumer_secret: Secret = field(converter=secret)
    """Its secret; a plain text is taken as one."""
    token: str = field(default="", repr=False)
    """Permanent token; empty until the hand-shake was made."""
    token_secret: Secret = field(factory=Secret, converter=secret)
    """Its secret; a plain text is taken as one."""
    scheme: Scheme = Scheme.RFC5849
    """The way to sign that is tried first."""
    images: str = field(default=IMAGES, validator=_names_hash)
    """Template of a picture's address: ``{hash}``."""

    @property
    def connected(self) -> bool:
        """Whether the hand-shake was made."""
        return bool(self.token and self.token_secret)

    @property
    def credentials(self) -> Credentials:
        """The key pairs to sign with."""
        return Credentials(
            consumer_key=self.consumer_key,
            consumer_secret=self.consumer_secret,
            token=self.token,
            token_secret=self.token_secret,
        )

    @property
    def label(self) -> str:
        """Name of system and portal, for errors."""
        return f"NuORDER portal {self.name!r}"

    @property
    def desk(self) -> str:
        """Where the portal's admin makes credentials and approves applications."""
        return DESKS[self.side]
