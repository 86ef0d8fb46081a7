"""A plan is a pure function of review and setup; what was applied needs no plan."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve
from tests.stand import Stand, demo_plan, linked, seeded

from po_bridge import Bridge, MemoryJournal, Plan, Setup, answer, plan as make_plan, skip
from po_bridge.planning.canonical import plan_bytes, read_plan, sealed
from po_bridge.planning.change import NewFamily, NewOrder, NewRecord
from po_bridge.planning.question import Stops
from po_bridge.sandbox.nuorder import Scene, SetStatus
from po_bridge.sandbox.seed import BRAND, DEMO_ORDER, SECOND_BRAND

ROOT = Path(__file__).parents[2]
SECOND = f"{SECOND_BRAND}/6a5d00000000000000000119"
ORDERS = (DEMO_ORDER, "240118", "240119-1", "240119-2", "240126", "240127", "240124", SECOND)


@pytest.fixture
def stand() -> Stand:
    """The seeded shop."""
    return seeded()


@pytest.fixture
def bridge(stand: Stand) -> Bridge:
    """A Bridge over it."""
    return stand.bridge()


def settled(bridge: Bridge, *numbers: str) -> Plan:
    """A plan with every question answered by its first answer."""
    review = linked(bridge, bridge.review(*numbers, any_status=True))
    made = bridge.plan(review)
    given = {question.key: answer(question.answers[0]) for question in made.blocking if question.answers}
    lines = {question.line: skip() for question in made.blocking if question.line and not question.answers}
    if given or lines:
        made = bridge.plan(bridge.decide(review, {**given, **lines}))
    return made


# --- laws -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ORDERS)
def test_equal_input_gives_equal_bytes(bridge: Bridge, stand: Stand, number: str) -> None:
    """Planned twice from one review, and from another Bridge's review of the same things."""
    review = bridge.review(number, any_status=True)
    other = stand.bridge(MemoryJournal()).review(number, any_status=True)
    first = plan_bytes(make_plan(review, stand.setup))
    assert first == plan_bytes(make_plan(review, stand.setup)) == plan_bytes(make_plan(other, stand.setup))


SCRIPT = f"""
from tests.stand import demo_plan, seeded
stand = seeded()
print(demo_plan(stand.bridge(), {DEMO_ORDER!r}, {SECOND!r}).digest)
"""


