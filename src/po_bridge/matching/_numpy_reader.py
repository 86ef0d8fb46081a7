"""The certain codes of a column, found by numpy; imported by ``bulk`` alone, since numpy is an extra."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from .plain_number import NO_PRODUCT, PATTERNED, ROUNDED_STEP

_ROWS = 1 << 15
"""Codes in one piece: its columns stay in a core's cache."""

_NEWLINE = 10
_ZERO = 48

_NO_PRODUCT = np.frombuffer(NO_PRODUCT, dtype=np.bool_)
_PATTERNED = np.array(sorted(PATTERNED), dtype=np.int64)


def _joined(texts: Sequence[str]) -> NDArray[np.uint8]:
    """Lay the codes into one buffer, a newline behind each, one byte a character.

    What is not ASCII becomes a question mark, which is no digit.
    """
    data = "\n".join(texts)
    if data.count("\n") != len(texts) - 1:
        data = "\n".join("?" if "\n" in text else text for text in texts)
    return np.frombuffer(f"{data}\n".encode("ascii", "replace"), dtype=np.uint8)


def _certain(buffer: NDArray[np.uint8], starts: NDArray[np.int64], length: int) -> NDArray[np.int64]:
    """Give the number of each code of one length that is right as it stands, 0 for the others."""
    number = np.zeros(len(starts), dtype=np.int64)
    total = np.zeros(len(starts), dtype=np.int64)
    digits = np.ones(len(starts), dtype=np.bool_)
    for place in range(length):
        digit = buffer[starts + place] - np.uint8(_ZERO)
        digits &= digit <= 9
        number *= 10
        number += digit
        total += digit * np.uint8(1 + 2 * ((length - 1 - place) % 2))
    prefix = number // 10_000_000_000
    right = digits & (total % 10 == 0) & (number >= 100_000_000) & (number % ROUNDED_STEP != 0)
    right &= ~_NO_PRODUCT[np.minimum(prefix, 999)]
    body = number // 10
    right &= _PATTERNED[np.searchsorted(_PATTERNED[:-1], body)] != body
    return np.where(right, number, 0)


def read_with_numpy(texts: Sequence[str]) -> tuple[array[int], Sequence[int]]:
    """Give the number of each code of 12 or 13 digits that is certain, and the rows that are not."""
    numbers = np.zeros(len(texts), dtype=np.int64)
    for first in range(0, len(texts), _ROWS):
        piece = texts[first : first + _ROWS]
        buffer = _joined(piece)
        ends = np.flatnonzero(buffer == _NEWLINE)
        starts = np.concatenate((np.zeros(1, dtype=np.int64), ends[:-1] + 1))
        for length in (12, 13):
            rows = np.flatnonzero(ends - starts == length)
            numbers[first + rows] = _certain(buffer, starts[rows], length)
    rest: list[int] = np.flatnonzero(numbers == 0).tolist()
    return array("q", numbers.tobytes()), rest
