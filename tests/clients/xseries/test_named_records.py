from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.script import Script, adapter, html, reply, talk
from tests.clients.xseries.store import Store, step_of

from po_bridge.errors import Broken, Refused, Unreachable
from po_bridge.models.named_record import NamedRecord
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest, Unclear
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import CreateBrand, CreateOptions, CreateSupplier, CreateTag, OptionDraft
from po_bridge.sandbox.xseries import Switches
from po_bridge.testing.fault import Fault, FaultKind

NAMED: dict[Collection, CreateSupplier | CreateBrand | CreateTag] = {
    Collection.SUPPLIERS: CreateSupplier(slot=Slot(kind=Kind.SUPPLIER, name="s"), name="Field & Fern"),
    Collection.BRANDS: CreateBrand(slot=Slot(kind=Kind.BRAND, name="b"), name="Field & Fern"),
    Collection.TAGS: CreateTag(slot=Slot(kind=Kind.TAG, name="t"), name="Field & Fern"),
}
each_list = pytest.mark.parametrize("collection", list(NAMED), ids=lambda each: each.value)


def option(*names: str) -> CreateOptions:
    """Make variant options."""
    drafts = (OptionDraft(slot=Slot(kind=Kind.OPTION, name=name), name=name) for name in names)
    return CreateOptions(options=tuple(drafts))


def add(store: Store, collection: Collection, name: str) -> str:
    """Have somebody else make a record."""
    makers = {
        Collection.SUPPLIERS: store.sandbox.add_supplier,
        Collection.BRANDS: store.sandbox.add_brand,
        Collection.TAGS: store.sandbox.add_tag,
    }
    return makers[collection](name)


@each_list
def test_record_is_made_by_one_request(collection: Collection) -> None:
    """The answer is an id and nothing else."""
    store = Store()
    receipt = store.perform(NAMED[collection])
    (made,) = receipt.made.values()
    assert store.calls == store.writes == store.target.calls(NAMED[collection]) == 1
    page = store.drive(store.target.changes(collection, ""))
    assert page.records == (NamedRecord(id=made, name="Field & Fern"),)
    assert not receipt.found


def test_supplier_comes_with_an_empty_contact() -> None:
    """The 2026-07 schema asks for the member."""
    _, script = talk(adapter().perform(step_of(NAMED[Collection.SUPPLIERS]), {}), reply({"data": "1"}))
    assert script.bodies() == [{"name": "Field & Fern", "contact": {}}]


@pytest.mark.parametrize("answer", [{"data": "x"}, {"data": {"id": "x"}}, {"id": "x"}, "x"])
def test_id_is_found_in_every_form(answer: Any) -> None:
    """Alone, in an envelope, or in the record."""
    receipt, _ = talk(adapter().perform(step_of(NAMED[Collection.TAGS]), {}), reply(answer))
    assert isinstance(receipt, Receipt)
    assert list(receipt.made.values()) == ["x"]


@pytest.mark.parametrize(
    "answer", [reply({"data": None}), reply({}), reply(), reply({"data": ""}), html(200)]
)
def test_answer_without_an_id_is_broken(answer: Any) -> None:
    """A success that tells no id leaves the outcome to a probe."""
    script = Script([answer])
    with pytest.raises(Broken):
        script.run(adapter().perform(step_of(NAMED[Collection.TAGS]), {}))
    assert script.writes == 1


@each_list
def test_taken_name_is_refused_in_the_remotes_words(collection: Collection) -> None:
    """Where names are unique the refusal is handed on."""
    store = Store(switches=Switches(names_unique=True))
    add(store, collection, "field & fern")
    with pytest.raises(Refused, match="is taken") as raised:
        store.perform(NAMED[collection])
    assert not raised.value.again
    assert store.writes == 1


@each_list
def test_lost_answer_is_found_by_its_folded_name(collection: Collection) -> None:
    """The probe looks only at what changed since the intent."""
    store = Store()
    add(store, collection, "Field & Fern")
    since = store.positions()
    store.inject(Fault(kind=FaultKind.LOST, call=1))
    with pytest.raises(Unreachable):
        store.perform(NAMED[collection])
    found = store.probe(NAMED[collection], since=since)
    assert isinstance(found, Done)
    assert found.receipt.found
    assert list(found.receipt.made) == [NAMED[collection].slot]


