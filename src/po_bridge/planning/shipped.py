"""Which order lines the units in parcels belong to.

Parcels name styles by the brand's own id, or by season, number and colour, never by a line.
So units go to the brand product and size they name; what fits no product, or several, is told and counted nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.keys import LineKey
from ..models.shipment import Shipment, ShippedLine
from ..models.wholesale_order import OrderLine, WholesaleOrder

ZERO = Decimal(0)


@frozen(kw_only=True)
class Shipped:
    """Units that left the brand, as the order counts them."""

    units: Mapping[LineKey, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Units by brand product and size, at least."""
    complete: bool = True
    """Whether every parcel that left says what is in it; else a line may have more than is counted."""
    unplaced: tuple[str, ...] = ()
    """What fits no line, or several, for people."""

    def of(self, key: LineKey) -> Decimal | None:
        """Units of a line; None where nobody knows."""
        if key in self.units or self.complete:
            return self.units.get(key, ZERO)
        return None


def shipped_units(order: WholesaleOrder, shipments: Sequence[Shipment]) -> Shipped | None:
    """Place every unit that left; None where the source tells of no parcel, which is not the same as zero."""
    left = [one for one in shipments if one.left]
    if not left:
        return None
    units: dict[LineKey, Decimal] = {}
    unplaced: list[str] = []
    for line in (line for one in left for line in one.lines):
        keys = _keys_of(line, order.lines)
        if len(keys) == 1 and line.quantity is not None:
            units[keys[0]] = units.get(keys[0], ZERO) + line.quantity
        else:
            unplaced.append(_told(line, len(keys)))
    told = all(one.lines for one in left)
    stated = all(line.quantity is not None for one in left for line in one.lines)
    return Shipped(units=units, complete=told and stated and not unplaced, unplaced=tuple(unplaced))


def _keys_of(line: ShippedLine, lines: Sequence[OrderLine]) -> tuple[LineKey, ...]:
    """Brand products of a size that a shipped line may be: by the brand's id, by style, then by code alone."""
    sized = [one for one in lines if _same(one.size, line.size)]
    by_id = [one for one in sized if line.brand_item_id and _same(one.brand_item_id, line.brand_item_id)]
    by_style = [one for one in sized if _is_style(line, one)]
    by_code = [one for one in lines if line.upc and one.upc == line.upc]
    return next((keys for found in (by_id, by_style, by_code) if (keys := _distinct(found))), ())


def _is_style(line: ShippedLine, one: OrderLine) -> bool:
    season = not line.season or not one.season or _same(one.season, line.season)
    number = bool(line.style_number) and _same(one.style_number, line.style_number)
    return number and season and _same(one.color, line.color)


def _distinct(lines: Iterable[OrderLine]) -> tuple[LineKey, ...]:
    return tuple(dict.fromkeys(line.key for line in lines))


def _same(one: str, other: str) -> bool:
    # The vendor of the first source changes letter case at will.
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _told(line: ShippedLine, fitting: int) -> str:
    named = (
        " ".join(filter(None, (line.style_number or line.brand_item_id, line.color, line.size))) or "units"
    )
    count = "an unstated number" if line.quantity is None else f"{line.quantity.normalize():f}"
    if fitting == 1:
        return f"a parcel holds {count} of {named}"
    where = f"{fitting} lines of the order" if fitting else "no line of the order"
    return f"a parcel holds {count} of {named}, which fits {where}"
