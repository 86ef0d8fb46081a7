"""Publishing: the drafts an order made become products that are sold, once, and nothing else moves."""

from __future__ import annotations

import pytest
from tests.execution.shop import Shop

from po_bridge import Outcome
from po_bridge.errors import Misuse
from po_bridge.execution.event import Event, StepMarked
from po_bridge.execution.status import OrderState
from po_bridge.planning.mark import Mark
from po_bridge.planning.outcome import Differs, Held, Synced
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.seed import DEMO_ORDER


def drafts(shop: Shop) -> set[str]:
    """Ids of live products that are not sold."""
    return {one.id for one in shop.xseries.state.products.all_live() if not one.is_active}


def synced() -> tuple[Shop, set[str], Outcome]:
    """A shop whose order was applied, and the drafts that came of it."""
    shop = Shop()
    retired = drafts(shop)
    outcome = shop.sync()
    assert outcome.synced
    return shop, drafts(shop) - retired, outcome


def test_drafts_are_activated_with_one_call_each() -> None:
    """Every draft the order made is sold afterwards: one PUT a product, one look at the product cursor."""
    shop, made, _ = synced()
    others = drafts(shop) - made
    assert made
    shop.asked()
    outcome = shop.bridge.publish(DEMO_ORDER)
    asked = shop.asked()
    assert outcome.synced
    assert asked["PUT"] == len(made)
    assert set(asked) == {"PUT", "GET"}
    assert drafts(shop) == others
    assert outcome.summary.products_updated == len(made)
    assert not any((outcome.summary.items, outcome.summary.lines, outcome.summary.drafts_created))


def test_second_publishing_writes_nothing() -> None:
    """What is published stays so, and a plan with nothing in it is not opened."""
    shop, made, _ = synced()
    shop.bridge.publish(DEMO_ORDER)
    shop.asked()
    outcome = shop.bridge.publish(DEMO_ORDER)
    assert set(shop.asked()) == {"GET"}
    (what,) = outcome.orders.values()
    assert isinstance(what, Synced)
    assert what.notes == ("no draft is left to publish",)
    assert made


def test_book_remembers_the_order_as_before() -> None:
    """Publishing changes nothing of the order: the next review plans nothing, and the status stays."""
    shop, _, _ = synced()
    (before,) = shop.journal.applied()
    shop.bridge.publish(DEMO_ORDER)
    (after,) = shop.journal.applied()
    assert (after.lines, after.purchase_orders, after.content, after.status) == (
        before.lines,
        before.purchase_orders,
        before.content,
        before.status,
    )
    assert shop.plan().empty
    assert [row.state for row in shop.bridge.status()] == [OrderState.SYNCED]


def test_deleted_and_activated_drafts_are_left_alone() -> None:
    """The merchant's own edits win: a deleted draft stays deleted, an activated one costs no call."""
    shop, made, _ = synced()
    gone, sold, *rest = sorted(made)
    shop.xseries.merchant.delete_product(gone)
    shop.xseries.merchant.edit_product(sold, is_active=True)
    shop.asked()
    assert shop.bridge.publish(DEMO_ORDER).synced
    assert shop.asked()["PUT"] == len(rest)
    assert not shop.xseries.state.products.by_id[gone].alive


def test_retired_products_that_matched_stay_retired() -> None:
    """A product that the merchant took out of sale is ordered again, and stays out of sale."""
    shop = Shop()
    matched = shop.review().matched[0].product
    assert matched is not None
    shop.xseries.merchant.edit_product(matched.id, is_active=False)
    shop.sync()
    shop.bridge.publish(DEMO_ORDER)
    assert matched.id in drafts(shop)


@pytest.mark.parametrize(
    "kind", [FaultKind.LOSE, FaultKind.RESET, FaultKind.BUSY], ids=lambda kind: kind.value
)
def test_fault_in_the_middle_doubles_nothing(kind: FaultKind) -> None:
    """A call whose answer is lost is asked about, one that was not made is made again."""
    shop, made, _ = synced()
    shop.xseries.inject(Fault(kind=kind, method="PUT", path="*/products/*", call=2, seconds=5))
    assert shop.bridge.publish(DEMO_ORDER).synced
    assert not made & drafts(shop)


def test_refused_publishing_is_resumed() -> None:
    """What a store refuses is held; the rest is published, and a resume ends it."""
    shop, made, _ = synced()
    shop.xseries.inject(Fault(kind=FaultKind.REFUSE, method="PUT", path="*/products/*", call=1, status=403))
    outcome = shop.bridge.publish(DEMO_ORDER)
    (what,) = outcome.orders.values()
    assert isinstance(what, Held)
    assert len(made & drafts(shop)) == 1
    with pytest.raises(Misuse, match="resume or undo it first"):
        shop.bridge.publish(DEMO_ORDER)
    assert shop.bridge.resume(outcome.plan).synced
    assert not made & drafts(shop)


def test_undo_makes_them_drafts_again() -> None:
    """Publishing is taken back as any plan, and the order stays as it is."""
    shop, made, _ = synced()
    outcome = shop.bridge.publish(DEMO_ORDER)
    shop.bridge.undo(outcome.plan)
    assert made <= drafts(shop)
    assert shop.xseries.state.consignments.all_live()


def test_differing_order_goes_on_to_differ() -> None:
    """Publishing the drafts of an order that reads back otherwise does not call it synced."""
    shop = Shop()

    def meddle(event: Event) -> None:
        """A person changes a line between its writing and its reading back."""
        if isinstance(event, StepMarked) and event.mark is Mark.DONE and "line" in event.title:
            (order,) = shop.xseries.state.consignments.all_live()[-1:]
            line = shop.xseries.state.lines[order.id].all_live()[0]
            shop.xseries.merchant.edit_line(order.id, line.id, count=99)

    shop.another(on_event=meddle).apply(shop.plan())
    assert [one.status for one in shop.journal.applied()] == ["differs"]
    (what,) = shop.bridge.publish(DEMO_ORDER).orders.values()
    assert isinstance(what, Differs)
    assert [one.status for one in shop.journal.applied()] == ["differs"]


def test_order_that_was_never_applied_has_no_drafts() -> None:
    """An order without a plan is a misuse, told with its state."""
    shop = Shop()
    with pytest.raises(Misuse, match="not synced"):
        shop.bridge.publish(DEMO_ORDER)


def test_order_that_was_taken_back_has_no_drafts() -> None:
    """After an undo there is nothing of the order to publish."""
    shop, _, outcome = synced()
    shop.bridge.undo(outcome.plan)
    with pytest.raises(Misuse, match="undone"):
        shop.bridge.publish(DEMO_ORDER)
