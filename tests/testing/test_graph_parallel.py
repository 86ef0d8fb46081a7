"""The graph of durable states with three steps under way at once, whichever of them goes on first."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import hypothesis.strategies as st
import pytest
from attrs import define, evolve
from hypothesis import HealthCheck, given, settings
from tests.execution.interleaved import Choose, Task, first

from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.plan import Plan
from po_bridge.planning.progress import Progress, State
from po_bridge.ports.exchange import Exchange
from po_bridge.testing.crash import CrashLab
from po_bridge.testing.fault import Fault, FaultKind
from po_bridge.testing.graph import Durable, finished
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import COARSE, FINE

pytestmark = pytest.mark.no_cover
"""Thousands of runs of code that the other tests cover: tracing them takes minutes and tells nothing."""

T = TypeVar("T")

TORTURE = bool(os.environ.get("PO_BRIDGE_TORTURE"))
KINDS = (FaultKind.BUSY, FaultKind.NOT_SENT, FaultKind.RESET, FaultKind.LOST)
"""The whole takes minutes; ``make torture`` asks for it."""

GRAINS = pytest.mark.parametrize(
    "grain", [evolve(COARSE, parallel=3), evolve(FINE, parallel=3)], ids=["coarse", "fine"]
)


def last(tasks: Sequence[Task]) -> Task:
    """The last that is not done."""
    return tasks[-1]


class Turns:
    """Each in turn: every ask of one is followed by an ask of another."""

    def __init__(self, numbers: Sequence[int] = (0, 1, 2)) -> None:
        self.numbers = numbers
        self.asked = 0

    def __call__(self, tasks: Sequence[Task]) -> Task:
        """The next of those that are not done."""
        self.asked += 1
        return tasks[self.numbers[self.asked % len(self.numbers)] % len(tasks)]


@define(kw_only=True)
class Interleaved(ToySubject):
    """A toy whose driver has several exchanges under way at once."""

    choose: Choose = first

    def drive(self, exchange: Exchange[T]) -> T:
        """Run an exchange, those side by side ask by ask."""
        task = Task(exchange, self.clock)
        task.run(self.choose)
        if task.raised is not None:
            raise task.raised
        result: T = task.result
        return result


def lab_of(grain: Capabilities, choose: Choose) -> CrashLab:
    """A laboratory over an empty toy store."""
    return CrashLab(subject=Interleaved(capabilities=grain, choose=choose), plan=sample_plan(grain))


def states(plan: Plan, end: Durable) -> set[State]:
    """States of a plan's steps at an end."""
    progress = Progress(agenda=plan.agenda, history=finished(plan, end))
    return {progress.state(step) for step in plan.steps}


@GRAINS
@pytest.mark.parametrize(
    "choose",
    [Turns(), *((first, last) if TORTURE else ())],
    ids=lambda choose: getattr(choose, "__name__", "in turns"),
)
def test_every_state_ends_with_each_change_once(grain: Capabilities, choose: Choose) -> None:
    """With three steps at once every durable state ends where the undisturbed run ends."""
    lab = lab_of(grain, choose)
    undisturbed = lab.run_from(lab.start, None).passed[-1]
    alone = CrashLab(subject=ToySubject(capabilities=evolve(grain, parallel=1)), plan=lab.plan)
    assert undisturbed.digest == alone.run_from(alone.start, None).passed[-1].digest
    graph = (
        lab.close(kinds=KINDS, calls=(1, 2)) if TORTURE else lab.close(kinds=(FaultKind.LOST,), calls=(1,))
    )
    assert {end.digest for end in graph.ends} == {undisturbed.digest}
    assert all(states(lab.plan, end) == {State.DONE} for end in graph.ends)
    assert graph.states > 10 * len(lab.plan.steps)


@GRAINS
@pytest.mark.parametrize(
    "refused", ["CreateSupplier", "CreateFamily", "AddMembers", "AddLines"] if TORTURE else ["AddLines"]
)
def test_a_refusal_holds_what_needs_it_and_nothing_else(grain: Capabilities, refused: str) -> None:
    """A refused write leaves everything else done once, whatever is under way beside it."""
    lab = lab_of(grain, Turns())
    subject = lab.subject
    assert isinstance(subject, ToySubject)
    subject.target.gateway.refused = frozenset({refused})
    undisturbed = lab.run_from(lab.start, None).passed[-1]
    graph = lab.close(kinds=(FaultKind.LOST,), calls=(1,))
    assert {end.digest for end in graph.ends} == {undisturbed.digest}
    assert all(State.DOUBTFUL not in states(lab.plan, end) for end in graph.ends)


FAULTS = st.builds(Fault, kind=st.sampled_from(FaultKind), call=st.integers(1, 20))


@GRAINS
@settings(max_examples=1_000 if TORTURE else 60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    turns=st.lists(st.integers(0, 2), min_size=1, max_size=40),
    crashes=st.lists(st.tuples(FAULTS, st.integers(0, 200)), max_size=4),
)
def test_any_order_and_any_crash(
    grain: Capabilities, turns: list[int], crashes: list[tuple[Fault, int]]
) -> None:
    """Faults, crashes and turns at random: the run that follows ends where the undisturbed one ends."""
    lab = lab_of(grain, Turns(turns))
    end = lab.run_from(lab.start, None).passed[-1].digest
    state = lab.start
    for fault, crash in crashes:
        passed = lab.run_from(state, fault).passed
        state = passed[crash % len(passed)]
    final = lab.run_from(state, None).passed[-1]
    if State.HELD in states(lab.plan, final):
        final = lab.run_from(final, None).passed[-1]
    assert final.digest == end
    assert states(lab.plan, final) == {State.DONE}
