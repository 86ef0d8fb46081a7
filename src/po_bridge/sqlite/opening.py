"""Opens a file of ours: tells it from a foreign, damaged or newer one before anything in it is changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing, contextmanager
from enum import Enum
from pathlib import Path

from attrs import field, frozen

from ..errors import PoBridgeError
from .durable_file import put_in_place
from .schema import Schema
from .trouble import meaning, primary_code

Connection = sqlite3.Connection

OLDEST_SQLITE = (3, 38, 0)
"""STRICT tables came with 3.37, ``json_each`` in every build with 3.38."""


_SWITCHES = 20


class Durability(Enum):
    """What a commit survives."""

    FULL = "FULL"
    """A power cut: every commit is synced to the disk."""
    NORMAL = "NORMAL"
    """The death of the process; a power cut may take the last commits, never the file."""


@frozen(kw_only=True)
class Place:
    """A file and how it is opened."""

    path: Path
    """The file."""
    schema: Schema
    """What it must be."""
    durability: Durability = Durability.FULL
    """What a commit survives."""
    busy_seconds: float = field(default=10.0)
    """How long to wait for another writer."""

    def trouble(self, why: str) -> PoBridgeError:
        """Make the error for this file."""
        return self.schema.trouble(str(self.path), why)

    @contextmanager
    def explained(self) -> Generator[None, None, None]:
        """Turn what SQLite raises into an error that names the file and what to do."""
        try:
            yield
        except sqlite3.Error as error:
            raise self.trouble(meaning(error)) from error
        except OSError as error:
            raise self.trouble(f"the operating system says: {error}") from error


@contextmanager
def transaction(connection: Connection, begin: str) -> Generator[Connection, None, None]:
    """Commit what is done inside, all or nothing."""
    connection.execute(begin)
    try:
        yield connection
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def connect(place: Place, *, create: bool = False) -> Connection:
    """Open a connection that any thread may use, one at a time; it starts no transaction by itself."""
    address = f"{place.path.absolute().as_uri()}?mode={'rwc' if create else 'rw'}"
    connection = sqlite3.connect(
        address, uri=True, timeout=place.busy_seconds, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute(f"PRAGMA synchronous = {place.durability.value}")
    # on macOS an ordinary fsync leaves data in the drive's cache
    connection.execute(f"PRAGMA fullfsync = {int(place.durability is Durability.FULL)}")
    return connection


def prepare(place: Place) -> None:
    """Make an empty file ours, or bring an older one to the newest schema; leave any other as it is.

    Raises the schema's error for a file that is foreign, damaged, of a newer schema, or not to be written.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        wanted = ".".join(map(str, OLDEST_SQLITE))
        raise place.trouble(f"SQLite {wanted} is needed and Python has {sqlite3.sqlite_version}")
    with place.explained(), closing(connect(place, create=True)) as connection:
        # one state: else another worker's first migration could show its tables and not its id
        with transaction(connection, "BEGIN"):
            _version(place, connection)
        if not _writes_ahead(connection):
            raise place.trouble("its file system cannot share memory (a network drive?); use a local disk")
        # taken in any case: it proves that the file can be written, and only one process migrates
        with transaction(connection, "BEGIN IMMEDIATE"):
            version = _version(place, connection)
            if 0 < version < place.schema.version:
                _back_up(place, version)
            _migrate(place.schema, connection, version)


def integrity_faults(connection: Connection) -> tuple[str, ...]:
    """Ask SQLite whether the file's pages, indexes, constraints and references are sound."""
    rows = (row[0] for row in connection.execute("PRAGMA integrity_check"))
    strange = connection.execute("PRAGMA foreign_key_check").fetchall()
    points = (
        f"a row of table {table} points to a {parent} that is not there" for table, _, parent, _ in strange
    )
    return tuple(dict.fromkeys((*(row for row in rows if row != "ok"), *points)))


def _writes_ahead(connection: Connection) -> bool:
    """Switch to the write-ahead log; False where the file system cannot have one."""
    for _ in range(_SWITCHES):
        try:
            return _switched(connection)
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY:
                raise
            # another worker switches a new file; SQLite does not wait for that, but for a transaction
            with transaction(connection, "BEGIN IMMEDIATE"):
                pass
    return _switched(connection)


def _switched(connection: Connection) -> bool:
    mode: str = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    return mode == "wal"


def _number(connection: Connection, pragma: str) -> int:
    value: int = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
    return value


def _version(place: Place, connection: Connection) -> int:
    """Tell the file's version, 0 for an empty one; raises the schema's error for what is not ours to open."""
    schema = place.schema
    owner, version = _number(connection, "application_id"), _number(connection, "user_version")
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if (owner, version, tables) == (0, 0, 0):
        return 0
    if owner != schema.application_id:
        raise place.trouble(f"it is another program's file, no {schema.name} of po_bridge; name another path")
    if version > schema.version:
        raise place.trouble(
            f"its schema {version} is newer than {schema.version}, which this po_bridge knows; upgrade it"
        )
    return version


def _back_up(place: Place, version: int) -> None:
    path = place.path.with_name(f"{place.path.name}.v{version}.backup")
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    # the writer's lock is held, so a reader sees exactly what the migration starts from
    with closing(connect(place)) as source, closing(sqlite3.connect(new)) as target:
        source.backup(target)
    put_in_place(new, path)


def _migrate(schema: Schema, connection: Connection, version: int) -> None:
    for statements in schema.migrations[version:]:
        for statement in statements:
            connection.execute(statement)
    if version < schema.version:
        connection.execute(f"PRAGMA application_id = {schema.application_id}")
        connection.execute(f"PRAGMA user_version = {schema.version}")
