"""What a spreadsheet does to a CSV file that is opened and saved: near enough to those in use."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from io import StringIO

from attrs import frozen

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")


@frozen(kw_only=True)
class Saving:
    """How the file is saved."""

    delimiter: str = ","
    """By the country."""
    mark: bool = True
    """With a byte order mark."""
    ending: str = "\r\n"
    """Between rows."""
    empty_columns: int = 0
    """At the end of each row."""
    trimmed: bool = False
    """Without empty cells at the end of a row."""
    empty_rows: int = 0
    """At the end of the file."""
    encoding: str = "utf-8"
    """UTF-8, or UTF-16 as in a text file for spreadsheets."""


def shown(cell: str) -> str:
    """What a spreadsheet makes of a cell: formulas are run, numbers lose their zeros and their last digits."""
    bare = cell.strip()
    if bare[:1] in {"=", "+", "-", "@"} and not _NUMBER.fullmatch(bare):
        return "#NAME?"
    if _NUMBER.fullmatch(bare):
        number = float(bare)
        return f"{number:.5E}" if abs(number) >= 1e11 else f"{number:g}"
    return cell


def resaved(data: bytes, saving: Saving, *, opened_with: str = ",") -> bytes:
    """Open a file and save it again."""
    text = data.decode("utf-8-sig")
    rows = [
        [shown(cell) for cell in row] for row in csv.reader(StringIO(text, newline=""), delimiter=opened_with)
    ]
    written = [
        *(_cells(row, saving) for row in rows),
        *([""] * len(rows[0]) for _ in range(saving.empty_rows)),
    ]
    lines = (saving.delimiter.join(_quoted(cell, saving.delimiter) for cell in row) for row in written)
    mark = "\ufeff" if saving.mark and saving.encoding == "utf-8" else ""
    return (mark + "".join(line + saving.ending for line in lines)).encode(saving.encoding)


def _quoted(cell: str, delimiter: str) -> str:
    """Quotes stand only where they must."""
    needed = any(sign in cell for sign in (delimiter, '"', "\r", "\n"))
    return '"' + cell.replace('"', '""') + '"' if needed else cell


def _cells(row: Sequence[str], saving: Saving) -> list[str]:
    cells = [*row, *[""] * saving.empty_columns]
    while saving.trimmed and len(cells) > 1 and not cells[-1]:
        cells.pop()
    return cells


def filled(data: bytes, row: int, **cells: str) -> bytes:
    """Type into cells of a row, counted as a spreadsheet counts; columns are named with underscores."""
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    for name, value in cells.items():
        rows[row - 1][rows[0].index(name.replace("_", " "))] = value
    out = StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def table(data: bytes) -> list[dict[str, str]]:
    """The rows of a file by column, as they stand in it."""
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))
