"""The purchase orders that one wholesale order became.

A POS that receives a part closes the first order and makes another for the rest.
An order of the same reference is tied by itself; any other that fits is a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

from ..models.keys import OrderKey
from ..models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from ..models.wholesale_order import WholesaleOrder
from .notes import Notes
from .question import Stops

TIE, LEAVE = "it belongs to it", "it is another order"
"""Answers to a purchase order that might hold the rest of another."""

ZERO = Decimal(0)


@frozen(kw_only=True)
class Lineage:
    """Purchase orders with their lines, oldest first; deleted and cancelled ones left out."""

    purchases: tuple[PurchaseOrder, ...] = field()
    """At least one."""

    @property
    def editable(self) -> PurchaseOrder | None:
        """The newest order whose lines can still be changed."""
        return next((one for one in reversed(self.purchases) if one.status.editable), None)

    @property
    def products(self) -> tuple[str, ...]:
        """Ids of every product on it."""
        return tuple(dict.fromkeys(line.product_id for one in self.purchases for line in one.lines or ()))

    def received(self, product: str) -> Decimal:
        """Units of a product that arrived, over all orders."""
        return sum((line.received or ZERO for _, line in self._lines(product)), ZERO)

    def ordered(self, product: str) -> Decimal:
        """Units of a product on order: what a closed order received, what an open one asks for."""
        return sum((_standing(one, line) for one, line in self._lines(product)), ZERO)

    def _lines(self, product: str) -> Iterable[tuple[PurchaseOrder, PurchaseLine]]:
        return (
            (one, line) for one in self.purchases for line in one.lines or () if line.product_id == product
        )


def _standing(order: PurchaseOrder, line: PurchaseLine) -> Decimal:
    if order.status is PurchaseStatus.RECEIVED:
        return line.received or ZERO
    return line.count


def lineage_of(
    order: WholesaleOrder,
    known: Sequence[str],
    orders: Iterable[PurchaseOrder],
    notes: Notes,
    applied_at: datetime | None,
    stops: Stops = Stops.NOTHING,
) -> Lineage | None:
    """The orders the book knows and those tied to them; None where none of them is left.

    *applied_at* is when they were written last, None for an order that somebody else made;
    *stops* what an order that may hold their rest stops until somebody says whether it does.
    """
    by_id = {one.id: one for one in orders}
    living = [by_id[key] for key in known if key in by_id and _lives(by_id[key])]
    if not living:
        return None
    others = [
        one
        for one in by_id.values()
        if one.id not in known and _lives(one) and _may_be_rest(one, living, applied_at)
    ]
    tied = [one for one in sorted(others, key=lambda one: one.id) if _tied(order, one, living, notes, stops)]
    return Lineage(purchases=(*living, *tied))


def window_lineage(
    home: str,
    goods: Mapping[str, AbstractSet[str]],
    known: Sequence[str],
    orders: Mapping[str, PurchaseOrder],
) -> tuple[str, ...]:
    """Ids of the purchase orders of one ship window: its own, then further ones that were made for its goods.

    *goods* are the products of each window's own order, *known* every order that the wholesale order became.
    """
    others = (key for key in known if key not in goods and key in orders)
    return (home, *(key for key in others if _window_of(orders[key], goods, orders) == home))


def _window_of(
    further: PurchaseOrder, goods: Mapping[str, AbstractSet[str]], orders: Mapping[str, PurchaseOrder]
) -> str | None:
    """The window whose goods an order holds; of several the one with its delivery date."""
    products = {line.product_id for line in further.lines or ()}
    fitting = [home for home, own in goods.items() if not products.isdisjoint(own)]
    dated = [home for home in fitting if home in orders and orders[home].due_at == further.due_at]
    return next(iter(dated or fitting), None)


def _lives(order: PurchaseOrder) -> bool:
    return not order.deleted and order.status is not PurchaseStatus.CANCELLED


def tie_key(order: OrderKey, purchase_order: str) -> str:
    """Key of the question whether a purchase order holds the rest of a wholesale order."""
    return f"tie:{order}:{purchase_order}"


def is_older(order: PurchaseOrder, parent: PurchaseOrder, applied_at: datetime | None) -> bool:
    """Whether an order was there before another was written, so that it cannot hold what that one left open.

    The date of an order may be the wholesale order's, which says nothing of when it was written:
    older is only what came before both.
    """
    if order.created_at is None or parent.created_at is None:
        return False
    return order.created_at < min(parent.created_at, applied_at or parent.created_at)


def _may_be_rest(other: PurchaseOrder, living: Sequence[PurchaseOrder], applied_at: datetime | None) -> bool:
    """Whether an order may hold what another left open: same supplier and outlet, later, within what is outstanding."""
    first = living[0]
    if (other.supplier_id, other.outlet_id) != (first.supplier_id, first.outlet_id) or not other.lines:
        return False
    if is_older(other, first, applied_at):
        return False
    open_counts = {
        line.product_id: line.count - (line.received or ZERO)
        for one in living
        if not one.status.editable
        for line in one.lines or ()
    }
    return all(line.count <= open_counts.get(line.product_id, ZERO) for line in other.lines)


def _tied(
    order: WholesaleOrder, other: PurchaseOrder, living: Sequence[PurchaseOrder], notes: Notes, stops: Stops
) -> bool:
    if other.number and other.number in {one.number for one in living}:
        return True
    answer = notes.ask(
        tie_key(order.key, other.id),
        f"purchase order {other.number or other.id} could hold the rest of order {order.number}; does it?",
        stops,
        order=order.key,
        answers=(TIE, LEAVE),
    )
    return answer == TIE
