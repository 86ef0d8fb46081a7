"""What may be forgotten and read again: the cache file and the indexes in and beside it."""

from __future__ import annotations

from .cache_file import CACHE, CacheDamaged, open_cache_file
from .fast_index import open_numpy_index
from .sqlite_index import SqliteIndex

__all__ = ["CACHE", "CacheDamaged", "SqliteIndex", "open_cache_file", "open_numpy_index"]
