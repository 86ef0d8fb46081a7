"""What is foreseen saves planning twice, and changes nothing else."""

from __future__ import annotations

import pytest
from attrs import evolve
from tests.stand import Stand, linked, seeded

from po_bridge.models.setup import SkuRule
from po_bridge.planning.foresight import foreseen
from po_bridge.planning.lookups import Lookups
from po_bridge.planning.planner import lookups
from po_bridge.sandbox.seed import DEMO_ORDER, SECOND_BRAND
from po_bridge.sandbox.xseries import Goods

SECOND = f"{SECOND_BRAND}/6a5d00000000000000000119"


@pytest.fixture
def stand() -> Stand:
    """The seeded shop."""
    return seeded()


@pytest.mark.parametrize("number", [DEMO_ORDER, SECOND])
def test_a_plan_asks_nothing_that_was_not_foreseen(stand: Stand, number: str) -> None:
    """Ordinary orders are planned once to know what to read, not twice."""
    review = stand.bridge().review(number)
    assert lookups(review, stand.setup) <= foreseen(review, stand.setup)


def test_where_nothing_is_new_nothing_is_read_for_it(stand: Stand) -> None:
    """An order that was applied and not changed since foresees nothing at all."""
    bridge = stand.bridge()
    bridge.apply(bridge.plan(linked(bridge, bridge.review(DEMO_ORDER))))
    assert foreseen(bridge.review(DEMO_ORDER), stand.setup) == Lookups()


def test_the_snapshot_holds_whatever_a_plan_asks(stand: Stand) -> None:
    """What was not foreseen, as codes of our own making, is asked for and read before the review is done."""
    setup = evolve(stand.setup, sku=SkuRule.FROM_SUPPLIER_CODE)
    stand.xseries.add_product(Goods(name="Something else", codes=("BK10GREY",)))
    review = stand.bridge(setup=setup).review(SECOND)
    asked = lookups(review, setup)
    assert not asked <= foreseen(review, setup)
    assert "BK10GREY" in asked.codes
    assert len(review.snapshot.codes["BK10GREY"]) == 1
