from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.clients.xseries.ordering import Ordering
from tests.clients.xseries.script import Script, adapter, html, reply, talk
from tests.clients.xseries.store import step_of

from po_bridge.clients.xseries import Settings
from po_bridge.errors import Broken, Forbidden, Misuse, Refused, Unreachable
from po_bridge.planning.receipt import Absent, Done, Partly, Receipt, Rest
from po_bridge.planning.refs import Known
from po_bridge.planning.write import AddLines, LineAdd
from po_bridge.sandbox.xseries import ALL_SCOPES, BadRow, Switches
from po_bridge.testing.fault import Fault, FaultKind

NOBODY = "00000000-0000-0000-0000-000000000000"


def with_bad(shop: Ordering, write: AddLines) -> AddLines:
    """Put a product that the store does not know among the lines."""
    bad = LineAdd(product=Known(id=NOBODY), before=Decimal(0), count=Decimal(1), cost=None)
    return evolve(write, lines=(*write.lines, bad))


def bad_of(write: AddLines) -> AddLines:
    """The bad line alone."""
    return evolve(write, lines=write.lines[-1:])


def test_lines_are_added_in_one_request() -> None:
    """The call adds the difference; costs and fractions are kept to five decimals."""
    shop = Ordering()
    key = shop.order({0: 5})
    write = shop.add(key, (0, 5, 7), (1, 0, 3), cost="10.12345")
    assert shop.store.perform(write) == Receipt()
    assert (shop.store.calls, shop.store.writes) == (shop.store.target.calls(write), 1) == (1, 1)
    assert shop.counts(key) == {0: 7, 1: 3}
    assert [line.cost for line in shop.read(key).lines or ()] == [Decimal("10.12345")] * 2
    assert shop.store.probe(write) == Done(receipt=Receipt())


def test_rows_are_a_bare_list_of_numbers_without_received() -> None:
    """Any received value would dispatch the order; a cost that is unknown is left out."""
    shop = Ordering()
    write = shop.add("order-1", (0, 2, 5), cost=None)
    write = evolve(write, lines=(*write.lines, *shop.add("order-1", (1, 0, 3)).lines))
    told = {product: {"count": str(count)} for product, count in zip(shop.goods, (5, 3), strict=False)}
    _, script = talk(adapter().perform(step_of(write), {}), reply({"data": told}))
    assert script.bodies() == [
        [
            {"product_id": shop.goods[0], "count": 3},
            {"product_id": shop.goods[1], "count": 3, "cost": 10.5},
        ]
    ]
    assert script.requests[0].address.endswith("/consignments/order-1/bulk")


@pytest.mark.parametrize("after", [5, 4], ids=["same", "less"])
def test_line_that_does_not_grow_is_misuse(after: int) -> None:
    """The call only adds; to set is another write."""
    shop = Ordering()
    script = Script([])
    with pytest.raises(Misuse, match="is set, not added to"):
        script.run(adapter().perform(step_of(shop.add("o", (0, 5, after))), {}))
    assert script.requests == []


def test_line_changed_meanwhile_is_told() -> None:
    """The merchant's units stay; verification shows the difference."""
    shop = Ordering()
    key = shop.order({0: 2})
    receipt = shop.store.perform(shop.add(key, (0, 0, 5)))
    assert "holds 7, not 5" in receipt.notes[0]
    assert shop.counts(key) == {0: 7}


# --- refused and partly taken -------------------------------------------------------------------


@pytest.mark.parametrize("bad_row", [BadRow.KEEP_GOOD, BadRow.SKIP_BAD], ids=lambda way: way.value)
def test_part_that_was_taken_is_kept(bad_row: BadRow) -> None:
    """The rest is a write of its own; done alone it is refused in the remote's words."""
    shop = Ordering(switches=Switches(bad_row=bad_row))
    key = shop.order({0: 5})
    write = with_bad(shop, shop.add(key, (0, 5, 7), (1, 0, 3)))
    rest = shop.store.perform(write)
    assert shop.store.writes == 1
    assert rest == Rest(writes=(bad_of(write),))
    assert shop.counts(key) == {0: 7, 1: 3}
    shop.store.forget()
    with pytest.raises(Refused) as raised:
        shop.store.perform(rest.writes[0])
    assert not raised.value.again
    assert shop.store.writes == 1
    assert shop.counts(key) == {0: 7, 1: 3}


@pytest.mark.parametrize("atomic", [None, False, True], ids=["unknown", "no", "yes"])
def test_refused_whole_is_the_refusal(atomic: bool | None) -> None:
    """Where nothing was taken the remote's words are handed on; a store known to be atomic is not read."""
    shop = Ordering(switches=Switches(bad_row=BadRow.REFUSE_ALL), settings=Settings(bulk_atomic=atomic))
    key = shop.order({0: 5})
    with pytest.raises(Refused, match="unknown product_id") as raised:
        shop.store.perform(with_bad(shop, shop.add(key, (0, 5, 7))))
    assert (raised.value.status, raised.value.again) == (422, False)
    assert raised.value.what.endswith("/bulk")
    assert shop.store.calls == (1 if atomic else 3)
    assert shop.counts(key) == {0: 5}


