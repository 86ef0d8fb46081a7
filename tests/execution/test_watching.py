"""What became of an order after it was placed: timelines, changes and supplier stock, over both emulators."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.stand import Stand, linked, seeded

from po_bridge import Bridge, MemoryJournal, OrderFilter, Synced, answer
from po_bridge.errors import UnknownOrder
from po_bridge.execution.status import OrderState
from po_bridge.models.availability import Basis, Stated, Unknown, Unlimited
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.milestone import Reached
from po_bridge.models.style_document import StyleDocument
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.revision import REMOVE
from po_bridge.planning.timeline import Timeline
from po_bridge.ports.exchange import Exchange
from po_bridge.ports.source import Source
from po_bridge.sandbox.app import calls
from po_bridge.sandbox.nuorder import Scene, SetStatus, Split
from po_bridge.sandbox.seed import DEMO_ORDER, PORTALS
from po_bridge.sandbox.seed.living_order import LIFE
from po_bridge.sandbox.seed.order_rows import LIVING_ORDER
from po_bridge.testing.subject import TrialClock

PORTAL = PORTALS[0].name
BEGIN = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def living(*scenes: Scene) -> tuple[Stand, TrialClock]:
    """The seeded emulators with a scripted life; it begins with the clock."""
    clock = TrialClock(moment=BEGIN)
    stand = seeded(clock)
    stand.nuorder.schedule(scenes or LIFE, PORTAL)
    return stand, clock


def document(stand: Stand, number: str) -> dict[str, Any]:
    """An order's document with the brand."""
    orders = stand.nuorder.shelf(PORTAL).orders.values()
    return next(order for order in orders if order["order_number"] == number)


def reached(timeline: Timeline) -> list[str]:
    """What holds, in words."""
    return [
        f"{one.reached.value}{' in part' if one.in_part else ''}{', inferred' if one.inferred else ''}"
        for one in timeline.milestones
        if one.holds
    ]


def synced(bridge: Bridge, number: str = LIVING_ORDER) -> str:
    """Take an order over; gives the id of its purchase order."""
    outcome = bridge.apply(bridge.plan(linked(bridge, bridge.review(number))))
    assert outcome.synced, outcome
    (one,) = outcome.orders.values()
    assert isinstance(one, Synced)
    (purchase,) = one.purchase_orders
    return purchase


def asked(stand: Stand) -> Counter[str]:
    """Calls since the last look, by system and method."""
    found: Counter[str] = Counter()
    for name, app in (("brand", stand.nuorder), ("shop", stand.xseries)):
        for (method, _), count in calls(app.log).items():
            found[f"{name} {method}"] += count
        app.log.clear()
    return found


# --- watch ------------------------------------------------------------------------------------------


def test_a_whole_life() -> None:
    """From pending to received, each look tells what was reached by then, and nothing twice."""
    stand, clock = living()
    with stand.bridge() as bridge:
        assert reached(bridge.watch(LIVING_ORDER)) == ["created", "submitted"]
        clock.sleep(7200)
        purchase = synced(bridge)
        expected = {
            2: ["created", "submitted", "approved"],
            26: ["created", "submitted", "approved", "processed"],
            50: ["created", "submitted", "approved", "processed", "shipped in part"],
            98: ["created", "submitted", "approved", "processed", "shipped in part", "delivered in part"],
            122: [
                "created",
                "submitted",
                "approved",
                "processed",
                "shipped in part",
                "shipped",
                "delivered in part",
            ],
        }
        for hours, milestones in expected.items():
            clock.moment = BEGIN + timedelta(hours=hours)
            assert reached(bridge.watch(LIVING_ORDER)) == milestones, hours
        clock.moment = BEGIN + timedelta(hours=170)
        stand.xseries.merchant.receive(purchase)
        timeline = bridge.watch(LIVING_ORDER)
    assert reached(timeline)[-3:] == ["delivered in part", "delivered", "received"]
    assert [note for note in timeline.notes if "back" in note] == []
    shipped = next(one for one in timeline.milestones if one.reached is Reached.SHIPPED and not one.in_part)
    assert (shipped.at, shipped.whole_day) == (datetime(2026, 11, 25, tzinfo=UTC), True)
    assert {one.source for one in timeline.milestones} == {"NuORDER", stand.target().label}
    assert timeline.parcels[0].pages == ("https://www.ups.com/track?tracknum=1Z0000000000000024",)


