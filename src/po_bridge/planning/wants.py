"""What one order wants of one product: units and cost, in the store's terms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import frozen

from ..models.keys import LineKey
from ..models.money import cost
from ..models.setup import PackRule, Setup
from ..models.wholesale_order import OrderLine, WholesaleOrder
from .costs import Costs, Reading, Undecided, unit_costs
from .notes import Notes
from .question import Stops


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


def wants_of(order: WholesaleOrder, setup: Setup, rate: Decimal, notes: Notes) -> tuple[Want, ...]:
    """Sum an order by brand product and size; asks what the order leaves open."""
    costs = _decided(order, notes)
    found: dict[LineKey, list[OrderLine]] = {}
    for line in order.lines:
        if line.quantity > 0:
            found.setdefault(line.key, []).append(line)
        elif line.quantity < 0:
            _ask_return(order, line, notes)
    return tuple(
        _want(order, key, lines, costs, _Terms(setup=setup, rate=rate, notes=notes))
        for key, lines in found.items()
    )


@frozen(kw_only=True)
class _Terms:
    setup: Setup
    rate: Decimal
    notes: Notes


def _decided(order: WholesaleOrder, notes: Notes) -> Mapping[str, Decimal | None]:
    found = unit_costs(order)
    if isinstance(found, Costs):
        return found.units
    return _chosen(order, found, notes)


def _chosen(order: WholesaleOrder, found: Undecided, notes: Notes) -> Mapping[str, Decimal | None]:
    answer = notes.ask(
        f"money:{order.key}",
        f"order {order.number}: {found.why}; which price is meant?",
        Stops.ORDER,
        order=order.key,
        answers=tuple(costs.reading.value for costs in found.readings),
    )
    wanted = answer or Reading.AS_IS.value
    return next((c.units for c in found.readings if c.reading.value == wanted), found.readings[0].units)


def _want(
    order: WholesaleOrder,
    key: LineKey,
    lines: list[OrderLine],
    costs: Mapping[str, Decimal | None],
    terms: _Terms,
) -> Want:
    packs = [_pack(order, line, terms) for line in lines]
    units = sum((line.quantity * pack for line, pack in zip(lines, packs, strict=True)), Decimal(0))
    prices = [costs[line.path] for line in lines]
    _ask_money(order, key, prices, lines, terms)
    spent = Decimal(0)
    for line, price in zip(lines, prices, strict=True):
        if price is None:
            return Want(key=key, lines=tuple(lines), units=units, cost=None)
        spent += line.quantity * price * terms.rate
    return Want(key=key, lines=tuple(lines), units=units, cost=cost(spent / units))


def _pack(order: WholesaleOrder, line: OrderLine, terms: _Terms) -> Decimal:
    size = line.units_per_pack
    if size is None or size <= 1:
        return Decimal(1)
    rule = terms.setup.rules_of(order.key.portal).packs
    if rule is None:
        answers = tuple(rule.value for rule in PackRule)
        answer = terms.notes.ask(
            f"packs:{order.key.portal}",
            f"{order.key.portal} states {size} units per pack ({line.style_number} {line.size}): "
            "are quantities packs, or eaches in an order multiple?",
            Stops.ORDER,
            order=order.key,
            answers=answers,
        )
        rule = PackRule(answer) if answer else PackRule.MULTIPLE
    return size if rule is PackRule.PACKS else Decimal(1)


def _ask_money(
    order: WholesaleOrder,
    key: LineKey,
    prices: Sequence[Decimal | None],
    lines: Sequence[OrderLine],
    terms: _Terms,
) -> None:
    named = f"{lines[0].style_number} {key.color} {key.size}".strip()
    if any(price is None for price in prices):
        terms.notes.ask(
            f"cost unknown:{order.key}:{key}",
            f"order {order.number} states no price for {named}; the line is written without a cost",
            Stops.NOTHING,
            order=order.key,
            line=key,
        )
    given = any(line.discount_percent >= 100 for line in lines) or order.discount_percent >= 100
    if any(price == 0 for price in prices) and not given and not terms.setup.rules_of(key.portal).zero_price:
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
