"""The two ways to sign that the vendor accepts, as public integrations found them."""

from __future__ import annotations

from enum import Enum


class Scheme(Enum):
    """How requests are signed."""

    RFC5849 = "RFC 5849"
    """The standard: sorted, percent-encoded, base64. It also covers addresses with a query."""
    VENDOR = "vendor sample"
    """The vendor's own sample code: fixed order, nothing encoded, hexadecimal. Only for plain paths."""

    @property
    def other(self) -> Scheme:
        """The one to try when this one is refused."""
        return Scheme.VENDOR if self is Scheme.RFC5849 else Scheme.RFC5849
