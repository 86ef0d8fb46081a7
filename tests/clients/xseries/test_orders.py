from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.ordering import SLOT, Ordering
from tests.clients.xseries.script import Script, adapter, reply, talk
from tests.clients.xseries.store import Store, moment, step_of

from po_bridge.clients.xseries import BodyForm, Settings
from po_bridge.errors import Broken, Busy, NotFound, Refused, Unreachable
from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.origin import Origin
from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from po_bridge.planning.receipt import Absent, Done, Receipt, Unclear
from po_bridge.planning.refs import Kind, Slot
from po_bridge.planning.snapshot import Collection, Wanted
from po_bridge.sandbox.xseries import BodyForm as StoreForm, Limit, Switches
from po_bridge.testing.fault import Fault, FaultKind

OPEN, SENT, CANCELLED = PurchaseStatus.OPEN, PurchaseStatus.SENT, PurchaseStatus.CANCELLED
DISPATCHED = PurchaseStatus.DISPATCHED


def test_order_is_made_with_its_business_fields() -> None:
    """One request; every label of the order table stands where the merchant sees it."""
    shop = Ordering()
    write = shop.create()
    receipt = shop.store.perform(write)
    assert (shop.store.calls, shop.store.writes) == (shop.store.target.calls(write), 1) == (1, 1)
    order = shop.read(receipt.made[SLOT])
    assert order.number == "131803493"
    assert order.note == "Spring, customer PO 7"
    assert (order.supplier_id, order.outlet_id) == (shop.supplier, shop.store.outlet_id)
    assert (order.created_at, order.due_at) == (moment(8), moment(12))
    assert (order.status, order.lines) == (OPEN, ())


@pytest.mark.parametrize(
    ("draft", "note"),
    [
        (OrderDraft(number="7", note=""), "7"),
        (OrderDraft(number="", note=""), "Purchase order"),
    ],
)
def test_note_is_never_empty(draft: OrderDraft, note: str) -> None:
    """The API asks for a name."""
    shop = Ordering()
    made = shop.store.perform(shop.create(draft=draft, due_at=None)).made[SLOT]
    assert shop.read(made).note == note


def test_supplier_made_by_an_earlier_step_goes_in_by_id() -> None:
    """Slots are resolved."""
    slot = Slot(kind=Kind.SUPPLIER, name="s")
    write = Ordering().create(supplier=slot)
    _, script = talk(
        adapter().perform(step_of(write), {slot: "supplier-1"}), reply({"data": {"id": "o"}}, 201)
    )
    (body,) = script.bodies()
    assert body == {
        "name": "Spring, customer PO 7",
        "outlet_id": write.outlet_id,
        "type": "SUPPLIER",
        "status": "OPEN",
        "supplier_id": "supplier-1",
        "reference": "131803493",
        "due_at": "2026-08-03T12:00:00+00:00",
        "consignment_date": "2026-08-03T08:00:00+00:00",
    }


# --- body forms ---------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [400, 422])
@pytest.mark.parametrize("form", [StoreForm.BARE, StoreForm.WRAPPED], ids=lambda form: form.value)
def test_form_is_found_out_and_remembered(form: StoreForm, status: int) -> None:
    """A refused form costs one attempt, once; each attempt is one mutating request."""
    shop = Ordering(switches=Switches(body_form=form, wrong_form_status=status))
    attempts = 0
    for number in ("1", "2"):
        while True:
            shop.store.forget()
            attempts += 1
            try:
                shop.store.perform(shop.create(draft=OrderDraft(number=number, note="n")), key=number)
            except Refused as refused:
                assert (refused.again, refused.status) == (True, status)  # noqa: PT017  # the loop goes on
                assert shop.store.writes == 1
                continue
            break
    assert attempts == (2 if form is StoreForm.BARE else 3)
    assert len(shop.store.sandbox.state.consignments.by_id) == 2


