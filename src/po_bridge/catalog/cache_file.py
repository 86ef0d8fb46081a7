"""The cache file: what may be deleted and is read again."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from ..errors import OperatorError
from ..sqlite import Database, Durability, Schema, open_database
from .index_tables import INDEX_TABLES


class CacheDamaged(OperatorError):
    """The cache file cannot be used; nothing is lost when it is deleted."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        """The file."""
        self.why = why
        """What is wrong with it."""
        super().__init__(f"cache {path}: {why}; or delete it, everything in it is read again")


CACHE: Final = Schema(
    name="cache",
    application_id=int.from_bytes(b"poBc"),
    migrations=(INDEX_TABLES,),
    trouble=CacheDamaged,
)
"""The cache file."""


def open_cache_file(path: Path) -> Database:
    """Open a cache file, made or migrated first where needed; raises CacheDamaged where it cannot be used."""
    return open_database(path, CACHE, durability=Durability.NORMAL)
