from __future__ import annotations

import pytest

from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.testing.index_contract import IndexContract, MakeIndex, index_product


class TestMemoryIndex(IndexContract):
    """The contract of every index."""

    @pytest.fixture
    def make_index(self) -> MakeIndex:
        """Makes empty indexes."""
        return MemoryIndex


def test_length_counts_products() -> None:
    """The length of an index is the number of products in it, however often they came in."""
    index = MemoryIndex()
    index.upsert([index_product("a"), index_product("b")])
    index.upsert([index_product("a")])
    assert len(index) == 2


def test_rows_do_not_pile_up() -> None:
    """A store whose products change for ever takes no more rows than twice its products and a thousand."""
    index = MemoryIndex()
    for _ in range(60):
        index.upsert(index_product(f"id-{number}") for number in range(100))
    assert len(index._ids) <= 2 * 100 + 1024 + 100
