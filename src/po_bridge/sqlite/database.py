"""An open file: one connection a thread, every transaction all or nothing."""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ..errors import Misuse
from .opening import Connection, Durability, Place, connect, prepare, transaction
from .schema import Schema


class Database:
    """One file, shared by threads and processes."""

    def __init__(self, place: Place) -> None:
        self.place = place
        """The file and how it is opened."""
        self._connections: dict[tuple[int, int], Connection] = {}
        self._closed = False

    def __repr__(self) -> str:
        return f"<{self.place.schema.name} {self.place.path}>"

    @contextmanager
    def reading(self) -> Generator[Connection, None, None]:
        """Several reads of one state; raises the schema's error where the file cannot be read."""
        with self.place.explained(), transaction(self._connection(), "BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Generator[Connection, None, None]:
        """Reads and writes in one commit, alone; whatever is raised inside undoes all of it.

        Raises the schema's error where the file cannot be written; nothing was written then.
        """
        with self.place.explained(), transaction(self._connection(), "BEGIN IMMEDIATE") as connection:
            yield connection

    def shrink(self) -> None:
        """Give back the space of what was deleted; readers go on meanwhile, writers wait."""
        with self.place.explained():
            connection = self._connection()
            connection.execute("VACUUM")
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close every connection of this process; no other thread may be using one."""
        self._closed = True
        mine = [key for key in self._connections if key[0] == os.getpid()]
        with self.place.explained():
            for key in mine:
                self._connections.pop(key).close()

    def _connection(self) -> Connection:
        if self._closed:
            raise Misuse(f"{self} is closed")
        # a connection must not be used on both sides of a fork, hence the process id
        key = (os.getpid(), threading.get_ident())
        if key not in self._connections:
            self._connections[key] = connect(self.place)
        return self._connections[key]


def open_database(
    path: Path, schema: Schema, *, durability: Durability = Durability.FULL, busy_seconds: float = 10.0
) -> Database:
    """Open a file, made or migrated first where needed; raises the schema's error where it cannot be used.

    An older file is copied to ``NAME.vN.backup`` beside it before it is migrated, in one transaction.
    """
    place = Place(path=path, schema=schema, durability=durability, busy_seconds=busy_seconds)
    prepare(place)
    return Database(place)
