"""Older files: brought forward in one transaction, after a copy was put beside them."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from tests.sqlite.schemas import add, made, names, schema

from po_bridge.errors import JournalDamaged
from po_bridge.sqlite import Database, open_database


def sizes(database: Database) -> list[tuple[str, int]]:
    """Read what version 2 added."""
    with database.reading() as connection:
        return connection.execute("SELECT name, size FROM thing ORDER BY name").fetchall()


def backup(path: Path) -> list[str]:
    """Read the names from the copy of version 1."""
    copy = path.with_name(f"{path.name}.v1.backup")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (1,)
        return [name for (name,) in connection.execute("SELECT name FROM thing ORDER BY name")]


def test_older_file_is_brought_forward(tmp_path: Path) -> None:
    """A file of version 1 becomes version 3, its rows kept; the copy holds what it was."""
    path = tmp_path / "things.db"
    made(path, "a", "bcd")
    with closing(open_database(path, schema(3))) as database:
        assert sizes(database) == [("a", 1), ("bcd", 3)]
    assert backup(path) == ["a", "bcd"]
    assert sorted(file.name for file in tmp_path.iterdir()) == ["things.db", "things.db.v1.backup"]


def test_copy_holds_what_was_only_in_the_log(tmp_path: Path) -> None:
    """The copy holds every commit, also those that a dead program left in the write-ahead log."""
    path = tmp_path / "things.db"
    with closing(open_database(path, schema())) as other:
        add(other, "a")
        with closing(open_database(path, schema(2))) as database:
            assert sizes(database) == [("a", 1)]
    assert backup(path) == ["a"]


def test_failed_migration_leaves_the_file(tmp_path: Path) -> None:
    """A migration that fails in its last statement leaves the file as it was, for the old version to open."""
    path = tmp_path / "things.db"
    made(path, "a")
    with pytest.raises(JournalDamaged, match="no such table: absent"):
        open_database(path, schema(3, "DROP TABLE absent"))
    with closing(open_database(path, schema())) as database:
        add(database, "b")
        assert names(database) == ["a", "b"]


def test_copy_that_cannot_be_made(tmp_path: Path) -> None:
    """Without room for a copy there is no migration."""
    path = tmp_path / "things.db"
    made(path, "a")
    path.with_name("things.db.v1.backup").mkdir()
    with pytest.raises(JournalDamaged, match="the operating system says"):
        open_database(path, schema(2))
    with closing(open_database(path, schema())) as database:
        assert names(database) == ["a"]


def test_one_of_many_migrates(tmp_path: Path) -> None:
    """Workers that open an older file at the same moment all find it migrated once."""
    path = tmp_path / "things.db"
    made(path, "a")
    with ThreadPoolExecutor(6) as pool:
        databases = list(pool.map(lambda _number: open_database(path, schema(2)), range(6)))
    assert [sizes(database) for database in databases] == [[("a", 1)]] * 6
    assert backup(path) == ["a"]
    for database in databases:
        database.close()
