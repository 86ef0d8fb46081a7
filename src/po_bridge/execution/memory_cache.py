"""A cache in memory: gone with the Bridge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, field

from ..matching.memory_index import MemoryIndex
from ..models.named_record import NamedRecord, name_key
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..planning.snapshot import Collection, Page, Positions
from ..ports.cache import KeptStyle
from ..ports.index import Index


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
    _facts: StoreFacts | None = None

    def positions(self) -> Positions:
        """How far each collection was read."""
        return dict(self._positions)

    def absorb(self, collection: Collection, page: Page) -> None:
        """Take a page in; a full list replaces what was there."""
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
        return tuple(record for record in self._named.get(collection, {}).values() if not record.deleted)

    def orders(self, numbers: Iterable[str], ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders that bear a number or have an id."""
        wanted_numbers, wanted_ids = set(numbers), set(ids)
        return {
            key: order
            for key, order in self._orders.items()
            if order.number in wanted_numbers or key in wanted_ids
        }

    def orders_of(self, supplier_ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Live purchase orders of suppliers."""
        wanted = set(supplier_ids)
        return {
            key: order
            for key, order in self._orders.items()
            if order.supplier_id in wanted and not order.deleted
        }

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

    def facts(self) -> StoreFacts | None:
        """Facts of the store."""
        return self._facts

    def keep_facts(self, facts: StoreFacts) -> None:
        """Keep facts of the store."""
        self._facts = facts


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
    """Mirror, index and style documents in memory."""

    index: Index = field(factory=MemoryIndex)
    """Finds products."""
    styles: MemoryStyles = field(factory=MemoryStyles)
    """Style documents."""
    mirror: MemoryMirror = field(init=False)
    """The store's records."""

    def __attrs_post_init__(self) -> None:
        self.mirror = MemoryMirror(self.index)

    def close(self) -> None:
        """Nothing is open."""
