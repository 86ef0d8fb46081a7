"""The CSV form of a decision sheet: opened, sorted, filled in and written again by spreadsheets.

Lines are known by their line key alone: codes and names are there for people, and spreadsheets may damage them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from types import MappingProxyType
from typing import Final

from attrs import fields

from ..errors import BadDocument, Issue
from ..mapping.seen import seen
from .cells import guarded, unguarded
from .sheet_row import SheetCandidate, SheetRow
from .sheet_rulings import DOCUMENT, PlacedRow

_R = fields(SheetRow)

COLUMNS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "order": _R.order.name,
        "line key": _R.line.name,
        "style": _R.style.name,
        "name": _R.name.name,
        "colour": _R.color.name,
        "size": _R.size.name,
        "code": _R.code.name,
        "quantity": _R.quantity.name,
        "state": _R.state.name,
        "reasons": _R.reasons.name,
        "candidates": _R.candidates.name,
        "decision": _R.decision.name,
        "product id": _R.product_id.name,
        "why": _R.why.name,
    }
)
"""Columns of the CSV form with the attributes they hold, in order."""

_NEEDED: Final = frozenset({"line key", "decision"})
_DELIMITERS: Final = (",", ";", "\t")
_HINT: Final = re.compile(r"sep=.\r?\n", re.IGNORECASE)
_CANDIDATE: Final = re.compile(r"(\d+)\. (\S+) ?(.*)")
_BETWEEN: Final = " | "
_ESCAPED: Final = re.compile(r"%u([0-9A-F]+);")
_IN_IDS: Final = " |%"
"""Signs that would end an id, or be taken for an escape, in the column of candidates."""


def write_csv(rows: Iterable[SheetRow], *, delimiter: str = ",") -> bytes:
    """Write rows as CSV that spreadsheets open as it is: UTF-8 with a mark, every cell in quotes and guarded.

    Where the spreadsheet's country writes decimals with a comma it wants ``;`` as the delimiter.
    """
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(row, name) for name in COLUMNS.values()] for row in rows)
    # half a surrogate pair can stand in a hostile name; it has no UTF-8 form
    return text.getvalue().encode("utf-8-sig", "replace")


def _cell(row: SheetRow, name: str) -> str:
    if name == _R.candidates.name:
        numbered = (f"{number}. {_candidate(one)}" for number, one in enumerate(row.candidates, start=1))
        return guarded(_BETWEEN.join(numbered))
    value: str = getattr(row, name)
    # units are the one cell that a colleague may want to add up
    if name == _R.quantity.name:
        return value
    return guarded(_escaped(value) if name == _R.line.name else value)


def _candidate(candidate: SheetCandidate) -> str:
    name = " ".join(candidate.name.replace("|", "/").split())
    return f"{_escaped(candidate.product_id, _IN_IDS)} {name}".rstrip()


def _escaped(text: str, also: str = "") -> str:
    """Write what spreadsheets trim or change in a key as a number: signs without form, spaces at the ends.

    A key writes its own ``%`` as ``%25``, so ``%u`` stands in none.
    """
    inner = text.strip(" ")
    ends = len(text) - len(text.lstrip(" ")), len(text) - len(text.rstrip(" "))
    wide = "".join(sign if sign.isprintable() and sign not in also else f"%u{ord(sign):X};" for sign in inner)
    before, behind = ends if inner else (len(text), 0)
    return "%u20;" * before + wide.replace("  ", " %u20;") + "%u20;" * behind


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), text)


def read_csv(data: bytes | str) -> tuple[PlacedRow, ...]:
    """Read rows as a spreadsheet wrote them again: other delimiter, quotes dropped, columns moved, rows added.

    Raises BadDocument for what is no UTF-8, no CSV, or lacks the columns of line key and decision.
    """
    text = _HINT.sub("", _text(data), count=1) if _HINT.match(_text(data)) else _text(data)
    header, rows = _records(text)
    placed = ((number, cells) for number, cells in enumerate(rows, start=2) if any(map(str.strip, cells)))
    return tuple(PlacedRow(place=f"row {number}", row=_row(header, cells)) for number, cells in placed)


def _text(data: bytes | str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        what = repr(error.object[error.start : error.start + 1])
        raise _bad(f"byte {error.start}", what, "UTF-8; save the file as 'CSV UTF-8'") from error


def _records(text: str) -> tuple[list[str], list[list[str]]]:
    for delimiter in _DELIMITERS:
        try:
            records = list(csv.reader(StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as error:
            raise _bad("the whole file", str(error), "CSV with cells of reasonable length") from error
        header = [unguarded(cell).strip().casefold() for cell in records[0]] if records else []
        if set(header) >= _NEEDED:
            _check_once(header)
            return header, records[1:]
    first = text.partition("\n")[0]
    raise _bad("row 1", seen(first), f"the columns {', '.join(COLUMNS)}")


def _check_once(header: Sequence[str]) -> None:
    twice = [name for name in COLUMNS if header.count(name) > 1]
    if twice:
        raise _bad("row 1", f"{', '.join(twice)} more than once", "each column once")


def _row(header: Sequence[str], cells: Sequence[str]) -> SheetRow:
    # a spreadsheet leaves empty cells at the end of a row away
    held = {
        COLUMNS[name]: unguarded(cell) for name, cell in zip(header, cells, strict=False) if name in COLUMNS
    }
    candidates = _candidates(held.pop(_R.candidates.name, ""))
    line = _unescaped(held.pop(_R.line.name, "").strip())
    return SheetRow(line=line, candidates=candidates, **held)


def _candidates(cell: str) -> tuple[SheetCandidate, ...]:
    """Read the candidates; none where the cell was damaged, since a number must not mean another product."""
    found = [_CANDIDATE.fullmatch(piece.strip()) for piece in cell.split(_BETWEEN)]
    numbered = [one for number, one in enumerate(found, start=1) if one and one[1] == str(number)]
    if len(numbered) < len(found):
        return ()
    return tuple(SheetCandidate(product_id=_unescaped(one[2]), name=one[3]) for one in numbered)


def _bad(path: str, what: str, expected: str) -> BadDocument:
    return BadDocument(DOCUMENT, (Issue(path=path, seen=what, expected=expected),))