def test_every_process_plans_the_same() -> None:
    """No order of a set or a dictionary reaches the plan: processes with other hash seeds seal the same."""
    found = {
        subprocess.run(
            (sys.executable, "-c", SCRIPT),
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


@pytest.mark.parametrize("number", ORDERS)
def test_nothing_is_left_to_plan_once_it_was_applied(bridge: Bridge, number: str) -> None:
    """The next review of an order that was applied gives a plan without changes and without questions that stop."""
    plan = settled(bridge, number)
    assert bridge.apply(plan).synced
    again = bridge.plan(bridge.review(number, any_status=True))
    assert (again.changes, again.steps, again.blocking) == ((), (), ())


def test_several_orders_are_one_plan(bridge: Bridge) -> None:
    """What they share is created once; each has a goal of its own."""
    plan = settled(bridge, "240119-1", "240119-2", SECOND)
    names = [(change.slot, change.name) for change in plan.changes if isinstance(change, NewRecord)]
    assert len(set(names)) == len(names)
    products = [
        member.slot for change in plan.changes if isinstance(change, NewFamily) for member in change.members
    ]
    assert len(set(products)) == len(products)
    assert [goal.number for goal in plan.goals] == ["240119-1", "240119-2", "240125"]
    assert len({change.slot for change in plan.changes if isinstance(change, NewOrder)}) == 3


def test_a_written_plan_is_read_back_equal(bridge: Bridge) -> None:
    """Bytes to plan to bytes; the seal is over everything a person approved."""
    plan = demo_plan(bridge, DEMO_ORDER, SECOND)
    again = read_plan(plan_bytes(plan))
    assert again == plan
    assert plan_bytes(again) == plan_bytes(plan)
    assert sealed(plan).digest == plan.digest
    assert sealed(evolve(plan, changes=plan.changes[1:])).digest != plan.digest


def test_the_estimate_is_outside_the_seal(bridge: Bridge) -> None:
    """Calls and seconds may be reckoned otherwise tomorrow; the plan is the same plan."""
    plan = demo_plan(bridge, DEMO_ORDER)
    assert plan.estimate is not None
    assert plan.estimate.calls >= len(plan.steps)
    assert sealed(evolve(plan, estimate=None)).digest == plan.digest


# --- what stops an order --------------------------------------------------------------------------


def blocking(plan: Plan) -> dict[str, str]:
    """Questions that stop something, by the first word of their key."""
    return {question.key.partition(":")[0]: question.text for question in plan.blocking}


def test_another_currency_blocks_until_a_rate_is_passed(stand: Stand) -> None:
    """Nobody invents a rate; with one, costs are in the store's currency."""
    euro = evolve(stand.xseries.state.retailer, currency="EUR")
    stand.xseries.state.retailer = euro
    for outlet in stand.xseries.state.outlets.all_live():
        stand.xseries.state.outlets.put(
            evolve(outlet, currency="EUR", version=stand.xseries.state.new_version())
        )
    plan = demo_plan(stand.bridge(), DEMO_ORDER)
    assert "rates={'USD': ...}" in blocking(plan)["currency"]
    setup = evolve(stand.setup, rates={"USD": Decimal("0.5")})
    plain = demo_plan(seeded().bridge(), DEMO_ORDER)
    rated = demo_plan(stand.bridge(setup=setup), DEMO_ORDER)
    assert blocking(rated) == {}
    assert cost(rated) == cost(plain) / 2


def cost(plan: Plan) -> Decimal:
    """Total cost of the one purchase order."""
    (order,) = [change for change in plan.changes if isinstance(change, NewOrder)]
    assert order.draft.total_cost is not None
    return order.draft.total_cost


def test_a_cancelled_order_is_asked_about(bridge: Bridge, stand: Stand) -> None:
    """An order that the brand cancelled is ordered only if a person says so."""
    stand.nuorder.schedule([Scene(after=timedelta(0), deed=SetStatus(order=DEMO_ORDER, status="cancelled"))])
    review = linked(bridge, bridge.review(DEMO_ORDER, any_status=True))
    (asked,) = bridge.plan(review).blocking
    assert asked.stops is Stops.ORDER
    assert bridge.plan(bridge.decide(review, {asked.key: answer(asked.answers[0])})).blocking == ()


def test_an_order_of_the_same_number_that_is_there_already_is_asked_about(
    bridge: Bridge, stand: Stand
) -> None:
    """Typed by hand, or made by somebody else's sync: nothing is ordered twice without a yes."""
    state = stand.xseries.state
    (supplier,) = [one.id for one in state.suppliers.all_live() if one.name == BRAND]
    outlet = state.outlets.all_live()[0].id
    typed = stand.xseries.merchant.create_order(outlet, supplier, {}, reference=DEMO_ORDER)
    plan = demo_plan(bridge, DEMO_ORDER)
    (asked,) = plan.blocking
    assert typed in asked.text
    assert "create another" in asked.answers


def test_an_order_without_lines_left_makes_no_purchase_order(bridge: Bridge) -> None:
    """Where a person leaves out every line, nothing is created."""
    review = bridge.review(SECOND)
    plan = bridge.plan(bridge.decide(review, {line.key: skip() for line in review.lines}))
    assert plan.empty
    assert plan.goals[0].skipped == len(review.lines)


def test_drafts_are_a_choice(stand: Stand) -> None:
    """New products start inactive unless the setup says otherwise."""
    for drafts in (True, False):
        plan = demo_plan(stand.bridge(setup=evolve(stand.setup, drafts=drafts)), SECOND)
        families = [change for change in plan.changes if isinstance(change, NewFamily)]
        assert families
        assert {family.active for family in families} == {not drafts}


def test_a_setup_without_rules_asks_for_the_outlet(stand: Stand) -> None:
    """Two outlets and no rule: the order waits."""
    assert "which outlet" in blocking(demo_plan(stand.bridge(setup=Setup()), DEMO_ORDER))["outlet"]
