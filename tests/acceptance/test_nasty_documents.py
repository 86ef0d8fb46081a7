"""Orders as they come: odd words, odd figures, odd signs. Read rightly or asked about, never written wrongly."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.acceptance.nasty import EAN, UPC, Trial, kinds, line, order, plain, size, style

from po_bridge.errors import OpenQuestions
from po_bridge.matching.readings import read_code
from po_bridge.planning.question import Stops


@pytest.mark.parametrize("word", ["Canceled", "CANCELLED", " cancelled ", "canceled"])
def test_a_cancelled_order_is_known_in_any_spelling(word: str) -> None:
    """However the word is written, a cancelled order is asked about before anything is written."""
    trial = Trial(document=order(plain(), status=word))
    with pytest.raises(OpenQuestions, match="is cancelled with the brand"):
        trial.bridge.apply(trial.bridge.plan(trial.review()))
    assert trial.stand.writes == ()


@pytest.mark.parametrize("word", ["Approved", " APPROVED ", "Shipped"])
def test_an_offered_status_is_known_in_any_spelling(word: str) -> None:
    """Case and white space around a status mean nothing."""
    trial = Trial(document=order(plain(), status=word))
    assert trial.bridge.review("1001").orders[0].status_word == word


def test_an_unknown_status_is_not_offered() -> None:
    """A word that is not known is never taken for one that is."""
    trial = Trial(document=order(plain(), status="backordered"))
    assert not trial.review().orders[0].status.offered


@pytest.mark.parametrize("word", ["usd", " USD ", "Usd"])
def test_a_currency_is_known_in_any_spelling(word: str) -> None:
    """The store's own currency in other letters is no foreign one."""
    trial = Trial(document=order(plain(), currency_code=word))
    assert trial.sync().synced


@pytest.mark.parametrize("word", ["", "   ", None])
def test_a_blank_currency_is_asked_about(word: str | None) -> None:
    """No currency is invented."""
    assert kinds(Trial(document=order(plain(), currency_code=word)).plan(), Stops.ORDER) == [
        "currency missing"
    ]


def test_a_return_is_asked_about_and_left_out() -> None:
    """A quantity below zero stops its line until a person leaves it out; the others are ordered."""
    document = order(line(size("S", -2, 10, UPC), size("M", 3, 10, EAN)))
    trial = Trial(document=document)
    assert kinds(trial.plan(), Stops.LINE) == ["return"]
    assert trial.sync(**{"return": "leave out"}).synced
    assert trial.lines == {"M": (Decimal(3), Decimal(10))}


def test_a_price_below_zero_is_asked_about_and_left_out() -> None:
    """A credit stops its line before anything is written, not when the store refuses it half way."""
    trial = Trial(document=order(line(size("S", 2, -10, UPC), size("M", 3, 10, EAN))))
    with pytest.raises(OpenQuestions, match="a credit is not ordered"):
        trial.sync()
    assert trial.stand.writes == ()
    assert trial.sync(credit="leave out").synced
    assert trial.lines == {"M": (Decimal(3), Decimal(10))}


@pytest.mark.parametrize("document", [order(), order(line()), order(line(size("S", 0, 10, UPC)))])
def test_an_order_without_units_says_so(document: dict[str, Any]) -> None:
    """Nothing is written for an order without units, and the plan tells why."""
    trial = Trial(document=document)
    assert kinds(trial.plan()) == ["nothing ordered"]
    assert trial.sync().synced
    assert trial.stand.writes == ()


def test_an_order_that_gets_its_lines_later_is_ordered_then() -> None:
    """An order that was empty when it was synced becomes a purchase order once it has lines."""
    trial = Trial(document=order())
    trial.sync()
    trial.becomes(order(plain()))
    assert trial.sync().synced
    assert sum(count or 0 for count, _ in trial.lines.values()) == 3


def test_a_window_that_ends_before_it_begins_is_told() -> None:
    """The last day counts, and the plan says that the window is odd."""
    trial = Trial(document=order(line(size("S", 2, 10, UPC), ship_start="2027-05-01T00:00:00.000Z")))
    assert kinds(trial.plan()) == ["window"]
    assert trial.sync().synced


def test_control_characters_reach_no_name_note_or_description() -> None:
    """A zero byte makes some systems refuse a whole record: names and notes are one line of text."""
    described = style(name="Tee\x00 of\nwool\x07", description="<p>soft\x00 wool</p>")
    trial = Trial(document=order(plain(), customer_po_number="PO\x00 7\r\n"), described=described)
    assert trial.sync().synced
    (product, *_) = trial.store.state.products.all_live()
    purchase = trial.store.state.consignments.by_id[trial.purchase]
    assert product.name == "Tee of wool"
    assert product.description == "<p>soft wool</p>"
    assert purchase.name is not None
    assert purchase.name.startswith("PO 7 Synced from")


def test_one_number_written_twice_is_given_to_one_product() -> None:
    """A UPC on one size and its EAN on another are one number: the second product gets a code of ours."""
    trial = Trial(document=order(line(size("S", 2, 10, UPC), size("M", 1, 10, f"0{UPC}"))))
    assert trial.sync().synced
    codes = [code.code for one in trial.store.state.products.all_live() for code in one.codes]
    numbers = [gtin.key for text in codes if (gtin := read_code(text).plain)]
    assert len(numbers) == len(set(numbers)) == 1


@pytest.mark.parametrize("asked", ["1001", " 1001 ", "1001\n", "\t1001"])
def test_a_number_is_found_with_the_white_space_of_a_pasted_cell(asked: str) -> None:
    """White space around a number is nobody's, before and after the order is known here."""
    trial = Trial(document=order(plain()))
    assert trial.bridge.review(asked).orders[0].number == "1001"
    trial.sync()
    assert trial.bridge.review(asked).orders[0].number == "1001"