def test_refused_and_yet_taken_whole_is_done() -> None:
    """What counts is what the order holds."""
    shop = Ordering()
    write = shop.add("o", (0, 0, 5))
    held = {"data": [{"product_id": shop.goods[0], "count": "5.00000", "version": 3}]}
    receipt, script = talk(
        adapter().perform(step_of(write), {}), reply({"message": "no"}, 422), reply(held), reply({"data": []})
    )
    assert receipt == Receipt()
    assert script.writes == 1


def test_success_that_left_everything_out_is_a_refusal() -> None:
    """Otherwise it would be sent for ever."""
    shop = Ordering(switches=Switches(bad_row=BadRow.SKIP_BAD))
    key = shop.order()
    with pytest.raises(Refused, match="1 of 1 lines were not taken") as raised:
        shop.store.perform(bad_of(with_bad(shop, shop.add(key))))
    assert (raised.value.status, raised.value.again) == (200, False)


def test_success_that_tells_too_little_is_looked_after() -> None:
    """An answer may leave out what it took."""
    shop = Ordering()
    write = shop.add("o", (0, 0, 5))
    held = {"data": [{"product_id": shop.goods[0], "count": "5.00000", "version": 3}]}
    receipt, _ = talk(
        adapter().perform(step_of(write), {}), reply({"data": {}}), reply(held), reply({"data": []})
    )
    assert receipt == Receipt()


@pytest.mark.parametrize(
    "looking",
    [html(502), reply({}, 429), reply({}, 403), reply({"data": 5})],
    ids=["proxy", "busy", "scope", "odd"],
)
@pytest.mark.parametrize(
    "answer", [reply({"message": "no"}, 422), reply({"data": {}})], ids=["refused", "gaps"]
)
def test_lines_that_cannot_be_read_leave_the_outcome_open(answer: Any, looking: Any) -> None:
    """The read is no refusal of the write."""
    shop = Ordering()
    with pytest.raises(Broken):
        talk(adapter().perform(step_of(shop.add("o", (0, 0, 5))), {}), answer, looking)


@pytest.mark.parametrize(
    "answer", [reply({"message": "no"}, 404), reply({"data": {}})], ids=["refused", "gaps"]
)
def test_lines_of_an_order_that_is_gone_are_refused(answer: Any) -> None:
    """Nothing of the write is left, whatever was answered first."""
    shop = Ordering()
    with pytest.raises(Refused) as raised:
        talk(adapter().perform(step_of(shop.add("o", (0, 0, 5))), {}), answer, reply({}, 404))
    assert raised.value.what.endswith("/bulk")


@pytest.mark.parametrize("answer", [reply(), reply([]), reply({"data": []}), html(200), html(502)])
def test_answer_without_counts_is_open(answer: Any) -> None:
    """Nobody knows what was taken."""
    shop = Ordering()
    script = Script([answer])
    with pytest.raises(Broken):
        script.run(adapter().perform(step_of(shop.add("o", (0, 0, 5))), {}))
    assert script.writes == 1


def test_refusal_at_the_door_is_not_looked_after() -> None:
    """A missing scope stops every line."""
    shop = Ordering()
    key = shop.order()
    poor = shop.store.sandbox.add_token(ALL_SCOPES - {"consignments:write:stock_order"})
    shop.store.target = shop.store.adapter(token=poor)
    with pytest.raises(Forbidden, match="consignments:write:stock_order"):
        shop.store.perform(shop.add(key, (0, 0, 5)))
    assert shop.store.calls == 1


# --- probes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "count"), [(FaultKind.LOST, 7), (FaultKind.RESET, 5), (FaultKind.BROKEN_AFTER, 7)]
)
def test_lost_answer_is_told_by_the_counts(kind: FaultKind, count: int) -> None:
    """At the target it is done, at before it is absent."""
    shop = Ordering()
    key = shop.order({0: 5})
    write = shop.add(key, (0, 5, 7), (1, 0, 3))
    shop.store.inject(Fault(kind=kind, call=1))
    with pytest.raises((Unreachable, Broken)):
        shop.store.perform(write)
    assert shop.counts(key)[0] == count
    assert shop.store.probe(write) == (Done(receipt=Receipt()) if count == 7 else Absent())


def test_part_of_the_lines_is_partly() -> None:
    """What is at before is added, what is elsewhere is set."""
    shop = Ordering()
    key = shop.order({0: 7, 1: 4})
    write = shop.add(key, (0, 5, 7), (1, 0, 3), (2, 0, 2))
    found = shop.store.probe(write)
    assert isinstance(found, Partly)
    assert found.rest.writes == (evolve(write, lines=write.lines[2:]), shop.set(key, 1, 4, 3, cost="10.5"))
    for rest in found.rest.writes:
        shop.store.perform(rest)
    assert shop.store.probe(write) == Done(receipt=Receipt())


