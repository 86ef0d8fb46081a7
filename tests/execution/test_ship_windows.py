"""One purchase order per ship window, over both emulators: made, followed, received, and made once whatever fails."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from attrs import evolve
from tests.stand import Stand, seeded

from po_bridge import Bridge, MemoryJournal, Outcome, Plan, Synced, open_journal
from po_bridge.models.keys import OrderKey
from po_bridge.models.setup import WindowRule
from po_bridge.planning.book import Applied
from po_bridge.planning.change import NewOrder, OrderRevision
from po_bridge.ports.journal import Journal
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.nuorder import Edit, Item
from po_bridge.sandbox.nuorder.life import perform
from po_bridge.sandbox.nuorder.stage import Stage
from po_bridge.sandbox.seed import PORTALS

NUMBER = "240127"
"""Two windows: 8 units of two sizes by 28 February; 2 of the same style and 4 skirts by 30 April."""
PORTAL = PORTALS[0].name


def stand(rule: WindowRule = WindowRule.EACH) -> Stand:
    """The seeded emulators, with a rule for windows."""
    made = seeded()
    return evolve(made, setup=evolve(made.setup, windows=rule))


def document(at: Stand) -> dict[str, Any]:
    """The order's document with the brand."""
    orders = at.nuorder.shelf(PORTAL).orders.values()
    return next(order for order in orders if order["order_number"] == NUMBER)


def edit(at: Stand, style: str, color: str, size: str, units: int) -> None:
    """The rep sets a quantity."""
    place = Stage(
        state=at.nuorder.state,
        shelf=at.nuorder.shelf(PORTAL),
        switches=at.nuorder.switches,
        now=datetime(2027, 1, 5, tzinfo=UTC),
    )
    perform(Edit(order=NUMBER, item=Item(style_number=style, color=color, size=size, units=units)), place)


def planned(bridge: Bridge) -> Plan:
    """A plan of the order as it is now."""
    return bridge.plan(bridge.review(NUMBER))


def synced(bridge: Bridge) -> tuple[str, ...]:
    """Take the order over; gives the ids of its purchase orders."""
    return ids(bridge.apply(planned(bridge)))


def ids(outcome: Outcome) -> tuple[str, ...]:
    """The purchase orders of a good outcome."""
    (one,) = outcome.orders.values()
    assert isinstance(one, Synced), outcome
    return one.purchase_orders


def applied(journal: Journal) -> Applied:
    """What the book remembers."""
    (one,) = journal.applied()
    return one


def counts(at: Stand, purchases: Iterable[str]) -> list[list[int]]:
    """Counts of the lines of purchase orders, sorted."""
    held = {order["id"]: order["lines"] for order in at.orders}
    return [sorted(int(count) for count in held[one].values()) for one in purchases]


def due(at: Stand, purchases: Iterable[str]) -> list[str]:
    """Delivery days of purchase orders, as the store has them."""
    orders = at.xseries.state.consignments.by_id
    return [str(orders[one].due_at)[:10] for one in purchases]


# --- made ---------------------------------------------------------------------------------------------


def test_one_purchase_order_per_window() -> None:
    """Each window has a purchase order with its own date and lines; both bear the order's number."""
    at = stand()
    with at.bridge() as bridge:
        made = synced(bridge)
        assert planned(bridge).empty
    assert counts(at, made) == [[4, 4], [2, 2, 2]]
    assert due(at, made) == ["2027-02-28", "2027-04-30"]
    assert {order["number"] for order in at.orders if order["id"] in made} == {NUMBER}


def test_one_purchase_order_with_the_last_date() -> None:
    """By default one purchase order holds everything, has the last date, and the other is named as lost."""
    at = stand(WindowRule.LAST)
    with at.bridge() as bridge:
        plan = planned(bridge)
        (made,) = ids(bridge.apply(plan))
    assert counts(at, [made]) == [[2, 2, 4, 6]]
    assert due(at, [made]) == ["2027-04-30"]
    assert [(loss.what, loss.value) for loss in plan.losses] == [("ship windows", "2027-02-28")]


def test_one_goal_one_outcome() -> None:
    """The wholesale order is one goal and one outcome, whatever it becomes; its new products are made once."""
    at = stand()
    with at.bridge() as bridge:
        plan = planned(bridge)
        outcome = bridge.apply(plan)
    assert len(plan.goals) == len(outcome.orders) == 1
    assert len([change for change in plan.changes if isinstance(change, NewOrder)]) == 2
    assert (outcome.summary.items, outcome.summary.drafts_created) == (Decimal(14), 4)
    assert len(outcome.summary.purchase_orders) == 2
    assert len(outcome.summary.wholesale_orders) == 1


def test_the_book_knows_which_line_is_where() -> None:
    """Every applied line names its purchase order and date, also after the journal was read from a file."""
    at, journal = stand(), MemoryJournal()
    with at.bridge(journal) as bridge:
        first, second = synced(bridge)
    lines = {(line.line.size, line.purchase_order, str(line.due_on)) for line in applied(journal).lines}
    assert lines == {
        ("M", first, "2027-02-28"),
        ("L", first, "2027-02-28"),
        ("M", second, "2027-04-30"),
        ("4", second, "2027-04-30"),
        ("6", second, "2027-04-30"),
    }


def test_over_a_file(tmp_path: Any) -> None:
    """A journal in a file keeps the same, so that another process follows each window."""
    at, journal = stand(), open_journal(tmp_path / "bridge.db")
    with at.bridge(journal) as bridge:
        synced(bridge)
    edit(at, "FR-3003", "Navy", "4", 5)
    with at.bridge(journal) as bridge:
        assert counts(at, synced(bridge)) == [[4, 4], [2, 2, 5]]
    journal.close()


