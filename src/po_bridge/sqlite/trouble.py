"""What SQLite's refusals mean to the person who must act."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_MEANINGS: Final[Mapping[int, str]] = MappingProxyType(
    {
        sqlite3.SQLITE_NOTADB: "it is no SQLite file, or its beginning is damaged",
        sqlite3.SQLITE_CORRUPT: (
            "it is damaged; put back a copy of it, with the -wal file beside it where the copy has one"
        ),
        sqlite3.SQLITE_READONLY: "it cannot be written; let this user write the file and its folder",
        sqlite3.SQLITE_PERM: "it cannot be written; let this user write the file and its folder",
        sqlite3.SQLITE_FULL: "the disk is full; make room, then resume, what was committed is kept",
        sqlite3.SQLITE_CANTOPEN: "it cannot be opened; see that the folder exists and this user may enter it",
        sqlite3.SQLITE_IOERR: "the disk reports an error; look at the disk, what was committed is kept",
        sqlite3.SQLITE_BUSY: "another program keeps it locked; end that program, then resume",
        sqlite3.SQLITE_LOCKED: "another program keeps it locked; end that program, then resume",
        sqlite3.SQLITE_NOLFS: "it is larger than this file system allows",
    }
)


def primary_code(error: sqlite3.Error) -> int:
    """Give SQLite's primary result code of an error, 0 where the error is not SQLite's own."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def meaning(error: sqlite3.Error) -> str:
    """Say what an error means and what to do, with SQLite's own words in brackets."""
    known = _MEANINGS.get(primary_code(error))
    return f"{known} ({error})" if known else f"SQLite says: {error}"
