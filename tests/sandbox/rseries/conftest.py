"""Fixtures of the R-Series emulator's tests."""

from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import Store


@pytest.fixture
def store() -> Store:
    """Give a furnished account with every switch at its default."""
    return Store()
