"""New goods as brands spell them: codes, prices, colours, places and dates that a store must get in one clean form."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.acceptance.nasty import EAN, STYLE, UPC, Trial, kinds, line, order, plain, size, style
from tests.stand import Stand, empty

from po_bridge import MemoryJournal, Setup, TakeOver, WindowRule, answer
from po_bridge.errors import Misuse
from po_bridge.planning.question import Stops
from po_bridge.sandbox.xseries import Goods

LATER = "2027-09-30T00:00:00.000Z"


def stocked(*goods: Goods) -> Stand:
    """A store with products of the portal's supplier."""
    stand = empty()
    supplier = stand.xseries.add_supplier("Recorded orders")
    for one in goods:
        stand.xseries.add_product(evolve(one, supplier_id=supplier))
    return stand


def tee(size_: str, color: str = "Red", code: str = "A1") -> Goods:
    """A variant of the only style that the store has, without UPC."""
    return Goods(
        name="Tee",
        codes=(f"own-{color}-{size_}",),
        options={"Color": color, "Size": size_},
        supplier_code=f"{code}-{color}-{size_}",
    )


def codes(trial: Trial) -> list[list[str]]:
    """Codes of every live product."""
    return [[code.code for code in one.codes] for one in trial.store.state.products.all_live()]


# --- codes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "036000-291452",
        "0 36000 29145 2",
        '="036000291452"',
        "036000291452.0",
        "036000291452\t",
        "(01)00036000291452",
        "00036000291452",
        "\N{FULLWIDTH DIGIT ZERO}36000291452",
    ],
)
def test_a_new_product_gets_the_digits_that_a_scanner_gives(written: str) -> None:
    """Whatever stood around the digits of a UPC on the order, the till finds the product by its label."""
    trial = Trial(document=order(line(size("S", 2, 10, written))))
    assert trial.sync().synced
    (product,) = trial.store.state.products.all_live()
    assert [(code.type, code.code) for code in product.codes] == [("UPC", UPC)]


def test_a_case_code_of_a_new_product_stays_a_case_code() -> None:
    """Fourteen digits with an indicator are a case's own number, never cut down to the each."""
    trial = Trial(document=order(line(size("S", 2, 10, "10036000291459"))))
    assert trial.sync().synced
    assert codes(trial) == [["10036000291459"]]


def test_a_number_that_the_store_has_in_another_form_is_taken() -> None:
    """A person creates what the store has as EAN: no second product gets the same number as UPC."""
    other = Goods(name="Hat", codes=(("EAN", f"0{UPC}"),), options={"Size": "L"}, supplier_code="ZZ-L")
    trial = Trial(document=order(line(size("S", 2, 10, UPC))), stand=stocked(other))
    assert "code taken" in kinds(trial.plan(), Stops.NOTHING)
    assert trial.sync().synced
    assert codes(trial) == [[f"0{UPC}"], ["RECORDEDORDEA1REDS"]]


# --- families -------------------------------------------------------------------------------------


def test_a_new_size_takes_the_spelling_of_the_familys_colour() -> None:
    """The store's family has Red: a size more is no second colour RED."""
    document = order(line(size("S", 2, 10), size("M", 1, 10), size("L", 1, 10)))
    trial = Trial(document=document, stand=stocked(tee("S"), tee("M")))
    assert trial.sync().synced
    options = {tuple(option.value for option in one.options) for one in trial.store.state.products.all_live()}
    assert options == {("Red", "S"), ("Red", "M"), ("Red", "L")}


def test_one_colour_in_two_spellings_is_one_colour_of_a_new_family() -> None:
    """Lines that spell a colour differently become one family with one colour."""
    product = {"_id": STYLE, "style_number": "A1", "color": "Red ", "season": "AW26"}
    trial = Trial(document=order(line(size("S", 2, 10)), line(size("M", 3, 12), product=product)))
    assert trial.sync().synced
    products = trial.store.state.products.all_live()
    assert len({one.family_id for one in products}) == 1
    assert len({one.options[0].value for one in products}) == 1


def test_control_characters_reach_no_brand_and_no_supplier_code() -> None:
    """Brand and supplier code are one line of text, and the brand is found again as it was written."""
    product = {"_id": STYLE, "style_number": "A\x001\n", "color": "RED", "season": "AW26"}
    described = style(__brand_name="Ac\x00me\x07", style_number="A\x001\n")
    trial = Trial(document=order(line(size("S", 2, 10, UPC), product=product)), described=described)
    assert trial.sync().synced
    (made,) = trial.store.state.products.all_live()
    assert [one.code for one in made.sourcing] == ["A 1-RED-S"]
    assert [one.name for one in trial.store.state.brands.all_live()] == ["Ac me"]


# --- prices ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("retail", [0, "0.00", -5, None])
def test_a_retail_price_of_nothing_is_none(retail: Any) -> None:
    """A suggested price of zero or below is not taken to the till: the style's own stands in."""
    one = {"size": "S", "quantity": 2, "price": 10, "retail": retail, "upc": UPC}
    trial = Trial(document=order(line(one)), described=style(pricing={"USD": {"retail": 30}}))
    assert trial.sync().synced
    (product,) = trial.store.state.products.all_live()
    assert product.price_including_tax == 30


