"""Orders: derived status, days of the shop, and what a probe must tell apart."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from attrs import evolve
from tests.clients.rseries.ordering import SLOT, Ordering
from tests.clients.rseries.store import moment

from po_bridge.clients.rseries import OrderNote, Settings
from po_bridge.errors import NotFound, Refused
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.planning.receipt import Absent, Done, Receipt, Unclear
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.write import Remove
from po_bridge.sandbox.rseries import EarlyDate, Switches


@pytest.mark.parametrize("note", list(OrderNote), ids=lambda one: one.value)
def test_number_note_and_day_stand_each_in_a_field_of_its_own(note: OrderNote) -> None:
    """The number is the reference, the note goes where the setting says, the discount is zero."""
    shop = Ordering(settings=Settings(order_note=note), switches=Switches(order_note=True))
    order = shop.order()
    held = shop.store.sandbox.state.orders.by_id[int(order)]
    assert (held.ref_num, held.discount) == ("131803493", Decimal(0))
    told = held.note.text if held.note else ""
    assert {held.stock_instructions, told} == {"", "Customer PO 7"}
    assert bool(told) is (note is OrderNote.NOTE)
    assert shop.read(order).note == "Customer PO 7"
    assert held.ordered_at is None


@pytest.mark.parametrize(
    ("due", "day"),
    [
        (datetime(2026, 8, 4, 3, 59, tzinfo=UTC), "2026-08-03"),
        (datetime(2026, 8, 4, 4, 0, tzinfo=UTC), "2026-08-04"),
        (datetime(2026, 12, 4, 4, 59, tzinfo=UTC), "2026-12-03"),
    ],
    ids=["an evening there", "midnight there", "in winter"],
)
def test_a_moment_becomes_the_day_of_the_shop(due: datetime, day: str) -> None:
    """Near midnight UTC the shop's calendar shows another day, and that is what the merchant means."""
    shop = Ordering()
    shop.store.perform(shop.create(due_at=due))
    body = shop.store.asked[-1].body.decode()
    assert f'"arrivalDate":"{day}"' in body


def test_zone_is_asked_for_once() -> None:
    """The shops are read before the first order and never again."""
    shop = Ordering()
    before = shop.store.target.calls(shop.create())
    shop.store.perform(shop.create())
    assert [path.partition("?")[0] for path in shop.store.paths()] == ["GET Shop.json", "POST Order.json"]
    assert (before, shop.store.target.calls(shop.create())) == (2, 1)


def test_status_follows_the_dates() -> None:
    """Open without a date, sent with one, dispatched while it is checked in, received when it is finished."""
    shop = Ordering()
    order = shop.order({0: 5})
    merchant = shop.store.sandbox.merchant
    seen = [shop.read(order).status]
    merchant.send(int(order))
    seen.append(shop.read(order).status)
    merchant.receive(int(order), {int(shop.goods[0]): 3})
    seen.append(shop.read(order).status)
    merchant.finish(int(order))
    seen.append(shop.read(order).status)
    assert seen == [
        PurchaseStatus.OPEN,
        PurchaseStatus.SENT,
        PurchaseStatus.DISPATCHED,
        PurchaseStatus.RECEIVED,
    ]
    (line,) = shop.read(order).lines or ()
    assert [line.count, line.received, line.outstanding] == [5, 3, 2]


@pytest.mark.parametrize("early", list(EarlyDate), ids=lambda one: one.value)
def test_an_order_without_lines_is_not_marked_as_sent(early: EarlyDate) -> None:
    """A date takes effect once there is a line: without one the step is refused and says so."""
    shop = Ordering(switches=Switches(early_date=early))
    order = shop.order()
    with pytest.raises(Refused) as refused:
        shop.store.perform(shop.status(order, PurchaseStatus.SENT, on=moment(8)))
    assert "no line" in refused.value.mend
    shop.store.perform(shop.add(order, (0, 0, 2)))
    shop.store.perform(shop.status(order, PurchaseStatus.SENT, on=moment(8)))
    assert shop.read(order).status is PurchaseStatus.SENT


def test_cancelling_puts_the_order_away() -> None:
    """There is no cancelled order: it is archived, which reads as gone, and is found so."""
    shop = Ordering()
    order = shop.order({0: 5})
    cancel = shop.status(order, PurchaseStatus.CANCELLED)
    assert shop.store.probe(cancel) == Absent()
    shop.store.perform(cancel)
    assert shop.store.probe(cancel) == Done(receipt=Receipt())
    with pytest.raises(NotFound):
        shop.read(order)


def test_an_order_that_was_sent_is_not_taken_back() -> None:
    """Only open orders are put away by an undo."""
    shop = Ordering()
    order = shop.order({0: 5})
    shop.store.sandbox.merchant.send(int(order))
    with pytest.raises(Refused, match="sent"):
        shop.store.perform(Remove(kind=Kind.ORDER, target=Known(id=order)))


@pytest.mark.parametrize("how", ["known before", "another step's", "archived", "another shop"])
def test_an_order_that_is_not_new_is_not_ours(how: str) -> None:
    """A probe takes no order that stood there before, of another step, put away, or for another shop."""
    shop = Ordering()
    order = shop.order()
    other = Slot(kind=Kind.ORDER, name="window 1")
    write = shop.create()
    match how:
        case "known before":
            write = evolve(write, known=(order,))
        case "another step's":
            write = evolve(write, others=(other,))
        case "archived":
            shop.store.sandbox.merchant.archive_order(int(order))
        case _:
            write = evolve(write, outlet_id="77")
    assert shop.store.probe(write, {other: order}) == Absent()


def test_two_new_orders_of_a_number_are_a_question() -> None:
    """Nobody but a person can tell them apart."""
    shop = Ordering()
    orders = {shop.order(), shop.order()}
    found = shop.store.probe(shop.create())
    assert isinstance(found, Unclear)
    assert set(found.question.answers) == orders


def test_an_order_is_found_by_its_note_where_it_has_no_number() -> None:
    """A draft without a number is known by its note."""
    shop = Ordering()
    draft = evolve(shop.create().draft, number="")
    write = shop.create(draft=draft)
    made = shop.store.perform(write).made[SLOT]
    found = shop.store.probe(write)
    assert isinstance(found, Done)
    assert found.receipt.made == {SLOT: made}
