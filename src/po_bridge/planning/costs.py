"""What one unit of every order line costs.

Whether a price already holds the line or the order discount is not stated by the source.
So each of the four ways to read it is a candidate.
The one that meets the order's own total, less freight and surcharge, is taken and named; none or two: a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from attrs import evolve, frozen

from ..models.money import cost
from ..models.setup import PriceReading
from ..models.wholesale_order import OrderLine, WholesaleOrder

HUNDRED: Final = Decimal(100)
CENT: Final = Decimal("0.01")
HALF_CENT: Final = CENT / 2

_LINE_OFF: Final = frozenset({PriceReading.LESS_LINE, PriceReading.LESS_BOTH})
_ORDER_OFF: Final = frozenset({PriceReading.LESS_ORDER, PriceReading.LESS_BOTH})


@frozen(kw_only=True)
class Costs:
    """Unit costs in the order's currency, under one reading."""

    reading: PriceReading
    """How prices were read."""
    units: tuple[Decimal | None, ...]
    """Cost of one unit, in the order of the order's lines; None is unknown."""
    with_cancelled: bool = False
    """True where the total is met only once the price of the cancelled units is added to it."""
    compared: bool = True
    """False where there was no total to compare with and nothing to decide."""


@frozen(kw_only=True)
class Undecided:
    """No reading meets the order's total, or readings with different costs do."""

    why: str
    """What was compared, for people."""
    readings: tuple[Costs, ...]
    """What a person may choose from."""


def unit_costs(order: WholesaleOrder, rule: PriceReading | None = None) -> Costs | Undecided:
    """The one reading that meets the order's total within rounding, else what a person may choose from.

    The portal's *rule* decides where the total does not: none is stated, a price is missing, or two readings
    fit. A total that no reading meets stays a question.
    """
    readings = _distinct(order)
    if any(unit is None for _, unit in _counted(order, readings[0])):
        return _by_rule(readings, rule, "prices are missing, so the discounts cannot be placed", order)
    goods = _goods(order)
    if not goods and order.total is not None:
        why = f"a surcharge of {order.surcharge_percent} % leaves nothing to compare the order's total with"
        return Undecided(why=why, readings=readings)
    if not goods:
        return _by_rule(readings, rule, "the order states no total to compare with", order)
    fitting = _fitting(order, readings, goods)
    if not fitting and order.cancelled_total:
        fuller = tuple(amount + order.cancelled_total for amount in goods)
        fitting = tuple(evolve(one, with_cancelled=True) for one in _fitting(order, readings, fuller))
    named = {one.reading: one for one in fitting}
    if len(fitting) == 1:
        return fitting[0]
    if rule in named:
        return named[rule]
    return Undecided(why=_told(order, readings, goods, fitting), readings=readings)


def _by_rule(
    readings: tuple[Costs, ...], rule: PriceReading | None, why: str, order: WholesaleOrder
) -> Costs | Undecided:
    """Take the only reading there is, else the rule's."""
    if len(readings) == 1 and not order.discount_amount:
        return evolve(readings[0], compared=False)
    chosen = next((one for one in readings if rule is not None and one.reading is rule), None)
    return evolve(chosen, compared=False) if chosen else Undecided(why=why, readings=readings)


# --- readings -------------------------------------------------------------------------------------


def _distinct(order: WholesaleOrder) -> tuple[Costs, ...]:
    """Readings with different costs; of equal ones the plainest."""
    if not _discounted(order):
        return (Costs(reading=PriceReading.AS_IS, units=tuple(_units(order, PriceReading.AS_IS))),)
    found: dict[tuple[Decimal | None, ...], Costs] = {}
    for reading in PriceReading:
        costs = Costs(reading=reading, units=tuple(_units(order, reading)))
        found.setdefault(costs.units, costs)
    return tuple(found.values())


def _discounted(order: WholesaleOrder) -> bool:
    """Whether anything is taken off, so that prices can be read in several ways."""
    whole = order.discount_percent or order.discount_amount > 0
    return bool(whole) or any(line.discount_percent for line in order.lines)


def _units(order: WholesaleOrder, reading: PriceReading) -> Iterable[Decimal | None]:
    prices = [_line_price(line, reading) for line in order.lines]
    factor = _order_factor(order, prices) if reading in _ORDER_OFF else Decimal(1)
    return (None if price is None else cost(price * factor) for price in prices)


