from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings, strategies as st
from tests.planning.showroom import line, order_of, product, reviewed
from tests.planning.spreadsheet import Saving, filled, resaved, table
from tests.planning.test_subject import LINES

from po_bridge.errors import BadDocument
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.planning.decision_sheet import SheetForm, read_sheet, write_sheet
from po_bridge.planning.review import Review
from po_bridge.planning.ruling import Ruling, create_new, link_to, skip
from po_bridge.planning.sheet_csv import COLUMNS, read_csv, write_csv
from po_bridge.planning.sheet_json import read_sheet_json, write_sheet_json
from po_bridge.planning.sheet_row import SheetCandidate, SheetRow, sheet_rows

MATCHED, DOUBTFUL, NEW = line(upc="844277100014"), line(size="L", upc="844277100021"), line("ZZ7", size="S")
STORE = (
    product("p1", "AB100-Navy-M", upc="844277100014"),
    product("p2", options={"Color": "Navy", "Size": "L"}, upc="844277100021", variant_name="Tee / L"),
    product("p3", options={"Color": "Navy", "Size": "L"}, upc="844277100021", name="Twin", family_id="f2"),
)
REVIEW = reviewed([MATCHED, DOUBTFUL, NEW], STORE)
CSV = write_sheet(REVIEW)

TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]))
ID = TEXT.filter(lambda text: text.split() == [text])
ROWS = st.lists(
    st.builds(
        SheetRow,
        order=TEXT,
        line=LINES.map(str),
        style=TEXT,
        name=TEXT,
        color=TEXT,
        size=TEXT,
        code=TEXT,
        quantity=st.integers(0, 999).map(str),
        state=st.sampled_from(["matched", "new"]),
        reasons=TEXT,
        candidates=st.lists(
            st.builds(
                SheetCandidate,
                product_id=st.text(min_size=1),
                name=TEXT.map(lambda name: " ".join(name.replace("|", "/").split())),
            ),
            max_size=3,
        ).map(tuple),
        decision=TEXT,
        product_id=TEXT,
        why=TEXT,
    ),
    max_size=4,
)
SAVINGS = st.builds(
    Saving,
    delimiter=st.sampled_from([",", ";", "\t"]),
    mark=st.booleans(),
    ending=st.sampled_from(["\r\n", "\n", "\r"]),
    empty_columns=st.integers(0, 3),
    trimmed=st.booleans(),
    empty_rows=st.integers(0, 2),
    encoding=st.sampled_from(["utf-8", "utf-16"]),
)


def rulings(data: bytes | str, review: Review = REVIEW) -> dict[Any, Ruling]:
    """The rulings of a sheet."""
    return dict(read_sheet(data, review))


def issues(data: bytes | str, review: Review = REVIEW) -> list[tuple[str, str, str]]:
    """What is wrong with a sheet: where, what was seen, what was expected."""
    with pytest.raises(BadDocument) as raised:
        read_sheet(data, review)
    return [(issue.path, issue.seen, issue.expected) for issue in raised.value.issues]


# --- laws


@given(ROWS)
def test_csv_reads_back(rows: list[SheetRow]) -> None:
    """Rows written as CSV read back exactly, whatever stands in them."""
    assert [placed.row for placed in read_csv(write_csv(rows))] == rows


@given(ROWS, SAVINGS)
def test_csv_survives_a_spreadsheet(rows: list[SheetRow], saving: Saving) -> None:
    """Rows that a spreadsheet opened and saved read back exactly: no code, key, name or number was changed."""
    again = resaved(write_csv(rows), saving)
    assert [placed.row for placed in read_csv(again)] == rows


@given(ROWS)
def test_semicolons_read_back(rows: list[SheetRow]) -> None:
    """The form with semicolons reads back exactly too, saved by a spreadsheet of that country."""
    again = resaved(write_csv(rows, delimiter=";"), Saving(delimiter=";"), opened_with=";")
    assert [placed.row for placed in read_csv(again)] == rows


