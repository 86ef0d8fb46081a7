"""Reads the purchase orders of a wholesale order as they stand, those for the rest of a part receipt among them."""

from __future__ import annotations

from functools import partial

from attrs import define

from ..errors import NotFound
from ..models.purchase_order import PurchaseOrder
from ..models.wholesale_order import WholesaleOrder
from ..planning.book import Applied, Book
from ..planning.lineage import TIE, lineage_of, tie_key
from ..planning.notes import Notes
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, run
from ..ports.receiving import Receiving


@define(kw_only=True)
class Purchases:
    """Reads each by id; what may be a rest is known from the lists as reviews read them."""

    target: Receiving
    """The POS."""
    mirror: Mirror
    """The store's records."""

    def read(
        self, applied: Applied | None, order: WholesaleOrder, book: Book
    ) -> Exchange[tuple[PurchaseOrder, ...]]:
        """The lineage that was applied, then orders that were tied to it since: by their number, or by a person."""
        if applied is None:
            return ()
        known = yield from self._there(applied.purchase_orders)
        if all(one.status.editable for one in known):
            return known
        ids = yield from run(partial(self._candidates, known, order, book), Lane.CACHE)
        others = yield from self._there(ids)
        lineage = lineage_of(order, applied.purchase_orders, (*known, *others), Notes(book=book), applied.at)
        tied = [one for one in lineage.purchases if one in others] if lineage else []
        return (*known, *tied)

    def _there(self, ids: tuple[str, ...]) -> Exchange[tuple[PurchaseOrder, ...]]:
        found: list[PurchaseOrder] = []
        for key in ids:
            try:
                found.append((yield from self.target.read_order(key)))
            except NotFound:
                # Deleted in the POS: the timeline tells of it.
                continue
        return tuple(one for one in found if not one.deleted)

    def _candidates(
        self, known: tuple[PurchaseOrder, ...], order: WholesaleOrder, book: Book
    ) -> tuple[str, ...]:
        ids, numbers = {one.id for one in known}, {one.number for one in known if one.number}
        suppliers = {one.supplier_id for one in known if one.supplier_id}
        return tuple(
            sorted(
                key
                for key, one in self.mirror.orders_of(suppliers).items()
                if key not in ids and (one.number in numbers or book.answer(tie_key(order.key, key)) == TIE)
            )
        )
