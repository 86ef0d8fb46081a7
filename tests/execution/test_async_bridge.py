"""The same face without blocking: the same methods, the same results, the same requests."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import pytest
from tests.stand import Stand, demo_plan, seeded

from po_bridge import AsyncBridge, Bridge, MemoryJournal, link_to, open_journal
from po_bridge.errors import OpenQuestions
from po_bridge.execution.event import Event, StepMarked
from po_bridge.matching.result import NeedsReview
from po_bridge.planning.canonical import plan_bytes
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.seed import DEMO_ORDER

T = TypeVar("T")

RENAMED = {"__enter__": "__aenter__", "__exit__": "__aexit__"}
PURE = {"plan", "explain"}
"""Methods that ask nobody anything, and so need no awaiting."""


def methods(kind: type) -> dict[str, Callable[..., Any]]:
    """What a class offers."""
    found = {name: value for name, value in vars(kind).items() if inspect.isfunction(value)}
    return {
        name: value
        for name, value in found.items()
        if not name.startswith("_") or name in {*RENAMED, *RENAMED.values()}
    }


def test_both_faces_have_the_same_methods() -> None:
    """What one offers the other offers too."""
    assert {RENAMED.get(name, name) for name in methods(Bridge)} == set(methods(AsyncBridge))


@pytest.mark.parametrize("name", sorted(set(methods(Bridge)) - set(RENAMED)))
def test_a_method_has_the_same_signature_on_both_faces(name: str) -> None:
    """Parameters, their defaults and annotations, and what comes back are equal; one of the two is awaited."""
    blocking, other = getattr(Bridge, name), getattr(AsyncBridge, name)
    assert inspect.signature(blocking) == inspect.signature(other)
    assert inspect.iscoroutinefunction(other) is (name not in PURE)
    assert not inspect.iscoroutinefunction(blocking)


def test_both_faces_are_made_alike() -> None:
    """They take the same parts; only the HTTP client is of the other kind."""
    blocking = dict(inspect.signature(Bridge).parameters)
    other = dict(inspect.signature(AsyncBridge).parameters)
    assert "AsyncClient" in str(other.pop("http").annotation)
    assert "Client" in str(blocking.pop("http").annotation)
    assert blocking == other


def awaited(stand: Stand, work: Callable[[AsyncBridge], Awaitable[T]], **choices: Any) -> T:
    """Do something with an AsyncBridge on a loop of its own."""

    async def main() -> T:
        async with stand.async_bridge(**choices) as bridge:
            return await work(bridge)

    return asyncio.run(main())


async def synced(bridge: AsyncBridge) -> tuple[bytes, Any, Any, Any]:
    """The whole way of an order: list, review, decide, plan, apply, status."""
    rows = await bridge.orders()
    review = await bridge.review(DEMO_ORDER)
    rulings: dict[Any, Any] = {
        line.key: link_to(line.match.candidates[0].product_id)
        for line in review.needs_review
        if isinstance(line.match, NeedsReview)
    }
    plan = bridge.plan(await bridge.decide(review, rulings))
    outcome = await bridge.apply(plan)
    (status,) = await bridge.status()
    return plan_bytes(plan), [row.order.key for row in rows], outcome, status


def test_an_order_travels_alike() -> None:
    """Plan, outcome, status, and what the store holds afterwards are equal, byte for byte."""
    one, other = seeded(), seeded()
    with one.bridge() as bridge:
        rows = bridge.orders()
        plan = demo_plan(bridge, DEMO_ORDER)
        outcome = bridge.apply(plan)
        (status,) = bridge.status()
    expected = (plan_bytes(plan), [row.order.key for row in rows], outcome, status)
    assert awaited(other, synced) == expected
    assert other.xseries.digest() == one.xseries.digest()
    assert other.writes == one.writes


async def afterwards(bridge: AsyncBridge) -> list[Any]:
    """What one may ask and do once an order was applied."""
    await synced(bridge)
    return [
        await bridge.mirror_estimate(products=1_000),
        await bridge.refresh(),
        await bridge.publish(DEMO_ORDER),
        await bridge.changed(),
        await bridge.watch(DEMO_ORDER),
        await bridge.availability(DEMO_ORDER),
        await bridge.undo((await bridge.status())[0].plan),
    ]


def test_life_after_the_sync_is_alike() -> None:
    """Refreshed, published, watched and taken back, both faces say and leave the same."""
    one, other = seeded(), seeded()
    with one.bridge() as bridge:
        bridge.apply(demo_plan(bridge, DEMO_ORDER))
        expected = [
            bridge.mirror_estimate(products=1_000),
            bridge.refresh(),
            bridge.publish(DEMO_ORDER),
            bridge.changed(),
            bridge.watch(DEMO_ORDER),
            bridge.availability(DEMO_ORDER),
            bridge.undo(bridge.status()[0].plan),
        ]
    assert awaited(other, afterwards) == expected
    assert other.xseries.digest() == one.xseries.digest()


def test_trouble_is_overcome_alike() -> None:
    """A lost answer is probed, and found, by both."""
    fault = Fault(kind=FaultKind.LOSE, method="POST", path="*/consignments")
    one, other = seeded(), seeded()
    one.xseries.inject(fault)
    other.xseries.inject(fault)
    with one.bridge() as bridge:
        assert bridge.apply(demo_plan(bridge, DEMO_ORDER)).synced
    assert awaited(other, synced)[2].synced
    assert other.xseries.digest() == one.xseries.digest()


def test_errors_come_out_alike() -> None:
    """What one raises the other raises."""

    async def unanswered(bridge: AsyncBridge) -> None:
        await bridge.apply(bridge.plan(await bridge.review(DEMO_ORDER)))

    with pytest.raises(OpenQuestions):
        awaited(seeded(), unanswered)


def test_a_journal_in_a_file_is_written_from_its_own_thread(tmp_path: Any) -> None:
    """The journal's file is worked on by one thread, and read by a blocking Bridge afterwards."""
    stand = seeded()
    journal = open_journal(tmp_path / "bridge.db")
    assert awaited(stand, synced, journal=journal)[2].synced
    with stand.bridge(journal) as bridge:
        (row,) = bridge.status()
    assert row.number == DEMO_ORDER
    journal.close()


def test_a_cancelled_apply_can_be_resumed_at_once() -> None:
    """Cancelling the task ends the run like a crash, but gives the lease back."""
    stand, journal = seeded(), MemoryJournal()

    async def main() -> str:
        task: list[asyncio.Task[Any]] = []

        def cancel(event: Event) -> None:
            if isinstance(event, StepMarked) and len(task) == 1:
                task.pop().cancel()

        async with stand.async_bridge(journal, on_event=cancel) as bridge:
            review = await bridge.review(DEMO_ORDER)
            match = review.needs_review[0].match
            assert isinstance(match, NeedsReview)
            ruling = link_to(match.candidates[0].product_id)
            plan = bridge.plan(await bridge.decide(review, {review.needs_review[0].key: ruling}))
            task.append(asyncio.create_task(bridge.apply(plan)))
            with pytest.raises(asyncio.CancelledError):
                await task[0]
            return plan.digest

    digest = asyncio.run(main())
    assert stand.bridge(journal).resume(digest).synced
    assert len(stand.orders) == 1
