"""Columns mapped from a file; needs the extra ``fast`` and is imported by ``catalog.fast_index`` alone."""

from __future__ import annotations

from .columns import Columns
from .index import NumpyIndex

__all__ = ["Columns", "NumpyIndex"]
