"""The graph of durable states, closed with the real adapter on the emulator."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import ApiVersion, Settings
from po_bridge.planning.plan import Plan
from po_bridge.planning.progress import Progress, State
from po_bridge.sandbox import Fault as Spoilt, FaultKind as Spoiling
from po_bridge.sandbox.xseries import Switches
from po_bridge.testing.crash import CrashLab
from po_bridge.testing.fault import FaultKind
from po_bridge.testing.graph import Durable, finished
from po_bridge.testing.sample import sample_plan

pytestmark = pytest.mark.no_cover
"""Thousands of runs of code that the other tests cover: tracing them takes minutes and tells nothing."""

KINDS = (FaultKind.REFUSED, FaultKind.BUSY, FaultKind.NOT_SENT, FaultKind.RESET, FaultKind.LOST)
"""The two broken kinds are judged as reset and lost are; the contract suite tries them one by one."""


def lab_of(
    sizes: tuple[str, ...] = ("S",),
    generation: ApiVersion = ApiVersion.V2026_07,
    image_time: timedelta = timedelta(0),
    **choices: Any,
) -> CrashLab:
    """A laboratory over an empty store whose facts were read."""
    settings = Settings(generation=generation, **choices)
    store = Store(checked=False, settings=settings, switches=Switches(image_time=image_time))
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


def things(lab: CrashLab, end: Durable) -> dict[str, object]:
    """What the store holds at an end: names of records, counts of lines."""
    store = lab.subject
    assert isinstance(store, Store)
    store.sandbox.restore(end.remote)
    state = store.sandbox.state
    return {
        "suppliers": sorted(one.name for one in state.suppliers.by_id.values()),
        "products": sorted(str(one.codes) for one in state.products.by_id.values()),
        "orders": sorted(one.status for one in state.consignments.by_id.values()),
        "lines": sorted(str(line.count) for shelf in state.lines.values() for line in shelf.all_live()),
    }


@pytest.mark.parametrize(
    "choices",
    [{}, {"generation": ApiVersion.V2026_10}, {"generation": ApiVersion.V2026_10, "rows_assumed": True}],
    ids=["2026-07", "2026-10", "2026-10, its own rows"],
)
def test_every_state_ends_with_each_change_once(choices: dict[str, Any]) -> None:
    """From any durable state the plan ends done, with the very things of an undisturbed run."""
    lab = lab_of(**choices)
    undisturbed = things(lab, lab.run_from(lab.start, None).passed[-1])
    graph = lab.close(kinds=KINDS)
    assert graph.states > 100
    for end in graph.ends:
        assert states(lab.plan, end) == {State.DONE}
        assert things(lab, end) == undisturbed


def test_a_picture_that_the_store_still_processes_is_there_once() -> None:
    """From any durable state it is looked for, or sent again as the same picture."""
    lab = lab_of(image_time=timedelta(seconds=2))
    undisturbed = things(lab, lab.run_from(lab.start, None).passed[-1])
    for end in lab.close(kinds=(FaultKind.LOST,), calls=(1,)).ends:
        assert states(lab.plan, end) == {State.DONE}
        assert things(lab, end) == undisturbed


@pytest.mark.parametrize(
    "path",
    ["*/suppliers", "*/products", "*/bulk"],
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
