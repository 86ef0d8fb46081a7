"""A plan is taken back: what it made goes, what is the merchant's stays."""

from __future__ import annotations

import pytest
from tests.execution.shop import Shop

from po_bridge import Outcome, Synced, Undone
from po_bridge.errors import Misuse, UsedPlan
from po_bridge.planning.change import NewOrder
from po_bridge.sandbox.seed import DEMO_ORDER


@pytest.fixture
def shop() -> Shop:
    """A seeded shop."""
    return Shop()


def purchase_of(outcome: Outcome) -> str:
    """Id of the one purchase order of a synced plan."""
    (order,) = outcome.orders.values()
    assert isinstance(order, Synced)
    return order.purchase_orders[0]


def kept(outcome: Outcome) -> tuple[str, ...]:
    """What an undo left."""
    (order,) = outcome.orders.values()
    assert isinstance(order, Undone)
    return order.kept


def living(shop: Shop) -> tuple[int, int]:
    """How many products and purchase orders the POS has that are not deleted."""
    products, orders = shop.xseries.state.products.by_id, shop.xseries.state.consignments.by_id
    return tuple(sum(one.deleted_at is None for one in shelf.values()) for shelf in (products, orders))  # type: ignore[return-value]  # two numbers


def test_undo_with_products_leaves_the_store_as_it_was(shop: Shop) -> None:
    """Apply then compensate restores everything the plan made."""
    before = living(shop)
    plan = shop.plan()
    shop.bridge.apply(plan)
    assert living(shop) != before
    assert kept(shop.bridge.undo(plan.digest, delete_products=True)) == ()
    assert living(shop) == before


def test_undo_keeps_drafts_by_default_and_says_so(shop: Shop) -> None:
    """Codes of deleted products may stay taken, so drafts stay; the next plan matches them."""
    plan = shop.plan()
    shop.bridge.apply(plan)
    left = kept(shop.bridge.undo(plan.digest))
    assert any("drafts stay" in words for words in left)
    again = shop.plan()
    assert [type(change) for change in again.changes] == [NewOrder]


def test_an_order_that_was_sent_stays_unless_a_person_says_cancel(shop: Shop) -> None:
    """What the merchant sent to the brand is not deleted."""
    plan = shop.plan()
    purchase = purchase_of(shop.bridge.apply(plan))
    shop.xseries.merchant.send(purchase)
    assert any("cancel=True" in words for words in kept(shop.bridge.undo(plan.digest)))
    assert shop.xseries.state.consignments.by_id[purchase].status == "SENT"
    shop.bridge.undo(plan.digest, cancel=True)
    assert shop.xseries.state.consignments.by_id[purchase].status == "CANCELLED"


def test_an_order_the_merchant_changed_is_not_deleted(shop: Shop) -> None:
    """A line the merchant edited makes the order theirs."""
    plan = shop.plan()
    purchase = purchase_of(shop.bridge.apply(plan))
    line = shop.bridge.plan(shop.review()).goals[0].lines[0].product
    shop.xseries.merchant.edit_line(purchase, str(line), count=99)
    left = kept(shop.bridge.undo(plan.digest))
    assert any("changed since" in words for words in left)


def test_a_plan_that_a_later_one_replaced_is_not_undone(shop: Shop) -> None:
    """Only the latest plan of an order can be taken back."""
    first = shop.plan()
    shop.bridge.apply(first)
    shop.bridge.undo(first.digest)
    second = shop.plan()
    shop.bridge.apply(second)
    with pytest.raises((UsedPlan, Misuse)):
        shop.bridge.undo(first.digest)


def test_an_unknown_plan_is_misuse(shop: Shop) -> None:
    """A digest that names no plan is refused by name."""
    with pytest.raises(Misuse):
        shop.bridge.undo("feed")


def test_undo_is_journalled_and_shown(shop: Shop) -> None:
    """The status of an order that was taken back says so."""
    plan = shop.plan()
    shop.bridge.apply(plan)
    shop.bridge.undo(plan.digest)
    (row,) = shop.bridge.status()
    assert row.state.value == "undone"
    assert row.number == DEMO_ORDER


def test_a_plan_that_another_followed_says_so(shop: Shop) -> None:
    """The sync of an order whose drafts were published since is refused by name, not as unknown."""
    first = shop.sync()
    second = shop.bridge.publish(DEMO_ORDER)
    with pytest.raises(UsedPlan, match=f"came after it .{second.plan[:12]}"):
        shop.bridge.undo(first.plan)
    with pytest.raises(Misuse, match="0 plans begin with"):
        shop.bridge.undo("f" * 64)
