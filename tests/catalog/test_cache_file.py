from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from po_bridge.catalog import SqliteCache, document, kept_file, open_cache
from po_bridge.errors import CacheDamaged, Misuse
from po_bridge.journal import open_journal
from po_bridge.models.pos_product import PosProduct
from po_bridge.planning.canonical import write_value
from po_bridge.planning.snapshot import Collection
from po_bridge.testing.index_contract import asked
from po_bridge.testing.mirror_contract import page, product, taken_in

Open = Callable[[], SqliteCache]
PAGE = 4096


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the cache is."""
    return tmp_path / "bridge.cache.db"


@pytest.fixture
def open_it(path: Path) -> Iterator[Open]:
    """Opens the cache; all are closed at the end."""
    opened: list[SqliteCache] = []

    def open_one() -> SqliteCache:
        opened.append(open_cache(path, busy_seconds=1.0))
        return opened[-1]

    yield open_one
    for cache in opened:
        cache.close()


def filled(open_it: Open, path: Path) -> None:
    """Leave a closed cache file with products behind, all of it in the file itself."""
    cache = open_it()
    cache.bind("here")
    for number in range(40):
        taken_in(cache.mirror, Collection.PRODUCTS, product(f"p-{number}", description="x" * 40))
    cache.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- kept from one process to the next ------------------------------------------------------------


def test_what_was_read_is_there_again(open_it: Open, path: Path) -> None:
    """A cache that is opened again has records, position and keys, and no note."""
    filled(open_it, path)
    cache = open_it()
    assert cache.take_notes() == ()
    assert cache.mirror.positions() == {Collection.PRODUCTS: "40"}
    assert len(cache.index.lookup([asked(product())])[0].product_ids) == 40


def test_pragmas(open_it: Open, path: Path) -> None:
    """The file is written ahead, and a commit does not wait for the disk."""
    cache = open_it()
    with cache._file.reading() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA synchronous").fetchone() == (1,)


def test_page_is_all_or_nothing(open_it: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page whose keys cannot be written leaves neither records nor position."""
    cache = open_it()
    taken_in(cache.mirror, Collection.PRODUCTS, product("a"))

    class Breaks(RuntimeError):
        pass

    def breaks(_products: object) -> None:
        raise Breaks

    monkeypatch.setattr(type(cache.index), "upsert_keys", lambda _self, _rows: breaks(_rows))
    with pytest.raises(Breaks):
        cache.mirror.absorb(Collection.PRODUCTS, page(product("b"), position="2"), "1")
    assert cache.mirror.positions() == {Collection.PRODUCTS: "1"}
    assert set(cache.mirror.products("ab")) == {"a"}


def test_killed_reader_leaves_whole_pages(path: Path) -> None:
    """A process that is killed at any moment leaves whole pages behind: as many records as the position says."""
    program = Path(__file__).with_name("endless_reader.py")
    for milliseconds in (10, 60, 130, 200):
        reader = subprocess.Popen([sys.executable, program, path], stdout=subprocess.PIPE)
        assert reader.stdout is not None
        reader.stdout.readline()
        time.sleep(milliseconds / 1000)
        reader.send_signal(signal.SIGKILL)
        reader.wait()
        reader.stdout.close()
        cache = open_cache(path)
        assert cache.take_notes() == ()
        pages = int(cache.mirror.positions()[Collection.PRODUCTS])
        assert cache.mirror.extent(Collection.PRODUCTS).records == 10 * pages
        assert len(cache.index) == 10 * pages
        cache.close()


# --- damaged, of another version, foreign ---------------------------------------------------------


def cut_short(path: Path) -> None:
    """Half of the file is gone."""
    os.truncate(path, path.stat().st_size // 2)


def overwritten(path: Path) -> None:
    """Every page but the first holds nonsense."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(PAGE)
        file.write(bytes(range(256)) * ((size - PAGE) // 256))


def beginning_lost(path: Path) -> None:
    """The file does not begin like a database."""
    with path.open("r+b") as file:
        file.write(bytes(16))


def older(path: Path) -> None:
    """A version of po_bridge with other tables wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE cache SET form = 'older'")
        connection.execute("DROP TABLE product")
        connection.commit()


def newer(path: Path) -> None:
    """A later version of po_bridge wrote it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def table_gone(path: Path) -> None:
    """A table is missing."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE cache")


FAULTS = [cut_short, overwritten, beginning_lost, older, newer, table_gone]