@given(ROWS)
def test_json_reads_back(rows: list[SheetRow]) -> None:
    """Rows written as JSON read back exactly."""
    plain = [
        row
        for row in rows
        if all(text.isprintable() for text in (row.line, *(c.product_id for c in row.candidates)))
    ]
    assert [placed.row for placed in read_sheet_json(write_sheet_json(plain))] == plain


@given(st.one_of(st.binary(), st.text(), TEXT.map(lambda text: f"line key,decision\n{text}")))
@settings(max_examples=300)
def test_any_file_is_read_or_refused(data: bytes | str) -> None:
    """Whatever is given, it is read or refused by name of row; nothing else is raised."""
    with suppress(BadDocument):
        assert not read_sheet(data, REVIEW)


# --- export


def test_columns() -> None:
    """The columns stand in the order in which a person reads them."""
    assert list(table(CSV)[0]) == list(COLUMNS)
    assert CSV.startswith(b"\xef\xbb\xbf")


def test_row_of_a_line() -> None:
    """A row says what the line is, why it is asked about and what may be chosen; the decision is empty."""
    row = table(CSV)[1]
    assert row == {
        "order": "PO-o1",
        "line key": "North/AB100-Navy/Navy/L",
        "style": "AB100",
        "name": "Cable Tee",
        "colour": "Navy",
        "size": "L",
        "code": "'844277100021",
        "quantity": "2",
        "state": "needs review",
        "reasons": "several live products answer",
        "candidates": "1. p2 Tee / L | 2. p3 Twin / Navy / L",
        "decision": "",
        "product id": "",
        "why": "",
    }


def test_state_of_every_line() -> None:
    """Every line of the order is there with its state; a matched one names its product."""
    assert [row["state"] for row in table(CSV)] == ["matched", "needs review", "new"]
    assert [row["candidates"] for row in table(CSV)] == ["1. p1 Cable Tee", table(CSV)[1]["candidates"], ""]


def test_only_open_lines() -> None:
    """On request only the lines are written that a person must decide."""
    assert [row["state"] for row in table(write_sheet(REVIEW, only_open=True))] == ["needs review"]


def test_hostile_names() -> None:
    """No cell of a sheet begins a formula, also where the separator is another one."""
    hostile = line("=1+1", color='x;=cmd|"/C calc"!A1', size="+5")
    data = write_sheet(reviewed([hostile], names="@SUM(A1:A9)\t=2"))
    for row in table(data):
        for cell in row.values():
            assert not any(
                piece.lstrip(" \"'\t").startswith(("=", "@", "+")) and "'" not in piece[:2]
                for piece in cell.split(";")
            )


def test_candidate_cannot_be_forged() -> None:
    """A product name that looks like another candidate is not one."""
    forged = evolve(STORE[1], variant_name="Tee | 2. p9 Evil")
    review = reviewed([DOUBTFUL], [forged, STORE[2]])
    data = filled(write_sheet(review), 2, decision="2")
    assert rulings(data, review) == {DOUBTFUL.key: link_to("p3")}


# --- import


def test_untouched_sheet() -> None:
    """A sheet in which nothing was filled in decides nothing."""
    assert rulings(CSV) == {}


@pytest.mark.parametrize(
    ("cells", "ruling"),
    [
        ({"decision": "skip", "why": "too late"}, skip("too late")),
        ({"decision": " Create "}, create_new()),
        ({"decision": "link", "product_id": "p1"}, link_to("p1")),
        ({"decision": "2"}, link_to("p3")),
        ({"decision": "#1", "why": "-5 on stock"}, link_to("p2", "-5 on stock")),
        ({"decision": "2.0"}, link_to("p3")),
        ({"decision": "2", "product_id": "p3"}, link_to("p3")),
    ],
    ids=[
        "skip",
        "create",
        "link by id",
        "candidate",
        "candidate with a sign",
        "number of a spreadsheet",
        "both",
    ],
)
def test_decision(cells: dict[str, str], ruling: Ruling) -> None:
    """Link, create and skip are understood, and a candidate's number is a link to it."""
    assert rulings(filled(CSV, 3, **cells)) == {DOUBTFUL.key: ruling}


