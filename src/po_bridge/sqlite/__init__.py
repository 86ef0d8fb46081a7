"""Opening SQLite files: told apart, migrated, one connection a thread."""

from __future__ import annotations

from .database import Database, open_database
from .durable_file import write_private
from .lock import file_lock
from .opening import Connection, Durability, integrity_faults
from .schema import Schema

__all__ = [
    "Connection",
    "Database",
    "Durability",
    "Schema",
    "file_lock",
    "integrity_faults",
    "open_database",
    "write_private",
]
