"""Vendors, brands and tags: what a lost answer left is told from what other people made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.clients.rseries.store import Store

from po_bridge.errors import Unreachable
from po_bridge.planning.receipt import Absent, Done, Unclear
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.write import CreateBrand, CreateSupplier, CreateTag
from po_bridge.testing.fault import Fault, FaultKind

NAME = "Field & Fern"
SUPPLIER = CreateSupplier(slot=Slot(kind=Kind.SUPPLIER, name=NAME), name=NAME)
BRAND = CreateBrand(slot=Slot(kind=Kind.BRAND, name=NAME), name=NAME)
TAG = CreateTag(slot=Slot(kind=Kind.TAG, name=NAME), name=NAME)

Made = CreateSupplier | CreateBrand
Add = Callable[[Store, str], int]

each_list = pytest.mark.parametrize(
    ("write", "add"),
    [
        (SUPPLIER, lambda store, name: store.sandbox.add_vendor(name)),
        (BRAND, lambda store, name: store.sandbox.add_manufacturer(name)),
    ],
    ids=["vendor", "brand"],
)


@each_list
def test_a_lost_answer_is_found(write: Made, add: Add) -> None:
    """What was made is found by its name among what changed since, and not made again."""
    store = Store()
    add(store, "Somebody else")
    since = store.positions()
    store.inject(Fault(kind=FaultKind.LOST, call=1))
    with pytest.raises(Unreachable):
        store.perform(write)
    found = store.probe(write, since=since)
    assert isinstance(found, Done)
    assert (found.receipt.found, list(found.receipt.made)) == (True, [write.slot])


@each_list
def test_a_request_that_never_arrived_is_absent(write: Made, add: Add) -> None:
    """Other names are somebody else's."""
    store = Store()
    since = store.positions()
    add(store, "Field")
    assert store.probe(write, since=since) == Absent()


@each_list
@pytest.mark.parametrize(
    "names",
    [(NAME, " FIELD &  fern "), ("Field-Fern", "field fern")],
    ids=["two of the name", "nearly the name"],
)
def test_a_probe_that_cannot_tell_asks(write: Made, add: Add, names: tuple[str, ...]) -> None:
    """The question names each record with its id, and each id is an answer."""
    store = Store()
    since = store.positions()
    ids = [str(add(store, name)) for name in names]
    found = store.probe(write, since=since)
    assert isinstance(found, Unclear)
    assert sorted(found.question.answers) == sorted(ids)
    assert all(f"({key})" in found.question.text for key in ids)


def test_a_tag_is_its_name() -> None:
    """Tags have no id of their own: one of the name is ours, however it is spelt."""
    store = Store()
    assert store.probe(TAG) == Absent()
    store.sandbox.add_tag("FIELD & Fern")
    found = store.probe(TAG)
    assert isinstance(found, Done)
    made = store.perform(TAG).made
    assert found.receipt.made == made