# --- followed ----------------------------------------------------------------------------------------------


def test_an_edit_is_followed_on_its_own_purchase_order() -> None:
    """A changed quantity of one window changes its purchase order and no other."""
    at = stand()
    with at.bridge() as bridge:
        made = synced(bridge)
        edit(at, "FR-2003", "Ecru", "L", 9)
        plan = planned(bridge)
        (change,) = plan.changes
        assert isinstance(change, OrderRevision)
        assert change.order.id == made[0]
        assert synced(bridge) == made
    assert counts(at, made) == [[4, 9], [2, 2, 2]]


def test_a_style_in_both_windows_is_counted_apart() -> None:
    """The same style and size stands on both purchase orders, and each count is followed by itself."""
    at = stand()
    with at.bridge() as bridge:
        made = synced(bridge)
        document(at)["line_items"][1]["sizes"][0]["quantity"] = 7
        document(at).update(total=document(at)["total"] + 5 * 52, total_quantity=19)
        assert synced(bridge) == made
    assert counts(at, made) == [[4, 4], [2, 2, 7]]


def test_a_further_window_gets_a_further_purchase_order() -> None:
    """A window that was added is a new purchase order; the others stay as they are."""
    at = stand()
    with at.bridge() as bridge:
        made = synced(bridge)
        order = document(at)
        third = deepcopy(order["line_items"][0])
        third.update(id="further", ship_end="2027-06-30T00:00:00.000Z")
        order["line_items"].append(third)
        order.update(total=order["total"] + 8 * 52, total_quantity=22)
        after = synced(bridge)
        assert planned(bridge).empty
    assert after[:2] == made
    assert counts(at, after) == [[4, 4], [2, 2, 2], [4, 4]]
    assert due(at, after)[2] == "2027-06-30"


def test_a_moved_window_is_told() -> None:
    """A date that moved keeps its purchase order, and the plan says that the POS keeps the old date."""
    at = stand()
    with at.bridge() as bridge:
        made = synced(bridge)
        for line in document(at)["line_items"]:
            if line["ship_end"].startswith("2027-02"):
                line["ship_end"] = "2027-03-15T00:00:00.000Z"
        plan = planned(bridge)
        assert plan.empty
        assert [(loss.what, loss.value) for loss in plan.losses] == [
            ("delivery date moved from 2027-02-28", "2027-03-15")
        ]
        bridge.apply(plan)
        again = planned(bridge)
    assert (again.empty, again.losses) == (True, ())
    assert counts(at, made) == [[4, 4], [2, 2, 2]]


@pytest.mark.parametrize(
    "rule", [(WindowRule.EACH, WindowRule.LAST), (WindowRule.LAST, WindowRule.EACH)], ids=str
)
def test_another_rule_later_changes_nothing(rule: tuple[WindowRule, WindowRule]) -> None:
    """An order keeps the shape it was first applied in: nothing is ordered twice when the choice changes."""
    at, journal = stand(rule[0]), MemoryJournal()
    with at.bridge(journal) as bridge:
        synced(bridge)
    before = at.orders
    with evolve(at, setup=evolve(at.setup, windows=rule[1])).bridge(journal) as bridge:
        assert planned(bridge).empty
    assert at.orders == before


def test_received_in_one_window() -> None:
    """What one purchase order received is the floor of its own lines, and the timeline counts both."""
    at = stand()
    with at.bridge() as bridge:
        first, second = synced(bridge)
        at.xseries.merchant.receive(first)
        timeline = bridge.watch(NUMBER)
        by_size = {line.key.size: (line.on_order, line.received) for line in timeline.lines}
        assert by_size["M"] == (Decimal(6), Decimal(4))
        assert by_size["4"] == (Decimal(2), None)
        edit(at, "FR-3003", "Navy", "6", 3)
        synced(bridge)
    assert counts(at, [second]) == [[2, 2, 3]]


# --- made once ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", [FaultKind.LOSE, FaultKind.RESET, FaultKind.BROKEN], ids=lambda each: each.name
)
@pytest.mark.parametrize("call", [1, 2], ids=["first", "second"])
@pytest.mark.parametrize("path", ["*/consignments", "*/bulk"], ids=["order", "lines"])
def test_each_is_made_once(kind: FaultKind, call: int, path: str) -> None:
    """A lost answer for either purchase order, or for its lines, makes nothing twice and mixes nothing up."""
    at = stand()
    at.xseries.inject(Fault(kind=kind, method="POST", path=path, call=call, handled=True))
    with at.bridge() as bridge:
        plan = planned(bridge)
        outcome = bridge.apply(plan)
        for _ in range(3):
            if not outcome.synced:
                outcome = bridge.resume(plan.digest)
        made = ids(outcome)
    assert len([order for order in at.orders if order["number"] == NUMBER]) == 2
    assert counts(at, made) == [[4, 4], [2, 2, 2]]
    assert due(at, made) == ["2027-02-28", "2027-04-30"]


def test_the_first_is_made_before_the_second() -> None:
    """They are made one after the other, so that a probe for one never meets the other unknown."""
    at = stand()
    with at.bridge() as bridge:
        plan = planned(bridge)
    creates = [step for step in plan.steps if type(step.write).__name__ == "CreateOrder"]
    assert creates[0].key in creates[1].needs
    assert {step.orders for step in creates} == {(OrderKey(portal=PORTAL, order_id=document(at)["_id"]),)}