@pytest.mark.parametrize("fault", FAULTS, ids=[fault.__name__ for fault in FAULTS])
def test_damaged_file_is_made_anew(open_it: Open, path: Path, fault: Callable[[Path], None]) -> None:
    """A file of ours that cannot be used is never an error: what it held is read again, and a note says why."""
    filled(open_it, path)
    fault(path)
    cache = open_it()
    try:
        cache.mirror.products(f"p-{number}" for number in range(40))
        cache.index.lookup([asked(product())])
    except CacheDamaged as error:
        cache.renew(error)
    (note,) = cache.take_notes()
    assert str(path) in note
    assert "read again" in note
    assert cache.take_notes() == ()
    assert cache.mirror.positions() == {}
    taken_in(cache.mirror, Collection.PRODUCTS, product("a"))
    assert set(open_it().mirror.products(["a"])) == {"a"}


def test_damaged_record(open_it: Open, path: Path) -> None:
    """A record that makes no sense is damage too, and the cache is renewed for the store it was bound to."""
    filled(open_it, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE product SET document = x'00ff00ff' WHERE id = 'p-7'")
        connection.commit()
    cache = open_it()
    cache.bind("here")
    assert set(cache.mirror.products(["p-1"])) == {"p-1"}
    with pytest.raises(CacheDamaged) as caught:
        cache.mirror.products(["p-7"])
    cache.renew(caught.value)
    assert cache.mirror.positions() == {}
    with pytest.raises(Misuse):
        open_it().bind("there")


def test_deleted_file(open_it: Open, path: Path) -> None:
    """A file that was deleted under an open cache is an empty cache to the next one who opens it."""
    filled(open_it, path)
    open_it().mirror.positions()
    for file in path.parent.iterdir():
        file.unlink()
    cache = open_it()
    assert cache.mirror.positions() == {}
    assert cache.take_notes() == ()


@pytest.mark.parametrize("content", [b"[setup]\noutlets = {}\n", bytes(200), bytes(range(1, 256)) * 40])
def test_foreign_file_is_left_alone(open_it: Open, path: Path, content: bytes) -> None:
    """A file that is not ours keeps its content; a cache beside it is used, again at the next start."""
    path.write_bytes(content)
    taken_in(open_it().mirror, Collection.PRODUCTS, product("a"))
    cache = open_it()
    assert path.read_bytes() == content
    assert set(cache.mirror.products(["a"])) == {"a"}
    (note,) = cache.take_notes()
    assert "left alone" in note
    assert cache.path.name in note


def test_journal_is_left_alone(open_it: Open, path: Path) -> None:
    """The journal named by mistake is left as it is."""
    journal = open_journal(path)
    journal.close()
    before = path.read_bytes()
    assert open_it().path != path
    assert path.read_bytes() == before


def test_another_programs_database(open_it: Open, path: Path) -> None:
    """Another program's database that bears no mark is left alone too."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (a)")
    assert open_it().path != path


def test_no_file_can_be_written(tmp_path: Path) -> None:
    """Where no file can be written the error names the path and what to do."""
    with pytest.raises(CacheDamaged, match="folder exists"):
        open_cache(tmp_path / "nowhere" / "bridge.cache.db")


def test_memory_is_no_path() -> None:
    """A cache in memory is what there is without one."""
    with pytest.raises(Misuse):
        open_cache(":memory:")


def test_made_anew_once(open_it: Open, path: Path) -> None:
    """Of two that find the same damage the second keeps what the first made anew."""
    filled(open_it, path)
    first, second = open_it(), open_it()
    errors: list[CacheDamaged] = []
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE product SET document = x'00'")
        connection.commit()
    for cache in (first, second):
        with pytest.raises(CacheDamaged) as caught:
            cache.mirror.products(["p-1"])
        errors.append(caught.value)
    first.renew(errors[0])
    taken_in(first.mirror, Collection.PRODUCTS, product("a"))
    second.renew(errors[1])
    assert set(second.mirror.products(["a"])) == {"a"}


# --- form -----------------------------------------------------------------------------------------


def test_form_follows_the_tables(monkeypatch: pytest.MonkeyPatch, open_it: Open, path: Path) -> None:
    """Another set of tables, fields or keys is another form, so that its files are made anew."""
    filled(open_it, path)
    kept_file._form.cache_clear()
    monkeypatch.setattr(kept_file, "_TABLES", (*kept_file._TABLES, "CREATE TABLE more (a)"))
    try:
        cache = open_it()
        assert "another version" in cache.take_notes()[0]
        assert cache.mirror.positions() == {}
    finally:
        monkeypatch.undo()
        kept_file._form.cache_clear()


def test_packed_records_are_small() -> None:
    """A packed product takes less than half of its canonical bytes, and reads as it was."""
    record = product("0f3c1a52-77aa-11ee-f2d1-00000000b007", description="<p>Organic cotton.</p>")
    packed = document.pack(record)
    assert len(packed) < len(write_value(record)) / 2
    assert document.unpack(packed, PosProduct) == record
