"""What may be forgotten and read again: the cache file, and the indexes in and beside it."""

from __future__ import annotations

from .fast_index import open_numpy_index
from .sqlite_cache import SqliteCache, open_cache
from .sqlite_index import SqliteIndex

__all__ = ["SqliteCache", "SqliteIndex", "open_cache", "open_numpy_index"]
