"""What the contract of a journal is tried with: small plans, entries, holders and moments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from ..models.capabilities import Capabilities
from ..models.keys import LineKey, OrderKey
from ..planning.book import Applied, AppliedLine, Opened
from ..planning.canonical import sealed
from ..planning.history import Detail, Entry
from ..planning.mark import Mark
from ..planning.plan import Goal, Plan, TargetLine
from ..planning.receipt import Receipt
from ..planning.refs import Kind, Known, Ref, Slot
from ..planning.snapshot import Collection
from ..ports.journal import Journal
from ..ports.leases import Holder, Lease
from .sample import sample_changes

START = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
"""The moment everything is counted from."""

FAR = Holder(host="far.example", pid=1, started="a")
"""A worker on a host whose processes nobody here can know to be dead."""

OTHER = Holder(host="other.example", pid=1, started="b")
"""Another one."""

MADE = LineKey(portal="sample", style_id="style/1", color="Red 50%", size="S")
"""A line whose product the plan makes."""

MATCHED = LineKey(portal="sample", style_id="style/1", color="Red 50%", size="")
"""A line whose product was there before."""

CAPABILITIES = Capabilities(members_per_create=10, members_per_add=10, lines_per_add=10)
"""A coarse target: few steps."""


def moment(seconds: float = 0.0) -> datetime:
    """Give the moment so many seconds after the start."""
    return START + timedelta(seconds=seconds)


def order_key(name: str = "1") -> OrderKey:
    """Name a wholesale order."""
    return OrderKey(portal="sample", order_id=name)


def _target(product: Ref, line: LineKey) -> TargetLine:
    share = Decimal("2.0")
    return TargetLine(product=product, count=share, cost=None, lines=((line, share),))


def goal(order: str = "1", number: int = 1) -> Goal:
    """Make the goal of an order's round: one product is made, one was matched."""
    return Goal(
        order=order_key(order),
        number=f"PO-{order}",
        content="content-1",
        round=number,
        purchase_orders=(Slot(kind=Kind.ORDER, name=order),),
        expected=(),
        lines=(
            _target(Slot(kind=Kind.PRODUCT, name="coat/S"), MADE),
            _target(Known(id="product-9"), MATCHED),
        ),
        matched=1,
        created=1,
        skipped=0,
    )


def plan_of(*goals: Goal, store: str = "toy") -> Plan:
    """Make a sealed plan with the goals given, or with one of round 1."""
    unsealed = Plan(
        store=store,
        goals=goals or (goal(),),
        changes=sample_changes(),
        steps=(),
        basis=(),
        losses=(),
        questions=(),
    )
    return sealed(unsealed)


def opened_of(plan: Plan, seconds: float = 0.0) -> Opened:
    """Make what is opened: the plan, when, and cursor positions."""
    return Opened(plan=plan, at=moment(seconds), since={Collection.PRODUCTS: "17", Collection.ORDERS: ""})


def open_one(journal: Journal, *goals: Goal, key: str = "order 1", holder: Holder = FAR) -> tuple[str, Lease]:
    """Take a lease, open a plan under it, and give the plan's digest and the lease."""
    lease = journal.take((key,), holder, START, 60.0)
    plan = plan_of(*goals)
    journal.open_plan(opened_of(plan), lease)
    return plan.digest, lease


def entry(step: str, mark: Mark, seconds: float = 0.0, detail: Detail | None = None) -> Entry:
    """Make an entry."""
    return Entry(step=step, mark=mark, at=moment(seconds), sent_at=START, detail=detail)


def done_and_next(steps: Sequence[str], number: int) -> tuple[Entry, ...]:
    """Make the batch that a runner writes: the last step's end and the next one's beginning."""
    made = {Slot(kind=Kind.PRODUCT, name=f"product {number}"): f"id-{number}"}
    ended = (entry(steps[number - 1], Mark.DONE, number, Receipt(made=made)),) if number else ()
    begun = (entry(steps[number], Mark.INTENDED, number),) if number < len(steps) else ()
    return ended + begun


def applied_of(digest: str, order: str = "1", seconds: float = 1.0, content: str = "content-1") -> Applied:
    """Make what was applied to an order: its two lines."""
    return Applied(
        order=order_key(order),
        number=f"PO-{order}",
        plan=digest,
        round=1,
        at=moment(seconds),
        content=content,
        status="synced",
        purchase_orders=("purchase-1",),
        lines=(
            AppliedLine(line=MADE, product_id="product-1", count=Decimal("2.0"), cost=Decimal("12.50")),
            AppliedLine(line=MATCHED, product_id="product-9", count=Decimal(2)),
        ),
        causes=("a cause",),
    )