@pytest.mark.parametrize("form", [StoreForm.BARE, StoreForm.WRAPPED], ids=lambda form: form.value)
def test_each_write_of_an_order_comes_in_the_form(form: StoreForm) -> None:
    """Creation, status and line; bulk is a bare list."""
    shop = Ordering(switches=Switches(body_form=form), settings=Settings(body=BodyForm(form.value)))
    made = shop.store.perform(shop.create()).made[SLOT]
    shop.store.perform(shop.add(made, (0, 0, 5)))
    shop.store.perform(shop.set(made, 0, 5, 6))
    shop.store.perform(shop.status(made, OPEN, SENT))
    assert shop.counts(made) == {0: 6}
    assert shop.read(made).status is SENT


def test_refusal_in_both_forms_is_the_remotes_own() -> None:
    """A bad body is bad in every form: two attempts, then the words are final."""
    target = adapter()
    write = Ordering().create()
    first, second = (Script([reply({"message": "no outlet"}, 422)]) for _ in range(2))
    with pytest.raises(Refused) as raised:
        first.run(target.perform(step_of(write), {}))
    assert raised.value.again
    with pytest.raises(Refused, match="no outlet") as raised:
        second.run(target.perform(step_of(write), {}))
    assert not raised.value.again
    assert [set(script.bodies()[0]) == {"data"} for script in (first, second)] == [False, True]


def test_step_between_two_attempts_of_another_is_not_confused() -> None:
    """Each step is tried in each form, whatever the others met."""
    target = adapter()
    write = Ordering().create()
    refused = reply({"message": "no"}, 400)
    for key in ("a", "b", "b"):
        script = Script([refused])
        with pytest.raises(Refused) as raised:
            script.run(target.perform(step_of(write, key), {}))
        assert raised.value.again is (key == "a" or script.bodies()[0].keys() == {"data"})


@pytest.mark.parametrize(
    ("settings", "proven"),
    [(Settings(body=BodyForm.BARE), False), (Settings(body=BodyForm.WRAPPED), False), (Settings(), True)],
    ids=["bare", "wrapped", "found out"],
)
def test_known_form_is_not_doubted(settings: Settings, proven: bool) -> None:
    """Once the store took a form, 422 is about what the body says."""
    target = adapter(settings=settings)
    write = Ordering().create()
    if proven:
        talk(target.perform(step_of(write), {}), reply({"data": {"id": "o"}}, 201))
    with pytest.raises(Refused) as raised:
        talk(target.perform(step_of(write), {}), reply({"message": "no"}, 422))
    assert not raised.value.again


@pytest.mark.parametrize("status", [403, 404, 409])
def test_other_refusals_do_not_turn_the_form(status: int) -> None:
    """They say nothing about it."""
    target = adapter()
    write = Ordering().create()
    with pytest.raises(Refused) as raised:
        talk(target.perform(step_of(write), {}), reply({}, status))
    assert not raised.value.again
    _, script = talk(target.perform(step_of(write), {}), reply({"data": {"id": "o"}}, 201))
    assert "data" not in script.bodies()[0]


@pytest.mark.parametrize("bare", [False, True], ids=["wrapped", "bare"])
def test_answers_are_taken_in_both_forms(bare: bool) -> None:
    """One page of the tutorial shows them bare."""
    row = {"id": "o", "outlet_id": "x", "status": "OPEN", "name": "n", "version": 5, "type": "SUPPLIER"}
    order, _ = talk(
        adapter().read_order("o"), reply(row if bare else {"data": row}), reply({"data": [], "version": {}})
    )
    assert (order.id, order.outlet_id, order.lines) == ("o", "x", ())


