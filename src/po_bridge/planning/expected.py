"""Lines of purchase orders as they must read once a change is done."""

from __future__ import annotations

from decimal import Decimal

from .change import NewOrder, OrderRevision
from .plan import Expected

ZERO = Decimal(0)


def expected_of_new(change: NewOrder) -> tuple[Expected, ...]:
    """Every line of a new purchase order."""
    return tuple(
        Expected(order=change.slot, product=line.product, count=line.count, cost=line.cost)
        for line in change.lines
    )


def expected_of_revision(change: OrderRevision) -> tuple[Expected, ...]:
    """The lines that a revision touches."""
    added = [(line.product, line.count, line.cost) for line in change.added]
    kept = [(line.product, line.count, line.cost) for line in change.changed]
    gone = [(line.product, ZERO, None) for line in change.removed]
    return tuple(
        Expected(order=change.order, product=product, count=count, cost=cost)
        for product, count, cost in (*added, *kept, *gone)
    )
