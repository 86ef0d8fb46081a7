"""Reports as data frames: typed, exact, and harmless when they are written as CSV and opened."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from tests.report import made
from tests.report.hostile import HOSTILE

from po_bridge import DEFAULT_TABLES, ORDER_TABLE
from po_bridge.errors import MissingExtra, Misuse
from po_bridge.report import frame, to_frame
from po_bridge.report.reportable import kind_of

pl = pytest.importorskip("polars")
pytest.importorskip("narwhals")

FORMULAS = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\uff1d1+1",
    '"=1+1',
    "x;=1+1",
    "x,=1+1",
)
"""What a spreadsheet may run, the last two where it is opened with another separator."""

SHOWN: dict[str, tuple[Callable[[made.Word], Any], tuple[str, ...]]] = {
    "review": (made.review, ("lines", "candidates", "evidence")),
    "plan": (made.plan, ("changes", "steps", "losses", "questions")),
    "outcome": (made.outcome, ("orders",)),
    "timeline": (made.timeline, ("milestones", "lines", "parcels")),
    "orders": (made.order_rows, ("orders",)),
    "status": (made.status_rows, ("status",)),
}
PARTS = [(name, part) for name, (_, parts) in SHOWN.items() for part in parts]


def frame_of(name: str, part: str, word: made.Word, **given: Any) -> Any:
    """Make a frame of one part of one report."""
    return to_frame(SHOWN[name][0](word), part, **given)


@pytest.mark.parametrize(("name", "part"), PARTS)
@pytest.mark.parametrize("formula", [*FORMULAS, HOSTILE], ids=ascii)
def test_csv_runs_nothing(name: str, part: str, formula: str) -> None:
    """With a formula in every field, no cell of the written CSV begins one, whatever separates the cells."""
    written = frame_of(name, part, lambda field: formula + field).write_csv()
    for delimiter in ",;\t|":
        cells = [cell for row in csv.reader(io.StringIO(written), delimiter=delimiter) for cell in row]
        assert not [cell for cell in cells if runs(cell)]


def runs(cell: str) -> bool:
    """Whether a spreadsheet may run a cell."""
    return cell.lstrip(" \t\r\n\"'\x00")[:1] in set("=+-@\uff1d") and not cell.lstrip(
        ' \t\r\n"\x00'
    ).startswith("'")


@pytest.mark.parametrize(("name", "part"), PARTS)
def test_raw_is_as_written(name: str, part: str) -> None:
    """Programs can have every text as it was written, on as many rows."""
    safe = frame_of(name, part, made.plain)
    raw = frame_of(name, part, made.plain, raw=True)
    assert safe.schema == raw.schema
    assert len(safe) == len(raw) > 0
    assert "'" not in raw.write_csv()


def test_ids_and_codes_are_left_alone() -> None:
    """What frames are joined by has nothing put in front."""
    lines = to_frame(made.review(lambda field: f"0614141{len(field)}"))
    assert lines["code"].to_list() == ["06141418"] * 4
    assert lines["product_id"].to_list()[0] == "p1"


def test_amounts_are_exact() -> None:
    """Counts and prices are decimals of the values' own scale; unknown is empty, never zero."""
    lines = to_frame(made.timeline(made.plain), "lines")
    assert lines["shipped"].to_list() == [Decimal(4)]
    assert lines["received"].to_list() == [None]
    prices = to_frame(made.review(made.plain))["unit_price"]
    assert prices.to_list() == [Decimal("12.50")] * 4
    assert prices.dtype == pl.Decimal(precision=38, scale=2)


def test_mixed_scales_lose_nothing() -> None:
    """The longest scale of a column holds for all of it."""
    rows = made.order_rows(made.plain)
    assert frame._level([Decimal("1.5"), None, Decimal("2.12345"), Decimal(7)]) == [
        Decimal("1.50000"),
        None,
        Decimal("2.12345"),
        Decimal("7.00000"),
    ]
    assert to_frame(rows)["total"].to_list() == [Decimal(300)]


@pytest.mark.parametrize("part", ["orders", "status"])
def test_nothing_has_its_columns(part: str) -> None:
    """No orders are a frame without rows, where it is said what they would be."""
    empty = to_frame((), part)
    full = frame_of(part, part, made.plain)
    assert len(empty) == 0
    assert empty.columns == full.columns


def test_columns_are_typed() -> None:
    """Moments are in UTC, days are days, flags are flags."""
    orders = to_frame(made.order_rows(made.plain))
    assert orders.schema["created_at"] == pl.Datetime("us", "UTC")
    assert orders.schema["ship_start"] == pl.Date
    assert orders.schema["offered"] == pl.Boolean
    assert orders.schema["lines"] == pl.Int64


def test_business_tables() -> None:
    """What syncs, row for row."""
    assert len(to_frame(DEFAULT_TABLES)) == 17
    assert to_frame(ORDER_TABLE)["label"].to_list()[0] == "Order Date"


@pytest.mark.parametrize(
    ("shown", "part", "words"),
    [
        ((), "", "name one of: orders, status"),
        ((1,), "", "tuple has no report"),
        (7, "", "int has no report"),
        (made.plan(made.plain), "lines", "changes, steps, losses, questions"),
    ],
    ids=["nothing", "strange rows", "strange", "strange part"],
)
def test_misuse(shown: Any, part: str, words: str) -> None:
    """What cannot be a frame is refused, and what could be is named."""
    with pytest.raises(Misuse, match=words):
        to_frame(shown, part)


def test_mixed_rows_are_no_report() -> None:
    """Orders and states do not stand in one frame."""
    assert kind_of((*made.order_rows(made.plain), *made.status_rows(made.plain))) is None


def test_missing_narwhals(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that brings what is missing."""
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(MissingExtra) as caught:
        to_frame(made.order_rows(made.plain))
    assert (caught.value.extra, caught.value.needs) == ("notebook", "narwhals")


def test_missing_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without any library for frames the error names the extra too."""
    monkeypatch.setattr(frame, "find_spec", lambda _: None)
    with pytest.raises(MissingExtra) as caught:
        to_frame(made.order_rows(made.plain))
    assert caught.value.extra == "notebook"