def test_damaged_code_does_not_matter() -> None:
    """A line is known by its key: whatever became of code, name and style, the decision is the line's."""
    data = filled(CSV, 3, decision="skip", code="8.44277E+11", name="", style="#NAME?", quantity="2 kg")
    assert rulings(data) == {DOUBTFUL.key: skip()}


def test_columns_may_move() -> None:
    """Columns may be moved, and those that are not needed may be dropped or added."""
    data = f"Decision;comment;LINE KEY\r\nskip;later;{DOUBTFUL.key}\r\n"
    assert rulings(data) == {DOUBTFUL.key: skip()}


def test_separator_line() -> None:
    """The line with which some spreadsheets name their separator is overlooked."""
    assert rulings(f"sep=;\r\nline key;decision\r\n{DOUBTFUL.key};skip\r\n") == {DOUBTFUL.key: skip()}


def test_two_orders_of_one_line() -> None:
    """A line of two orders stands in two rows; one decision or two equal ones decide it."""
    second = order_of(DOUBTFUL, key=OrderKey(portal="North", order_id="o2"))
    review = evolve(REVIEW, orders=(*REVIEW.orders, second))
    data = write_sheet(review)
    assert rulings(filled(data, 5, decision="1"), review) == {DOUBTFUL.key: link_to("p2")}
    same = filled(filled(data, 3, decision="1", why="a"), 5, decision="1", why="b")
    assert rulings(same, review)[DOUBTFUL.key].product_id == "p2"
    assert issues(filled(filled(data, 3, decision="1"), 5, decision="2"), review) == [
        ("row 5, decision", "'2'", "the decision of row 3, which is about the same line: '1'")
    ]


# --- what is refused


@pytest.mark.parametrize(
    ("cells", "issue"),
    [
        (
            {"decision": "maybe"},
            ("decision", "'maybe'", "link, create, skip, the number of a candidate, or nothing"),
        ),
        ({"decision": "link"}, ("product id", "nothing", "the id of the product to link")),
        ({"product_id": "p2"}, ("decision", "nothing", "link, since product p2 is named")),
        ({"decision": "3"}, ("decision", "'3'", "1 to 2")),
        ({"decision": "0"}, ("decision", "'0'", "1 to 2")),
        ({"decision": "1", "product_id": "p3"}, ("product id", "'p3'", "p2, which is candidate 1")),
        (
            {"decision": "skip", "product_id": "p3"},
            ("product id", "'p3'", "nothing, since the decision is skip"),
        ),
        (
            {"decision": "link", "product_id": "1.23E+11"},
            ("product id", "'1.23E+11'", "the whole product id"),
        ),
        (
            {"decision": "skip", "line_key": "North/AB100"},
            ("line key", "'North/AB100'", "a line key as it was"),
        ),
        ({"line_key": ""}, ("line key", "''", "a line key as it was exported")),
        (
            {"decision": "skip", "line_key": "North/X/Navy/L"},
            ("line key", "'North/X/Navy/L'", "a line of this"),
        ),
        ({"decision": "skip", "size": "M"}, ("size", "'M'", "'L', as the line key says")),
        ({"decision": "skip", "colour": "Oat"}, ("colour", "'Oat'", "'Navy', as the line key says")),
    ],
    ids=[
        "unknown word",
        "link without product",
        "product without decision",
        "candidate that is not there",
        "candidate zero",
        "number and another product",
        "skip with product",
        "digits lost",
        "damaged key",
        "no key",
        "key of no line",
        "size of another row",
        "colour of another row",
    ],
)
def test_bad_row(cells: dict[str, str], issue: tuple[str, str, str]) -> None:
    """A bad row is named with its number, what was seen and what was expected."""
    ((path, seen, expected),) = issues(filled(CSV, 3, **cells))
    assert (path, seen) == (f"row 3, {issue[0]}", issue[1])
    assert expected.startswith(issue[2])


