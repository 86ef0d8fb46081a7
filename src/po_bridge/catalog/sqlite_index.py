"""The index in the cache file: persistent, incremental, opened without loading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final

from attrs import define, field

from ..matching.default_vocabulary import DEFAULT
from ..matching.demand import Hits, Keys, NearHit
from ..matching.keys_of import ProductKeys, product_keys
from ..matching.near import Names, nearest
from ..matching.vocabulary import Vocabulary
from ..models.pos_product import PosProduct
from ..sqlite import Connection, Database

_Found = Mapping[int, tuple[str, ...]]
"""Sorted product ids by key; keys that nothing has are left out."""

_UUID: Final = 36
"""Signs of one, with its hyphens."""

_BATCH: Final = 10_000
"""Products in one piece of a transaction, so that a generator of millions is never held whole."""

_TABLES: Final = ("index_code", "index_supplier_code", "index_option")

_PURGE_FROM: Final = 100_000
"""Rows that are gone, and at least as many as living ones, are worth a pass over the tables."""

_NAMES: Final = """
    SELECT name, text FROM index_name WHERE block = ? AND EXISTS (
        SELECT 1 FROM index_member JOIN index_product USING (row) WHERE index_member.name = index_name.name
    )
"""


def _packed(product_id: str) -> bytes | str:
    """Store a UUID as its sixteen bytes, any other id as it is."""
    if len(product_id) != _UUID:
        return product_id
    try:
        data = bytes.fromhex(product_id.replace("-", ""))
    except ValueError:
        return product_id
    return data if _written(data) == product_id else product_id


def _written(stored: bytes | str) -> str:
    """Read what ``_packed`` stored."""
    if isinstance(stored, str):
        return stored
    digits = stored.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def _keys(keys: Iterable[int]) -> Iterator[tuple[int]]:
    return ((key,) for key in keys)


def _find(connection: Connection, table: str, keys: Iterable[int]) -> _Found:
    """Join keys, put into a temporary table, with those of the index."""
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS wanted (key INTEGER PRIMARY KEY) STRICT")
    connection.execute("DELETE FROM temp.wanted")
    connection.executemany("INSERT OR IGNORE INTO temp.wanted VALUES (?)", _keys(keys))
    found: dict[int, list[str]] = {}
    rows = connection.execute(
        # CROSS JOIN keeps SQLite from reading an index of millions and looking each key up in the order
        f"SELECT key, id FROM temp.wanted CROSS JOIN {table} USING (key) JOIN index_product USING (row)"  # noqa: S608 - a table's name, of ours
    )
    for key, stored in rows:
        found.setdefault(key, []).append(_written(stored))
    return {key: tuple(sorted(ids)) for key, ids in found.items()}


def _ids(found: _Found, keys: Iterable[int]) -> tuple[str, ...]:
    some = [found[key] for key in keys if key in found]
    return some[0] if len(some) == 1 else tuple(sorted({one for ids in some for one in ids}))


@define
class SqliteIndex:
    """Finds POS products by keys in the tables of a cache file; any process may use the file beside this one."""

    _database: Database
    vocabulary: Vocabulary = DEFAULT
    """Spellings of colours and sizes."""
    _names: dict[str, tuple[Names, Mapping[str, int]]] = field(factory=dict, init=False)
    _state: tuple[int, int, int] = field(default=(0, 0, 0), init=False)
    _writes: int = field(default=0, init=False)

    def __len__(self) -> int:
        with self._database.reading() as connection:
            count: int = connection.execute("SELECT count(*) FROM index_product").fetchone()[0]
        return count

    def lookup(self, batch: Sequence[Keys]) -> tuple[Hits, ...]:
        """Hits for each of the keys, in their order; dead products are among them."""
        wanted = (
            {key for keys in batch for key in keys.codes},
            {key for keys in batch for key in keys.supplier_codes},
            {key for keys in batch for key in keys.options},
        )
        with self._database.reading() as connection:
            codes, supplier_codes, options = (
                _find(connection, table, keys) for table, keys in zip(_TABLES, wanted, strict=True)
            )
        return tuple(
            Hits(
                key=keys.key,
                by_code=_ids(codes, keys.codes),
                by_supplier_code=_ids(supplier_codes, keys.supplier_codes),
                by_options=_ids(options, keys.options),
            )
            for keys in batch
        )

    def near(self, block: str, text: str, limit: int) -> tuple[NearHit, ...]:
        """Live products of a block (a supplier id) whose text resembles, best first; see ``near_text``."""
        with self._database.reading() as connection:
            names, numbers = self._names_of(connection, block)
            return nearest(text, limit, names, lambda name: _members(connection, numbers[name]))

    def _names_of(self, connection: Connection, block: str) -> tuple[Names, Mapping[str, int]]:
        """Read the names of a block with their numbers, once as long as nobody writes into the file."""
        version = connection.execute("PRAGMA data_version").fetchone()[0]
        state = (id(connection), version, self._writes)
        if state != self._state:
            self._state = state
            self._names.clear()
        if block not in self._names:
            rows = connection.execute(_NAMES, (block,))
            numbers = {name: number for number, name in rows}
            self._names[block] = Names(tuple(numbers)), numbers
        return self._names[block]

    def upsert(self, products: Iterable[PosProduct]) -> None:
        """Take products in, replacing those of the same id."""
        self.upsert_keys(product_keys(product, self.vocabulary) for product in products)

    def upsert_keys(self, rows: Iterable[ProductKeys]) -> None:
        """Take in products whose keys were made before; all or nothing."""
        pending = iter(rows)
        self._writes += 1
        with self._database.writing() as connection:
            while batch := {keys.product_id: keys for keys in islice(pending, _BATCH)}:
                _take_in(connection, tuple(batch.values()))
            _purge(connection)

    def remove(self, product_ids: Iterable[str]) -> None:
        """Forget products; an unknown id is no error."""
        self._writes += 1
        with self._database.writing() as connection:
            _forget(connection, product_ids)
            _purge(connection)


def _members(connection: Connection, name: int) -> Iterator[tuple[str, str]]:
    rows = connection.execute(
        "SELECT id, options FROM index_member JOIN index_product USING (row) WHERE name = ?", (name,)
    )
    return ((_written(stored), options) for stored, options in rows)


def _forget(connection: Connection, product_ids: Iterable[str]) -> None:
    ids = ((_packed(one),) for one in product_ids)
    gone = connection.executemany("DELETE FROM index_product WHERE id = ?", ids).rowcount
    connection.execute("UPDATE index_gone SET rows = rows + ?", (gone,))


def _last_row(connection: Connection) -> int:
    row: int = connection.execute(
        "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'index_product'"
    ).fetchone()[0]
    return row


def _take_in(connection: Connection, rows: Sequence[ProductKeys]) -> None:
    _forget(connection, (keys.product_id for keys in rows))
    numbered = tuple(enumerate(rows, start=_last_row(connection) + 1))
    connection.executemany(
        "INSERT INTO index_product VALUES (?, ?, ?)",
        ((row, _packed(keys.product_id), keys.options_text) for row, keys in numbered),
    )
    pairs = (
        [(key, row) for row, keys in numbered for key in keys.codes],
        [(key, row) for row, keys in numbered for key in keys.supplier_codes],
        [(key, row) for row, keys in numbered for key in keys.options],
    )
    for table, some in zip(_TABLES, pairs, strict=True):
        # sorted, so that a page of the tree is written once
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", sorted(some))  # noqa: S608
    members = [(block, keys.name, row) for row, keys in numbered for block in keys.blocks]
    connection.executemany(
        "INSERT OR IGNORE INTO index_name (block, text) VALUES (?, ?)", {member[:2] for member in members}
    )
    connection.executemany(
        "INSERT INTO index_member SELECT name, ? FROM index_name WHERE block = ? AND text = ?",
        ((row, block, name) for block, name, row in members),
    )


def _purge(connection: Connection) -> None:
    """Take out the keys of rows that are gone, once they are many beside the living ones."""
    gone: int = connection.execute("SELECT rows FROM index_gone").fetchone()[0]
    if gone < _PURGE_FROM:
        return
    living: int = connection.execute("SELECT count(*) FROM index_product").fetchone()[0]
    if gone < living:
        return
    for table in (*_TABLES, "index_member"):
        connection.execute(f"DELETE FROM {table} WHERE row NOT IN (SELECT row FROM index_product)")  # noqa: S608
    connection.execute("DELETE FROM index_name WHERE name NOT IN (SELECT name FROM index_member)")
    connection.execute("UPDATE index_gone SET rows = 0")
