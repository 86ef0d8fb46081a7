"""The mirror in the cache file: a page comes in with its position and its keys, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import frozen

from ..models.named_record import NamedRecord
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder
from ..planning.snapshot import Collection, Page, Positions
from ..ports.cache import Extent, KeptFacts
from ..ports.index import Index
from ..sqlite import Connection
from .kept_file import KeptFile
from .product_rows import put_products, read_codes, read_families, read_products, read_users
from .record_rows import (
    drop_named,
    mark_deleted,
    put_facts,
    put_named,
    put_orders,
    put_position,
    put_whole,
    read_extent,
    read_facts,
    read_named,
    read_orders,
    read_orders_of,
    read_positions,
    read_whole,
)


@frozen
class SqliteMirror:
    """A store's records in a file that threads and processes share; feeds an index in the same file.

    Every method raises ``CacheDamaged`` where the file cannot be read or written.
    """

    _file: KeptFile
    _index: Index

    def positions(self) -> Positions:
        """How far each collection was read."""
        with self._file.reading() as connection:
            return read_positions(connection)

    def absorb(self, collection: Collection, page: Page, since: str) -> bool:
        """Take a page in, unless the position moved; a full list replaces what was there."""
        with self._file.writing() as connection:
            if read_positions(connection).get(collection, "") != since:
                return False
            self._put(connection, collection, page)
            put_position(connection, collection, page)
            return True

    def _put(self, connection: Connection, collection: Collection, page: Page) -> None:
        if collection is Collection.OPTIONS:
            drop_named(connection, collection)
        products = [record for record in page.records if isinstance(record, PosProduct)]
        if products:
            put_products(connection, products)
            self._index.upsert(products)
        named = (record for record in page.records if isinstance(record, NamedRecord))
        put_named(connection, collection, named)
        put_orders(connection, (record for record in page.records if isinstance(record, PurchaseOrder)))

    def extent(self, collection: Collection) -> Extent:
        """How much of a collection is there."""
        with self._file.reading() as connection:
            return read_extent(connection, collection)

    def products(self, ids: Iterable[str]) -> Mapping[str, PosProduct]:
        """Products by id, dead ones included."""
        with self._file.reading() as connection:
            return read_products(connection, ids)

    def named(self, collection: Collection) -> tuple[NamedRecord, ...]:
        """Live records of a list, by id."""
        with self._file.reading() as connection:
            return read_named(connection, collection)

    def orders(self, numbers: Iterable[str], ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders that bear a number, however it was typed, or have an id."""
        with self._file.reading() as connection:
            return read_orders(connection, numbers, ids)

    def orders_of(self, supplier_ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Live purchase orders of suppliers."""
        with self._file.reading() as connection:
            return read_orders_of(connection, supplier_ids)

    def whole_orders(self, ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
        """Purchase orders with their lines as they were kept."""
        with self._file.reading() as connection:
            return read_whole(connection, ids)

    def keep_whole(self, orders: Iterable[PurchaseOrder]) -> None:
        """Keep purchase orders with their lines."""
        with self._file.writing() as connection:
            put_whole(connection, orders)

    def vanished(self, order_ids: Iterable[str]) -> None:
        """Mark purchase orders as deleted."""
        with self._file.writing() as connection:
            mark_deleted(connection, order_ids)

    def families(self, names: Iterable[str]) -> Mapping[str, tuple[PosProduct, ...]]:
        """Products by folded name."""
        with self._file.reading() as connection:
            return read_families(connection, names)

    def codes(self, texts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Ids of products by code as written."""
        with self._file.reading() as connection:
            return read_codes(connection, texts)

    def users(self, record_ids: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
        """Ids of live products that use a record."""
        with self._file.reading() as connection:
            return read_users(connection, record_ids)

    def facts(self) -> KeptFacts | None:
        """Facts of the store."""
        with self._file.reading() as connection:
            return read_facts(connection)

    def keep_facts(self, kept: KeptFacts) -> None:
        """Keep facts of the store."""
        with self._file.writing() as connection:
            put_facts(connection, kept)