def _line_price(line: OrderLine, reading: PriceReading) -> Decimal | None:
    if line.unit_price is None or reading not in _LINE_OFF:
        return line.unit_price
    return line.unit_price * (HUNDRED - line.discount_percent) / HUNDRED


def _order_factor(order: WholesaleOrder, prices: Sequence[Decimal | None]) -> Decimal:
    """What the order discount leaves of a price: by the amount taken off where one is stated, else by percent.

    An amount is no more than the rounded result of the percentage as a rule; then the percentage is exact.
    """
    by_percent = (HUNDRED - order.discount_percent) / HUNDRED
    net = sum(
        (line.quantity * price for line, price in zip(order.lines, prices, strict=True) if price is not None),
        Decimal(0),
    )
    amount = order.discount_amount
    if amount <= 0 or amount > net:
        return by_percent
    explained = abs(net * (1 - by_percent) - amount) <= _rounding(order)
    return by_percent if explained else (net - amount) / net


def _rounding(order: WholesaleOrder) -> Decimal:
    return CENT + HALF_CENT * order.units


# --- against the total ----------------------------------------------------------------------------


def _goods(order: WholesaleOrder) -> tuple[Decimal, ...]:
    """What the order's total may leave for goods alone; none where no total is stated.

    A stated surcharge may be the result of the stated percentage, or stand beside it: both are tried.
    """
    if order.total is None or order.surcharge_percent <= -HUNDRED:
        return ()
    surcharge = order.surcharge or sum((line.surcharge for line in order.lines), Decimal(0))
    plain = order.total - order.freight
    if not order.surcharge_percent:
        return (plain - surcharge,)
    factor = HUNDRED / (HUNDRED + order.surcharge_percent)
    if not surcharge:
        return (plain * factor,)
    return ((plain - surcharge) * factor, plain * factor, plain - surcharge)


def _counted(order: WholesaleOrder, costs: Costs) -> list[tuple[OrderLine, Decimal | None]]:
    """Lines that count, with their cost."""
    pairs = zip(order.lines, costs.units, strict=True)
    return [(line, unit) for line, unit in pairs if line.quantity]


def _fitting(order: WholesaleOrder, readings: Sequence[Costs], goods: Sequence[Decimal]) -> tuple[Costs, ...]:
    """Readings that meet the total to the cent, else those that meet it when every unit may be rounded."""
    for loose in (False, True):
        found = tuple(one for one in readings if _fits(order, one, goods, loose=loose))
        if found:
            return found
    return ()


def _fits(order: WholesaleOrder, costs: Costs, goods: Sequence[Decimal], *, loose: bool) -> bool:
    total = _sum(order, costs)
    slack = _slack(order, costs) if loose else CENT
    return any(abs(total - amount) <= slack for amount in goods)


def _sum(order: WholesaleOrder, costs: Costs) -> Decimal:
    return sum(
        (line.quantity * unit for line, unit in _counted(order, costs) if unit is not None), Decimal(0)
    )


def _slack(order: WholesaleOrder, costs: Costs) -> Decimal:
    """How far rounding may lead away from the total: half a cent for each unit that may have been rounded."""
    rounded = (line.quantity for line, unit in _counted(order, costs) if _may_be_rounded(line, unit))
    return CENT + sum((HALF_CENT * (abs(units) + 1) for units in rounded), Decimal(0))


def _may_be_rounded(line: OrderLine, unit: Decimal | None) -> bool:
    computed = line.original_price is not None and line.original_price != line.unit_price
    return bool(line.discount_percent) or computed or (unit is not None and unit % CENT != 0)


def _told(
    order: WholesaleOrder, readings: Sequence[Costs], goods: Sequence[Decimal], fitting: Sequence[Costs]
) -> str:
    sums = ", ".join(f"{one.reading.value}: {_plain(_sum(order, one))}" for one in readings)
    amounts = " or ".join(dict.fromkeys(_plain(amount) for amount in goods))
    found = f"{len(fitting)} readings of the prices fit" if fitting else "no reading of the prices fits"
    return f"the order's total leaves {amounts} for goods, {found} ({sums})"


def _plain(amount: Decimal) -> str:
    cents = amount.quantize(CENT)
    return str(cents if cents == amount else cost(amount).normalize())