def test_a_surcharge_that_takes_everything_back_is_asked_about() -> None:
    """Where a negative surcharge leaves nothing to compare with, prices are not silently taken as they are."""
    document = order(line(size("S", 2, 10, UPC)), additional_percentage=-100, total="0")
    trial = Trial(document=document)
    assert kinds(trial.plan(), Stops.ORDER) == ["money"]
    assert trial.sync(money="price as is").synced


# --- dates and places -----------------------------------------------------------------------------


@pytest.mark.parametrize("units", [0, -2], ids=["cancelled line", "return"])
def test_a_line_that_is_not_ordered_moves_no_delivery_date(units: int) -> None:
    """The delivery date is the last day of what is ordered, whatever window a line without units has."""
    document = order(line(size("S", 2, 10, UPC)), line(size("M", units, 10, EAN), ship_end=LATER))
    trial = Trial(document=document)
    assert trial.sync(**{"return": "leave out"}).synced
    due_at = trial.store.state.consignments.by_id[trial.purchase].due_at
    assert due_at is not None
    assert due_at.date().isoformat() == "2027-03-31"


def test_windows_of_nothing_divide_no_order() -> None:
    """With a purchase order per window, a line without units makes none of its own."""
    stand = evolve(empty(), setup=Setup(windows=WindowRule.EACH))
    document = order(line(size("S", 2, 10, UPC)), line(size("M", 0, 10, EAN), ship_end=LATER))
    trial = Trial(document=document, stand=stand)
    assert trial.sync().synced
    assert len(stand.orders) == 1


@pytest.mark.parametrize(("code", "named"), [("NYC ", "Second"), ("Nyc", " second"), ("nyc", "SECOND")])
def test_a_place_is_known_in_any_spelling(code: str, named: str) -> None:
    """Case and white space of a ship-to code send no goods to the default outlet."""
    stand = evolve(empty(), setup=Setup(outlets={"NYC": named}, default_outlet="Main Outlet"))
    second = stand.xseries.add_outlet("Second")
    trial = Trial(document=order(plain(), shipping_address={"code": code}), stand=stand)
    assert trial.sync().synced
    assert trial.store.state.consignments.by_id[trial.purchase].outlet_id == second


def test_one_place_with_two_outlets_is_refused() -> None:
    """A setup in which two spellings of a place go to two outlets says nothing, and says so at once."""
    with pytest.raises(Misuse, match="'NYC' and 'nyc ' are one place"):
        Setup(outlets={"NYC": "Main Outlet", "nyc ": "Second"})


def test_an_answer_about_one_town_holds_for_no_other() -> None:
    """Places without code and name are told apart by their address: Boston's outlet is not Denver's."""
    stand = empty()
    second = stand.xseries.add_outlet("Second")
    boston = order(plain(), shipping_address={"city": "Boston"})
    denver = order(plain(), shipping_address={"city": "Denver"}, _id="6a0000000000000000000002")
    trial = Trial(document=boston, stand=stand)
    trial.becomes({**denver, "order_number": "1002"})
    bridge = stand.bridge(MemoryJournal())
    review = bridge.review("1001", "1002")
    first, other = bridge.plan(review).questions
    assert [kind.key.rpartition(":")[2] for kind in (first, other)] == ["Boston", "Denver"]
    review = bridge.decide(review, {first.key: answer(second)})
    assert bridge.plan(review).questions == (other,)


# --- what is taken over ---------------------------------------------------------------------------


@pytest.mark.parametrize("forms", [(UPC, UPC), (UPC, f"0{UPC}")], ids=["equal", "as UPC and EAN"])
def test_a_code_of_two_products_is_taken_over_by_none(forms: tuple[str, str]) -> None:
    """A UPC on two sizes that the store has is given to neither, and both losses are told."""
    stand = evolve(
        stocked(tee("S"), tee("M")),
        setup=Setup(take_over=frozenset({TakeOver.EMPTY_UPC})),
    )
    first, second = forms
    trial = Trial(document=order(line(size("S", 2, 10, first), size("M", 2, 10, second))), stand=stand)
    assert [loss.what for loss in trial.plan().losses] == ["UPC of Tee / Red / M", "UPC of Tee / Red / S"]
    assert trial.sync().synced
    assert codes(trial) == [["own-Red-S"], ["own-Red-M"]]


def test_a_code_is_taken_over_in_digits() -> None:
    """A product without UPC gets the digits of the brand's, not the hyphens."""
    stand = evolve(stocked(tee("S")), setup=Setup(take_over=frozenset({TakeOver.EMPTY_UPC})))
    trial = Trial(document=order(line(size("S", 2, 10, "036000-291452"))), stand=stand)
    assert trial.sync().synced
    assert codes(trial) == [["own-Red-S", UPC]]
    assert trial.lines == {"S": (Decimal(2), Decimal(10))}
