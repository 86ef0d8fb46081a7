"""A table as a value: what every kind of data frame is made from."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any

from attrs import frozen


class Holds(Enum):
    """What the cells of a column are; any cell may be empty, which is None."""

    TEXT = "text"
    WHOLE = "whole number"
    AMOUNT = "amount"
    """A ``Decimal``, never a float."""
    MOMENT = "moment"
    """An aware datetime."""
    DAY = "day"
    FLAG = "flag"


@frozen
class Column:
    """A column's name and what it holds."""

    name: str
    """Its name."""
    holds: Holds
    """What its cells are."""


@frozen(kw_only=True)
class Grid:
    """Columns and rows."""

    columns: tuple[Column, ...]
    """In order."""
    rows: tuple[tuple[Any, ...], ...]
    """Each as long as there are columns."""

    def cells(self, place: int) -> tuple[Any, ...]:
        """The cells of one column."""
        return tuple(row[place] for row in self.rows)


def grid(columns: Iterable[Column], rows: Iterable[tuple[Any, ...]]) -> Grid:
    """Put a grid together."""
    return Grid(columns=tuple(columns), rows=tuple(rows))


def text(*names: str) -> tuple[Column, ...]:
    """Name columns of text."""
    return tuple(Column(name, Holds.TEXT) for name in names)


def whole(*names: str) -> tuple[Column, ...]:
    """Name columns of whole numbers."""
    return tuple(Column(name, Holds.WHOLE) for name in names)


def amount(*names: str) -> tuple[Column, ...]:
    """Name columns of amounts and counts of units."""
    return tuple(Column(name, Holds.AMOUNT) for name in names)


def moment(*names: str) -> tuple[Column, ...]:
    """Name columns of moments."""
    return tuple(Column(name, Holds.MOMENT) for name in names)


def day(*names: str) -> tuple[Column, ...]:
    """Name columns of calendar days."""
    return tuple(Column(name, Holds.DAY) for name in names)


def flag(*names: str) -> tuple[Column, ...]:
    """Name columns of yes and no."""
    return tuple(Column(name, Holds.FLAG) for name in names)
