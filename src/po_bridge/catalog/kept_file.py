"""The whole cache file: found good, or made anew; never a foreign file touched."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Generator
from contextlib import contextmanager
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Final

from ..errors import BadDocument, CacheDamaged, Misuse
from ..sqlite import Connection, Database, Durability, Schema, file_lock
from ..sqlite.opening import Place, prepare
from ..sqlite.trouble import primary_code
from .document import form
from .index_tables import INDEX_TABLES
from .mirror_tables import MIRROR_TABLES

_TABLES: Final = (*INDEX_TABLES, *MIRROR_TABLES)

KEPT: Final = Schema(
    name="cache", application_id=int.from_bytes(b"poBc"), migrations=(_TABLES,), trouble=CacheDamaged
)
"""The cache file with mirror, index, style documents and rate budget."""

_MAGIC: Final = b"SQLite format 3\0"
_OWNER: Final = slice(68, 72)
"""Where SQLite's file format keeps the application id."""
_OURS: Final = KEPT.application_id.to_bytes(4)

_LOST: Final = frozenset(
    {
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_NOTADB,
        sqlite3.SQLITE_ERROR,  # a table or column that is not there
        sqlite3.SQLITE_IOERR,  # a file that was cut short
        sqlite3.SQLITE_CANTOPEN,  # a file that was deleted
    }
)
"""What SQLite says of a file that nothing can be read from any more."""

_Identity = tuple[int, int]


class _Owner(Enum):
    """Whose a file is, by its first bytes."""

    NOBODY = "nobody"
    US = "us"
    UNKNOWN = "unknown"
    OTHERS = "others"


def _owner(path: Path) -> _Owner:
    try:
        with path.open("rb") as file:
            head = file.read(_OWNER.stop)
    except OSError:
        return _Owner.NOBODY
    if not head:
        return _Owner.NOBODY
    if head[_OWNER] == _OURS:
        return _Owner.US
    unsaid = head.startswith(_MAGIC) and head[_OWNER] == bytes(4)
    return _Owner.UNKNOWN if unsaid else _Owner.OTHERS


def _identity(path: Path) -> _Identity | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino)


@cache
def _form() -> str:
    return form(_TABLES)


class KeptFile(Database):
    """The cache file of one store; a transaction inside another is a part of it."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self._notes: list[str] = []
        self._store = self._generation = ""
        self._found = _identity(place.path)

    @contextmanager
    def reading(self) -> Generator[Connection, None, None]:
        """Several reads of one state."""
        with self._understood():
            around = self._around()
            if around is not None:
                yield around
                return
            with super().reading() as connection:
                yield connection

    @contextmanager
    def writing(self) -> Generator[Connection, None, None]:
        """Reads and writes in one commit; inside another one, they are committed with it."""
        with self._understood():
            around = self._around()
            if around is not None:
                yield around
                return
            with super().writing() as connection:
                yield connection

    def _around(self) -> Connection | None:
        """The connection of this thread where it is in a transaction."""
        with self.place.explained():
            connection = self._connection()
        return connection if connection.in_transaction else None

    @contextmanager
    def _understood(self) -> Generator[None, None, None]:
        try:
            yield
        except (BadDocument, zlib.error) as error:
            raise self.place.trouble(f"a record in it cannot be read ({error})") from error

    def bind(self, store: str, generation: str = "") -> None:
        """Make it a store's file, anew where it holds ids of another generation; raises Misuse for another store's."""
        with self.writing() as connection:
            bound, held = connection.execute("SELECT store, generation FROM cache").fetchone()
            if bound is None:
                held = generation
                connection.execute("UPDATE cache SET store = ?, generation = ?", (store, generation))
            elif bound != store:
                raise Misuse(
                    f"cache {self.place.path} belongs to {bound}, not to {store}; "
                    "name a file of its own for each store"
                )
        self._store, self._generation = store, generation
        if held != generation:
            words = f"it holds ids of generation {held!r}, not {generation!r}"
            self.renew(CacheDamaged(str(self.place.path), words))

    def renew(self, error: CacheDamaged) -> None:
        """Make the file anew where an error says that it cannot be read; else raise the error again."""
        if not _is_lost(error, self.place.path):
            raise error
        self.close()
        self._closed = False
        _make_anew(self.place, self._found)
        self._found = _identity(self.place.path)
        self._notes.append(f"{error.why}; everything in {self.place.path} is read again")
        if self._store:
            self.bind(self._store, self._generation)

    def note(self, words: str) -> None:
        """Keep a note for people."""
        self._notes.append(words)

    def take_notes(self) -> tuple[str, ...]:
        """Give the notes, each once."""
        notes, self._notes = tuple(self._notes), []
        return notes


def _is_lost(error: CacheDamaged, path: Path) -> bool:
    cause = error.__cause__
    if isinstance(cause, sqlite3.Error):
        return (
            primary_code(cause) in _LOST or isinstance(cause, sqlite3.ProgrammingError) or not path.exists()
        )
    return cause is None or isinstance(cause, BadDocument | zlib.error)


def _make_anew(place: Place, seen: _Identity | None) -> None:
    """Put an empty file in the place of the one that was seen, unless another process did so before."""
    path = place.path
    with (
        place.explained(),
        file_lock(path.with_name(f"{path.name}.lock"), seconds=place.busy_seconds) as held,
    ):
        if not held:
            raise place.trouble("another process has been making it anew for long; end that process")
        if _identity(path) == seen:
            # the log goes first: a new file beside an old log would not be opened right
            for old in (path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm"), path):
                old.unlink(missing_ok=True)
        _make_ready(place)


def _make_ready(place: Place) -> None:
    """Open or make a file and see that it is written the way we write; raises CacheDamaged."""
    prepare(place)
    database = Database(place)
    try:
        with database.writing() as connection:
            known = connection.execute("SELECT form FROM cache").fetchone()
            if known is None:
                connection.execute("INSERT INTO cache (form) VALUES (?)", (_form(),))
            elif known[0] != _form():
                raise place.trouble("it was written by another version of po_bridge")
    finally:
        database.close()


def open_kept(path: Path, *, busy_seconds: float) -> KeptFile:
    """Open a cache file, made where there is none and anew where it is damaged or of another version.

    A file that is not ours is left alone, and one beside it is used.
    Raises CacheDamaged only where no file can be written there.
    """
    place = Place(path=path, schema=KEPT, durability=Durability.NORMAL, busy_seconds=busy_seconds)
    owner = _owner(path)
    if owner is _Owner.OTHERS:
        return _beside(path, busy_seconds)
    seen = _identity(path)
    try:
        _make_ready(place)
    except CacheDamaged as error:
        if owner is _Owner.UNKNOWN:
            return _beside(path, busy_seconds)
        if seen is None or not _is_lost(error, path):
            raise
        _make_anew(place, seen)
        file = KeptFile(place)
        file.note(f"{error.why}; everything in {path} is read again")
        return file
    return KeptFile(place)


def _beside(path: Path, busy_seconds: float) -> KeptFile:
    other = path.with_name(f"{path.name}.po-bridge")
    if _owner(other) is _Owner.OTHERS:
        raise CacheDamaged(
            str(path), f"it is no cache of po_bridge, and neither is {other.name}; name another path"
        )
    file = open_kept(other, busy_seconds=busy_seconds)
    file.note(f"{path} is no cache of po_bridge and is left alone; {other.name} beside it is used")
    return file
