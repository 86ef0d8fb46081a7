"""The graph of durable states, closed with the real adapter on the emulator."""

from __future__ import annotations

import re
from typing import Any

import pytest
from tests.clients.rseries.store import Store

from po_bridge.planning.plan import Plan
from po_bridge.planning.progress import Progress, State
from po_bridge.sandbox import Fault as Spoilt, FaultKind as Spoiling
from po_bridge.sandbox.rseries import Switches
from po_bridge.testing.crash import CrashLab
from po_bridge.testing.fault import FaultKind
from po_bridge.testing.graph import Durable, finished
from po_bridge.testing.sample import sample_plan

pytestmark = pytest.mark.no_cover
"""Thousands of runs of code that the other tests cover: tracing them takes minutes and tells nothing."""

KINDS = (FaultKind.REFUSED, FaultKind.BUSY, FaultKind.NOT_SENT, FaultKind.RESET, FaultKind.LOST)
"""The two broken kinds are judged as reset and lost are; the contract suite tries them one by one."""

NOTHING_REFUSED = {"second_line_refused": False, "duplicates_refused": False, "line_put_stale": True}
PICTURES = re.compile(r"images \[.*?\]")


def lab_of(sizes: tuple[str, ...] = ("S",), **switches: Any) -> CrashLab:
    """A laboratory over an empty account whose facts were read."""
    store = Store(checked=False, switches=Switches(**switches))
    store.drive(store.target.facts())
    since = store.positions()
    plan = sample_plan(
        store.target.capabilities, store=store.target.store, outlet_id=store.outlet_id, sizes=sizes
    )
    return CrashLab(subject=store, plan=plan, since=since)


def states(plan: Plan, end: Durable) -> set[State]:
    """States of a plan's steps at an end."""
    progress = Progress(agenda=plan.agenda, history=finished(plan, end))
    return {progress.state(step) for step in plan.steps}


def things(lab: CrashLab, end: Durable) -> str:
    """What the account holds at an end, but for pictures: one that cannot be fetched is left out and told."""
    store = lab.subject
    assert isinstance(store, Store)
    store.sandbox.restore(end.remote)
    return PICTURES.sub("", store.sandbox.digest())


@pytest.mark.parametrize(
    ("kinds", "switches"),
    [
        (KINDS, {}),
        ((FaultKind.RESET, FaultKind.LOST), NOTHING_REFUSED),
    ],
    ids=["usual", "a store that refuses nothing twice"],
)
def test_every_state_ends_with_each_change_once(
    kinds: tuple[FaultKind, ...], switches: dict[str, Any]
) -> None:
    """From any durable state the plan ends done, with the very things of an undisturbed run."""
    lab = lab_of(**switches)
    undisturbed = things(lab, lab.run_from(lab.start, None).passed[-1])
    graph = lab.close(kinds=kinds)
    assert graph.states > 100
    for end in graph.ends:
        assert states(lab.plan, end) == {State.DONE}
        assert things(lab, end) == undisturbed


@pytest.mark.parametrize(
    "path",
    ["*/Vendor.json", "*/Item.json", "*/OrderLine.json"],
    ids=["at the start", "in the middle", "at the end"],
)
def test_a_refusal_is_held_and_nothing_is_there_twice(path: str) -> None:
    """A remote that refuses one kind of write for good leaves everything else done once."""
    lab = lab_of()
    store = lab.subject
    assert isinstance(store, Store)
    store.sandbox.inject(
        Spoilt(kind=Spoiling.REFUSE, method="POST", path=path, call=1, times=1_000_000, status=422)
    )
    undisturbed = things(lab, lab.run_from(lab.start, None).passed[-1])
    graph = lab.close(kinds=(FaultKind.RESET, FaultKind.LOST), calls=(1,))
    for end in graph.ends:
        assert State.HELD in states(lab.plan, end)
        assert State.DOUBTFUL not in states(lab.plan, end)
        assert things(lab, end) == undisturbed
