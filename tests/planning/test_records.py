"""Suppliers, brands, tags and options: found by folded name, made once, asked about where two bear it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, strategies as st

from po_bridge.models.keys import OrderKey
from po_bridge.models.named_record import NamedRecord
from po_bridge.planning.book import Book, Decision
from po_bridge.planning.notes import Notes
from po_bridge.planning.question import Stops
from po_bridge.planning.records import Records, which_key
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.snapshot import Collection, Snapshot

A, B = OrderKey(portal="north", order_id="a"), OrderKey(portal="north", order_id="b")
AT = datetime(2026, 7, 1, tzinfo=UTC)

NORTH = NamedRecord(id="s-1", name="North & Sons")
TWIN = NamedRecord(id="s-2", name="NORTH  & SONS ")
GONE = NamedRecord(id="s-3", name="North & Sons", deleted=True)


def records(
    *suppliers: NamedRecord,
    options: tuple[NamedRecord, ...] = (),
    answers: Mapping[str, str] | None = None,
) -> Records:
    """Records of a store."""
    given = answers or {}
    decisions = {key: Decision(key=key, answer=text, at=AT) for key, text in given.items()}
    snapshot = Snapshot(suppliers=suppliers, options=options)
    return Records(snapshot=snapshot, notes=Notes(book=Book(decisions=decisions)))


@pytest.mark.parametrize("name", ["North & Sons", " north  &  sons ", "NORTH & SONS"], ids=repr)
def test_a_record_is_found_whatever_its_spelling(name: str) -> None:
    """Case and spaces do not make another supplier."""
    found = records(NORTH)
    assert found.ref(Kind.SUPPLIER, name, A) == Known(id="s-1")
    assert found.changes() == ()


def test_a_record_that_is_missing_is_made_once_for_all_orders() -> None:
    """Under the first spelling, without double spaces, for every order that asked."""
    found = records()
    first = found.ref(Kind.SUPPLIER, "North  &  Sons", A)
    second = found.ref(Kind.SUPPLIER, "north & sons", B)
    assert first == second == Slot(kind=Kind.SUPPLIER, name="north & sons")
    (change,) = found.changes()
    assert (change.name, change.orders) == ("North & Sons", (A, B))


def test_a_deleted_record_is_not_taken() -> None:
    """What was deleted is made anew."""
    assert isinstance(records(GONE).ref(Kind.SUPPLIER, "North & Sons", A), Slot)


def test_two_of_one_name_are_a_question() -> None:
    """Which one is meant is for a person to say, and the answer holds."""
    found = records(NORTH, TWIN)
    found.ref(Kind.SUPPLIER, "North & Sons", A)
    (asked,) = found.notes.questions()
    assert (asked.key, asked.stops, asked.answers) == (
        which_key(Kind.SUPPLIER, "North & Sons"),
        Stops.ORDER,
        ("s-1", "s-2"),
    )
    answered = records(NORTH, TWIN, answers={asked.key: "s-2"})
    assert answered.ref(Kind.SUPPLIER, "north & sons", B) == Known(id="s-2")
    assert answered.notes.questions() == ()


@pytest.mark.parametrize("ours", ["Color", "Colour"])
@pytest.mark.parametrize("theirs", ["Color", "Colour", "COLOUR"])
def test_colour_is_one_option_in_both_spellings(ours: str, theirs: str) -> None:
    """A store that spells it otherwise gets no second option."""
    found = records(options=(NamedRecord(id="o-1", name=theirs),))
    assert found.ref(Kind.OPTION, ours, A) == Known(id="o-1")


def test_what_was_found_decided() -> None:
    """Ids that were found, and what was absent, are part of the plan's basis."""
    found = records(NORTH)
    found.ref(Kind.SUPPLIER, "North & Sons", A)
    found.ref(Kind.BRAND, "North", A)
    basis = {one.where: one.value for one in found.notes.basis()}
    assert basis == {"supplier north & sons": "s-1", "brand north": "absent"}
    assert found.looked == {Collection.SUPPLIERS, Collection.BRANDS}


@given(
    st.permutations(
        [(Kind.TAG, "b"), (Kind.SUPPLIER, "z"), (Kind.OPTION, "Size"), (Kind.BRAND, "q"), (Kind.TAG, "a")]
    )
)
def test_changes_come_in_one_order_however_they_were_asked(asked: list[tuple[Kind, str]]) -> None:
    """Suppliers, brands, tags, options, each by name."""
    found = records()
    for kind, name in asked:
        found.ref(kind, name, A)
    assert [str(change.slot) for change in found.changes()] == [
        "supplier:z",
        "brand:q",
        "tag:a",
        "tag:b",
        "option:size",
    ]
