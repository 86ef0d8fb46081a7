"""What one order wants of one product: units and cost, in the store's terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from attrs import frozen

from ..models.keys import LineKey
from ..models.money import cost
from ..models.setup import PriceReading, Setup
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder
from .costs import Costs, Undecided, unit_costs
from .counts import ask_counts
from .notes import Notes
from .packs import ask_pack, pack_of
from .question import Stops

ZERO: Final = Decimal(0)

Styles = Mapping[tuple[str, str], StyleDocument | None]
"""Style documents by portal and style id."""


@frozen(kw_only=True)
class PricedLine:
    """An order line with the cost of one unit, in the order's currency."""

    line: OrderLine
    """The line."""
    cost: Decimal | None
    """Cost of one unit as the line counts them; None is unknown."""


@frozen(kw_only=True)
class Want:
    """Units and unit cost of one brand product in one size."""

    key: LineKey
    """The brand product and size."""
    lines: tuple[OrderLine, ...]
    """The order's lines of it."""
    units: Decimal
    """Eaches."""
    cost: Decimal | None
    """Count-weighted cost of one each in the store's currency; None is unknown."""


def priced_lines(order: WholesaleOrder, styles: Styles, setup: Setup, notes: Notes) -> tuple[PricedLine, ...]:
    """Price the lines that are ordered; asks what money, packs and counts leave open.

    Lines of no units are left out; a return and a price below zero are asked about and never ordered.
    """
    found = unit_costs(order, setup.rules_of(order.key.portal).prices)
    ask_counts(order, found, setup, notes)
    costs = found if isinstance(found, Costs) else _chosen(order, found, notes)
    notes.rely(f"order {order.key} prices", costs.reading.value)
    priced = []
    for line, unit in zip(order.lines, costs.units, strict=True):
        if line.quantity > 0 and unit is not None and unit < 0:
            _ask_credit(order, line, unit, notes)
        elif line.quantity > 0:
            ask_pack(order, line, styles.get((line.key.portal, line.key.style_id)), setup, notes)
            priced.append(PricedLine(line=line, cost=unit))
        elif line.quantity < 0:
            _ask_return(order, line, notes)
    return tuple(priced)


def wants_of(
    order: WholesaleOrder, lines: Sequence[PricedLine], setup: Setup, rate: Decimal, notes: Notes
) -> tuple[Want, ...]:
    """Sum lines by brand product and size; *rate* is in units of the store's currency for one of the order's."""
    found: dict[LineKey, list[PricedLine]] = {}
    for one in lines:
        found.setdefault(one.line.key, []).append(one)
    terms = _Terms(order=order, setup=setup, rate=rate, notes=notes)
    return tuple(_want(key, some, terms) for key, some in found.items())


@frozen(kw_only=True)
class _Terms:
    order: WholesaleOrder
    setup: Setup
    rate: Decimal
    notes: Notes


def _chosen(order: WholesaleOrder, found: Undecided, notes: Notes) -> Costs:
    answer = notes.ask(
        f"money:{order.key}:{order.total}",
        f"order {order.number}: {found.why}; which price is meant?",
        Stops.ORDER,
        order=order.key,
        answers=tuple(costs.reading.value for costs in found.readings),
    )
    wanted = answer or PriceReading.AS_IS.value
    return next((one for one in found.readings if one.reading.value == wanted), found.readings[0])


def _want(key: LineKey, lines: Sequence[PricedLine], terms: _Terms) -> Want:
    _ask_money(key, lines, terms)
    units = sum([_eaches(one, terms) for one in lines], ZERO)
    spent = [one.line.quantity * one.cost * terms.rate for one in lines if one.cost is not None]
    known = len(spent) == len(lines)
    return Want(
        key=key,
        lines=tuple([one.line for one in lines]),
        units=units,
        cost=cost(sum(spent, ZERO) / units) if known else None,
    )


def _eaches(one: PricedLine, terms: _Terms) -> Decimal:
    return one.line.quantity * pack_of(one.line, terms.setup, terms.notes.book)


def _ask_money(key: LineKey, lines: Sequence[PricedLine], terms: _Terms) -> None:
    if all([one.cost for one in lines]):  # noqa: C419  # a list of one, for each line of an order
        return
    order, first = terms.order, lines[0].line
    named = f"{first.style_number} {key.color} {key.size}".strip()
    if any(one.cost is None for one in lines):
        terms.notes.ask(
            f"cost unknown:{order.key}:{key}",
            f"order {order.number} states no price for {named}; the line is written without a cost",
            Stops.NOTHING,
            order=order.key,
            line=key,
        )
    given = order.discount_percent >= 100 or any(one.line.discount_percent >= 100 for one in lines)
    meant = given or terms.setup.rules_of(key.portal).zero_price
    if any(one.cost == 0 for one in lines) and not meant:
        terms.notes.ask(
            f"zero price:{order.key}:{key}",
            f"order {order.number} states a price of zero for {named}; is it free?",
            Stops.LINE,
            order=order.key,
            line=key,
            answers=("free",),
        )


def _ask_return(order: WholesaleOrder, line: OrderLine, notes: Notes) -> None:
    notes.ask(
        f"return:{order.key}:{line.path}",
        f"order {order.number} has {line.quantity} of {line.style_number} {line.size}: a return is not ordered; "
        "answer 'leave out' to go on without it",
        Stops.LINE,
        order=order.key,
        line=line.key,
        answers=("leave out",),
    )


def _ask_credit(order: WholesaleOrder, line: OrderLine, unit: Decimal, notes: Notes) -> None:
    notes.ask(
        f"credit:{order.key}:{line.path}:{unit}",
        f"order {order.number} has {line.style_number} {line.size} at {unit}: a credit is not ordered; "
        "answer 'leave out' to go on without it",
        Stops.LINE,
        order=order.key,
        line=line.key,
        answers=("leave out",),
    )
