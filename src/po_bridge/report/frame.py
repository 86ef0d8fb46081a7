"""Reports as data frames; the one place where narwhals is imported: late, since nothing else needs it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from importlib.util import find_spec
from typing import Any, Final, Literal

from ..errors import MissingExtra
from ..planning.cells import defused
from ..planning.text import printable
from .grid import Column, Grid, Holds
from .reportable import Reportable, grid_of

Backend = Literal["pandas", "polars", "pyarrow"]
"""Libraries that a frame can be of."""

_BACKENDS: Final[tuple[Backend, ...]] = ("polars", "pandas", "pyarrow")
"""Tried in this order where none is named."""


def to_frame(shown: Reportable, part: str = "", *, backend: Backend | None = None, raw: bool = False) -> Any:
    """Give a data frame of a review, plan, outcome, timeline, business table, or of orders or states.

    *part* names what is wanted: ``lines``, ``candidates``, ``evidence`` of a review; ``changes``, ``steps``,
    ``losses``, ``questions`` of a plan; ``milestones``, ``lines``, ``parcels`` of a timeline; the first by default.
    The frame is one of polars, pandas or pyarrow, whichever is installed first unless *backend* says so.
    Amounts are exact decimals, moments are in UTC. Foreign text is made safe: written as CSV and opened in a
    spreadsheet it runs nothing; *raw* gives it as it was written.
    Raises ``MissingExtra`` without narwhals or any of the three, ``Misuse`` for a part that is not there.
    """
    return _frame(grid_of(shown, part), backend or _installed(), raw=raw)


def _installed() -> Backend:
    for name in _BACKENDS:
        if find_spec(name) is not None:
            return name
    raise MissingExtra("notebook", "polars")


def _frame(grid: Grid, backend: Backend, *, raw: bool) -> Any:
    try:
        import narwhals as nw  # noqa: PLC0415  # an extra: nothing but frames needs it
    except ModuleNotFoundError as error:
        raise MissingExtra("notebook", "narwhals") from error
    dtypes = {
        Holds.TEXT: nw.String(),
        Holds.WHOLE: nw.Int64(),
        Holds.AMOUNT: nw.Decimal(),
        Holds.MOMENT: nw.Datetime("us", "UTC"),
        Holds.DAY: nw.Date(),
        Holds.FLAG: nw.Boolean(),
    }
    columns: dict[str, Any] = {}
    for place, column in enumerate(grid.columns):
        cells = _cells(column, grid.cells(place), raw=raw)
        # pandas has no type for exact decimals and days; a decimal type fixes the scale, so it is left to the values
        typed = backend != "pandas" and (column.holds is not Holds.AMOUNT or not any(cells))
        dtype = dtypes[column.holds] if typed else None
        columns[column.name] = nw.new_series(column.name, cells, dtype, backend=backend)
    return nw.from_dict(columns).to_native()


def _cells(column: Column, cells: Sequence[Any], *, raw: bool) -> list[Any]:
    if column.holds is Holds.TEXT and not raw:
        return [_filled(cell, lambda text: defused(printable(text))) for cell in cells]
    if column.holds is Holds.AMOUNT:
        return _level(cells)
    return list(cells)


def _filled(cell: str | None, change: Callable[[str], str]) -> str | None:
    return None if cell is None else change(cell)


def _level(cells: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Write all amounts of a column with as many decimals as the longest has; exact, since only zeros are added."""
    exponents = [int(cell.as_tuple().exponent) for cell in cells if cell is not None and cell.is_finite()]
    least = Decimal(1).scaleb(min((0, *exponents)))
    return [None if cell is None else cell.quantize(least) for cell in cells]
