from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from po_bridge.catalog import SqliteIndex, sqlite_index
from po_bridge.catalog.kept_file import open_kept
from po_bridge.sqlite import Database
from po_bridge.testing.index_contract import IndexContract, MakeIndex, asked, index_product


@pytest.fixture
def open_file(tmp_path: Path) -> Iterator[Callable[[str], Database]]:
    """Opens cache files in a folder; all are closed at the end."""
    opened: list[Database] = []

    def open_one(name: str) -> Database:
        opened.append(open_kept(tmp_path / name, busy_seconds=1))
        return opened[-1]

    yield open_one
    for database in opened:
        database.close()


class TestSqliteIndex(IndexContract):
    """The contract of every index."""

    @pytest.fixture
    def make_index(self, open_file: Callable[[str], Database]) -> MakeIndex:
        """Makes empty indexes, a file each."""
        numbers = count()
        return lambda: SqliteIndex(open_file(f"{next(numbers)}.db"))


class TestSqliteIndexWithEarlyPurges(IndexContract):
    """The contract where every second change is followed by a purge."""

    @pytest.fixture
    def make_index(self, open_file: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch) -> MakeIndex:
        """Makes empty indexes, a file each."""
        monkeypatch.setattr(sqlite_index, "_PURGE_FROM", 1)
        numbers = count()
        return lambda: SqliteIndex(open_file(f"{next(numbers)}.db"))


def test_index_outlives_the_process(open_file: Callable[[str], Database]) -> None:
    """What was taken in is found by the next one who opens the file."""
    product = index_product("a")
    SqliteIndex(open_file("cache.db")).upsert([product])
    again = SqliteIndex(open_file("cache.db"))
    assert again.lookup([asked(product)])[0].product_ids == ("a",)
    assert len(again) == 1


def test_change_of_another_process_is_seen(open_file: Callable[[str], Database]) -> None:
    """Names that another connection wrote are ranked, though names are remembered between calls."""
    pytest.importorskip("rapidfuzz")
    mine, theirs = SqliteIndex(open_file("cache.db")), SqliteIndex(open_file("cache.db"))
    mine.upsert([index_product("a", name="Harbour Tee")])
    assert [hit.product_id for hit in mine.near("s-1", "parka", 3)] == []
    theirs.upsert([index_product("b", name="Parka")])
    assert [hit.product_id for hit in mine.near("s-1", "parka", 3)] == ["b"]


def test_purge_leaves_only_living_keys(
    open_file: Callable[[str], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a purge no key leads to a row that is gone."""
    monkeypatch.setattr(sqlite_index, "_PURGE_FROM", 10)
    database = open_file("cache.db")
    index = SqliteIndex(database)
    for _ in range(30):
        index.upsert([index_product("a"), index_product("b")])
    with database.reading() as connection:
        (keys,) = connection.execute("SELECT count(*) FROM index_code").fetchone()
    assert keys < 20


def test_failed_batch_leaves_nothing(open_file: Callable[[str], Database]) -> None:
    """A batch that breaks off in the middle is not in the index."""
    index = SqliteIndex(open_file("cache.db"))

    def broken() -> Iterator[object]:
        yield index_product("a")
        raise LookupError

    with pytest.raises(LookupError):
        index.upsert(broken())  # type: ignore[arg-type]  # a generator that breaks
    assert len(index) == 0


@pytest.mark.parametrize(
    "product_id",
    [
        "0af7b26c-4a1d-11ef-9b1c-8d2f3c4e5a60",
        "0AF7B26C-4A1D-11EF-9B1C-8D2F3C4E5A60",
        "0af7b26c4a1d11ef9b1c8d2f3c4e5a60----",
        "0af7b26c-4a1d-11ef-9b1c-8d2f3c4e5ax0",
        "4711",
    ],
    ids=["uuid", "capitals", "hyphens elsewhere", "no uuid", "number"],
)
def test_ids_are_kept_as_written(open_file: Callable[[str], Database], product_id: str) -> None:
    """An id comes back sign for sign, whether or not it is stored as a number of sixteen bytes."""
    index = SqliteIndex(open_file("cache.db"))
    product = index_product(product_id)
    index.upsert([product])
    index.upsert([product])
    assert index.lookup([asked(product)])[0].product_ids == (product_id,)
    index.remove([product_id])
    assert not len(index)