def test_busy_store_says_when() -> None:
    """The vendor's date is handed to the runner; nothing was written."""
    shop = Ordering(limit=Limit(per_register=0, extra=1))
    shop.store.drive(shop.store.target.changes(Collection.TAGS, ""))
    with pytest.raises(Busy) as raised:
        shop.store.perform(shop.create())
    assert raised.value.again
    assert raised.value.retry_at is not None
    assert (raised.value.retry_at - shop.store.clock.now()).total_seconds() == 300
    assert shop.store.sandbox.state.consignments.by_id == {}


# --- probes -------------------------------------------------------------------------------------


def test_lost_order_is_found_by_number_supplier_and_outlet() -> None:
    """The very order, and it may not be ours."""
    shop = Ordering()
    since = shop.store.positions()
    shop.store.forget()
    shop.store.inject(Fault(kind=FaultKind.LOST, call=1))
    with pytest.raises(Unreachable):
        shop.store.perform(shop.create())
    (made,) = shop.store.sandbox.state.consignments.by_id
    assert shop.store.probe(shop.create(), since=since) == Done(
        receipt=Receipt(made={SLOT: made}, found=True)
    )


@pytest.mark.parametrize("other", ["number", "supplier", "outlet", "type", "old", "known", "deleted"])
def test_other_orders_are_not_ours(other: str) -> None:
    """Each of the marks has to fit."""
    shop = Ordering()
    sandbox = shop.store.sandbox
    since = shop.store.positions() if other != "old" else None
    key = shop.order()
    changes: dict[str, Any] = {
        "number": {"reference": "131803494"},
        "supplier": {"supplier_id": sandbox.add_supplier("Other")},
        "outlet": {"outlet_id": sandbox.add_outlet("Other")},
        "type": {"type": "RETURN"},
    }.get(other, {})
    if changes:
        sandbox.merchant.edit_order(key, **changes)
    if other == "deleted":
        sandbox.merchant.delete_order(key)
    since = shop.store.positions() if other == "old" else since
    write = shop.create(known=(key,) if other == "known" else ())
    assert shop.store.probe(write, since=since) == Absent()


def test_two_orders_of_our_marks_are_a_question() -> None:
    """One of them may be typed by hand."""
    shop = Ordering()
    keys = {shop.order(), shop.order()}
    found = shop.store.probe(shop.create())
    assert isinstance(found, Unclear)
    assert set(found.question.answers) == keys


def test_order_without_a_number_is_known_by_its_note() -> None:
    """The store may give it a number of its own."""
    shop = Ordering(switches=Switches(reference_generated=True))
    write = shop.create(draft=OrderDraft(note="by hand"))
    made = shop.store.perform(write).made
    assert shop.store.probe(write) == Done(receipt=Receipt(made=made, found=True))


# --- status -------------------------------------------------------------------------------------


def test_status_is_set_with_all_the_order_says_of_itself() -> None:
    """PUT may clear what is left out, so everything is sent back."""
    shop = Ordering()
    key = shop.order({0: 5}, name="mine", supplier_invoice="INV-7", due_at=moment(14))
    before = shop.read(key)
    write = shop.status(key, OPEN, SENT)
    shop.store.forget()
    assert shop.store.perform(write) == Receipt()
    assert (shop.store.calls, shop.store.writes) == (shop.store.target.calls(write), 1) == (2, 1)
    assert evolve(shop.read(key), status=OPEN) == before
    held = shop.store.sandbox.state.consignments.by_id[key]
    assert (held.name, held.supplier_invoice, held.dated) == ("mine", "INV-7", False)
    assert shop.store.probe(write) == Done(receipt=Receipt())


def test_given_date_is_sent_back() -> None:
    """The order's own date stays."""
    shop = Ordering()
    made = shop.store.perform(shop.create()).made[SLOT]
    shop.store.perform(shop.add(made, (0, 0, 5)))
    shop.store.perform(shop.status(made, OPEN, SENT))
    assert shop.read(made).created_at == moment(8)


def test_order_without_lines_cannot_be_sent() -> None:
    """The store's own rule, in its own words."""
    shop = Ordering(settings=Settings(body=BodyForm.BARE))
    with pytest.raises(Refused, match="no products"):
        shop.store.perform(shop.status(shop.order(), OPEN, SENT))


