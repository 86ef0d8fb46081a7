from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from po_bridge.catalog import SqliteCache, open_cache
from po_bridge.execution.memory_cache import MemoryCache
from po_bridge.testing.mirror_contract import MakeCache, MirrorContract

Open = Callable[[str], SqliteCache]


@pytest.fixture
def open_file(tmp_path: Path) -> Iterator[Open]:
    """Opens caches in a folder; all are closed at the end."""
    opened: list[SqliteCache] = []

    def open_one(name: str) -> SqliteCache:
        opened.append(open_cache(tmp_path / name))
        return opened[-1]

    yield open_one
    for cache in opened:
        cache.close()


class TestSqliteCache(MirrorContract):
    """The contract of every cache."""

    @pytest.fixture
    def make_cache(self, open_file: Open) -> MakeCache:
        """Makes empty caches, a file each."""
        numbers = count()
        return lambda: open_file(f"{next(numbers)}.db")


class TestMemoryCache(MirrorContract):
    """The contract of every cache."""

    @pytest.fixture
    def make_cache(self) -> MakeCache:
        """Makes empty caches."""
        return MemoryCache
