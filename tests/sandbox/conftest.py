"""Helpers of these tests assert too, so pytest explains their failures as well."""

from __future__ import annotations

import pytest

pytest.register_assert_rewrite("tests.sandbox.xseries.shop")
