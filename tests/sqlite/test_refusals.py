"""Files that cannot be used: each is refused with its path and the reason, and left as it was."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.sqlite.schemas import add, made, names, schema

from po_bridge.errors import JournalDamaged
from po_bridge.sqlite import open_database, opening

NOBODY = 65534


def refused(path: Path, version: int = 1) -> str:
    """Open a file that must be refused; gives the reason."""
    with pytest.raises(JournalDamaged) as caught:
        open_database(path, schema(version))
    assert caught.value.path == str(path)
    return caught.value.why


def pragma(path: Path, text: str) -> None:
    """Change a header field of a SQLite file."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA {text}")


def test_no_sqlite_file(tmp_path: Path) -> None:
    """A file of text is refused and not touched."""
    path = tmp_path / "notes.txt"
    path.write_text("dear diary\n" * 500)
    assert "no SQLite file" in refused(path)
    assert path.read_text() == "dear diary\n" * 500


def test_foreign_file(tmp_path: Path) -> None:
    """Another program's SQLite file is refused and not touched."""
    path = tmp_path / "mail.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE mail (subject TEXT)")
    before = path.read_bytes()
    assert "another program's file" in refused(path)
    assert path.read_bytes() == before


def test_other_kind_of_ours(tmp_path: Path) -> None:
    """A file with another application id is foreign, whatever its tables are called."""
    path = tmp_path / "things.db"
    made(path)
    pragma(path, "application_id = 7")
    assert "another program's file" in refused(path)


def test_newer_schema(tmp_path: Path) -> None:
    """A file of a newer schema is refused and not touched."""
    path = tmp_path / "things.db"
    before = made(path, "a", version=3)
    assert "schema 3 is newer than 2" in refused(path, 2)
    assert path.read_bytes() == before


def test_damaged_beginning(tmp_path: Path) -> None:
    """A file whose first bytes are overwritten is refused."""
    path = tmp_path / "things.db"
    whole = made(path, "a")
    path.write_bytes(b"\0" * 100 + whole[100:])
    assert "damaged" in refused(path)


def test_damaged_page(tmp_path: Path) -> None:
    """A page that cannot be understood is met when it is read, and said to be damage."""
    path = tmp_path / "things.db"
    whole = made(path, *(f"thing {number}" for number in range(2000)))
    middle = len(whole) // 2 // 4096 * 4096
    path.write_bytes(whole[:middle] + b"\xff" * 4096 + whole[middle + 4096 :])
    database = open_database(path, schema())
    with closing(database), pytest.raises(JournalDamaged) as caught:
        names(database)
    assert "it is damaged" in caught.value.why


def test_cut_file(tmp_path: Path) -> None:
    """A file that lost its end is damaged."""
    path = tmp_path / "things.db"
    whole = made(path, *(f"thing {number}" for number in range(2000)))
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(JournalDamaged) as caught, closing(open_database(path, schema())) as database:
        names(database)
    assert "it is damaged" in caught.value.why


@pytest.mark.parametrize("where", ["missing/things.db", "."], ids=["folder missing", "a folder"])
def test_no_place_for_a_file(tmp_path: Path, where: str) -> None:
    """A path where no file can be is refused, and no folder is made."""
    assert "cannot be opened" in refused(tmp_path / where)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def without_rights() -> Iterator[None]:
    """Work as a user without special rights, since root may write any file."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name != "posix", reason="rights of files are set another way here")
def test_read_only_file() -> None:
    """A file that may only be read is refused when it is opened, not when the first step is on its way."""
    # not below tmp_path, which nobody but its owner may enter
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "things.db")
        before = made(path, "a")
        path.chmod(0o444)
        path.parent.chmod(0o555)
        with without_rights():
            assert "cannot be" in refused(path)
        path.parent.chmod(0o755)
        assert path.read_bytes() == before


def test_old_sqlite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite that lacks what the schema needs is named, with the version that is needed."""
    monkeypatch.setattr(opening, "OLDEST_SQLITE", (99, 1, 0))
    assert refused(tmp_path / "things.db").startswith("SQLite 99.1.0 is needed")


def test_file_that_is_kept_locked(tmp_path: Path) -> None:
    """A file that another program never lets go is refused after the wait."""
    path = tmp_path / "things.db"
    made(path, "a")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalDamaged) as caught:
            open_database(path, schema(), busy_seconds=0.05)
    assert "another program keeps it locked" in caught.value.why


def test_full_disk(tmp_path: Path) -> None:
    """A full disk refuses the commit whole; what was committed stays, and with room writing goes on."""
    database = open_database(tmp_path / "things.db", schema())
    add(database, "kept")
    with database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    with database.writing() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalDamaged) as caught:
        add(database, "small", "x" * 100_000)
    assert "the disk is full" in caught.value.why
    assert names(database) == ["kept"]
    with database.reading() as connection:
        connection.execute("PRAGMA max_page_count = 100000")
    add(database, "later")
    assert names(database) == ["kept", "later"]
    database.close()


def test_disk_that_refuses_to_write(tmp_path: Path) -> None:
    """A write that the operating system refuses is an error of the disk, and nothing is lost."""
    resource = pytest.importorskip("resource")
    database = open_database(tmp_path / "things.db", schema())
    add(database, "kept")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, before[1]))
    try:
        with pytest.raises(JournalDamaged) as caught:
            add(database, "x" * 1_000_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "disk" in caught.value.why
    assert names(database) == ["kept"]
    database.close()
