"""Where orders stand, from what the journal holds."""

from __future__ import annotations

import pytest
from attrs import evolve

from po_bridge.execution.status import OrderState, status_of
from po_bridge.planning.book import Applied
from po_bridge.testing.journal_case import applied_of, goal, opened_of, order_key, plan_of


def applied(status: str = "synced", order: str = "1", plan: str = "digest") -> Applied:
    """What was applied to an order."""
    return evolve(applied_of(plan, order), status=status)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("synced", OrderState.SYNCED),
        ("undone", OrderState.UNDONE),
        ("differs", OrderState.ATTENTION),
        ("held", OrderState.ATTENTION),
        ("halted", OrderState.ATTENTION),
    ],
)
def test_an_applied_order_stands_where_its_last_outcome_says(status: str, state: OrderState) -> None:
    """Whatever is neither synced nor undone needs attention, and says why."""
    (row,) = status_of([applied(status)], [])
    assert (row.state, row.reasons, row.purchase_orders) == (state, ("a cause",), ("purchase-1",))


def test_an_interrupted_run_is_syncing_and_says_how_to_go_on() -> None:
    """A plan that was opened and has no outcome yet was stopped: its digest is what resume takes."""
    plan = plan_of()
    (row,) = status_of([], [opened_of(plan)])
    assert (row.state, row.plan) == (OrderState.SYNCING, plan.digest)
    assert "resume" in row.reasons[0]


def test_a_held_plan_is_attention_and_not_syncing() -> None:
    """A plan with an outcome that stays open for resume shows its outcome."""
    plan = plan_of()
    (row,) = status_of([applied("held", plan=plan.digest)], [opened_of(plan)])
    assert (row.state, row.plan) == (OrderState.ATTENTION, plan.digest)


def test_a_newer_run_of_a_synced_order_is_syncing_and_keeps_its_purchase_order() -> None:
    """While a revision is under way the order still has its purchase order."""
    plan = plan_of(goal(number=2))
    (row,) = status_of([applied("synced")], [opened_of(plan)])
    assert (row.state, row.purchase_orders) == (OrderState.SYNCING, ("purchase-1",))


def test_orders_come_by_number() -> None:
    """The list has one order, whatever the journal's."""
    rows = status_of([applied(order="3"), applied(order="1")], [opened_of(plan_of(goal("2")))])
    assert [row.order for row in rows] == [order_key("1"), order_key("2"), order_key("3")]