def test_line_that_was_removed_meanwhile_is_added_whole() -> None:
    """Units from before are gone, so the difference alone would be too few."""
    shop = Ordering()
    key = shop.order({0: 5})
    write = shop.add(key, (0, 5, 7))
    shop.store.sandbox.merchant.delete_line(key, shop.goods[0])
    found = shop.store.probe(write)
    assert isinstance(found, Partly)
    assert found.rest.writes == (shop.add(key, (0, 0, 7)),)
    shop.store.perform(found.rest.writes[0])
    assert shop.counts(key) == {0: 7}


def test_lines_of_several_pages_are_held_against_the_write() -> None:
    """The probe reads to the empty page."""
    shop = Ordering(page_size=1)
    key = shop.order({0: 5, 1: 6, 2: 7})
    assert shop.store.probe(shop.add(key, (0, 0, 5), (1, 0, 6), (2, 0, 7))) == Done(receipt=Receipt())


# --- setting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("nested", [False, True], ids=["plain", "nested"])
@pytest.mark.parametrize("cost", [None, "11.123456"], ids=["count", "count and cost"])
def test_line_is_set(nested: bool, cost: str | None) -> None:
    """PUT sets, however often it is sent."""
    shop = Ordering(switches=Switches(put_line_nested=nested))
    key = shop.order({0: 5})
    write = shop.set(key, 0, 5, 2, cost)
    assert shop.store.probe(write) == Absent()
    shop.store.forget()
    for _ in range(2):
        assert shop.store.perform(write) == Receipt()
    assert (shop.store.calls, shop.store.writes) == (2, 2)
    assert shop.store.target.calls(write) == 1
    assert shop.counts(key) == {0: 2}
    assert shop.store.probe(write) == Done(receipt=Receipt())


def test_set_line_with_another_cost_is_absent() -> None:
    """The count alone does not make it done."""
    shop = Ordering()
    key = shop.order({0: 5})
    assert shop.store.probe(shop.set(key, 0, 4, 5, "11")) == Absent()
    assert shop.store.probe(shop.set(key, 0, 4, 5, "10.5")) == Done(receipt=Receipt())


def test_line_that_is_not_there_cannot_be_set() -> None:
    """The store says so."""
    shop = Ordering()
    key = shop.order()
    write = shop.set(key, 0, 5, 2)
    with pytest.raises(Refused, match="on this consignment"):
        shop.store.perform(write)
    assert shop.store.probe(write) == Absent()


@pytest.mark.parametrize("status", ["RECEIVED", "CANCELLED"])
def test_frozen_order_takes_nothing(status: str) -> None:
    """The store's own words say why."""
    shop = Ordering()
    key = shop.order({0: 5}, status=status)
    shop.store.perform(shop.create())  # so that the form is known
    for write in (shop.add(key, (1, 0, 3)), shop.set(key, 0, 5, 2), shop.remove(key, 0)):
        with pytest.raises(Refused, match=status):
            shop.store.perform(write)
    assert shop.counts(key) == {0: 5}


# --- reading ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([("1.00000", "10.00000", None), ("3.00000", "20.00000", None)], (4, "17.5", None)),
        ([("1.00000", None, "1.00000"), ("2.00000", "20.00000", None)], (3, "20", "1")),
        ([("1.00000", "10.00000", "1.00000"), ("2.00000", None, "2.00000")], (3, "10", "3")),
        ([(None, "0.00000", "5.00000"), (None, "0.00000", None)], (0, "0", "5")),
        ([("-0.00000", "3.10000", "0.00000")], (0, "3.1", "0")),
    ],
    ids=["weighted", "cost of one", "cost of the other", "never ordered", "one"],
)
def test_lines_of_one_product_are_summed(rows: list[Any], expected: Any) -> None:
    """The product is a line's identity, though old orders hold it twice."""
    listed = [
        {
            "product_id": "p",
            "count": count,
            "cost": cost,
            "received": got,
            "created_at": place,
            "version": place + 1,
        }
        for place, (count, cost, got) in enumerate(rows)
    ]
    order = {"id": "o", "outlet_id": "x", "status": "OPEN"}
    read, _ = talk(adapter().read_order("o"), reply(order), reply({"data": listed}), reply({"data": []}))
    count, cost, received = expected
    (line,) = read.lines or ()
    assert (line.count, line.cost) == (Decimal(count), Decimal(cost))
    assert line.received == (None if received is None else Decimal(received))


def test_line_that_changes_between_two_pages_counts_once() -> None:
    """It moves to the end of the cursor."""
    first = {"product_id": "p", "count": "1.00000", "created_at": "c", "version": 1}
    moved = {**first, "count": "4.00000", "version": 9}
    other = {**first, "product_id": "q", "version": 2}
    order = {"id": "o", "outlet_id": "x", "status": "OPEN"}
    pages: tuple[list[Any], ...] = ([first, other], [moved], [])
    read, _ = talk(adapter().read_order("o"), reply(order), *(reply({"data": page}) for page in pages))
    assert {line.product_id: line.count for line in read.lines or ()} == {"p": 4, "q": 1}
