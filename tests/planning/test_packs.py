"""Packs by rule: a rule of the portal says whether a quantity counts packs; without one it is a question."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from tests.planning.wholesale import dec, line, order

from po_bridge.models.setup import PackRule, PortalRules, Setup
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import OrderLine
from po_bridge.planning.book import Book, Decision
from po_bridge.planning.notes import Notes
from po_bridge.planning.packs import EACHES, ask_pack, pack_of
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.wants import Want, priced_lines, wants_of

CASE = line("SOCK", "Case of 12", 2, 48, units_per_pack=12)
PACKS = Setup(portals={"Acme": PortalRules(packs=PackRule.PACKS)})
MULTIPLE = Setup(portals={"Acme": PortalRules(packs=PackRule.MULTIPLE)})


def style(units: str | int | None) -> StyleDocument:
    """The style document of ``SOCK``, with the size of a pack."""
    size = StyleSize(size="Case of 12", units_per_pack=None if units is None else dec(units))
    return StyleDocument(portal="Acme", style_id="s-SOCK", sizes=(size,))


def answered(question: Question, text: str) -> Book:
    """A book in which a question is answered."""
    return Book(
        decisions={question.key: Decision(key=question.key, answer=text, at=datetime(2027, 1, 1, tzinfo=UTC))}
    )


def asked(one: OrderLine, document: StyleDocument | None, setup: Setup, book: Book | None = None) -> Notes:
    """The notes after asking about a line."""
    notes = Notes(book=book or Book())
    ask_pack(order(one), one, document, setup, notes)
    return notes


def want(setup: Setup, book: Book | None = None) -> Want:
    """What an order of two cases at 48 wants."""
    notes = Notes(book=book or Book())
    case = order(CASE, total=96)
    (found,) = wants_of(case, priced_lines(case, {}, setup, notes), setup, Decimal(1), notes)
    return found


def test_packs_multiply_units_and_divide_cost() -> None:
    """Two cases of twelve at 48 are 24 eaches at 4."""
    assert (want(PACKS).units, want(PACKS).cost) == (dec(24), dec(4))


def test_order_multiples_change_nothing() -> None:
    """Where the pack is only an order multiple, quantity and price are those of eaches."""
    assert (want(MULTIPLE).units, want(MULTIPLE).cost) == (dec(2), dec(48))


def test_without_a_rule_the_order_waits() -> None:
    """A stated pack without a rule is a question that stops the order; its answer holds for the portal."""
    (question,) = asked(CASE, None, Setup()).questions()
    assert (question.key, question.stops) == ("packs:Acme", Stops.ORDER)
    book = answered(question, PackRule.PACKS.value)
    assert asked(CASE, None, Setup(), book).questions() == ()
    assert want(Setup(), book).units == dec(24)


@pytest.mark.parametrize("units", [None, 1, 0], ids=["none", "one", "zero"])
def test_single_units_ask_nothing(units: int | None) -> None:
    """A pack of one, of nothing or unstated is no pack."""
    one = line("SOCK", "Case of 12") if units is None else line("SOCK", "Case of 12", units_per_pack=units)
    assert asked(one, style(None), Setup()).questions() == ()
    assert pack_of(one, PACKS, Book()) == 1


def test_pack_in_the_style_document_alone_is_asked() -> None:
    """Older orders do not state packs; what only the style document says is asked, rule or not."""
    old = line("SOCK", "Case of 12", 2, 48)
    (question,) = asked(old, style(12), PACKS).questions()
    assert question.answers == (EACHES, "packs of 12")
    assert asked(old, style(12), MULTIPLE).questions() == ()


def test_answer_holds_when_the_style_document_is_not_read() -> None:
    """The answer names the size, so a later look without the style document counts the same."""
    old = line("SOCK", "Case of 12", 2, 48)
    (question,) = asked(old, style(12), Setup()).questions()
    book = answered(question, "packs of 12")
    assert pack_of(old, Setup(), book) == 12
    assert asked(old, None, Setup(), book).questions() == ()
    assert pack_of(old, Setup(), answered(question, EACHES)) == 1


def test_other_size_is_asked_again() -> None:
    """When the style document states another pack than was answered, the answer no longer fits."""
    old = line("SOCK", "Case of 12", 2, 48)
    (question,) = asked(old, style(12), Setup()).questions()
    assert asked(old, style(10), Setup(), answered(question, "packs of 12")).questions() != ()


@pytest.mark.parametrize(
    "text", ["packs of 0", "packs of many", "packs of -3", "packs of ", "boxes"], ids=str
)
def test_odd_answers_count_eaches(text: str) -> None:
    """An answer that names no size multiplies nothing."""
    book = Book(
        decisions={
            "k": Decision(key=f"pack size:{CASE.key}", answer=text, at=datetime(2027, 1, 1, tzinfo=UTC))
        }
    )
    old = line("SOCK", "Case of 12", 2, 48)
    assert pack_of(old, Setup(), Book(decisions={f"pack size:{old.key}": book.decisions["k"]})) == 1
