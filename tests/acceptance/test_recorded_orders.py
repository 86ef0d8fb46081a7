"""Each recorded order alone, over real HTTP, from the pull to an empty store that holds it."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.acceptance.recorded import FIXTURES, SAMPLES, Recorded, orders_in
from tests.stand import Stand, empty, served

from po_bridge import Bridge, Plan, Synced, answer
from po_bridge.errors import OpenQuestions
from po_bridge.execution.clock import SystemClock
from po_bridge.planning.question import Stops

RECORDED = orders_in(SAMPLES)
OURS = orders_in(FIXTURES)
ABSENT = pytest.mark.skipif(not RECORDED, reason="the recorded orders do not stand beside the project")


def alone(order: Recorded, folder: Path) -> Stand:
    """Serve one order beside an empty store of its currency."""
    stand = empty(SystemClock(), order.currency)
    assert stand.nuorder.load_orders(order.save(folder / "orders"))
    return stand


def check_missing_styles(order: Recorded, plan: Plan) -> None:
    """Each style document that is missing is a question that stops nothing."""
    asked = {
        question.key: question for question in plan.questions if question.key.startswith("style missing:")
    }
    assert {key.rpartition("/")[2] for key in asked} == order.styles
    assert {question.stops for question in asked.values()} == {Stops.NOTHING}


def check_carried_over(order: Recorded, stand: Stand, bridge: Bridge, plan: Plan) -> None:
    """The order is in the store once, with its number and all its units."""
    outcome = bridge.apply(plan)
    assert [type(one) for one in outcome.orders.values()] == [Synced], outcome.orders
    (purchase,) = stand.orders
    assert purchase["number"] == order.number
    assert sum(purchase["lines"].values()) == order.units == outcome.summary.items


def check_cancelled(order: Recorded, stand: Stand, bridge: Bridge, plan: Plan) -> None:
    """An order that the brand cancelled is asked about, and nothing is written."""
    assert [question.key.partition(":")[0] for question in plan.blocking] == ["cancelled"]
    with pytest.raises(OpenQuestions) as refused:
        bridge.apply(plan)
    assert order.number in str(refused.value)
    assert stand.writes == ()


def planned(order: Recorded, bridge: Bridge) -> Plan:
    """Pull an order and plan it, with the first answer to each question that offers some but a cancellation."""
    review = bridge.review(order.number, any_status=True)
    answers = {
        question.key: answer(question.answers[0])
        for question in bridge.plan(review).blocking
        if not question.key.startswith("cancelled:")
    }
    return bridge.plan(bridge.decide(review, answers) if answers else review)


def pulled_and_applied(order: Recorded, folder: Path) -> None:
    """Pull an order, plan it, apply it."""
    with served(alone(order, folder)) as stand, stand.wire_bridge() as bridge:
        plan = planned(order, bridge)
        assert stand.writes == ()
        check_missing_styles(order, plan)
        (check_cancelled if order.cancelled else check_carried_over)(order, stand, bridge, plan)


@ABSENT
def test_there_are_fifteen_recorded_orders() -> None:
    """Fifteen orders in ten files, two of them cancelled."""
    assert len(RECORDED) == 15
    assert sum(order.cancelled for order in RECORDED) == 2


@ABSENT
@pytest.mark.parametrize("order", RECORDED, ids=lambda order: order.name)
def test_each_recorded_order_is_carried_over_or_asked_about(order: Recorded, tmp_path: Path) -> None:
    """Thirteen recorded orders reach the store whole; the two cancelled ones are asked about."""
    pulled_and_applied(order, tmp_path)


@pytest.mark.parametrize("order", OURS, ids=lambda order: order.name)
def test_each_of_our_own_orders_is_carried_over_or_asked_about(order: Recorded, tmp_path: Path) -> None:
    """Orders in all three generations of payload reach the store, or say what stops them."""
    pulled_and_applied(order, tmp_path)


def test_the_summary_counts_what_was_carried_over(tmp_path: Path) -> None:
    """The summary of an order of all new products counts its units and the drafts that were made."""
    order = next(order for order in OURS if order.name == "order_2023-150000493")
    with served(alone(order, tmp_path)) as stand, stand.wire_bridge() as bridge:
        outcome = bridge.apply(bridge.plan(bridge.review(order.number)))
        drafts = [product for product in stand.xseries.state.products.all_live() if not product.is_active]
    assert outcome.summary.items == Decimal(order.units)
    assert outcome.summary.drafts_created == len(drafts) > 0
