"""The one test of whether digits are a product's number as they stand.

``read_code`` and ``read_codes`` share it, so that one code and a million are judged alike.
It counts in integers and looks sums up in tables: this is where a column of codes spends its time.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from ..models.gtin import LENGTHS, WEIGHTED
from .gs1_prefix import EIGHT, SPANS
from .judgement import Pattern

_SIGNIFICANT = 6
"""Digits that a spreadsheet's narrow column leaves of a long number, as in 8.44277E+11."""

_SHORTEST_ROUNDED = 11
"""A rounded UPC with a lost zero; shorter numbers with many zeros exist."""

ROUNDED_STEP: Final = 10 ** (_SHORTEST_ROUNDED - _SIGNIFICANT)
"""Every rounded number is a multiple of it."""

_SHORTEST_PATTERN = 6
"""Fewer digits repeat or count by chance."""

NO_PRODUCT: Final = bytes(any(span.first <= n <= span.last for span in SPANS) for n in range(1000))
"""For a three-digit prefix of a GTIN-13 whether it is kept for something else."""

_NO_EIGHT: Final = frozenset(map(int, EIGHT))
_VARIABLE = 9 * 10**13


def pattern_of(digits: str) -> Pattern | None:
    """Tell by which pattern digits are a placeholder; None for none.

    Indicator, leading zeros and check digit are left out: the case of a placeholder is one too.
    Counting goes on over the nine: 012345678905 counts from 1 to 0.
    """
    if not digits.strip("0"):
        return Pattern.ZEROS
    body = digits[1 if len(digits) == max(LENGTHS) else 0 : -1].lstrip("0")
    if len(body) < _SHORTEST_PATTERN:
        return None
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(body)}
    if steps == {0}:
        return Pattern.REPEATED
    return Pattern.COUNTING if steps in ({1}, {9}) else None


def rounded_zeros(digits: str) -> int:
    """Count the zeros at the end of a number that a spreadsheet rounded; 0 where none did."""
    number = digits.lstrip("0")
    zeros = len(number) - len(number.rstrip("0"))
    return zeros if len(number) >= _SHORTEST_ROUNDED and zeros >= len(number) - _SIGNIFICANT else 0


def _patterned() -> Iterator[int]:
    yield 0
    for length in range(_SHORTEST_PATTERN, max(LENGTHS) - 1):
        for first in range(1, 10):
            for step in (-1, 0, 1):
                yield int("".join(str((first + step * place) % 10) for place in range(length)))


PATTERNED: Final = frozenset(_patterned())
"""Placeholders without indicator and check digit: what ``pattern_of`` finds in digits of a GTIN's length."""


def plain_number(digits: str) -> int:
    """Give the GTIN's number where ASCII digits are one as they stand and name a product, else 0.

    Refused are wrong lengths and check digits, restricted circulation, coupons, placeholders,
    rounded numbers and variable measure.
    """
    if len(digits) not in LENGTHS:
        return 0
    number = int(digits)
    # ``ends_with_check_digit`` written out: the call alone would cost a fifth of the time of a column.
    if (
        WEIGHTED[number % 10_000]
        + WEIGHTED[number // 10_000 % 10_000]
        + WEIGHTED[number // 100_000_000 % 10_000]
        + WEIGHTED[number // 1_000_000_000_000]
    ) % 10:
        return 0
    if number // 10 % 1_000_000_000_000 in PATTERNED or number >= _VARIABLE:
        return 0
    each = number % 10_000_000_000_000
    if each < 100_000_000:
        return 0 if each // 10_000_000 in _NO_EIGHT else number
    if NO_PRODUCT[each // 10_000_000_000]:
        return 0
    return 0 if number % ROUNDED_STEP == 0 and rounded_zeros(digits) else number
