from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.family import COAT, addition, family, member, standard
from tests.clients.xseries.script import Script, adapter, html, reply, talk
from tests.clients.xseries.store import Store, step_of

from po_bridge.errors import Broken, Refused, Unreachable
from po_bridge.models.pos_product import CodeKind, PosProduct
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.seen import absent_from, differences
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.write import CreateFamily
from po_bridge.sandbox.xseries import Goods, Retailer, Switches
from po_bridge.testing.fault import Fault, FaultKind


def ready(**choices: Any) -> Store:
    """A store whose facts were read."""
    store = Store(**choices)
    store.drive(store.target.facts())
    store.forget()
    return store


def products(store: Store) -> dict[str, PosProduct]:
    """Everything the store has, by id."""
    page = store.drive(store.target.changes(Collection.PRODUCTS, ""))
    return {record.id: record for record in page.records if isinstance(record, PosProduct)}


@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "reversed"])
@pytest.mark.parametrize("exclusive", [False, True], ids=["inclusive", "exclusive"])
def test_family_is_made_in_one_request_and_read_back_by_code(reverse: bool, exclusive: bool) -> None:
    """Variants are told apart by their codes, never by the place of their ids."""
    store = ready(switches=Switches(ids_reversed=reverse), retailer=Retailer(tax_exclusive=exclusive))
    write = family(store)
    receipt = store.perform(write)
    assert (store.calls, store.writes) == (store.calls_of(write), 1) == (2, 1)
    held = products(store)
    for one in write.members:
        product = held[receipt.made[one.slot]]
        assert product.codes == one.codes
        assert product.sku == one.codes[0].text
        assert [option.value for option in product.options] == list(one.values)
        assert (product.suppliers[0].code, product.suppliers[0].price) == (
            one.supplier_code,
            one.supply_price,
        )
        assert (product.supply_price, product.retail_price) == (Decimal("12.345"), Decimal(30))
        assert (product.name, product.description, product.active) == ("Coat", "<p>Warm</p>", False)
        assert (product.brand_id, product.tag_ids) == (write.brand.id, (write.tags[0].id,))  # type: ignore[union-attr]  # both are known
        assert product.family_id == receipt.made[COAT]
        assert product.source_id == "style-1"
    assert not receipt.found


def test_standard_product_is_known_at_once() -> None:
    """One id for one product leaves nothing to be told apart; only its fields are read back."""
    store = ready()
    write = standard(store)
    receipt = store.drive(store.target.perform(step_of(write), {}))
    assert isinstance(receipt, Receipt)
    assert (store.calls, store.writes, receipt.unread) == (store.target.calls(write), 1, True) == (1, 1, True)
    held = products(store)[receipt.made[write.members[0].slot]]
    assert held.family_id is None
    assert receipt.made[COAT] == held.id
    assert held.codes[0].kind is CodeKind.UPC
    assert (held.suppliers[0].code, held.options) == ("C1-S", ())


def test_unknown_prices_are_left_out() -> None:
    """Missing is unknown, never zero; then the tax form does not matter either."""
    store = Store()
    bare = evolve(member("S", price=None), supply_price=None, supplier_code="")
    write = family(
        store, members=(bare, member("M", price=None)), brand=None, tags=(), description="", source_id=""
    )
    store.perform(write)
    (body,) = (request.body for request in store.asked if request.method == "POST")
    assert [
        word for word in (b"price_including", b'"brand_id"', b'"code":""', b"source_id") if word in body
    ] == []
    assert store.calls == store.calls_of(write) == 2


def test_first_price_looks_at_the_tax_form_once() -> None:
    """An adapter that nobody asked for facts reads the setting before it writes a price."""
    store = Store()
    write = family(store)
    assert store.calls_of(write) == 3
    store.perform(write)
    assert store.calls == 3
    assert store.paths()[0] == "GET 2026-07/retailer"
    assert store.calls_of(write) == 2


def test_variant_the_name_does_not_find_is_read_by_code() -> None:
    """How the store compares names is its own affair."""
    write = family(Store(), members=(member("S", price=None), member("M", price=None)))
    rows = [
        {"id": f"id-{one.values[0]}", "name": "Coat", "product_codes": [{"code": one.codes[0].text}]}
        for one in write.members
    ]
    found, script = talk(
        adapter().read_back((step_of(write),), {}, {}), reply({"data": rows[:1]}), reply({"data": rows[1:]})
    )
    assert {ref: seen.id for ref, seen in found.items() if isinstance(seen, PosProduct)} == {
        write.members[0].slot: "id-S",
        write.members[1].slot: "id-M",
    }
    assert script.requests[-1].address.endswith(f"/products?sku={write.members[1].codes[0].text}")


