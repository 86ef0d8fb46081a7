"""The order's own counts against its lines, and units the brand cancelled.

Cancelled units are known only as counters, never by line.
Where the lines alone meet the order's totals, they are what is left; where they meet them only with the counters, or
not at all, nobody can say which lines lost the units: a person looks before anything is written.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from ..models.setup import Setup
from ..models.wholesale_order import WholesaleOrder
from .costs import Costs, Undecided
from .notes import Notes
from .packs import pack_of
from .question import Stops

AS_WRITTEN: Final = "order the lines as written"
"""Answer: the lines hold what is still to come."""


def ask_counts(order: WholesaleOrder, costs: Costs | Undecided, setup: Setup, notes: Notes) -> None:
    """Ask about cancelled units, and tell where the order counts otherwise than its lines."""
    if order.cancelled_units or order.cancelled_total:
        if not _explained(order, costs, setup, notes):
            _ask_cancelled(order, costs, notes)
    elif order.total_quantity is not None and not _counts(order, setup, notes):
        _tell(order, notes)


def _counts(order: WholesaleOrder, setup: Setup, notes: Notes) -> bool:
    """Whether the order's own count is that of its lines, in packs or in eaches."""
    eaches = sum((line.quantity * pack_of(line, setup, notes.book) for line in order.lines), Decimal(0))
    return order.total_quantity in {order.units, eaches}


def _explained(order: WholesaleOrder, costs: Costs | Undecided, setup: Setup, notes: Notes) -> bool:
    """Whether the lines alone meet every total that the order states, and it states one."""
    money = isinstance(costs, Costs) and costs.compared and not costs.with_cancelled
    if order.total_quantity is None:
        return money
    return _counts(order, setup, notes) and (money or order.total is None)


def _ask_cancelled(order: WholesaleOrder, costs: Costs | Undecided, notes: Notes) -> None:
    left = order.units - order.cancelled_units
    by_count = order.total_quantity is not None and order.total_quantity == left
    by_money = isinstance(costs, Costs) and costs.with_cancelled
    finding = (
        "its totals are met only when they are taken off the lines"
        if by_count or by_money
        else "its totals are met neither with nor without them"
    )
    notes.ask(
        f"cancelled units:{order.key}:{order.cancelled_units}:{order.cancelled_total}",
        f"the brand cancelled {order.cancelled_units} unit(s) of order {order.number}, which lines they were is not "
        f"stated, and {finding}; compare the lines with the brand's confirmation",
        Stops.ORDER,
        order=order.key,
        answers=(AS_WRITTEN,),
    )


def _tell(order: WholesaleOrder, notes: Notes) -> None:
    notes.ask(
        f"count:{order.key}:{order.total_quantity}:{order.units}",
        f"order {order.number} counts {order.total_quantity} units, its lines come to {order.units}",
        Stops.NOTHING,
        order=order.key,
    )