def test_counts_by_line_from_three_sides() -> None:
    """Ordered and shipped come from the brand, on order and received from the POS."""
    stand, clock = living()
    clock.sleep(50 * 3600)
    with stand.bridge() as bridge:
        purchase = synced(bridge)
        stand.xseries.merchant.arrive(purchase, {_product(bridge, LIVING_ORDER): 2})
        timeline = bridge.watch(LIVING_ORDER)
    first = timeline.lines[0]
    counted = (first.ordered, first.on_order, first.shipped, first.received)
    assert counted == (Decimal(3), Decimal(3), Decimal(3), Decimal(2))
    assert timeline.lines[2].shipped == 0
    assert timeline.lines[2].received is None
    assert "received in part" in reached(timeline)


def _product(bridge: Bridge, number: str) -> str:
    """The POS product of an order's first line."""
    line = bridge.review(number).lines[0]
    assert line.product is not None
    return line.product.id


def test_goods_that_arrive_unannounced() -> None:
    """A brand that never says *shipped*: receiving implies it, and is marked as inferred."""
    stand, _ = living(Scene(after=timedelta(0), deed=SetStatus(order=DEMO_ORDER, status="approved")))
    with stand.bridge() as bridge:
        purchase = synced(bridge, DEMO_ORDER)
        stand.xseries.merchant.receive(purchase)
        timeline = bridge.watch(DEMO_ORDER)
    assert reached(timeline)[-3:] == ["shipped, inferred", "delivered, inferred", "received"]


def test_it_never_goes_back_silently() -> None:
    """Processed, cancelled, then pending again, as was recorded in one day: each step back is told, once."""
    stand, clock = living(
        Scene(after=timedelta(hours=1), deed=SetStatus(order=DEMO_ORDER, status="processed")),
        Scene(after=timedelta(hours=2), deed=SetStatus(order=DEMO_ORDER, status="cancelled")),
        Scene(after=timedelta(hours=3), deed=SetStatus(order=DEMO_ORDER, status="pending")),
    )
    with stand.bridge() as bridge:
        synced(bridge, DEMO_ORDER)
        notes = []
        for _ in range(5):
            clock.sleep(3600)
            notes.append([note for note in bridge.watch(DEMO_ORDER).notes if "before" in note])
    assert [len(some) for some in notes] == [0, 0, 3, 0, 0]
    assert "processed before" in notes[2][1]
    assert notes[2][2] == "it was cancelled before and is not any more"


def test_going_back_is_told_by_another_process() -> None:
    """Where nobody looked before, a look compares with the status that the order was applied with."""
    stand, clock = living(
        Scene(after=timedelta(hours=1), deed=SetStatus(order=LIVING_ORDER, status="processed")),
        Scene(after=timedelta(hours=5), deed=SetStatus(order=LIVING_ORDER, status="pending")),
    )
    journal = MemoryJournal()
    clock.sleep(2 * 3600)
    with stand.bridge(journal) as bridge:
        synced(bridge)
    clock.sleep(4 * 3600)
    with stand.bridge(journal) as bridge:
        timeline = bridge.watch(LIVING_ORDER)
    assert [one.reached for one in timeline.milestones if not one.holds] == [
        Reached.APPROVED,
        Reached.PROCESSED,
    ]
    assert any("it went back: processed" in note for note in timeline.notes)


def test_a_look_costs_one_call_to_the_brand() -> None:
    """Watching reads the order once, and the purchase order with its lines; it writes to neither side."""
    stand, clock = living()
    clock.sleep(7200)
    with stand.bridge() as bridge:
        synced(bridge)
        asked(stand)
        bridge.watch(LIVING_ORDER)
    counted = asked(stand)
    assert counted["brand GET"] == 1
    assert set(counted) == {"brand GET", "shop GET"}


def test_a_purchase_order_that_is_gone() -> None:
    """A purchase order that was deleted in the POS is told, and stops nothing."""
    stand, clock = living()
    clock.sleep(7200)
    with stand.bridge() as bridge:
        purchase = synced(bridge)
        stand.xseries.merchant.delete_order(purchase)
        timeline = bridge.watch(LIVING_ORDER)
    assert f"purchase order {purchase} is gone from the POS" in timeline.notes


def test_by_key_and_unknown_number() -> None:
    """An order is watched by its key as well; a number that nobody bears says so."""
    stand, _ = living()
    with stand.bridge() as bridge:
        key = OrderKey(portal=PORTAL, order_id=document(stand, LIVING_ORDER)["_id"])
        assert bridge.watch(key) == bridge.watch(str(key))
        with pytest.raises(UnknownOrder):
            bridge.watch("999999")


