"""Reads of a store what one review can depend on, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from attrs import define, evolve, field

from ..models.pos_product import PosProduct
from ..models.wholesale_order import WholesaleOrder
from ..planning.book import Book
from ..planning.lookups import Lookups
from ..planning.snapshot import Collection, Snapshot
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, run
from ..ports.target import Target
from .event import OnEvent, ignore
from .lineages import Lineages
from .refresh import drain


@define(kw_only=True)
class Gathering:
    """What is read for one review; each list is brought up to date once."""

    target: Target
    """The POS."""
    mirror: Mirror
    """The store's records."""
    tell: OnEvent = ignore
    """Takes events."""
    _drained: set[Collection] = field(factory=set)

    def drain(self, *collections: Collection) -> Exchange[None]:
        """Bring lists up to date, those that were already left out."""
        for collection in collections:
            if collection not in self._drained:
                self._drained.add(collection)
                yield from drain(self.target, self.mirror, collection, self.tell)

    def alive(self, ids: Iterable[str]) -> Exchange[frozenset[str]]:
        """Which of the products are there and not deleted."""
        products = yield from run(partial(self.mirror.products, tuple(ids)), Lane.CACHE)
        return frozenset(key for key, product in products.items() if product.alive)

    def snapshot(
        self, orders: Iterable[WholesaleOrder], book: Book, products: Mapping[str, PosProduct]
    ) -> Exchange[Snapshot]:
        """The products that matching saw, and the purchase orders these orders became or may have become."""
        numbers = tuple(order.number for order in orders)
        numbered = yield from run(partial(self.mirror.orders, numbers, ()), Lane.CACHE)
        seen = Snapshot(products=products, orders=numbered)
        gathered = yield from run(partial(self._filled, seen, Lookups()), Lane.CACHE)
        lineages = Lineages(target=self.target, mirror=self.mirror, tell=self.tell)
        purchases = yield from lineages.read(book, gathered, numbers)
        return evolve(gathered, orders=purchases)

    def looked_up(self, snapshot: Snapshot, wanted: Lookups) -> Exchange[Snapshot]:
        """The snapshot with everything that a plan asks about."""
        yield from self.drain(*sorted(wanted.collections, key=lambda one: one.value))
        return (yield from run(partial(self._filled, snapshot, wanted), Lane.CACHE))

    def _filled(self, snapshot: Snapshot, wanted: Lookups) -> Snapshot:
        mirror = self.mirror
        return evolve(
            snapshot,
            suppliers=mirror.named(Collection.SUPPLIERS),
            brands=mirror.named(Collection.BRANDS),
            tags=mirror.named(Collection.TAGS),
            options=mirror.named(Collection.OPTIONS),
            families=mirror.families(wanted.names),
            codes=self._codes(wanted.codes),
            positions=mirror.positions(),
        )

    def _codes(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Who has these codes; deleted products too, unless it is known that they let them go."""
        owners = self.mirror.codes(texts)
        if not self.target.capabilities.dead_codes_free:
            return owners
        known = self.mirror.products(key for keys in owners.values() for key in keys)
        alive = {text: tuple(key for key in keys if known[key].alive) for text, keys in owners.items()}
        return {text: keys for text, keys in alive.items() if keys}
