"""A brand product in one size that the POS has not."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from attrs import frozen

from ..matching.options import color_key, size_key
from ..models.keys import LineKey, OrderKey
from ..models.one_line import one_line
from ..models.style_document import StyleDocument
from .refs import Kind, Slot
from .wants import Want

COLOR, SIZE = "Color", "Size"
"""Names of new variant options."""


@frozen(kw_only=True)
class NewProduct:
    """One brand product in one size that the POS has not."""

    want: Want
    """Lines, units and cost."""
    style: StyleDocument | None
    """Its style document."""
    currency: str | None
    """Currency of the order."""
    rate: Decimal
    """Units of the store's currency for one of the order's."""
    orders: tuple[OrderKey, ...]
    """Orders that want it."""

    @property
    def key(self) -> LineKey:
        """The brand product and size."""
        return self.want.key

    @property
    def style_number(self) -> str:
        """Style number of the lines, else of the style document."""
        return self.want.lines[0].style_number or (self.style.number if self.style else "")

    @cached_property
    def values(self) -> Mapping[str, str]:
        """Stated option values by option name."""
        stated = {COLOR: self.key.color if color_key(self.key.color) else ""}
        stated[SIZE] = self.key.size if size_key(self.key.size) else ""
        return {name: line for name, value in stated.items() if (line := one_line(value))}


def product_slot(key: LineKey) -> Slot:
    """The slot of the product that a new line gets."""
    return Slot(kind=Kind.PRODUCT, name=str(key))
