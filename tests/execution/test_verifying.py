"""What is read back against what was planned: lines, counts, costs, totals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from tests.execution.trial import Trial

from po_bridge.execution.verifying import compare, verify
from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder
from po_bridge.planning.plan import Expected, Goal
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_target import COARSE

ORDER = Slot(kind=Kind.ORDER, name="order")
COAT, HAT = Slot(kind=Kind.PRODUCT, name="coat"), Known(id="hat-1")
IDS = {ORDER: "order-1", COAT: "coat-1"}


def expected(product: Slot | Known, count: str, cost: str | None = "2.5") -> Expected:
    """A line as planned."""
    price = None if cost is None else Decimal(cost)
    return Expected(order=ORDER, product=product, count=Decimal(count), cost=price)


def line(product: str, count: str, cost: str | None = "2.5") -> PurchaseLine:
    """A line as read back."""
    return PurchaseLine(
        product_id=product, count=Decimal(count), cost=None if cost is None else Decimal(cost)
    )


PLANNED = (expected(COAT, "3"), expected(HAT, "4", "1"))
READ = (line("hat-1", "4.00000", "1.00000"), line("coat-1", "3.00000", "2.50000"))


def differences(lines: tuple[PurchaseLine, ...], *, whole: bool = True) -> dict[str, tuple[str, str]]:
    """What compare says, by place."""
    order = PurchaseOrder(id="order-1", lines=lines)
    return {d.where: (d.planned, d.found) for d in compare(PLANNED, order, IDS, whole=whole)}


def test_lines_in_any_order_and_with_any_zeros_are_as_planned() -> None:
    """Counts and costs are compared as numbers, lines by their product."""
    assert differences(READ) == {}


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ((READ[0],), {"line coat-1": ("3 units", "no line"), "total quantity": ("7", "4.00000")}),
        (
            (READ[0], line("coat-1", "6")),
            {"line coat-1 count": ("3", "6"), "total quantity": ("7", "10.00000")},
        ),
        ((READ[0], line("coat-1", "3", "2.6")), {"line coat-1 cost": ("2.5", "2.6")}),
        (
            (*READ, line("glove-1", "1")),
            {"line glove-1": ("no line", "1 units"), "total quantity": ("7", "8.00000")},
        ),
    ],
    ids=["missing", "count", "cost", "extra"],
)
def test_a_line_that_reads_otherwise_is_told(
    lines: tuple[PurchaseLine, ...], found: dict[str, tuple[str, str]]
) -> None:
    """Each difference names its place, what was planned and what was found."""
    told = differences(lines)
    assert {where: pair for where, pair in told.items() if where != "total cost"} == found


def test_a_cost_that_the_pos_does_not_tell_is_not_compared() -> None:
    """None is unknown, on either side."""
    assert differences((READ[0], line("coat-1", "3", None))) == {}


def test_only_what_the_plan_wrote_is_checked_on_an_order_that_was_there() -> None:
    """On a revised order the lines of others, and its totals, are the merchant's."""
    assert differences((*READ, line("glove-1", "9")), whole=False) == {}
    assert differences((READ[0],), whole=False) == {"line coat-1": ("3 units", "no line")}


def test_a_line_that_was_removed_is_as_planned() -> None:
    """Zero units is no line."""
    order = PurchaseOrder(id="order-1", lines=())
    assert compare((expected(COAT, "0"),), order, IDS, whole=False) == ()


def test_an_order_that_is_gone_is_a_difference() -> None:
    """A purchase order that was deleted before it could be read back is told, not raised."""
    trial = Trial()
    trial.run()
    goal: Goal = trial.plan.goals[0]
    ids = trial.history.ids
    purchase = next(slot for slot in ids if slot.kind is Kind.ORDER)
    lines = tuple(
        Expected(order=purchase, product=one.product, count=one.count, cost=one.cost) for one in goal.lines
    )
    goal = evolve(goal, expected=lines)
    assert trial.subject.drive(verify(trial.subject.target, goal, ids)) == ()
    trial.pos.remove("orders", ids[purchase])
    (gone,) = trial.subject.drive(verify(trial.subject.target, goal, ids))
    assert (gone.planned, gone.found) == ("there", "not found")
    assert ids[purchase] in gone.where


def test_a_goal_without_purchase_order_needs_no_reading() -> None:
    """Where nothing was ordered nothing is read."""
    trial = Trial()
    goal = evolve(sample_plan(COARSE).goals[0], expected=())
    assert trial.subject.drive(verify(trial.subject.target, goal, {})) == ()
    assert trial.subject.calls == 0
