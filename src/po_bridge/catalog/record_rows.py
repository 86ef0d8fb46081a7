"""Rows of named records, purchase orders and facts, and how far each collection was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from attrs import evolve

from ..models.named_record import NamedRecord, name_key
from ..models.purchase_order import PurchaseOrder
from ..models.store import StoreFacts
from ..planning.exact import MOMENT
from ..planning.snapshot import Collection, Page, Positions
from ..ports.cache import Extent, KeptFacts
from ..sqlite import Connection
from .document import pack, unpack
from .product_rows import listed

_PUT_ORDER: Final = """
    INSERT INTO purchase_order (id, number_key, supplier, deleted, document) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET
        number_key = excluded.number_key, supplier = excluded.supplier, deleted = excluded.deleted,
        document = excluded.document
"""
_PUT_SWEEP: Final = """
    INSERT INTO sweep (collection, position, complete) VALUES (?, ?, ?)
    ON CONFLICT (collection) DO UPDATE SET
        position = excluded.position, complete = max(complete, excluded.complete)
"""


# --- positions


def read_positions(connection: Connection) -> Positions:
    """How far each collection was read."""
    rows = connection.execute("SELECT collection, position FROM sweep")
    return {Collection(collection): position for collection, position in rows}


def put_position(connection: Connection, collection: Collection, page: Page) -> None:
    """Write how far a collection was read."""
    connection.execute(_PUT_SWEEP, (collection.value, page.position, not page.more))


def read_extent(connection: Connection, collection: Collection) -> Extent:
    """How much of a collection is there."""
    done = connection.execute(
        "SELECT complete FROM sweep WHERE collection = ?", (collection.value,)
    ).fetchone()
    match collection:
        case Collection.PRODUCTS:
            rows = connection.execute("SELECT count(*) FROM product")
        case Collection.ORDERS:
            rows = connection.execute("SELECT count(*) FROM purchase_order")
        case _:
            rows = connection.execute("SELECT count(*) FROM named WHERE collection = ?", (collection.value,))
    return Extent(records=rows.fetchone()[0], complete=bool(done and done[0]))


# --- named records


def put_named(connection: Connection, collection: Collection, records: Iterable[NamedRecord]) -> None:
    """Add or replace records of a list."""
    connection.executemany(
        "REPLACE INTO named (collection, id, deleted, document) VALUES (?, ?, ?, ?)",
        ((collection.value, record.id, record.deleted, pack(record)) for record in records),
    )


def drop_named(connection: Connection, collection: Collection) -> None:
    """Forget a list."""
    connection.execute("DELETE FROM named WHERE collection = ?", (collection.value,))


def read_named(connection: Connection, collection: Collection) -> tuple[NamedRecord, ...]:
    """Live records of a list, by id."""
    rows = connection.execute(
        "SELECT document FROM named WHERE collection = ? AND NOT deleted ORDER BY id", (collection.value,)
    )
    return tuple(unpack(document, NamedRecord) for (document,) in rows)


# --- purchase orders


def put_orders(connection: Connection, orders: Iterable[PurchaseOrder]) -> None:
    """Add or replace purchase orders."""
    connection.executemany(
        _PUT_ORDER,
        ((order.id, order.number_key, order.supplier_id, order.deleted, pack(order)) for order in orders),
    )


def read_orders(
    connection: Connection, numbers: Iterable[str], ids: Iterable[str]
) -> Mapping[str, PurchaseOrder]:
    """Purchase orders that bear a number, however it was typed, or have an id."""
    rows = connection.execute(
        """
        SELECT own.id, document FROM json_each(?) AS wanted
        CROSS JOIN purchase_order AS own ON own.number_key = wanted.value
        UNION ALL SELECT own.id, document FROM json_each(?) AS wanted
        CROSS JOIN purchase_order AS own ON own.id = wanted.value
        """,
        (*listed(map(name_key, numbers)), *listed(ids)),
    )
    return {key: unpack(document, PurchaseOrder) for key, document in dict(rows).items()}


def read_orders_of(connection: Connection, suppliers: Iterable[str]) -> Mapping[str, PurchaseOrder]:
    """Live purchase orders of suppliers."""
    rows = connection.execute(
        """
        SELECT own.id, document FROM json_each(?) AS wanted
        CROSS JOIN purchase_order AS own ON own.supplier = wanted.value AND NOT own.deleted
        """,
        listed(suppliers),
    )
    return {key: unpack(document, PurchaseOrder) for key, document in rows}


def put_whole(connection: Connection, orders: Iterable[PurchaseOrder]) -> None:
    """Keep purchase orders with their lines."""
    connection.executemany(
        "REPLACE INTO whole_order (id, document) VALUES (?, ?)", ((order.id, pack(order)) for order in orders)
    )


def read_whole(connection: Connection, ids: Iterable[str]) -> Mapping[str, PurchaseOrder]:
    """Purchase orders with their lines."""
    rows = connection.execute(
        """
        SELECT own.id, document FROM json_each(?) AS wanted
        CROSS JOIN whole_order AS own ON own.id = wanted.value
        """,
        listed(ids),
    )
    return {key: unpack(document, PurchaseOrder) for key, document in rows}


def mark_deleted(connection: Connection, order_ids: Iterable[str]) -> None:
    """Mark purchase orders as deleted."""
    known = read_orders(connection, (), order_ids)
    put_orders(connection, (evolve(order, deleted=True) for order in known.values()))


# --- facts


def put_facts(connection: Connection, kept: KeptFacts) -> None:
    """Keep facts of the store."""
    connection.execute("DELETE FROM facts")
    connection.execute("INSERT INTO facts VALUES (?, ?)", (MOMENT.write(kept.at), pack(kept.facts)))


def read_facts(connection: Connection) -> KeptFacts | None:
    """Facts of the store, None where they were not read."""
    row = connection.execute("SELECT at, document FROM facts").fetchone()
    return None if row is None else KeptFacts(at=MOMENT.read(row[0]), facts=unpack(row[1], StoreFacts))
