"""Sorting of whole columns, quick for those in disorder and quicker for two sorted ones behind one another."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FEW_RUNS = 64
"""Ascending runs that a merge sort joins in less time than a quick sort takes."""


def sorting(numbers: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Give the places of numbers in ascending order; the order of equal ones is not told."""
    runs = int(np.count_nonzero(numbers[1:] < numbers[:-1])) + 1
    return np.argsort(numbers, kind="stable" if runs <= _FEW_RUNS else "quicksort")
