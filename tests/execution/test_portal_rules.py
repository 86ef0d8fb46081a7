"""Rules of a brand portal in the setup, seen in a plan: packs, prices, pictures, free goods."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve
from tests.stand import Stand, seeded

from po_bridge import PackRule, Plan, PortalRules, answer
from po_bridge.models.setup import PriceReading
from po_bridge.planning.change import NewFamily, NewOrder
from po_bridge.planning.question import Question
from po_bridge.sandbox.seed import DEMO_ORDER, PORTALS

PORTAL = PORTALS[0].name
PACKED = "240126"
"""Four boxes of six, a sample at zero, and nine of something plain."""
DISCOUNTED = "240125"
"""Ten per cent off the order, with freight in its total."""


def ruled(**rules: Any) -> Stand:
    """The seeded emulators with rules for the first portal."""
    stand = seeded()
    return evolve(stand, setup=evolve(stand.setup, portals={PORTAL: PortalRules(**rules)}))


def key_of(stand: Stand, number: str) -> str:
    """The key of an order of the first portal; its number may be borne in the other one too."""
    orders = stand.nuorder.shelf(PORTAL).orders.values()
    id = next(order["_id"] for order in orders if order["order_number"] == number)
    return f"{PORTAL}/{id}"


def planned(stand: Stand, number: str) -> Plan:
    """A plan of an order as it stands."""
    with stand.bridge() as bridge:
        return bridge.plan(bridge.review(key_of(stand, number)))


def lines(plan: Plan) -> dict[str, tuple[str, str]]:
    """Count and cost of the new purchase order's lines, by the last word of their name."""
    (order,) = (change for change in plan.changes if isinstance(change, NewOrder))
    return {line.name.split(" / ")[-1]: (f"{line.count:f}", f"{line.cost:.2f}") for line in order.lines}


def question(plan: Plan, beginning: str) -> Question:
    """The one question whose key begins so."""
    (found,) = (one for one in plan.questions if one.key.startswith(beginning))
    return found


@pytest.mark.parametrize(
    ("rule", "expected"),
    [(PackRule.PACKS, ("24", "4.00")), (PackRule.MULTIPLE, ("4", "24.00"))],
    ids=lambda value: value.name if isinstance(value, PackRule) else "",
)
def test_packs(rule: PackRule, expected: tuple[str, str]) -> None:
    """By rule four boxes of six at 24.00 are 24 at a sixth of the price, or four at their own."""
    plan = planned(ruled(packs=rule, zero_price=True), PACKED)
    assert lines(plan)["Box of 6"] == expected
    assert [one.key for one in plan.questions if one.key.startswith("packs:")] == []


def test_packs_without_a_rule_are_asked_once_for_the_portal() -> None:
    """Without a rule the order waits; the answer holds for the portal's later orders."""
    stand = seeded()
    with stand.bridge() as bridge:
        review = bridge.review(PACKED)
        open_one = question(bridge.plan(review), "packs:")
        assert open_one in bridge.plan(review).blocking
        bridge.decide(review, {open_one.key: answer(PackRule.PACKS.value)})
        again = bridge.plan(bridge.review(PACKED))
    assert lines(again)["Box of 6"][0] == "24"
    assert [one.key for one in again.questions if one.key.startswith("packs:")] == []


def test_free_goods() -> None:
    """A price of zero is a question, unless the portal's rules say that it is meant."""
    assert question(planned(seeded(), PACKED), "zero price:").answers == ("free",)
    kept = planned(ruled(zero_price=True), PACKED)
    assert [one.key for one in kept.questions if one.key.startswith("zero price:")] == []


def test_discounted_order_is_decided_by_its_total() -> None:
    """The order's total less its freight says that the order discount is not in the prices; it is named."""
    stand = seeded()
    plan = planned(stand, DISCOUNTED)
    basis = {one.where: one.value for one in plan.basis}
    assert basis[f"order {plan.goals[0].order} prices"] == PriceReading.LESS_ORDER.value
    assert [one.key for one in plan.questions if one.key.startswith("money:")] == []
    assert {(loss.what, loss.value) for loss in plan.losses} == {("freight", "18")}


def test_price_rule_where_no_total_is_stated() -> None:
    """Without a total the portal's rule decides; without a rule the order waits."""
    asked = seeded()
    wanted = ruled(prices=PriceReading.LESS_ORDER)
    for stand in (asked, wanted):
        number = key_of(stand, DISCOUNTED).rpartition("/")[2]
        del stand.nuorder.shelf(PORTAL).orders[number]["total"]
    open_one = question(planned(asked, DISCOUNTED), "money:")
    assert "states no total" in open_one.text
    plan = planned(wanted, DISCOUNTED)
    assert [one.key for one in plan.questions if one.key.startswith("money:")] == []
    assert f"order {plan.goals[0].order} prices" in {one.where for one in plan.basis}


@pytest.mark.parametrize(
    ("host", "pictures"),
    [("nuorder.test", 2), ("elsewhere.example", 0), ("", 2)],
    ids=["its own", "other", "any"],
)
def test_image_host(host: str, pictures: int) -> None:
    """Only pictures on the portal's image host are taken; the others are named as left out."""
    plan = planned(ruled(image_host=host), DEMO_ORDER)
    found = sum(len(change.images) for change in plan.changes if isinstance(change, NewFamily))
    assert found == pictures
    left_out = [loss.what for loss in plan.losses if loss.what.startswith("pictures of")]
    assert bool(left_out) is (pictures == 0)
