"""Identities that hold across orders, stores and time."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from attrs import field, fields, frozen

from .checks import filled


def quoted(part: str) -> str:
    """Write a part of a key so that the stroke between parts can be told from its own."""
    return part.replace("%", "%25").replace("/", "%2F")


def unquoted(part: str) -> str:
    """Read what ``quoted`` wrote."""
    return part.replace("%2F", "/").replace("%25", "%")


_STROKES = 3
"""Between the four parts of a line key; more of them, or a percent sign, must be quoted."""


@frozen(kw_only=True, order=True)
class OrderKey:
    """A wholesale order: portal and order id, since numbers repeat across portals."""

    portal: str = field(validator=filled)
    """Name of the brand portal, as configured."""
    order_id: str = field(validator=filled)
    """The source's own id of the order."""

    def __str__(self) -> str:
        return f"{quoted(self.portal)}/{quoted(self.order_id)}"

    @classmethod
    def parse(cls, text: str) -> OrderKey:
        """Read what ``str`` wrote; raises ValueError for anything else."""
        parts = text.split("/")
        if len(parts) != 2:
            raise ValueError(f"an order key is portal/order id, got {text!r}")
        return cls(portal=unquoted(parts[0]), order_id=unquoted(parts[1]))


@frozen(kw_only=True, order=True, cache_hash=True)
class LineKey:
    """A brand product in one size, without order or position, so that decisions hold for later orders."""

    portal: str = field(validator=filled)
    """Name of the brand portal."""
    style_id: str = field(validator=filled)
    """The source's id of season, style number and colour."""
    color: str
    """Colour as written."""
    size: str
    """Size as written."""

    def __str__(self) -> str:
        plain = f"{self.portal}/{self.style_id}/{self.color}/{self.size}"
        if plain.count("/") == _STROKES and "%" not in plain:
            return plain
        return "/".join(quoted(part) for part in (self.portal, self.style_id, self.color, self.size))

    @classmethod
    def parse(cls, text: str) -> LineKey:
        """Read what ``str`` wrote; raises ValueError for anything else."""
        parts = [unquoted(part) for part in text.split("/")]
        if len(parts) != 4:
            raise ValueError(f"a line key is portal/style/colour/size, got {text!r}")
        return cls(portal=parts[0], style_id=parts[1], color=parts[2], size=parts[3])


_parts = attrgetter(*(one.name for one in fields(LineKey)))


def in_key_order(keys: Iterable[LineKey]) -> tuple[LineKey, ...]:
    """Sort line keys, in a tenth of the time that comparing them one by one takes."""
    return tuple(sorted(keys, key=_parts))
