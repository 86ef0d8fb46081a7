"""What is to be matched, and what the index found for it."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from attrs import field, frozen

from ..models.checks import filled
from ..models.keys import LineKey
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine


@frozen(kw_only=True)
class Demand:
    """One brand product in one size, with every order line that asks for it."""

    key: LineKey
    """Identity without order or position."""
    lines: tuple[OrderLine, ...]
    """The lines, in the orders' order; at least one."""
    style: StyleDocument | None = None
    """Its style document, None where the source has none."""
    supplier_id: str | None = None
    """Id of the supplier in the POS, None where it is not there yet."""
    brand_id: str | None = None
    """Id of the brand in the POS, None where it is not there yet."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes as written, on the lines first, then in the style document; each once."""
        written = [line.upc for line in self.lines if line.upc]
        sizes = self.style.sizes if self.style else ()
        written += [size.upc for size in sizes if size.upc and size.size == self.key.size]
        return tuple(dict.fromkeys(written))

    @property
    def style_number(self) -> str:
        """Style number of the lines, else of the style document."""
        return self.lines[0].style_number or (self.style.number if self.style else "")

    @property
    def units(self) -> Decimal:
        """Sum of the lines' quantities."""
        return sum((line.quantity for line in self.lines), Decimal(0))


class Keys(NamedTuple):
    """What the index is asked for one demand; whole numbers, so that millions stay small."""

    key: LineKey
    """Whose keys they are."""
    codes: tuple[int, ...] = ()
    """GTIN-14 keys of every reading, 0 never."""
    supplier_codes: tuple[int, ...] = ()
    """64-bit keys of supplier and supplier code, in every spelling."""
    options: tuple[int, ...] = ()
    """64-bit keys of supplier, style number and normalised options."""


class Hits(NamedTuple):
    """Ids of POS products that an index has under the keys of one demand, dead ones included."""

    key: LineKey
    """Whose hits they are."""
    by_code: tuple[str, ...] = ()
    """Product ids, sorted."""
    by_supplier_code: tuple[str, ...] = ()
    """Product ids, sorted."""
    by_options: tuple[str, ...] = ()
    """Product ids, sorted."""

    @property
    def product_ids(self) -> tuple[str, ...]:
        """Every id once, sorted."""
        return tuple(sorted({*self.by_code, *self.by_supplier_code, *self.by_options}))


@frozen(kw_only=True)
class NearHit:
    """A product whose text resembles; never a match by itself."""

    product_id: str = field(validator=filled)
    """Id in the POS."""
    score: float
    """0 to 100; ranks candidates for a person and is never evidence."""
