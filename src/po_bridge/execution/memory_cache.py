"""A cache in memory: gone with the Bridge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, evolve, field

from ..errors import CacheDamaged, Misuse
from ..matching.memory_index import MemoryIndex
from ..models.named_record import NamedRecord, name_key
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder
from ..planning.snapshot import Collection, Page, Positions
from ..ports.cache import Extent, KeptFacts, KeptStyle
from ..ports.index import Index
from .memory_budget import MemoryBudget


@define
class MemoryMirror:
    """Records in dictionaries; feeds an index as products come in."""

    _index: Index
    _positions: dict[Collection, str] = field(factory=dict)
    _products: dict[str, PosProduct] = field(factory=dict)
    _named: dict[Collection, dict[str, NamedRecord]] = field(factory=dict)
    _orders: dict[str, PurchaseOrder] = field(factory=dict)
    _by_name: dict[str, set[str]] = field(factory=dict)
    _by_code: dict[str, set[str]] = field(factory=dict)
    _complete: set[Collection] = field(factory=set)
    _facts: KeptFacts | None = None
    _whole: dict[str, PurchaseOrder] = field(factory=dict)

    def positions(self) -> Positions:
        """How far each collection was read."""
        return dict(self._positions)

    def absorb(self, collection: Collection, page: Page, since: str) -> bool:
        """Take a page in, unless the position moved; a full list replaces what was there."""
        if self._positions.get(collection, "") != since:
            return False
        if collection is Collection.OPTIONS:
            self._named[collection] = {}
        products = []
        for record in page.records:
            match record:
                case PosProduct():
                    self._take(record)
                    products.append(record)
                case PurchaseOrder():
                    self._orders[record.id] = record
                case NamedRecord():
                    self._named.setdefault(collection, {})[record.id] = record
        if products:
            self._index.upsert(products)
        self._positions[collection] = page.position
        if not page.more:
            self._complete.add(collection)
        return True

    def extent(self, collection: Collection) -> Extent:
        """How much of a collection is there."""
        match collection:
            case Collection.PRODUCTS:
                records = len(self._products)
            case Collection.ORDERS:
                records = len(self._orders)
            case _:
                records = len(self._named.get(collection, {}))
        return Extent(records=records, complete=collection in self._complete)

    def _take(self, product: PosProduct) -> None:
        before = self._products.get(product.id)
        if before is not None:
            self._by_name[name_key(before.name)].discard(product.id)
            for code in _codes(before):
                self._by_code[code].discard(product.id)
        self._products[product.id] = product
        self._by_name.setdefault(name_key(product.name), set()).add(product.id)
        for code in _codes(product):
            self._by_code.setdefault(code, set()).add(product.id)

    def products(self, ids: Iterable[str]) -> Mapping[str, PosProduct]:
        """Products by id, dead ones included."""
        return {key: self._products[key] for key in ids if key in self._products}

    def named(self, collection: Collection) -> tuple[NamedRecord, ...]:
        """Live records of a list."""
        records = self._named.get(collection, {})
        return tuple(records[key] for key in sorted(records) if not records[key].deleted)

    def orders(self, numbers: Iterable[str], ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders that bear a number, however it was typed, or have an id."""
        wanted_keys, wanted_ids = set(map(name_key, numbers)), set(ids)
        return {
            key: order
            for key, order in self._orders.items()
            if order.number_key in wanted_keys or key in wanted_ids
        }

    def orders_of(self, supplier_ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Live purchase orders of suppliers."""
        wanted = set(supplier_ids)
        return {
            key: order
            for key, order in self._orders.items()
            if order.supplier_id in wanted and not order.deleted
        }

    def whole_orders(self, ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders with their lines as they were kept."""
        return {key: self._whole[key] for key in ids if key in self._whole}

    def keep_whole(self, orders: Iterable[PurchaseOrder]) -> None:
        """Keep purchase orders with their lines."""
        self._whole.update({order.id: order for order in orders})

    def vanished(self, order_ids: Iterable[str]) -> None:
        """Mark purchase orders as deleted."""
        for key in set(order_ids) & self._orders.keys():
            self._orders[key] = evolve(self._orders[key], deleted=True)

    def families(self, names: Iterable[str]) -> Mapping[str, tuple[PosProduct, ...]]:
        """Products by folded name."""
        keys = {name_key(name) for name in names}
        return {key: self._sorted(self._by_name[key]) for key in keys if self._by_name.get(key)}

    def _sorted(self, ids: Iterable[str]) -> tuple[PosProduct, ...]:
        return tuple(self._products[key] for key in sorted(ids))

    def codes(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Ids of products by code as written."""
        return {text: tuple(sorted(self._by_code[text])) for text in set(texts) if self._by_code.get(text)}

    def users(self, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Ids of live products that use a record."""
        wanted = set(record_ids)
        found: dict[str, list[str]] = {}
        for product in self._products.values():
            for record in product.uses & wanted if product.alive else ():
                found.setdefault(record, []).append(product.id)
        return {record: tuple(sorted(ids)) for record, ids in found.items()}

    def facts(self) -> KeptFacts | None:
        """Facts of the store."""
        return self._facts

    def keep_facts(self, kept: KeptFacts) -> None:
        """Keep facts of the store."""
        self._facts = kept


def _codes(product: PosProduct) -> set[str]:
    return {code.text for code in product.codes} | ({product.sku} if product.sku else set[str]())


@define
class MemoryStyles:
    """Style documents in a dictionary."""

    _kept: dict[tuple[str, str], KeptStyle] = field(factory=dict)

    def get(self, portal: str, style_id: str) -> KeptStyle | None:
        """A kept document."""
        return self._kept.get((portal, style_id))

    def put(self, portal: str, style_id: str, kept: KeptStyle) -> None:
        """Keep a document."""
        self._kept[(portal, style_id)] = kept


@define
class MemoryCache:
    """Mirror, index, style documents and rate budget in memory."""

    index: Index = field(factory=MemoryIndex)
    """Finds products."""
    styles: MemoryStyles = field(factory=MemoryStyles)
    """Style documents."""
    budget: MemoryBudget = field(factory=MemoryBudget)
    """How many calls may still leave."""
    mirror: MemoryMirror = field(init=False)
    """The store's records."""
    _store: str = field(default="", init=False)
    _generation: str = field(default="", init=False)

    def __attrs_post_init__(self) -> None:
        self.mirror = MemoryMirror(self.index)

    def bind(self, store: str, generation: str = "") -> None:
        """Make it the cache of a store; raises ``Misuse`` where it is another's, or holds other ids."""
        if self._store not in {"", store}:
            raise Misuse(
                f"this cache belongs to {self._store}, not to {store}; give each store one of its own"
            )
        if self._store and self._generation != generation:
            raise Misuse(
                f"this cache holds ids of generation {self._generation!r}, not {generation!r}; begin with an empty one"
            )
        self._store, self._generation = store, generation

    def renew(self, error: CacheDamaged) -> None:
        """Raise the error again: memory cannot be damaged."""
        raise error

    def take_notes(self) -> tuple[str, ...]:
        """Give nothing: nothing is ever wrong with it."""
        return ()

    def close(self) -> None:
        """Nothing is open."""