@pytest.mark.parametrize(
    ("now", "found"),
    [
        ("OPEN", Absent()),
        ("SENT", Done(receipt=Receipt())),
        ("DISPATCHED", Done(receipt=Receipt())),
        ("RECEIVED", Done(receipt=Receipt())),
    ],
)
def test_status_that_went_on_has_been_there(now: str, found: Any) -> None:
    """A probe of SENT is satisfied by everything behind it."""
    shop = Ordering()
    assert shop.store.probe(shop.status(shop.order({0: 5}, status=now), OPEN, SENT)) == found


@pytest.mark.parametrize(
    ("now", "after"), [("CANCELLED", SENT), ("DISPATCHED", CANCELLED), ("SOMETHING_NEW", SENT)]
)
def test_status_of_somebody_elses_doing_is_a_question(now: str, after: PurchaseStatus) -> None:
    """A person moved it; refused when done, asked when probed."""
    shop = Ordering()
    write = shop.status(shop.order({0: 5}, status=now), OPEN, after)
    with pytest.raises(Refused, match="people change"):
        shop.store.perform(write)
    assert shop.store.writes == 0
    found = shop.store.probe(write)
    assert isinstance(found, Unclear)
    assert found.question.key.startswith("status ")


def test_status_that_is_there_is_left_alone() -> None:
    """Somebody was quicker."""
    shop = Ordering()
    write = shop.status(shop.order({0: 5}, status="SENT"), OPEN, SENT)
    assert shop.store.perform(write) == Receipt(found=True)
    assert shop.store.writes == 0


def test_order_can_be_cancelled() -> None:
    """From any status but the last."""
    shop = Ordering()
    key = shop.order({0: 5}, status="SENT")
    write = shop.status(key, SENT, CANCELLED)
    assert shop.store.perform(write) == Receipt()
    assert shop.read(key).status is CANCELLED


def test_order_that_vanished_is_a_question() -> None:
    """It was deleted while it was being written."""
    shop = Ordering()
    key = shop.order({0: 5})
    shop.store.sandbox.merchant.delete_order(key)
    for write in (shop.status(key, OPEN, SENT), shop.add(key, (0, 0, 5)), shop.set(key, 0, 5, 6)):
        found = shop.store.probe(write)
        assert isinstance(found, Unclear)
        assert found.question.key.startswith("gone ")
        with pytest.raises(NotFound):
            shop.store.perform(write)


@pytest.mark.parametrize(
    ("kind", "found"), [(FaultKind.LOST, Done(receipt=Receipt())), (FaultKind.BROKEN_BEFORE, Absent())]
)
def test_lost_status_is_read(kind: FaultKind, found: Any) -> None:
    """The status tells."""
    shop = Ordering()
    write = shop.status(shop.order({0: 5}), OPEN, SENT)
    shop.store.inject(Fault(kind=kind, call=2))
    with pytest.raises((Unreachable, Broken)):
        shop.store.perform(write)
    assert shop.store.probe(write) == found


# --- reading ------------------------------------------------------------------------------------


def test_order_is_read_with_all_pages_of_its_lines() -> None:
    """One read for the order, one for each page and the empty one."""
    shop = Ordering(page_size=2)
    key = shop.order({0: 5, 1: 6, 2: 7})
    order = shop.read(key)
    assert order.lines == tuple(
        PurchaseLine(product_id=product, count=Decimal(count), cost=Decimal("10.5"))
        for product, count in zip(shop.goods, (5, 6, 7), strict=True)
    )
    assert shop.store.calls == 4


def test_received_counts_are_read() -> None:
    """None where nothing was received yet."""
    shop = Ordering()
    key = shop.order({0: 5, 1: 6})
    shop.store.sandbox.merchant.arrive(key, {shop.goods[0]: 2})
    order = shop.read(key)
    assert order.status is DISPATCHED
    assert sorted((line.received for line in order.lines or ()), key=str) == [Decimal(2), None]