@each_list
def test_request_that_never_arrived_is_absent(collection: Collection) -> None:
    """Older and deleted records of the name are not taken for ours."""
    store = Store()
    old = add(store, collection, "Field & Fern")
    since = store.positions()
    shelf = getattr(store.sandbox.state, collection.value)
    shelf.put(
        evolve(shelf.by_id[old], version=store.sandbox.state.new_version(), deleted_at=store.clock.now())
    )
    store.inject(Fault(kind=FaultKind.RESET, call=1))
    with pytest.raises(Unreachable):
        store.perform(NAMED[collection])
    assert store.probe(NAMED[collection], since=since) == Absent()


@each_list
@pytest.mark.parametrize(
    "names",
    [("Field & Fern", " FIELD &  fern "), ("Field and Fern", "Field Fern", "Field&Fern")],
    ids=["two", "near"],
)
def test_probe_that_cannot_tell_asks(collection: Collection, names: tuple[str, ...]) -> None:
    """Two of the name, or one that is nearly it, are a question."""
    store = Store()
    for name in names:
        add(store, collection, name)
    found = store.probe(NAMED[collection])
    assert isinstance(found, Unclear)
    assert len(found.question.answers) == 2
    assert all(answer in found.question.text for answer in found.question.answers)


def test_other_names_are_absent() -> None:
    """What only shares a word is somebody else's."""
    store = Store()
    store.sandbox.add_tag("Field")
    assert store.probe(NAMED[Collection.TAGS]) == Absent()


# --- variant options ---------------------------------------------------------------------------


def test_option_is_made_and_found() -> None:
    """One request, and the probe reads the whole list."""
    store = Store()
    write = option("Size")
    receipt = store.perform(write)
    assert store.writes == store.target.calls(write) == 1
    assert store.probe(write) == Done(receipt=evolve(receipt, found=True))


def test_several_options_are_steps_of_their_own() -> None:
    """A call makes one; the rest is handed back."""
    store = Store()
    rest = store.perform(option("Size", "Color", "Fit"))
    assert isinstance(rest, Rest)
    assert rest.writes == (option("Color"), option("Fit"))
    assert [slot.name for slot in rest.receipt.made] == ["Size"]


def test_option_that_appeared_meanwhile_is_taken_over() -> None:
    """Names are unique there, so the refusal says that it exists."""
    store = Store()
    made = store.sandbox.add_attribute("SIZE")
    receipt = store.perform(option("Size"))
    assert receipt.found
    assert list(receipt.made.values()) == [made]
    assert store.writes == 1


@pytest.mark.parametrize(
    "looking",
    [reply({"data": []}), reply(), html(502), reply({"data": [{"id": 1}]}), Unreachable("x", "y", sent=True)],
    ids=["not there", "nothing", "proxy", "unreadable", "unreachable"],
)
def test_refused_option_that_is_not_there_stays_refused(looking: Any) -> None:
    """Looking around changes nothing about the refusal."""
    script = Script([reply({"message": "no"}, 422), looking])
    with pytest.raises(Refused) as raised:
        script.run(adapter().perform(step_of(option("Size")), {}))
    assert (raised.value.status, raised.value.what) == (422, "POST /api/2026-07/variant_attributes")


def test_option_that_may_not_be_made_is_not_looked_for() -> None:
    """A missing scope is no taken name."""
    script = Script([reply({}, 403)])
    with pytest.raises(Refused, match="products:write"):
        script.run(adapter().perform(step_of(option("Size")), {}))


def test_part_of_the_options_is_partly() -> None:
    """What is missing is made by steps of its own."""
    store = Store()
    store.sandbox.add_attribute("Size")
    found = store.probe(option("Size", "Color"))
    assert isinstance(found, Partly)
    assert found.rest.writes == (option("Color"),)
    assert store.probe(option("Color")) == Absent()


def test_two_options_of_a_name_are_a_question() -> None:
    """A store from before names were unique may hold two."""
    rows = {"data": [{"id": "1", "name": "Size"}, {"id": "2", "name": "size"}]}
    found, _ = talk(adapter().probe(step_of(option("Color", "Size")), {}, {}), reply(rows))
    assert isinstance(found, Unclear)
    assert found.question.answers == ("1", "2")
