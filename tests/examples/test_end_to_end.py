"""An order of the emulated brand portal goes into the example POS, changes there, and is taken back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from examples.sqlite_pos import open_pos
from tests.stand import Stand, seeded

from po_bridge import Bridge, MemoryJournal, Setup, Synced, Undone
from po_bridge.planning.write import AddLines, CreateFamily, CreateOrder
from po_bridge.ports.target import Target
from po_bridge.sandbox.seed import DEMO_ORDER


@pytest.fixture
def stand() -> Stand:
    """The seeded brand portal."""
    return seeded()


@pytest.fixture
def target(tmp_path: Path) -> Target:
    """The example connector over an empty file."""
    return open_pos(str(tmp_path / "shop.pos"))


@pytest.fixture
def bridge(stand: Stand, target: Target) -> Iterator[Bridge]:
    """A Bridge between the two."""
    with stand.bridge(MemoryJournal(), target=target, setup=Setup()) as bridge:
        yield bridge


def test_an_order_is_taken_over(bridge: Bridge, target: Target) -> None:
    """Everything is new; counts and costs arrive, and the second review finds nothing to do."""
    review = bridge.review(DEMO_ORDER)
    plan = bridge.plan(review)
    assert plan.blocking == ()
    outcome = bridge.apply(plan)
    ((key, synced),) = outcome.orders.items()
    assert isinstance(synced, Synced), synced
    assert len(synced.purchase_orders) == 1
    wanted = sum(line.count for goal in plan.goals for line in goal.lines)
    assert wanted > Decimal(0)
    assert bridge.plan(bridge.review(DEMO_ORDER)).steps == ()
    assert {type(step.write) for step in plan.steps} >= {CreateOrder, AddLines}
    assert key.order_id


def test_an_order_is_taken_back(bridge: Bridge) -> None:
    """Undoing removes the purchase order and leaves the drafts, so that it can be made again for them."""
    plan = bridge.plan(bridge.review(DEMO_ORDER))
    bridge.apply(plan)
    undone = bridge.undo(plan.digest)
    assert all(isinstance(one, Undone) for one in undone.orders.values())
    again = bridge.plan(bridge.review(DEMO_ORDER))
    writes = {type(step.write) for step in again.steps}
    assert CreateOrder in writes
    assert CreateFamily not in writes


def test_the_async_bridge_takes_it_as_well(stand: Stand, target: Target) -> None:
    """What blocks runs on a thread of its own."""

    async def journey() -> bool:
        async with stand.async_bridge(MemoryJournal(), target=target, setup=Setup()) as bridge:
            plan = bridge.plan(await bridge.review(DEMO_ORDER))
            outcome = await bridge.apply(plan)
            return all(isinstance(one, Synced) for one in outcome.orders.values())

    assert asyncio.run(journey())
