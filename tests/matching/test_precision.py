from __future__ import annotations

import pytest
from benchmarks.precision import counted


@pytest.mark.parametrize("seed", [1, 2])
def test_spoiled_store(seed: int) -> None:
    """In a store and orders with realistic faults no automatic match is wrong, and four of five are made."""
    counts, _, _ = counted(1_500, seed)
    there = counts.total() - counts["new right"] - counts["review, nothing to show"]
    assert counts["matched WRONG"] == 0
    assert counts["matched right"] > 0.8 * there
