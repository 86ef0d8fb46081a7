"""Cancelled units are counters only: where they explain the totals, or nothing does, a person looks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.planning.wholesale import line, order

from po_bridge.models.setup import PackRule, PortalRules, Setup
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.book import Book, Decision
from po_bridge.planning.costs import unit_costs
from po_bridge.planning.counts import AS_WRITTEN, ask_counts
from po_bridge.planning.notes import Notes
from po_bridge.planning.question import Question, Stops

TEN = (line("A", quantity=6, price=5), line("B", quantity=4, price=5))
"""Ten units, 50.00."""


def asked(case: WholesaleOrder, setup: Setup | None = None, book: Book | None = None) -> tuple[Question, ...]:
    """The questions about an order's counts."""
    notes = Notes(book=book or Book())
    ask_counts(case, unit_costs(case), setup or Setup(), notes)
    return notes.questions()


@pytest.mark.parametrize(
    "case",
    [
        order(*TEN, total=50, total_quantity=10),
        order(*TEN, total=50),
        order(*TEN),
        order(*TEN, total=50, total_quantity=10, cancelled_units=2, cancelled_total=10),
        order(*TEN, total=50, cancelled_units=2, cancelled_total=10),
        order(*TEN, total_quantity=10, cancelled_units=2),
    ],
    ids=[
        "plain",
        "no count",
        "no totals",
        "lines are what is left",
        "money alone says so",
        "count alone says so",
    ],
)
def test_lines_that_meet_the_totals_are_right(case: WholesaleOrder) -> None:
    """Where the lines alone meet every stated total, nothing is asked, cancelled units or not."""
    assert asked(case) == ()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        (
            order(*TEN, total=40, total_quantity=8, cancelled_units=2, cancelled_total=10),
            "taken off the lines",
        ),
        (order(*TEN, total_quantity=8, cancelled_units=2), "taken off the lines"),
        (order(*TEN, total=40, cancelled_units=2, cancelled_total=10), "taken off the lines"),
        (
            order(*TEN, total=33, total_quantity=7, cancelled_units=2, cancelled_total=10),
            "neither with nor without",
        ),
        (order(*TEN, cancelled_units=2), "neither with nor without"),
    ],
    ids=[
        "counters explain both",
        "counters explain the count",
        "counters explain the money",
        "nothing does",
        "no total",
    ],
)
def test_cancelled_units_stop_the_order(case: WholesaleOrder, words: str) -> None:
    """Where the counters explain the totals, or nothing does, the order waits for a person."""
    question = next(one for one in asked(case) if one.key.startswith("cancelled units:"))
    assert question.stops is Stops.ORDER
    assert words in question.text
    assert question.answers == (AS_WRITTEN,)


def test_answer_holds_until_more_is_cancelled() -> None:
    """An answered count is not asked again; another count is."""
    case = order(*TEN, total_quantity=8, cancelled_units=2)
    (question,) = asked(case)
    answer = Decision(key=question.key, answer=AS_WRITTEN, at=datetime(2027, 1, 1, tzinfo=UTC))
    book = Book(decisions={question.key: answer})
    assert asked(case, book=book) == ()
    assert asked(order(*TEN, total_quantity=7, cancelled_units=3), book=book) != ()


def test_other_count_is_told_and_stops_nothing() -> None:
    """An order that counts otherwise than its lines is told of, since its money fits."""
    (question,) = asked(order(*TEN, total=50, total_quantity=12))
    assert question.stops is Stops.NOTHING
    assert "counts 12 units, its lines come to 10" in question.text


def test_count_in_eaches_is_no_difference() -> None:
    """An order that counts eaches where its lines count packs is right."""
    packs = order(line(quantity=2, price=48, units_per_pack=12), total=96, total_quantity=24)
    assert asked(packs) != ()
    assert asked(packs, Setup(portals={"Acme": PortalRules(packs=PackRule.PACKS)})) == ()
