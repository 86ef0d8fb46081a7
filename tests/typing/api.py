"""The face as a caller writes it; checked by mypy and pyright, never run."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import assert_never, assert_type

from po_bridge import (
    DEFAULT_TABLES,
    AsyncBridge,
    Bridge,
    Differs,
    Halted,
    Held,
    LineKey,
    MemoryJournal,
    OrderFilter,
    OrderKey,
    Outcome,
    Plan,
    PortalRules,
    Review,
    Setup,
    Synced,
    Undone,
    answer,
    create_new,
    link_to,
    open_journal,
    plan as plan_of,
    skip,
    steps_of,
)
from po_bridge.clients.nuorder import NuOrder, Portal, Side
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.errors import OpenQuestions, PoBridgeError, StalePlan
from po_bridge.execution.event import (
    BucketShared,
    CacheMended,
    Event,
    MirrorRead,
    RunEnded,
    RunStarted,
    StepMarked,
    Waiting,
)
from po_bridge.matching.result import Matched, NeedsReview, New, Skipped
from po_bridge.planning.canonical import plan_bytes, read_plan
from po_bridge.planning.review import ReviewLine
from po_bridge.planning.step import Step
from po_bridge.ports.journal import Journal
from po_bridge.ports.source import Source
from po_bridge.ports.target import Target
from po_bridge.report import html_report, review_text

portal = Portal(
    name="A Brand",
    side=Side.RETAILER,
    consumer_key="key",
    consumer_secret="secret",
    token="token",
    token_secret="secret",
)
source: Source = NuOrder(portals=(portal,))
target: Target = XSeries(domain_prefix="shop", token="secret", settings=Settings(settle=30.0))
journal: Journal = open_journal("bridge.db")
kept_nowhere: Journal = MemoryJournal()
setup = Setup(
    suppliers={"A Brand": "A Supplier"},
    outlets={"DOOR-1": "Main Street"},
    tags=("new",),
    rates={"EUR": Decimal("1.08")},
    portals={"A Brand": PortalRules(zero_price=True)},
)


def told(event: Event) -> None:
    """Take every event there is."""
    match event:
        case RunStarted():
            assert_type(event.steps, int)
        case StepMarked():
            assert_type(event.title, str)
        case Waiting():
            assert_type(event.until, datetime)
        case RunEnded():
            assert_type(event.words, tuple[tuple[OrderKey, str], ...])
        case MirrorRead():
            assert_type(event.records, int)
        case BucketShared():
            assert_type(event.calls, int)
        case CacheMended():
            assert_type(event.why, str)
        case _:
            assert_never(event)


def judged(line: ReviewLine) -> str:
    """Take every judgement there is."""
    match line.match:
        case Matched(product_id=product):
            return product
        case NeedsReview(candidates=candidates):
            return ", ".join(candidate.name for candidate in candidates)
        case New() | Skipped():
            return line.name
        case _:
            assert_never(line.match)


def became(outcome: Outcome) -> None:
    """Take every outcome there is."""
    for key, one in outcome.orders.items():
        assert_type(key, OrderKey)
        match one:
            case Synced() | Differs() | Held() | Halted():
                assert_type(one.purchase_orders, tuple[str, ...])
            case Undone():
                assert_type(one.kept, tuple[str, ...])
            case _:
                assert_never(one)


with Bridge(
    source=source, target=target, journal=journal, setup=setup, tables=DEFAULT_TABLES, on_event=told
) as bridge:
    for row in bridge.orders(OrderFilter(portals=("A Brand",))):
        assert_type(row.offered, bool)
    review = assert_type(bridge.review("131803493", any_status=True), Review)
    first = review.needs_review[0]
    assert_type(first.key, LineKey)
    review = bridge.decide(review, {first.key: link_to("0242ac12")}, by="me")
    review = bridge.decide(review, {first.key: create_new("not the same")})
    review = bridge.decide(review, {"question": answer("yes")})
    review = bridge.decide(review, {line.key: skip() for line in review.needs_review})
    bridge.revoke("line:key", why="it was wrong")
    plan = assert_type(bridge.plan(review), Plan)
    assert_type(plan.empty, bool)
    Path("plan.json").write_bytes(plan_bytes(plan))
    try:
        outcome = assert_type(bridge.apply(read_plan(Path("plan.json").read_bytes())), Outcome)
    except OpenQuestions as error:
        assert_type(error.questions, tuple[str, ...])
    except StalePlan as error:
        assert_type(error.moved, tuple[str, ...])
    except PoBridgeError as error:
        assert_type(str(error), str)
    else:
        became(outcome)
        assert_type(outcome.summary.items, Decimal)
        page = html_report(made_at=datetime.now(UTC), review=review, plan=plan, outcome=outcome)
        assert_type(page, str)
    bridge.resume(plan.digest[:12])
    for status in bridge.status():
        assert_type(status.reasons, tuple[str, ...])

# Planning needs no Bridge.
assert_type(plan_of(review, setup), Plan)
assert_type(steps_of(plan.changes, review.capabilities), tuple[Step, ...])
assert_type(review_text(review, plan.questions), str)


async def main() -> None:
    """Do the same without blocking."""
    async with AsyncBridge(source=source, target=target, journal=kept_nowhere, setup=setup) as bridge:
        review = assert_type(await bridge.review("131803493"), Review)
        review = await bridge.decide(review, {review.new[0].key: create_new()})
        outcome = assert_type(await bridge.apply(bridge.plan(review)), Outcome)
        became(outcome)


# What must not pass.
Setup(tags="new")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
Setup({})  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
bridge.decide(review, {first: skip()})  # type: ignore[type-var]  # pyright: ignore[reportArgumentType]
plan.digest = ""  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
bridge.apply(plan_bytes(plan))  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
