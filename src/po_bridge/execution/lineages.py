"""Reads the purchase orders that a review's orders became, or might have become."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial

from attrs import define

from ..models.purchase_order import PurchaseOrder, PurchaseStatus
from ..planning.book import Book
from ..planning.lineage import is_older
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

    def read(
        self, book: Book, gathered: Snapshot, numbers: tuple[str, ...]
    ) -> Exchange[Mapping[str, PurchaseOrder]]:
        """Orders with lines: the known lineages, what may belong to them, and what bears one of *numbers* already."""
        ours = tuple(dict.fromkeys(key for one in book.applied.values() for key in one.purchase_orders))
        numbered = tuple(
            key for key, order in gathered.orders.items() if key not in ours and not order.deleted
        )
        wanted = (*ours, *numbered)
        if not wanted:
            return {}
        looked = yield from self._look(wanted, gathered)
        if any(key not in looked or _gone(looked[key]) for key in ours):
            looked = {**looked, **(yield from self._typed_since(numbers, looked, gathered))}
        closed = [looked[key] for key in ours if key in looked and not looked[key].status.editable]
        if not closed:
            return looked
        rest = yield from self._rest(closed, looked, book)
        if not rest:
            return looked
        more = yield from self._look(rest, gathered)
        return {**looked, **more}

    def _typed_since(
        self, numbers: tuple[str, ...], looked: Mapping[str, PurchaseOrder], gathered: Snapshot
    ) -> Exchange[Mapping[str, PurchaseOrder]]:
        """Orders of these numbers that came since the list was read: one of ours that is gone may have a successor."""
        yield from drain(self.target, self.mirror, Collection.ORDERS, self.tell)
        found = yield from run(partial(self.mirror.orders, numbers, ()), Lane.CACHE)
        new = tuple(sorted(key for key, order in found.items() if key not in looked and not order.deleted))
        return (yield from self._look(new, gathered)) if new else {}

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
        self, closed: list[PurchaseOrder], looked: Mapping[str, PurchaseOrder], book: Book
    ) -> Exchange[tuple[str, ...]]:
        """Ids of younger orders of the same supplier and outlet, which may hold what closed ones left open."""
        if all(_complete(order) for order in closed):
            return ()
        yield from drain(self.target, self.mirror, Collection.ORDERS, self.tell)
        applied_at = {key: one.at for one in book.applied.values() for key in one.purchase_orders}
        suppliers = {order.supplier_id for order in closed if order.supplier_id}
        found = yield from run(partial(self.mirror.orders_of, suppliers), Lane.CACHE)
        return tuple(
            sorted(
                key
                for key, order in found.items()
                if key not in looked
                and order.status is not PurchaseStatus.CANCELLED
                and any(_may_follow(order, parent, applied_at[parent.id]) for parent in closed)
            )
        )


def _gone(order: PurchaseOrder) -> bool:
    return order.deleted or order.status is PurchaseStatus.CANCELLED


def _complete(order: PurchaseOrder) -> bool:
    return all((line.received or 0) >= line.count for line in order.lines or ())


def _may_follow(order: PurchaseOrder, parent: PurchaseOrder, applied_at: datetime) -> bool:
    """Whether an order is of the same supplier and outlet, and may have come after."""
    if (order.supplier_id, order.outlet_id) != (parent.supplier_id, parent.outlet_id):
        return False
    return not is_older(order, parent, applied_at)