def test_look_leaves_out_what_is_gone() -> None:
    """Named products and orders are read afresh."""
    shop = Ordering()
    key, gone = shop.order({0: 5}), shop.order()
    shop.store.sandbox.merchant.delete_order(gone)
    shop.store.sandbox.merchant.delete_product(shop.goods[1])
    wanted = Wanted(products=(*shop.goods[:2], "00000000-0000-0000-0000-000000000000"), orders=(key, gone))
    since = {Collection.PRODUCTS: "7"}
    snapshot = shop.store.drive(shop.store.target.look(wanted, since))
    assert {key: product.alive for key, product in snapshot.products.items()} == {
        shop.goods[0]: True,
        shop.goods[1]: False,
    }
    assert list(snapshot.orders) == [key]
    assert snapshot.orders[key].lines is not None
    assert snapshot.positions == since


def test_order_pages_have_no_lines() -> None:
    """They are read where they are needed."""
    shop = Ordering()
    shop.order({0: 5})
    page = shop.store.drive(shop.store.target.changes(Collection.ORDERS, ""))
    assert [getattr(record, "lines", "none") for record in page.records] == [None]


def test_unknown_store_fields_pass() -> None:
    """New members and new statuses of later years break nothing."""
    row = {
        "id": "o",
        "outlet_id": "x",
        "status": "ARCHIVED",
        "name": None,
        "version": 5,
        "type": "SUPPLIER",
        "mood": {"a": [1]},
    }
    page, _ = talk(adapter().changes(Collection.ORDERS, ""), reply({"data": [row], "version": {"max": 5}}))
    assert getattr(page.records[0], "status", None) is PurchaseStatus.OTHER


def test_facts_of_the_store() -> None:
    """Tax form, currency, and every live outlet with its zone."""
    store = Store()
    second = store.sandbox.add_outlet("Quay", time_zone="Pacific/Auckland", currency="NZD")
    facts = store.drive(store.target.facts())
    assert (facts.store, facts.name, facts.currency) == (store.target.store, "Corner Shop", "USD")
    assert [(outlet.name, outlet.zone, outlet.currency) for outlet in facts.outlets] == [
        ("Main Outlet", "America/New_York", "USD"),
        ("Quay", "Pacific/Auckland", "NZD"),
    ]
    store.sandbox.state.outlets.put(
        evolve(
            store.sandbox.state.outlets.by_id[second],
            version=store.sandbox.state.new_version(),
            deleted_at=store.clock.now(),
        )
    )
    assert len(store.drive(store.target.facts()).outlets) == 1
    assert [path.partition("?")[0] for path in store.paths()] == 2 * [
        "GET 2026-07/retailer",
        "GET 2026-07/outlets",
        "GET 2026-07/outlets",
    ]


@pytest.mark.parametrize(
    ("revision", "calls"), [("3", 1), ("4", 2), ("", 2)], ids=["stands", "moved", "not known"]
)
def test_lines_of_an_order_that_stands_are_not_read_again(revision: str, calls: int) -> None:
    """Where a changed line is known to move its order, the revision tells whether the kept lines are still right."""
    line = PurchaseLine(product_id="p", count=Decimal(2))
    kept = PurchaseOrder(id="o", lines=(line,), origin=Origin(system="x", record="o", revision=revision))
    row = {"id": "o", "outlet_id": "1", "status": "OPEN", "version": 3}
    script = Script([reply({"data": row}), reply({"data": [], "version": {}})])
    found = script.run(adapter().look(Wanted(orders=("o",), kept={"o": kept}), {}))
    assert len(script.requests) == calls
    assert found.orders["o"].lines == ((line,) if calls == 1 else ())
    assert found.orders["o"].revision == "3"
