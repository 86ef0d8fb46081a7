"""A small kind of file to try the opening with."""

from __future__ import annotations

from pathlib import Path

from po_bridge.errors import JournalDamaged
from po_bridge.sqlite import Database, Schema, open_database

MIGRATIONS = (
    ("CREATE TABLE thing (name TEXT NOT NULL) STRICT",),
    ("ALTER TABLE thing ADD COLUMN size INTEGER", "UPDATE thing SET size = length(name)"),
    ("CREATE INDEX thing_of_size ON thing (size)",),
)


def schema(version: int = 1, *more: str) -> Schema:
    """Make the schema of a version, with more statements in its last migration."""
    migrations = MIGRATIONS[:version]
    return Schema(
        name="collection",
        application_id=0x12345678,
        migrations=(*migrations[:-1], (*migrations[-1], *more)),
        trouble=JournalDamaged,
    )


def add(database: Database, *names: str | None) -> None:
    """Write things in one commit."""
    with database.writing() as connection:
        connection.executemany("INSERT INTO thing (name) VALUES (?)", [(name,) for name in names])


def names(database: Database) -> list[str]:
    """Read the names of all things, in order."""
    with database.reading() as connection:
        return [name for (name,) in connection.execute("SELECT name FROM thing ORDER BY name")]


def made(path: Path, *things: str, version: int = 1) -> bytes:
    """Make a closed file with things in it, and give its bytes."""
    database = open_database(path, schema(version))
    add(database, *things)
    database.close()
    return path.read_bytes()
