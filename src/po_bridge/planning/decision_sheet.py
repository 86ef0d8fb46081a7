"""A review as a file that a colleague can fill in, and the rulings that come back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import assert_never

from .review import Review
from .ruling import Ruling
from .sheet_csv import read_csv, write_csv
from .sheet_json import read_sheet_json, write_sheet_json
from .sheet_row import sheet_rows
from .sheet_rulings import rulings_of
from .subject import Subject


class SheetForm(Enum):
    """What a sheet is written as."""

    CSV = "csv"
    """For a spreadsheet."""
    CSV_SEMICOLON = "csv with semicolons"
    """For a spreadsheet of a country that writes decimals with a comma."""
    JSON = "json"
    """For a program."""


def write_sheet(review: Review, form: SheetForm = SheetForm.CSV, *, only_open: bool = False) -> bytes:
    """Write a review as a sheet, a row for each line of each order, or only for lines that a person must decide."""
    rows = sheet_rows(review, only_open=only_open)
    match form:
        case SheetForm.CSV:
            return write_csv(rows)
        case SheetForm.CSV_SEMICOLON:
            return write_csv(rows, delimiter=";")
        case SheetForm.JSON:
            return write_sheet_json(rows)
        case _:
            assert_never(form)


def read_sheet(data: bytes | str, review: Review) -> Mapping[Subject, Ruling]:
    """Read a sheet in any form and give its rulings, for ``bridge.decide``.

    Raises BadDocument that names every bad row at once: where, what was seen and what was expected.
    """
    start = data[:16].decode("latin-1") if isinstance(data, bytes) else data[:16]
    is_json = start.removeprefix("\xef\xbb\xbf").removeprefix("\ufeff").lstrip().startswith("{")
    return rulings_of(read_sheet_json(data) if is_json else read_csv(data), review)