def test_all_bad_rows_at_once() -> None:
    """Every bad row is named in one error, and nothing of the sheet is taken."""
    data = filled(
        filled(filled(CSV, 2, decision="x"), 3, decision="skip"), 4, line_key="lost", decision="skip"
    )
    assert [path for path, _, _ in issues(data)] == ["row 2, decision", "row 4, line key"]


def test_row_without_decision_may_be_of_another_day() -> None:
    """A line that left the order since is no fault as long as nothing is decided about it."""
    assert rulings(CSV, reviewed([MATCHED], STORE)) == {}


def test_row_of_sums() -> None:
    """A row without line key that decides nothing, as a colleague's total, is left alone; one that decides is not."""
    total = '"Total","","","","","","","25"\r\n'
    assert rulings(CSV + total.encode()) == rulings(CSV)
    assert [path for path, _, _ in issues(CSV + b'"","","","","","","","","","","","skip"\r\n')]


def test_damaged_candidates_are_not_counted() -> None:
    """Where the cell of candidates was changed its numbers mean nothing, so they are refused."""
    data = filled(CSV, 3, decision="1", candidates="1. p2 Tee / L | p3 Twin")
    assert [path for path, _, _ in issues(data)] == ["row 3, decision"]


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        ("", "row 1", "the columns order, line key"),
        ("a,b\n1,2\n", "row 1", "the columns order, line key"),
        ("line key,decision,decision\n", "row 1", "each column once"),
        (b"line key,decision\nCr\xe8me,skip\n", "byte 20", "UTF-8; save the file as 'CSV UTF-8'"),
        ('{"format": 2}', "$.format", "the number 1"),
        ('{"format": 1, "rows": {}}', "$.rows", "a list"),
        ('{"format": 1, "rows": [{"line": 1}]}', "$.rows[0].line", "a line key"),
        ('{"format": 1, "rows": [{"line": "a", "why": []}]}', "$.rows[0].why", "a text"),
        ('{"format": 1, "rows": [{"line": "a", "candidates": [{}]}]}', "$.rows[0].candidates", "a list of"),
        ('{"format": 1, "rows": [1]}', "$.rows[0]", "an object"),
    ],
    ids=[
        "empty",
        "no header",
        "column twice",
        "no UTF-8",
        "format",
        "no rows",
        "key",
        "reason",
        "candidates",
        "row",
    ],
)
def test_no_sheet(data: bytes | str, path: str, expected: str) -> None:
    """A file that is no sheet is refused with the place and what is missing."""
    ((where, _, wanted),) = issues(data)
    assert where == path
    assert wanted.startswith(expected)


# --- JSON


def test_json_form() -> None:
    """The JSON form holds the same rows, candidates with their numbers."""
    document = json.loads(write_sheet(REVIEW, SheetForm.JSON))
    assert document["format"] == 1
    assert document["rows"][1]["candidates"] == [
        {"number": 1, "product_id": "p2", "name": "Tee / L"},
        {"number": 2, "product_id": "p3", "name": "Twin / Navy / L"},
    ]
    document["rows"][1]["decision"] = 2
    document["rows"][2] |= {"decision": "skip", "why": "later"}
    assert rulings(json.dumps(document)) == {DOUBTFUL.key: link_to("p3"), NEW.key: skip("later")}


def test_json_names_bad_rows() -> None:
    """A bad row of the JSON form is named by its path."""
    document = json.loads(write_sheet(REVIEW, SheetForm.JSON))
    document["rows"][1]["decision"] = "perhaps"
    assert [path for path, _, _ in issues(json.dumps(document))] == ["$.rows[1], decision"]


def test_semicolon_form() -> None:
    """The form with semicolons is read like the other."""
    data = write_sheet(REVIEW, SheetForm.CSV_SEMICOLON)
    assert b'"order";"line key"' in data
    assert rulings(data) == {}


def test_rows_are_pure_values() -> None:
    """The rows of a review can be had as values, for any other form."""
    first = sheet_rows(REVIEW)[0]
    assert LineKey.parse(first.line) == MATCHED.key
