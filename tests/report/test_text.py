"""Texts for a terminal: complete, aligned, and without anything that could steer it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, strategies as st
from tests.report import made
from tests.report.hostile import hostile

from po_bridge.planning.text import plan_text, printable
from po_bridge.report import names_of, orders_text, outcome_text, review_text, status_text
from po_bridge.report.columns import cells, columns

TEXTS = {
    "orders": lambda word: orders_text(made.order_rows(word)),
    "review": lambda word: review_text(made.review(word), made.questions(word)),
    "plan": lambda word: plan_text(made.plan(word), names_of(made.review(word))),
    "outcome": lambda word: outcome_text(made.outcome(word)),
    "status": lambda word: status_text(made.status_rows(word)),
}


@pytest.mark.parametrize("what", TEXTS)
def test_hostile_text_cannot_steer_the_terminal(what: str) -> None:
    """Each line can be printed anywhere: no escape sequence, no turned direction."""
    text = TEXTS[what](hostile)
    assert all(line.isprintable() for line in text.split("\n"))
    assert text.encode()


@pytest.mark.parametrize("what", TEXTS)
def test_hostile_text_makes_no_line(what: str) -> None:
    """A line end in a name does not end a line of ours."""
    assert TEXTS[what](hostile).count("\n") == TEXTS[what](made.plain).count("\n")


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("orders", "order-number"),
        ("orders", "status-word"),
        ("review", "variant-name"),
        ("review", "style-name"),
        ("review", "candidate"),
        ("review", "skip-reason"),
        ("review", "several live products answer"),
        ("review", "question-key = answer-one | answer-two"),
        ("review", "/color/size = link:ID | create | skip"),
        ("plan", "brand-name (there already)"),
        ("plan", "no, a draft"),
        ("plan", "12 call(s), about 3.6 s"),
        ("plan", "loss loss-value: loss-reason"),
        ("plan", "question (stops the order)"),
        ("outcome", "remote-words; mend"),
        ("outcome", "planned planned, found found"),
        ("outcome", "items synced: 65 on 11 line(s)"),
        ("outcome", "kept"),
        ("status", "attention"),
        ("status", "reason"),
    ],
)
def test_text_tells(what: str, word: str) -> None:
    """What a person needs stands in the text."""
    assert word in TEXTS[what](made.plain)


@pytest.mark.parametrize(
    ("what", "before", "after"),
    [
        ("line changed-line", "3 at 1.50", "5 at 1.25"),
        ("line removed-line", "4 at 1.50", "-"),
        ("line added-line", "-", "2 at unknown"),
        ("name", "name-before", "name-after"),
        ("on sale", "yes", "no"),
        ("supplier price", "-", "3.00"),
    ],
)
def test_plan_shows_before_and_after(what: str, before: str, after: str) -> None:
    """Each field of a change stands with what was and what is to be."""
    row = re.compile(rf"^ +{what} +{before} +{after}$", re.MULTILINE)
    assert row.search(plan_text(made.plan(made.plain)))


def test_every_change_is_told() -> None:
    """A plan's text numbers each of its changes."""
    plan = made.plan(made.plain)
    numbers = re.findall(r"^(\d+)\. ", plan_text(plan), re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(plan.changes) + 1)]


def test_empty_plan() -> None:
    """A plan without changes says that nothing is left to do."""
    assert "nothing is left to do" in plan_text(made.plan(made.plain, empty=True))


def test_plan_is_its_text() -> None:
    """Printing a plan shows it as plain text."""
    plan = made.plan(made.plain)
    assert str(plan) == plan_text(plan)


def test_nothing_to_list() -> None:
    """Empty lists say so."""
    assert orders_text(()) == "no orders"
    assert status_text(()) == "the journal knows no order yet"


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("\u65e5\u672c", 4), ("e\u0301", 1), ("\u200d", 0), ("", 0)],
    ids=["latin", "wide", "combining", "joiner", "empty"],
)
def test_cells(text: str, width: int) -> None:
    """A text is as wide as a terminal shows it."""
    assert cells(text) == width


@given(st.lists(st.tuples(st.text(), st.text(), st.text()), min_size=1))
def test_columns_are_aligned(rows: list[tuple[str, str, str]]) -> None:
    """The last column begins in the same cell of each line."""
    marked = [(one, two, "|" + three) for one, two, three in rows]
    places = {cells(line[: line.rindex("|")]) for line in columns((a, b, "|") for a, b, _ in marked)}
    assert len(places) == 1


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_printable_is_printable(text: str) -> None:
    """Whatever comes in, what goes out is one line without control characters, and stays so."""
    safe = printable(text)
    assert "\n" not in safe
    assert safe == safe.encode().decode()
    assert printable(safe) == safe