def test_awaited() -> None:
    """The same without blocking gives the same timeline."""
    stand, _ = living()

    async def main() -> Timeline:
        async with stand.async_bridge() as bridge:
            return await bridge.watch(LIVING_ORDER)

    with stand.bridge() as bridge:
        assert asyncio.run(main()) == bridge.watch(LIVING_ORDER)


class Bare:
    """A source that is a source and nothing more."""

    def __init__(self, source: Source) -> None:
        self._source = source

    @property
    def label(self) -> str:
        """As the whole source's."""
        return self._source.label

    def orders(self, wanted: OrderFilter) -> Exchange[tuple[WholesaleOrder, ...]]:
        """As the whole source."""
        return self._source.orders(wanted)

    def find(self, number: str) -> Exchange[tuple[OrderKey, ...]]:
        """As the whole source."""
        return self._source.find(number)

    def order(self, key: OrderKey) -> Exchange[WholesaleOrder]:
        """As the whole source."""
        return self._source.order(key)

    def style(self, portal: str, style_id: str) -> Exchange[StyleDocument | None]:
        """As the whole source."""
        return self._source.style(portal, style_id)


def test_a_source_that_tells_neither_parcels_nor_stock() -> None:
    """An adapter without shipments and stock can be watched, and every stock is unknown."""
    stand, clock = living()
    clock.sleep(60 * 3600)
    with stand.bridge(source=Bare(stand.source())) as bridge:
        timeline = bridge.watch(LIVING_ORDER)
        stock = bridge.availability(LIVING_ORDER)
    assert timeline.parcels == ()
    assert {line.shipped for line in timeline.lines} == {None}
    assert {type(one.level) for promises in stock.values() for one in promises} == {Unknown}


# --- changed ----------------------------------------------------------------------------------------


def test_changed_orders() -> None:
    """An edit after the sync is found at one call an order, and then shown by status."""
    stand, clock = living()
    clock.sleep(7200)
    with stand.bridge() as bridge:
        synced(bridge)
        synced(bridge, DEMO_ORDER)
        asked(stand)
        assert bridge.changed() == ()
        assert asked(stand) == {"brand GET": 2}
        clock.sleep(2 * 3600)
        (changed,) = bridge.changed()
        assert (changed.number, changed.state) == (LIVING_ORDER, OrderState.CHANGED)
        assert changed.reasons == ("edited since it was applied; review it again",)
        states = {row.number: row.state for row in bridge.status()}
        assert states == {LIVING_ORDER: OrderState.CHANGED, DEMO_ORDER: OrderState.SYNCED}
        synced(bridge)
        assert {row.state for row in bridge.status()} == {OrderState.SYNCED}
        assert bridge.changed() == ()


def test_going_on_is_no_change() -> None:
    """Processed and shipped, with parcels, is what was hoped for, and no change of the order."""
    stand, clock = living()
    clock.sleep(4 * 3600)
    with stand.bridge() as bridge:
        synced(bridge)
        for _ in range(8):
            clock.sleep(24 * 3600)
            assert bridge.changed() == ()


@pytest.mark.parametrize(
    ("status", "words"),
    [("cancelled", "cancelled with the brand"), ("pending", "went back from approved to pending")],
    ids=["cancelled", "back"],
)
def test_status_is_a_sign_of_its_own(status: str, words: str) -> None:
    """A status that went back or was cancelled is found although the content is the same."""
    stand, _ = living()
    with stand.bridge() as bridge:
        synced(bridge, DEMO_ORDER)
        document(stand, DEMO_ORDER)["status"] = status
        (changed,) = bridge.changed()
    assert words in changed.reasons[0]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda orders, key: orders.pop(key), "no such order any more"),
        (lambda orders, key: orders[key].update(total="much"), "cannot be read any more"),
    ],
    ids=["gone", "unreadable"],
)
def test_an_order_that_cannot_be_looked_at(spoil: Any, words: str) -> None:
    """An order that is gone or unreadable is told of, and the others are looked at all the same."""
    stand, clock = living()
    clock.sleep(7200)
    with stand.bridge() as bridge:
        synced(bridge)
        synced(bridge, DEMO_ORDER)
        spoil(stand.nuorder.shelf(PORTAL).orders, document(stand, DEMO_ORDER)["_id"])
        (changed,) = bridge.changed()
    assert changed.number == DEMO_ORDER
    assert words in changed.reasons[0]


def test_orders_that_are_over_are_left_alone() -> None:
    """An order whose purchase order was received, as far as is known, costs no call."""
    stand, clock = living()
    clock.sleep(7200)
    with stand.bridge() as bridge:
        purchase = synced(bridge)
        stand.xseries.merchant.receive(purchase)
        bridge.review(DEMO_ORDER)
        asked(stand)
        assert bridge.changed() == ()
        assert asked(stand) == {}


