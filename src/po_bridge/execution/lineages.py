"""Reads the purchase orders that a review's orders became, or might have become."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from attrs import define

from ..models.purchase_order import PurchaseOrder, PurchaseStatus
from ..planning.book import Book
from ..planning.snapshot import Collection, Snapshot, Wanted
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, run
from ..ports.target import Target
from .event import OnEvent, ignore
from .refresh import drain


@define(kw_only=True)
class Lineages:
    """Reads as few orders as will do: an unchanged one costs a single look."""

    target: Target
    """The POS."""
    mirror: Mirror
    """The store's records."""
    tell: OnEvent = ignore
    """Takes events."""

    def read(self, book: Book, gathered: Snapshot) -> Exchange[Mapping[str, PurchaseOrder]]:
        """Orders with lines: the known lineages, what may belong to them, and what bears a number already."""
        ours = tuple(dict.fromkeys(key for one in book.applied.values() for key in one.purchase_orders))
        numbered = tuple(
            key for key, order in gathered.orders.items() if key not in ours and not order.deleted
        )
        wanted = (*ours, *numbered)
        if not wanted:
            return {}
        looked = yield from self._look(wanted, gathered)
        closed = [looked[key] for key in ours if key in looked and not looked[key].status.editable]
        if not closed:
            return looked
        rest = yield from self._rest(closed, looked)
        if not rest:
            return looked
        more = yield from self._look(rest, gathered)
        return {**looked, **more}

    def _look(self, ids: tuple[str, ...], gathered: Snapshot) -> Exchange[Mapping[str, PurchaseOrder]]:
        """Read orders; one that is not there any more is kept as deleted, since no cursor tells it."""
        standing = self.target.capabilities.lines_move_order
        kept = (yield from run(partial(self.mirror.whole_orders, ids), Lane.CACHE)) if standing else {}
        snapshot = yield from self.target.look(Wanted(orders=ids, kept=kept), gathered.positions)
        new = [
            order
            for key, order in snapshot.orders.items()
            if key not in kept or kept[key].revision != order.revision
        ]
        if standing and new:
            yield from run(partial(self.mirror.keep_whole, new), Lane.CACHE)
        gone = [key for key in ids if key not in snapshot.orders]
        if gone:
            yield from run(partial(self.mirror.vanished, gone), Lane.CACHE)
        return snapshot.orders

    def _rest(
        self, closed: list[PurchaseOrder], looked: Mapping[str, PurchaseOrder]
    ) -> Exchange[tuple[str, ...]]:
        """Ids of younger orders of the same supplier and outlet, which may hold what closed ones left open."""
        if all(_complete(order) for order in closed):
            return ()
        yield from drain(self.target, self.mirror, Collection.ORDERS, self.tell)
        suppliers = {order.supplier_id for order in closed if order.supplier_id}
        found = yield from run(partial(self.mirror.orders_of, suppliers), Lane.CACHE)
        return tuple(
            sorted(
                key
                for key, order in found.items()
                if key not in looked
                and order.status is not PurchaseStatus.CANCELLED
                and any(_younger(order, parent) for parent in closed)
            )
        )


def _complete(order: PurchaseOrder) -> bool:
    return all((line.received or 0) >= line.count for line in order.lines or ())


def _younger(order: PurchaseOrder, parent: PurchaseOrder) -> bool:
    if (order.supplier_id, order.outlet_id) != (parent.supplier_id, parent.outlet_id):
        return False
    return not (order.created_at and parent.created_at) or order.created_at >= parent.created_at