@pytest.mark.parametrize(
    "answer",
    [reply({"data": []}), reply({"data": [1, 2]}), reply({"data": None}), reply(), html(200)],
    ids=["none", "numbers", "null", "empty", "html"],
)
def test_creation_without_ids_is_open(answer: Any) -> None:
    """Whatever happens after the request left is no refusal of it."""
    write = family(Store(), members=(member("S", price=None), member("M", price=None)))
    script = Script([answer])
    with pytest.raises(Broken):
        script.run(adapter().perform(step_of(write), {}))
    assert script.writes == 1


@pytest.mark.parametrize("status", [400, 422])
def test_duplicate_code_is_refused(status: int) -> None:
    """The store's own words say which code is taken; nothing was made."""
    store = ready(switches=Switches(duplicate_status=status))
    write = family(store)
    store.sandbox.add_product(Goods(name="Other", codes=["COATM"]))
    with pytest.raises(Refused, match="COATM") as raised:
        store.perform(write)
    assert (raised.value.status, raised.value.again) == (status, False)
    assert store.writes == 1
    assert isinstance(store.probe(write), Unclear)


def test_code_of_a_deleted_product_may_stay_taken() -> None:
    """Unless the store frees them, the creation is refused."""
    store = ready()
    write = family(store)
    old = store.sandbox.add_product(Goods(name="Old", codes=["COATM"]))
    store.sandbox.merchant.delete_product(old)
    with pytest.raises(Refused, match="COATM"):
        store.perform(write)
    free = ready(switches=Switches(deleted_codes_free=True))
    write = family(free)
    old = free.sandbox.add_product(Goods(name="Old", codes=["COATM"]))
    free.sandbox.merchant.delete_product(old)
    assert free.perform(write).made


# --- probes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [FaultKind.LOST, FaultKind.BROKEN_AFTER], ids=lambda kind: kind.name)
def test_lost_answer_is_found_by_codes_known_before(kind: FaultKind) -> None:
    """All ids are the very ones that were made."""
    store = ready()
    write = family(store)
    since = store.positions()
    store.forget()
    store.inject(Fault(kind=kind, call=1))
    with pytest.raises((Unreachable, Broken)):
        store.perform(write)
    found = store.probe(write, since=since)
    assert isinstance(found, Done)
    assert found.receipt.found
    assert set(found.receipt.made) == {COAT, *(one.slot for one in write.members)}
    held = products(store)
    assert all(held[found.receipt.made[one.slot]].codes == one.codes for one in write.members)


def test_family_that_was_never_made_is_absent() -> None:
    """Products from before the intent are not looked at."""
    store = ready()
    write = family(store)
    store.sandbox.add_product(Goods(name="Other", codes=["COATM"]))
    since = store.positions()
    assert store.probe(write, since=since) == Absent()


def test_probe_stops_where_all_codes_were_met() -> None:
    """Finding needs no sweep to the end."""
    store = ready(page_size=3)
    write = family(store)
    since = store.positions()
    store.perform(write)
    for number in range(9):
        store.sandbox.add_product(Goods(name=f"Later {number}"))
    store.forget()
    assert isinstance(store.probe(write, since=since), Done)
    assert store.calls == 1


@pytest.mark.parametrize("spoil", ["delete", "rename", "double", "scatter"])
def test_products_that_we_cannot_have_left_so_are_a_question(spoil: str) -> None:
    """Deleted, renamed, doubled or scattered: a person must look."""
    store = ready(switches=Switches(deleted_codes_free=True))
    write = family(store)
    made = store.perform(write).made[write.members[0].slot]
    if spoil == "delete":
        store.sandbox.merchant.delete_product(made)
    elif spoil == "rename":
        store.sandbox.merchant.rename_product(made, "Jacket")
    elif spoil == "double":
        store.sandbox.merchant.delete_product(made)
        store.sandbox.add_product(Goods(name="Coat", codes=["COATS"], options={"Size": "XS"}))
    else:
        other = store.sandbox.add_product(Goods(name="Other"))
        store.sandbox.merchant.regroup_product(made, other)
        store.sandbox.merchant.edit_product(made, name="Coat")
    found = store.probe(write)
    assert isinstance(found, Unclear)
    assert made in found.question.text
    assert ("deleted" in found.question.text) == (spoil in {"delete", "double"})


def test_part_of_a_family_is_completed_by_additions() -> None:
    """Where only some variants came, the others are added one by one."""
    store = ready()
    write = family(store)
    part = evolve(write, members=write.members[:1])
    made = store.perform(part).made
    found = store.probe(write)
    assert isinstance(found, Partly)
    assert dict(found.rest.receipt.made) == {
        COAT: made[COAT],
        write.members[0].slot: made[write.members[0].slot],
    }
    assert found.rest.writes == tuple(addition(write, one.values[0], made[COAT]) for one in write.members[1:])
    for rest in found.rest.writes:
        assert isinstance(store.perform(rest), Receipt)
    assert isinstance(store.probe(write), Done)


