"""Columns of text for a terminal: aligned by what a character takes up, safe to print."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from ..planning.text import printable

GAP: Final = "  "
"""Between two columns."""


def cells(text: str) -> int:
    """Count the cells a text takes in a terminal: wide characters take two, combining ones none."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Cf", "Me", "Mn"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"F", "W"} else 1


def columns(
    rows: Iterable[Sequence[str]], *, heads: Sequence[str] = (), right: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Write rows as aligned lines, each cell printable; the columns numbered in *right* end flush."""
    safe = [tuple(map(printable, row)) for row in rows]
    if heads and safe:
        safe.insert(0, tuple(heads))
    widths = [max(map(cells, column)) for column in zip(*safe, strict=True)]
    for row in safe:
        yield GAP.join(
            _filled(text, width, flush=place in right)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()


def _filled(text: str, width: int, *, flush: bool) -> str:
    space = " " * (width - cells(text))
    return space + text if flush else text + space
