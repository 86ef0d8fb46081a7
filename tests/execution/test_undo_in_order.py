"""Plans of one order are taken back one after the other, the last first; the book stands as before each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.execution.shop import Shop
from tests.execution.test_revision import edit, lines, product, purchase, typed_as
from tests.execution.test_undo import kept, living

from po_bridge import MemoryJournal, Plan, Synced, answer, open_journal
from po_bridge.errors import UsedPlan
from po_bridge.execution.status import OrderState
from po_bridge.journal import SqliteJournal
from po_bridge.planning.change import OrderRevision
from po_bridge.sandbox.seed import DEMO_ORDER

AnyJournal = MemoryJournal | SqliteJournal


@pytest.fixture(params=["memory", "file"])
def journal(request: pytest.FixtureRequest, tmp_path: Path) -> AnyJournal:
    """An empty journal of either kind."""
    return MemoryJournal() if request.param == "memory" else open_journal(tmp_path / "bridge.db")


def first_of(shop: Shop) -> Plan:
    """Apply the order for the first time."""
    plan = shop.plan()
    assert shop.bridge.apply(plan).synced
    return plan


def revised(shop: Shop) -> str:
    """The brand sets a quantity and adds a colour; both are applied. Gives the plan's digest."""
    edit(shop, "S", 50)
    edit(shop, "S", 3, color="Rust")
    plan = shop.plan()
    assert shop.bridge.apply(plan).synced
    return plan.digest


def published(shop: Shop) -> str:
    """The drafts of the order are put on sale; gives the plan's digest."""
    return shop.bridge.publish(DEMO_ORDER).plan


@pytest.mark.parametrize("later", [revised, published], ids=["revised", "published"])
def test_the_store_is_as_it_was_before_the_first(journal: AnyJournal, later: Callable[[Shop], str]) -> None:
    """The later plan is taken back first, then the earlier one, which goes with everything that it made."""
    shop = Shop(journal=journal)
    before = living(shop)
    first = first_of(shop)
    between = lines(shop, purchase(shop))
    second = later(shop)
    with pytest.raises(UsedPlan):
        shop.bridge.undo(first.digest)
    assert not any("order" in words for words in kept(shop.bridge.undo(second, delete_products=True)))
    assert lines(shop, purchase(shop)) == between
    (row,) = shop.bridge.status()
    assert (row.state in {OrderState.SYNCED, OrderState.CHANGED}, row.plan) == (True, first.digest)
    assert kept(shop.bridge.undo(first.digest[:12], delete_products=True)) == ()
    assert living(shop) == before
    (row,) = shop.bridge.status()
    assert (row.state, row.purchase_orders) == (OrderState.UNDONE, ())


def test_three_plans_in_order(journal: AnyJournal) -> None:
    """A plan in the middle waits for the last one, and the first for both."""
    shop = Shop(journal=journal)
    first, second, third = first_of(shop).digest, revised(shop), published(shop)
    for too_early in (first, second):
        with pytest.raises(UsedPlan, match=f"came after it .{third[:12]}"):
            shop.bridge.undo(too_early)
    shop.bridge.undo(third)
    with pytest.raises(UsedPlan, match=f"came after it .{second[:12]}"):
        shop.bridge.undo(first)
    shop.bridge.undo(second)
    shop.bridge.undo(first)
    assert not [one for one in shop.xseries.state.consignments.all_live() if one.reference == DEMO_ORDER]


def test_a_revision_that_was_taken_back_is_planned_again(journal: AnyJournal) -> None:
    """What the brand changed is still to be done: no line counts as edited by the merchant."""
    shop = Shop(journal=journal)
    first_of(shop)
    shop.bridge.undo(revised(shop))
    again = shop.plan()
    (change,) = again.changes
    assert isinstance(change, OrderRevision)
    assert (len(change.added), len(change.changed), again.questions) == (1, 1, ())
    (outcome,) = shop.bridge.apply(again).orders.values()
    assert isinstance(outcome, Synced)
    assert shop.plan().empty


def test_a_revision_that_stays_in_part_is_in_the_way(journal: AnyJournal) -> None:
    """A line that the merchant changed since keeps the revision standing, and with it the plan before."""
    shop = Shop(journal=journal)
    first, second = first_of(shop).digest, revised(shop)
    shop.xseries.merchant.edit_line(purchase(shop), product(shop, "S"), count=7)
    assert any("the merchant changed" in words for words in kept(shop.bridge.undo(second)))
    with pytest.raises(UsedPlan, match=f"came after it .{second[:12]}"):
        shop.bridge.undo(first)


def test_what_was_kept_goes_later_by_the_whole_digest(journal: AnyJournal) -> None:
    """Drafts of a revision that was taken back are deleted by another undo of it, and the order stands as before."""
    shop = Shop(journal=journal)
    first, second = first_of(shop).digest, revised(shop)
    products = living(shop)[0]
    assert any("drafts stay" in words for words in kept(shop.bridge.undo(second)))
    shop.bridge.undo(second, delete_products=True)
    assert living(shop)[0] == products - 1
    (row,) = shop.bridge.status()
    assert row.plan == first


def test_a_copied_journal_knows_it_too(journal: AnyJournal, tmp_path: Path) -> None:
    """A journal in which the last plan was taken back is sound, and its copy of the other kind goes on from there."""
    shop = Shop(journal=journal)
    first, second = first_of(shop).digest, revised(shop)
    shop.bridge.undo(second)
    assert journal.upkeep.check() == ()
    copy = open_journal(tmp_path / "copy.db") if isinstance(journal, MemoryJournal) else MemoryJournal()
    copy.upkeep.load(journal.upkeep.export())
    shop.journal = copy
    bridge = shop.another()
    assert bridge.undo(second).orders
    assert [row.plan for row in bridge.status()] == [first]
    bridge.undo(first)
    assert copy.upkeep.check() == ()


def test_an_adoption_that_was_taken_back_is_asked_about_again() -> None:
    """The order that a person typed stays as it was, and nobody has said any more that it is this one."""
    shop, order = typed_as(DEMO_ORDER)
    before = lines(shop, order)
    review = shop.review()
    (question,) = shop.bridge.plan(review).blocking
    plan = shop.bridge.plan(shop.bridge.decide(review, {question.key: answer(question.answers[0])}))
    assert shop.bridge.apply(plan).synced
    assert lines(shop, order) != before
    shop.bridge.undo(plan.digest)
    assert lines(shop, order) == before
    (row,) = shop.bridge.status()
    assert (row.state, row.purchase_orders) == (OrderState.UNDONE, ())
    assert shop.bridge.revoke(question.key)
    assert [one.key for one in shop.plan().blocking] == [question.key]
