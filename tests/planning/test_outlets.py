"""Where an order's goods arrive, and when."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, strategies as st
from tests.planning.wholesale import order

from po_bridge.models.setup import Setup
from po_bridge.models.store import Outlet, StoreFacts, TaxForm
from po_bridge.models.wholesale_order import Address, WholesaleOrder
from po_bridge.planning.book import Book, Decision
from po_bridge.planning.notes import Notes
from po_bridge.planning.outlets import noon, outlet_of
from po_bridge.planning.question import Stops

AT = datetime(2026, 7, 1, tzinfo=UTC)
OLD, HARBOUR = Outlet(id="o-1", name="Old Town"), Outlet(id="o-2", name="Harbour")
TWIN = Outlet(id="o-3", name="Harbour")


def facts(*outlets: Outlet) -> StoreFacts:
    """A store with outlets."""
    return StoreFacts(store="shop", tax_form=TaxForm.EXCLUSIVE, outlets=outlets)


def notes(**answers: str) -> Notes:
    """A notebook with answers given before; in keys a colon is written as two underscores."""
    decisions = {key: Decision(key=key, answer=text, at=AT) for key, text in answers.items()}
    return Notes(book=Book(decisions=decisions))


def shipped_to(**place: str) -> WholesaleOrder:
    """An order to a place."""
    return order(ship_to=Address(**place) if place else None)  # type: ignore[arg-type]  # texts only


# --- which outlet ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("place", "outlets"),
    [
        ({"code": "HBR"}, {"HBR": "o-2"}),
        ({"code": "HBR"}, {"HBR": "Harbour"}),
        ({"reference": "ref-9"}, {"ref-9": "Harbour"}),
        ({"name": "Tin Kettle Harbour"}, {"Tin Kettle Harbour": "Harbour"}),
        ({"code": "HBR", "name": "Shop"}, {"Shop": "Old Town", "HBR": "Harbour"}),
    ],
    ids=["code to id", "code to name", "reference", "name", "code before name"],
)
def test_the_setup_names_the_outlet_of_a_place(place: dict[str, str], outlets: dict[str, str]) -> None:
    """By the door's code, else its reference, else its name; the outlet by id or name."""
    book = notes()
    assert outlet_of(shipped_to(**place), facts(OLD, HARBOUR), Setup(outlets=outlets), book) is HARBOUR
    assert book.questions() == ()


def test_a_place_without_a_rule_goes_to_the_default() -> None:
    """What no rule names goes where the setup says."""
    setup = Setup(outlets={"HBR": "Harbour"}, default_outlet="Old Town")
    assert outlet_of(shipped_to(code="ELSE"), facts(OLD, HARBOUR), setup, notes()) is OLD


def test_the_only_outlet_is_meant() -> None:
    """A store with one outlet is asked nothing."""
    book = notes()
    assert outlet_of(shipped_to(), facts(OLD), Setup(), book) is OLD
    assert book.questions() == ()


@pytest.mark.parametrize("place", [{}, {"code": "HBR", "city": "Portland"}], ids=["no place", "a place"])
def test_several_outlets_and_no_rule_is_a_question(place: dict[str, str]) -> None:
    """Nobody guesses where goods arrive: the order waits, with the outlets as answers."""
    book = notes()
    assert outlet_of(shipped_to(**place), facts(OLD, HARBOUR), Setup(), book) is None
    (asked,) = book.questions()
    assert (asked.stops, asked.answers) == (Stops.ORDER, ("o-1", "o-2"))
    answered = notes(**{asked.key: "o-2"})
    assert outlet_of(shipped_to(**place), facts(OLD, HARBOUR), Setup(), answered) is HARBOUR
    assert answered.questions() == ()


def test_an_outlet_that_the_store_has_not_is_told() -> None:
    """A setup that names a closed outlet must be mended; another one is not taken instead."""
    book = notes()
    setup = Setup(default_outlet="Closed Town")
    assert outlet_of(shipped_to(), facts(OLD), setup, book) is None
    (asked,) = book.questions()
    assert asked.stops is Stops.ORDER
    assert "'Closed Town'" in asked.text


def test_two_outlets_of_one_name_are_a_question() -> None:
    """The first one is not simply taken."""
    book, setup = notes(), Setup(default_outlet="Harbour")
    assert outlet_of(shipped_to(), facts(HARBOUR, TWIN), setup, book) is None
    (asked,) = book.questions()
    assert asked.answers == ("o-2", "o-3")
    assert outlet_of(shipped_to(), facts(HARBOUR, TWIN), setup, notes(**{asked.key: "o-3"})) is TWIN


# --- when -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("UTC", date(2026, 7, 1), datetime(2026, 7, 1, 12, tzinfo=UTC)),
        ("America/New_York", date(2026, 7, 1), datetime(2026, 7, 1, 16, tzinfo=UTC)),
        ("America/New_York", date(2026, 1, 15), datetime(2026, 1, 15, 17, tzinfo=UTC)),
        ("America/New_York", date(2026, 3, 8), datetime(2026, 3, 8, 16, tzinfo=UTC)),
        ("America/New_York", date(2026, 11, 1), datetime(2026, 11, 1, 17, tzinfo=UTC)),
        ("Europe/Berlin", date(2026, 3, 29), datetime(2026, 3, 29, 10, tzinfo=UTC)),
        ("Asia/Kathmandu", date(2026, 7, 1), datetime(2026, 7, 1, 6, 15, tzinfo=UTC)),
        ("Pacific/Auckland", date(2026, 1, 1), datetime(2025, 12, 31, 23, tzinfo=UTC)),
        ("Pacific/Kiritimati", date(2026, 7, 1), datetime(2026, 6, 30, 22, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 4, 5), datetime(2026, 4, 5, 1, 30, tzinfo=UTC)),
    ],
    ids=lambda value: str(value) if isinstance(value, (str, date)) else "",
)
def test_goods_are_due_at_noon_of_the_outlet(zone: str, day: date, moment: datetime) -> None:
    """Noon by the clock on the outlet's wall, on days when the clock is moved too."""
    assert noon(day, Outlet(id="o", zone=zone)) == moment


@given(
    st.dates(date(2000, 1, 1), date(2100, 1, 1)),
    st.sampled_from(
        ["America/Los_Angeles", "Europe/London", "Asia/Kolkata", "Pacific/Apia", "America/St_Johns"]
    ),
)
def test_the_day_is_the_same_on_both_sides(day: date, zone: str) -> None:
    """Whoever reads the moment back in the outlet's zone sees the day that was ordered."""
    due = noon(day, Outlet(id="o", zone=zone))
    assert due is not None
    assert due.astimezone(UTC).astimezone(ZoneInfo(zone)).date() == day


def test_an_unknown_day_is_no_day() -> None:
    """No delivery date is invented."""
    assert noon(None, OLD) is None


@pytest.mark.parametrize("zone", ["Middle/Earth", "America", "", "../zone"], ids=repr)
def test_a_zone_that_is_not_known_is_told_and_stops_nothing(zone: str) -> None:
    """A store may be set to a zone that this machine does not have: the day is kept, and it is said."""
    odd, book = Outlet(id="o", name="Odd", zone=zone), notes()
    assert outlet_of(shipped_to(), facts(odd), Setup(), book) is odd
    (asked,) = book.questions()
    assert asked.stops is Stops.NOTHING
    assert repr(zone) in asked.text
    assert noon(date(2026, 7, 1), odd) == datetime(2026, 7, 1, 12, tzinfo=UTC)
