"""Fixtures of the X-Series emulator's tests."""

from __future__ import annotations

import pytest
from tests.sandbox.xseries.shop import Shop


@pytest.fixture
def shop() -> Shop:
    """Give a furnished store with every switch at its default."""
    return Shop()