def test_standard_product_is_found() -> None:
    """Its family is itself."""
    store = ready()
    write = standard(store)
    receipt = store.perform(write)
    assert store.probe(write) == Done(receipt=evolve(receipt, found=True, unread=True))


# --- additions ----------------------------------------------------------------------------------


@pytest.mark.parametrize("exclusive", [False, True], ids=["inclusive", "exclusive"])
def test_variant_is_added_by_the_family_name_and_read_back_by_code(exclusive: bool) -> None:
    """The 2.1 call answers no id."""
    store = ready(retailer=Retailer(tax_exclusive=exclusive))
    write = family(store)
    made = store.perform(write).made
    adding = addition(write, "X", made[COAT])
    store.forget()
    receipt = store.perform(adding)
    assert (store.calls, store.writes) == (store.calls_of(adding), 1) == (2, 1)
    assert store.paths()[0] == "POST 2.1/products"
    assert receipt.notes == ()
    product = products(store)[receipt.made[adding.members[0].slot]]
    assert product.family_id == made[COAT]
    assert {code.text for code in adding.members[0].codes} <= {code.text for code in product.codes}
    assert (product.suppliers[0].code, product.suppliers[0].price) == ("C1-X", Decimal("12.345"))
    assert (product.retail_price, product.active) == (Decimal(30), False)
    assert store.probe(adding) == Done(receipt=evolve(receipt, found=True, unread=True))


def test_unknown_family_is_refused() -> None:
    """The call makes no family of its own."""
    store = ready()
    adding = addition(family(store), "X", "nowhere")
    with pytest.raises(Refused, match="no product named"):
        store.perform(adding)
    assert store.probe(adding) == Absent()


def test_variant_in_another_family_of_the_name_is_told() -> None:
    """Names, not ids, decide where a variant goes."""
    store = ready()
    write = family(store)
    made = store.perform(write).made[COAT]
    adding = addition(write, "X", "another-family")
    store.drive(store.target.perform(step_of(adding), {}))
    found = store.drive(store.target.read_back((step_of(adding),), {}, {}))
    (difference,) = differences(adding, found, {})
    assert str(difference) == f"product Coat / X family: planned another-family, found {made}"


def test_several_variants_are_steps_of_their_own() -> None:
    """A call adds one; nothing is sent for several."""
    store = ready()
    adding = addition(family(store), "XYZ", "family")
    assert store.perform(adding) == Rest(
        writes=tuple(evolve(adding, members=(one,)) for one in adding.members)
    )
    assert store.calls == 0


@pytest.mark.parametrize("deleted", [False, True], ids=["none", "deleted"])
def test_added_variant_that_is_not_there_is_absent(deleted: bool) -> None:
    """A deleted product of our code is no product of ours."""
    store = ready()
    write = family(store)
    adding = addition(write, "X", store.perform(write).made[COAT])
    if deleted:
        gone = store.perform(adding).made[adding.members[0].slot]
        store.sandbox.merchant.delete_product(gone)
    found = store.drive(store.target.read_back((step_of(adding),), {}, {}))
    assert absent_from(adding, found) == (adding.members[0].slot,)


def test_slots_are_filled_from_earlier_steps() -> None:
    """What earlier steps made goes in by its id."""
    slots = {kind: Slot(kind=kind, name="x") for kind in (Kind.SUPPLIER, Kind.BRAND, Kind.TAG, Kind.OPTION)}
    ids = {slot: f"id-{kind.value}" for kind, slot in slots.items()}
    write = CreateFamily(
        slot=COAT,
        name="Coat",
        description="",
        supplier=slots[Kind.SUPPLIER],
        brand=slots[Kind.BRAND],
        tags=(slots[Kind.TAG], Known(id="tag-2")),
        options=(),
        members=(member("S", price=None, values=()),),
        active=True,
    )
    _, script = talk(adapter().perform(step_of(write), ids), reply({"data": ["1"]}))
    (body,) = script.bodies()
    assert body["brand_id"] == "id-brand"
    assert body["tag_ids"] == ["id-tag", "tag-2"]
    assert body["product_suppliers"] == [{"supplier_id": "id-supplier", "code": "C1-S", "price": 12.345}]
    assert body["is_active"] is True


def test_part_of_an_addition_is_partly() -> None:
    """What is missing is added by steps of its own."""
    store = ready()
    write = family(store)
    made = store.perform(write).made
    store.perform(addition(write, "X", made[COAT]))
    found = store.probe(addition(write, "XY", made[COAT]))
    assert isinstance(found, Partly)
    assert found.rest.writes == (addition(write, "Y", made[COAT]),)
    assert [slot.name for slot in found.rest.receipt.made] == ["coat/X"]
