"""What holds for every test."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The contract suites are no test files by name, and their failures should explain themselves too.
pytest.register_assert_rewrite("po_bridge.testing", "tests.sandbox.xseries.shop")

# Machines are slow at times, which is no fault of a law; where CI decides, every run tries the same examples.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
