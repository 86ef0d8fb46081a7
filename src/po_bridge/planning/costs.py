"""What one unit of every order line costs.

Whether a size price already holds the line or the order discount is not stated by the source.
The candidate that meets the order's own total, less freight and surcharge, is taken and named; none or two: a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.money import cost
from ..models.wholesale_order import OrderLine, WholesaleOrder

HUNDRED = Decimal(100)
CENT = Decimal("0.01")


class Reading(Enum):
    """How a size price is read."""

    AS_IS = "price as is"
    LESS_LINE = "price less the line discount"
    LESS_ORDER = "price less the order discount"
    LESS_BOTH = "price less line and order discount"


@frozen(kw_only=True)
class Costs:
    """Unit costs in the order's currency, under one reading."""

    reading: Reading
    """How prices were read."""
    units: Mapping[str, Decimal | None] = field(converter=frozen_mapping)
    """Cost of one unit by the line's path; None is unknown."""


@frozen(kw_only=True)
class Undecided:
    """No reading meets the order's total, or readings with different costs do."""

    why: str
    """What was compared, for people."""
    readings: tuple[Costs, ...]
    """What a person may choose from."""


def _unit(line: OrderLine, reading: Reading, order: WholesaleOrder) -> Decimal | None:
    if line.unit_price is None:
        return None
    price = line.unit_price
    if reading in {Reading.LESS_LINE, Reading.LESS_BOTH}:
        price = price * (HUNDRED - line.discount_percent) / HUNDRED
    if reading in {Reading.LESS_ORDER, Reading.LESS_BOTH}:
        price = price * (HUNDRED - order.discount_percent) / HUNDRED
    return cost(price)


def _read(order: WholesaleOrder, reading: Reading) -> Costs:
    return Costs(reading=reading, units={line.path: _unit(line, reading, order) for line in order.lines})


def _sum(order: WholesaleOrder, costs: Costs) -> Decimal | None:
    parts = [(line.quantity, costs.units[line.path]) for line in order.lines]
    known = [quantity * unit for quantity, unit in parts if unit is not None]
    return sum(known, Decimal(0)) if len(known) == len(parts) else None


def _goods(order: WholesaleOrder) -> Decimal | None:
    """The order's total for goods alone."""
    if order.total is None:
        return None
    goods = order.total - order.freight - order.surcharge
    return goods * HUNDRED / (HUNDRED + order.surcharge_percent)


def unit_costs(order: WholesaleOrder) -> Costs | Undecided:
    """The one reading that meets the order's total, within a cent a line; else what a person may choose from."""
    readings = [_read(order, reading) for reading in Reading]
    distinct = list({tuple(sorted(c.units.items())): c for c in reversed(readings)}.values())[::-1]
    goods = _goods(order)
    if any(unit is None for unit in readings[0].units.values()):
        if len(distinct) == 1:
            return distinct[0]
        return Undecided(
            why="prices are missing, so the discounts cannot be placed", readings=tuple(distinct)
        )
    if goods is None:
        if len(distinct) == 1:
            return distinct[0]
        return Undecided(why="the order states no total to compare with", readings=tuple(distinct))
    slack = CENT * max(len(order.lines), 1)
    fitting = [c for c in distinct if abs((_sum(order, c) or Decimal(0)) - goods) <= slack]
    if len(fitting) == 1:
        return fitting[0]
    sums = ", ".join(f"{c.reading.value}: {_sum(order, c)}" for c in distinct)
    found = "no reading fits" if not fitting else f"{len(fitting)} readings fit"
    return Undecided(why=f"the order's goods come to {goods}, {found} ({sums})", readings=tuple(distinct))
