"""From rows that a colleague filled in to rulings; every row that cannot be understood is named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from attrs import evolve, frozen

from ..errors import BadDocument, Issue
from ..mapping.seen import seen
from ..models.keys import LineKey
from ..models.named_record import name_key
from .review import Review
from .ruling import Ruling, create_new, link_to, skip
from .sheet_row import SheetRow
from .subject import Subject

DOCUMENT: Final = "decision sheet"
"""What the document is called in errors."""

_WORDS: Final = "link, create, skip, the number of a candidate, or nothing"
_NUMBER: Final = re.compile(r"#?(\d{1,4})(?:[.,]0*)?")
_DIGITS_LOST: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?e[+-]?\d+", re.IGNORECASE)


@frozen(kw_only=True)
class PlacedRow:
    """A row with where it stands."""

    place: str
    """As ``row 5`` or ``$.rows[3]``."""
    row: SheetRow
    """The row as read."""


@frozen(kw_only=True)
class _Filled:
    """A row in which something is decided."""

    place: str
    key: LineKey
    ruling: Ruling
    row: SheetRow


def rulings_of(rows: Iterable[PlacedRow], review: Review) -> Mapping[Subject, Ruling]:
    """Give the ruling of each line that is decided; rows without a decision are left alone.

    Raises BadDocument naming every bad row: a damaged line key, one that is not in the review, a decision that
    is no word of ours, a link without product, two rows that decide one line differently.
    """
    issues: list[Issue] = []
    filled: list[_Filled] = []
    for placed in rows:
        found = _read(placed, review)
        if isinstance(found, Issue):
            issues.append(found)
        elif found is not None:
            filled.append(found)
    issues += _contradictions(filled)
    if issues:
        raise BadDocument(DOCUMENT, tuple(issues))
    return {one.key: one.ruling for one in filled}


def _read(placed: PlacedRow, review: Review) -> _Filled | Issue | None:
    row, place = placed.row, placed.place
    # a row of sums that a colleague put below the lines
    if not any(map(str.strip, (row.line, row.style, row.color, row.size, row.decision, row.product_id))):
        return None
    key = _key(placed)
    if isinstance(key, Issue):
        return key
    ruling = _ruling(placed)
    if ruling is None or isinstance(ruling, Issue):
        return ruling
    if key not in review.matches:
        return Issue(path=f"{place}, line key", seen=seen(row.line), expected="a line of this review")
    for what, told, own in (("colour", row.color, key.color), ("size", row.size, key.size)):
        if told.strip() and name_key(told) != name_key(own):
            expected = (
                f"{own!r}, as the line key says; were the columns sorted apart, or changed by a spreadsheet?"
            )
            return Issue(path=f"{place}, {what}", seen=seen(told), expected=expected)
    return _Filled(place=place, key=key, ruling=ruling, row=row)


def _key(placed: PlacedRow) -> LineKey | Issue:
    try:
        return LineKey.parse(placed.row.line)
    except ValueError:
        what = f"{placed.place}, line key"
        return Issue(
            path=what, seen=seen(placed.row.line), expected="a line key as it was exported, unchanged"
        )


def _ruling(placed: PlacedRow) -> Ruling | Issue | None:
    row = placed.row
    word, product_id = row.decision.strip().casefold(), row.product_id.strip()
    number = _NUMBER.fullmatch(word)
    if number:
        return _chosen(placed, int(number[1]), product_id)
    match word, product_id:
        case "", "":
            return None
        case "", _:
            return _issue(placed, "decision", row.decision, f"link, since product {product_id} is named")
        case "link", _:
            return _linked(placed, product_id)
        case (("create" | "skip"), ""):
            return create_new(row.why) if word == "create" else skip(row.why)
        case (("create" | "skip"), _):
            return _issue(placed, "product id", row.product_id, f"nothing, since the decision is {word}")
        case _:
            return _issue(placed, "decision", row.decision, _WORDS)


def _chosen(placed: PlacedRow, number: int, product_id: str) -> Ruling | Issue:
    candidates = placed.row.candidates
    if not 1 <= number <= len(candidates):
        offered = (
            f"1 to {len(candidates)}" if candidates else "link with a product id; there are no candidates"
        )
        return _issue(placed, "decision", placed.row.decision, f"{offered}, or one of {_WORDS}")
    chosen = candidates[number - 1].product_id
    if product_id and product_id != chosen:
        return _issue(placed, "product id", product_id, f"{chosen}, which is candidate {number}, or nothing")
    return link_to(chosen, placed.row.why)


def _linked(placed: PlacedRow, product_id: str) -> Ruling | Issue:
    if not product_id:
        expected = "the id of the product to link; or write the number of a candidate as the decision"
        return _issue(placed, "product id", product_id, expected)
    if _DIGITS_LOST.fullmatch(product_id):
        expected = "the whole product id; a spreadsheet turned it into a number and its digits are gone"
        return _issue(placed, "product id", product_id, expected)
    return link_to(product_id, placed.row.why)


def _issue(placed: PlacedRow, what: str, found: str, expected: str) -> Issue:
    return Issue(path=f"{placed.place}, {what}", seen=seen(found) if found else "nothing", expected=expected)


def _contradictions(filled: Iterable[_Filled]) -> Iterator[Issue]:
    """Yield an issue for each row that decides a line otherwise than an earlier row; reasons may differ."""
    first: dict[LineKey, _Filled] = {}
    for one in filled:
        known = first.setdefault(one.key, one)
        if evolve(one.ruling, why="") != evolve(known.ruling, why=""):
            expected = f"the decision of {known.place}, which is about the same line: {known.row.decision!r}"
            yield Issue(path=f"{one.place}, decision", seen=seen(one.row.decision), expected=expected)
