"""Ship windows of one order: lines grouped by delivery date, and which purchase order each group belongs to.

A purchase order holds one delivery date, so what counts of a window is its last day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import evolve, frozen

from ..models.setup import WindowRule
from ..models.wholesale_order import ShipWindow, WholesaleOrder
from .book import Applied
from .wants import PricedLine


@frozen(kw_only=True)
class Part:
    """The lines of one order that arrive together."""

    lines: tuple[PricedLine, ...]
    """In the order of the document."""
    due_on: date | None = None
    """Delivery date; None where the order states none."""
    divided: bool = False
    """Whether the order has other parts."""

    def order(self, whole: WholesaleOrder) -> WholesaleOrder:
        """The order as if it had these lines only; an undivided one as it is."""
        if not self.divided:
            return whole
        lines = tuple(one.line for one in self.lines)
        return evolve(whole, lines=lines, window=ShipWindow(end=self.due_on))


@frozen(kw_only=True)
class Placed:
    """A part of an order with the purchase order it became, as far as there is either."""

    part: Part
    """The lines; none where a window vanished from the order."""
    purchase_order: str | None
    """Id of the purchase order that was made for it; None where one is still to be made."""
    applied_on: date | None = None
    """Delivery date that was applied; None where none was."""

    @property
    def moved(self) -> bool:
        """Whether the delivery date is another one than was applied."""
        return self.applied_on is not None and bool(self.part.lines) and self.part.due_on != self.applied_on


def delivery_date(order: WholesaleOrder) -> date | None:
    """The end of the order's ship window, else the latest of the lines it wants; never invented."""
    ends = (line.window.end for line in order.lines if line.window.end and line.quantity > 0)
    return order.window.end or max(ends, default=None)


def parts_of(order: WholesaleOrder, lines: Sequence[PricedLine], rule: WindowRule) -> tuple[Part, ...]:
    """Divide lines by delivery date, the earliest first, those without a date last; always at least one part."""
    whole = Part(lines=tuple(lines), due_on=delivery_date(order))
    if rule is WindowRule.LAST:
        return (whole,)
    groups: dict[date | None, list[PricedLine]] = {}
    for one in lines:
        groups.setdefault(one.line.window.end, []).append(one)
    if len(groups) < 2:
        return (whole,)
    days = sorted(groups, key=lambda day: (day is None, day or date.max))
    return tuple(Part(lines=tuple(groups[day]), due_on=day, divided=True) for day in days)


def placed_parts(
    order: WholesaleOrder, lines: Sequence[PricedLine], rule: WindowRule, applied: Applied | None
) -> tuple[Placed, ...]:
    """Divide an order and find the purchase order of each part.

    An order keeps the shape it was first applied in: one purchase order stays one, several stay several.
    Dates that moved are followed where it is clear which went where; a window without a purchase order gets one,
    and a purchase order whose window vanished is to lose its lines.
    """
    made = _made(applied)
    if not made:
        return tuple(Placed(part=part, purchase_order=None) for part in parts_of(order, lines, rule))
    if len(made) == 1:
        ((only, day),) = made.items()
        (whole,) = parts_of(order, lines, WindowRule.LAST)
        return (Placed(part=whole, purchase_order=only, applied_on=day),)
    return _paired(parts_of(order, lines, WindowRule.EACH), made)


def _made(applied: Applied | None) -> Mapping[str, date | None]:
    """Purchase orders that hold lines of ours, with their delivery date; oldest first."""
    if applied is None or not applied.purchase_orders:
        return {}
    last = applied.purchase_orders[-1]
    holding = {line.purchase_order or last: line.due_on for line in applied.lines}
    found = {order: holding[order] for order in applied.purchase_orders if order in holding}
    return found or {last: None}


def _paired(parts: Sequence[Part], made: Mapping[str, date | None]) -> tuple[Placed, ...]:
    """Pair by date; what is left over by order of the dates where that leaves no doubt."""
    by_day = {day: order for order, day in made.items()}
    exact = {part.due_on: by_day[part.due_on] for part in parts if part.due_on in by_day}
    new = [part for part in parts if part.due_on not in exact]
    old = [order for order in made if order not in exact.values()]
    moved = (
        {part.due_on: order for part, order in zip(new, old, strict=False)} if len(new) == len(old) else {}
    )
    homes = {**exact, **moved}
    kept = tuple(
        Placed(part=evolve(part, divided=True), purchase_order=home, applied_on=made.get(home or ""))
        for part in parts
        for home in (homes.get(part.due_on),)
    )
    empty = (
        Placed(part=Part(lines=(), due_on=made[order], divided=True), purchase_order=order)
        for order in old
        if order not in moved.values()
    )
    return (*kept, *empty)