def test_split_orders_are_siblings() -> None:
    """A split order is a changed one; its parts are shown as siblings, and each lives alone."""
    stand, clock = living(
        Scene(after=timedelta(hours=1), deed=SetStatus(order=LIVING_ORDER, status="approved")),
        Scene(after=timedelta(hours=3), deed=Split(order=LIVING_ORDER, styles=("FR-6010",))),
    )
    clock.sleep(7200)
    with stand.bridge() as bridge:
        synced(bridge)
        clock.sleep(7200)
        assert len(bridge.changed()) == 1
        rows = {row.order.number: row for row in bridge.orders()}
        first, second = (rows[f"{LIVING_ORDER}-{part}"] for part in (1, 2))
        assert (first.siblings, second.siblings) == ((second.order.key,), (first.order.key,))
        assert (first.state, second.state) == (OrderState.CHANGED, OrderState.NOT_SYNCED)
        assert rows[DEMO_ORDER].siblings == ()


def test_a_part_is_not_ordered_a_second_time() -> None:
    """Goods that moved to a part are shown, asked about, and ordered anew only when the whole let them go."""
    stand, clock = living(
        Scene(after=timedelta(hours=1), deed=SetStatus(order=LIVING_ORDER, status="approved")),
        Scene(after=timedelta(hours=3), deed=Split(order=LIVING_ORDER, styles=("FR-6010",))),
    )
    clock.sleep(7200)
    first, second = (f"{LIVING_ORDER}-{part}" for part in (1, 2))
    with stand.bridge() as bridge:
        synced(bridge)
        clock.sleep(7200)
        told = bridge.watch(first).notes
        assert told[0].startswith(
            f"it was order {LIVING_ORDER} when it was applied; the brand split it since"
        )
        assert "FR-6010 / Navy / S/M: 0 ordered, 12 on the purchase order" in told
        (question,) = bridge.plan(bridge.review(second)).questions
        assert "24 units of its lines stand on purchase order" in question.text
        review = bridge.review(first)
        rulings = {one.key: answer(REMOVE) for one in bridge.plan(review).questions}
        assert bridge.apply(bridge.plan(bridge.decide(review, rulings))).synced
        assert synced(bridge, second)
        assert len(bridge.watch(first).lines) == 3


def test_orders_of_some_days() -> None:
    """Listing by day gives the orders of those days, each with its state."""
    stand, _ = living()
    with stand.bridge() as bridge:
        rows = bridge.orders(OrderFilter(first=date(2026, 11, 13)))
        assert {row.order.number for row in rows} == {"240125", "240126", "240127"}
        everything = bridge.orders()
    assert {row.order.key for row in rows} < {row.order.key for row in everything}


# --- supplier stock -----------------------------------------------------------------------------------


def test_availability_of_an_order() -> None:
    """Each line has a promise; one style is asked for once."""
    stand, _ = living()
    with stand.bridge() as bridge:
        stock = bridge.availability(DEMO_ORDER)
    lines = document(stand, DEMO_ORDER)["line_items"]
    assert len(stock) == sum(len(line["sizes"]) for line in lines)
    assert all(stock.values())
    asked_for = [each.request.path for each in stand.nuorder.log if "/inventory/" in each.request.path]
    assert len(asked_for) == len(set(asked_for)) == len(lines)
    levels = {type(one.level) for promises in stock.values() for one in promises}
    assert levels >= {Stated, Unlimited}
    bases = {one.basis for promises in stock.values() for one in promises}
    assert bases >= {Basis.IMMEDIATE, Basis.PREBOOK}


def test_availability_of_lines() -> None:
    """Lines may be asked for one by one; a size that is not stocked is unknown."""
    stand, _ = living()
    stand.nuorder.add_stock(
        "6a5d00e00000000000000001",
        [{"warehouse": "east", "wip": [{"name": "immediate", "sizes": [{"size": "S", "quantity": 7}]}]}],
        PORTAL,
    )
    small = LineKey(portal=PORTAL, style_id="6a5d00e00000000000000001", color="", size=" s ")
    other = evolve(small, size="XXL")
    with stand.bridge() as bridge:
        stock = bridge.availability([small, other, small])
    assert [one.level for one in stock[small]] == [Stated(units=Decimal(7))]
    (unknown,) = stock[other]
    assert isinstance(unknown.level, Unknown)
    assert "no stock for this size" in unknown.level.why
