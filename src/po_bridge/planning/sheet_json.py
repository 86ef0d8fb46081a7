"""The JSON form of a decision sheet, for a program that fills it in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from attrs import fields

from ..errors import BadDocument, Issue
from ..mapping.json_text import parse_json, write_json
from ..mapping.seen import MISSING, seen
from .sheet_row import SheetCandidate, SheetRow
from .sheet_rulings import DOCUMENT, PlacedRow

FORMAT: Final = 1
"""Version of the form."""

_R = fields(SheetRow)
_TEXTS: Final = tuple(one.name for one in _R if one.name != _R.candidates.name)


def write_sheet_json(rows: Iterable[SheetRow]) -> bytes:
    """Write rows as JSON, for a program that fills them in."""
    written = [
        {name: getattr(row, name) for name in _TEXTS}
        | {
            _R.candidates.name: [
                {"number": number, "product_id": one.product_id, "name": one.name}
                for number, one in enumerate(row.candidates, start=1)
            ]
        }
        for row in rows
    ]
    return write_json({"format": FORMAT, "rows": written})


def read_sheet_json(data: bytes | str) -> tuple[PlacedRow, ...]:
    """Read what ``write_sheet_json`` wrote; raises BadDocument for anything else."""
    document = parse_json(data, name=DOCUMENT)
    if type(document) is not dict or document.get("format") != FORMAT:
        found = document.get("format", "nothing") if type(document) is dict else document
        raise _bad("$.format", seen(found), f"the number {FORMAT}")
    rows = document.get("rows")
    if type(rows) is not list:
        raise _bad("$.rows", seen(rows), "a list")
    issues = tuple(
        issue for number, row in enumerate(rows) for issue in _json_issues(f"$.rows[{number}]", row)
    )
    if issues:
        raise BadDocument(DOCUMENT, issues)
    return tuple(PlacedRow(place=f"$.rows[{number}]", row=_json_row(row)) for number, row in enumerate(rows))


def _json_issues(place: str, row: Any) -> Iterator[Issue]:
    if type(row) is not dict:
        yield Issue(path=place, seen=seen(row), expected="an object")
        return
    line = row.get(_R.line.name, MISSING)
    if type(line) is not str:
        yield Issue(path=f"{place}.{_R.line.name}", seen=seen(line), expected="a line key")
    for name in _TEXTS:
        value = row.get(name, "")
        if name != _R.line.name and type(value) not in {str, int}:
            yield Issue(path=f"{place}.{name}", seen=seen(value), expected="a text")
    candidates = row.get(_R.candidates.name, [])
    known = type(candidates) is list and all(type(one) is dict for one in candidates)
    if not known or not all(type(one.get("product_id")) is str for one in candidates):
        yield Issue(
            path=f"{place}.{_R.candidates.name}", seen=seen(candidates), expected="a list of products"
        )


def _json_row(row: Mapping[str, Any]) -> SheetRow:
    texts = {name: str(row[name]) for name in _TEXTS if name in row}
    candidates = tuple(
        SheetCandidate(product_id=one["product_id"], name=str(one.get("name", "")))
        for one in row.get(_R.candidates.name, ())
    )
    return SheetRow(**texts, candidates=candidates)


def _bad(path: str, what: str, expected: str) -> BadDocument:
    return BadDocument(DOCUMENT, (Issue(path=path, seen=what, expected=expected),))
