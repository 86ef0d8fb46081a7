"""What planning gathers on the way: answers given before hold, and everything comes out sorted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from po_bridge.matching.result import Choice
from po_bridge.models.keys import OrderKey
from po_bridge.planning.book import Book, Decision
from po_bridge.planning.notes import Notes
from po_bridge.planning.question import Stops

A, B = OrderKey(portal="north", order_id="a"), OrderKey(portal="north", order_id="b")
AT = datetime(2026, 7, 1, tzinfo=UTC)


def notes(*decisions: Decision) -> Notes:
    """A notebook with decisions made before."""
    return Notes(book=Book(decisions={one.key: one for one in decisions}))


def test_an_open_question_is_noted_once() -> None:
    """However often planning comes by, it is one question."""
    book = notes()
    assert book.ask("money", "which price?", Stops.ORDER, order=A, answers=("this", "that")) is None
    assert book.ask("money", "which price?", Stops.ORDER, order=A, answers=("this", "that")) is None
    assert [question.text for question in book.questions()] == ["which price?"]


def test_an_answer_closes_its_question() -> None:
    """Given before, it is used and nobody is asked."""
    book = notes(Decision(key="money", answer="that", at=AT))
    assert book.ask("money", "which price?", Stops.ORDER, answers=("this", "that")) == "that"
    assert book.questions() == ()


def test_an_answer_that_is_offered_no_more_is_asked_for_again() -> None:
    """An outlet that was closed since is no answer."""
    book = notes(Decision(key="outlet", answer="o-9", at=AT))
    assert book.ask("outlet", "which outlet?", Stops.ORDER, answers=("o-1", "o-2")) is None
    assert len(book.questions()) == 1


def test_a_decision_about_a_line_is_no_answer() -> None:
    """Link, create and skip are said of lines; a question wants a text."""
    book = notes(Decision(key="money", choice=Choice.SKIP, at=AT))
    assert book.ask("money", "which price?", Stops.ORDER) is None


@pytest.mark.parametrize("stops", list(Stops), ids=lambda one: one.value)
def test_a_question_keeps_what_it_stops(stops: Stops) -> None:
    """An order, a line or nothing."""
    book = notes()
    book.ask("k", "t", stops, order=A)
    (question,) = book.questions()
    assert (question.stops, question.order) == (stops, A)


@given(st.permutations("abcd"), st.permutations("abcd"))
def test_what_comes_out_does_not_depend_on_the_order_of_asking(first: list[str], second: list[str]) -> None:
    """Questions, losses and deciding fields are sorted, so that equal input gives equal plans."""

    def filled(keys: list[str]) -> Notes:
        book = notes()
        for key in keys:
            book.ask(key, f"text {key}", Stops.NOTHING)
            book.lose(A if key < "c" else B, key, 1, "why")
            book.rely(key, key)
        return book

    one, other = filled(first), filled(second)
    assert one.questions() == other.questions()
    assert one.losses() == other.losses()
    assert one.basis() == other.basis()
    assert [question.key for question in one.questions()] == list("abcd")


def test_a_loss_is_told_once_for_each_order_and_field() -> None:
    """The same loss on two orders is two losses."""
    book = notes()
    for order in (A, A, B):
        book.lose(order, "freight", 12, "no field")
    assert [(loss.order, loss.what, loss.value) for loss in book.losses()] == [
        (A, "freight", "12"),
        (B, "freight", "12"),
    ]
