"""Colours and sizes as keys that are equal where they mean the same, and only there.

Case, spacing, dashes and quotes never carry meaning; what else is equal stands in a ``Vocabulary``.
A key is its own key, and the empty key means that nothing is stated.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from math import gcd
from typing import Final

from .default_vocabulary import DEFAULT
from .folding import fold_color, fold_size
from .vocabulary import Vocabulary

NOT_STATED: Final = ""
"""The key of an option that says nothing, as ``One Size`` or ``N/A``."""

COLOR: Final = "color"
"""The key of an option of colour, whatever a system calls it."""

SIZE: Final = "size"
"""The key of an option of size, whatever a system calls it."""

_CACHED = 1 << 16
"""A catalogue of millions has a few thousand spellings."""

_NUMBER: Final = re.compile(r"(?=[.\d])(\d*)(?:\.(\d+)|[ -](\d{1,2})/(\d{1,2}))?(?: ?(\D*)| ([2-9]e))")
_DENOMINATORS: Final = {2, 3, 4, 8, 16}


def _two_sizes(size: str, table: Mapping[str, str]) -> str:
    parts = size.split("/" if "/" in size else " ")
    known = len(parts) == 2 and all(part in table for part in parts)
    return "/".join(table[part] for part in parts) if known else ""


def _shaped(size: str, vocabulary: Vocabulary) -> str:
    for pattern, form in vocabulary.patterns:
        found = pattern.fullmatch(size)
        if found:
            return form.format(*found.groups())
    return ""


def _behind_point(part: int, whole: int) -> str | None:
    """Write a fraction as it stands behind a number; None for what no size has."""
    if whole not in _DENOMINATORS or not 0 < part < whole or gcd(part, whole) > 1:
        return None
    if whole == 3:
        return f" {part}/{whole}"
    return str(Decimal(part) / whole)[1:]


def _numbered(size: str, table: Mapping[str, str]) -> str:
    """Write a number with halves or decimals and what follows it, as a width or a unit, in one way.

    Leading zeros stay: 0, 00 and 000 are three sizes.
    """
    found = _NUMBER.fullmatch(size)
    if not found:
        return ""
    whole, decimals, part, parts, suffix, width = found.groups()
    tail = f".{decimals.rstrip('0')}".rstrip(".") if decimals else ""
    if part:
        fraction = _behind_point(int(part), int(parts))
        if fraction is None:
            return ""
        tail = fraction
    behind = table.get(width or suffix, width or suffix)
    return f"{whole or '0'}{tail}{' ' if behind[:1].isdigit() else ''}{behind}"


@lru_cache(maxsize=_CACHED)
def size_key(text: str, vocabulary: Vocabulary = DEFAULT) -> str:
    """Give the key of a size, empty where it states none."""
    size = fold_size(text)
    if size in vocabulary.no_sizes:
        return NOT_STATED
    return (
        vocabulary.size_table.get(size)
        or _two_sizes(size, vocabulary.size_table)
        or _shaped(size, vocabulary)
        or _numbered(size, vocabulary.suffix_table)
        or size
    )


@lru_cache(maxsize=_CACHED)
def color_key(text: str, vocabulary: Vocabulary = DEFAULT) -> str:
    """Give the key of a colour, empty where it states none; the order of several colours counts."""
    if fold_color(text) in vocabulary.no_colors:
        return NOT_STATED
    color = vocabulary.worded(text)
    return vocabulary.color_table.get(color, color)


@lru_cache(maxsize=_CACHED)
def name_key(name: str, vocabulary: Vocabulary = DEFAULT) -> str:
    """Give the key of an option's name, ``COLOR`` and ``SIZE`` for all the words for them."""
    folded = fold_color(name)
    if folded in vocabulary.color_names:
        return COLOR
    return SIZE if folded in vocabulary.size_names else folded


def value_key(name: str, value: str, vocabulary: Vocabulary = DEFAULT) -> str:
    """Give the key of an option's value; whatever is no colour is read as a size, as inseam and width are."""
    read = color_key if name_key(name, vocabulary) == COLOR else size_key
    return read(value, vocabulary)


def is_stated(name: str, value: str, vocabulary: Vocabulary = DEFAULT) -> bool:
    """Tell whether an option says anything, so that a variant needs it."""
    return value_key(name, value, vocabulary) != NOT_STATED


def option_keys(options: Mapping[str, str], vocabulary: Vocabulary = DEFAULT) -> tuple[tuple[str, str], ...]:
    """Give name and value of every stated option as keys, sorted, to compare two systems' options by."""
    pairs = (
        (name_key(name, vocabulary), value_key(name, value, vocabulary)) for name, value in options.items()
    )
    return tuple(sorted(pair for pair in pairs if pair[1] != NOT_STATED))
