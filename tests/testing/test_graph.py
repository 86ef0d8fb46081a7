"""From every durable state every fault ends well: the graph of design section 10, for both grains."""

from __future__ import annotations

import pytest

from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.plan import Plan
from po_bridge.planning.progress import Progress, State
from po_bridge.testing.crash import CrashLab
from po_bridge.testing.fault import FaultKind
from po_bridge.testing.graph import Durable, Graph, finished
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import COARSE, FINE

pytestmark = pytest.mark.no_cover
"""Thousands of runs of code that the other tests cover: tracing them takes minutes and tells nothing."""

GRAINS = pytest.mark.parametrize("grain", [COARSE, FINE], ids=["coarse", "fine"])


def lab_of(grain: Capabilities) -> CrashLab:
    """A laboratory over an empty toy store."""
    return CrashLab(subject=ToySubject(capabilities=grain), plan=sample_plan(grain))


def states(plan: Plan, end: Durable) -> set[State]:
    """States of a plan's steps at an end."""
    progress = Progress(agenda=plan.agenda, history=finished(plan, end))
    return {progress.state(step) for step in plan.steps}


@GRAINS
def test_every_state_ends_with_each_change_once(grain: Capabilities) -> None:
    """A run without a fault from any durable state ends where the undisturbed run ends."""
    lab = lab_of(grain)
    undisturbed = lab.run_from(lab.start, None).passed[-1]
    graph: Graph = lab.close()
    assert {end.digest for end in graph.ends} == {undisturbed.digest}
    assert all(states(lab.plan, end) == {State.DONE} for end in graph.ends)
    assert graph.states > 10 * len(lab.plan.steps)


@GRAINS
@pytest.mark.parametrize("refused", ["CreateSupplier", "CreateFamily", "AddMembers", "AddLines", "SetStatus"])
def test_a_refusal_holds_what_needs_it_and_nothing_else(grain: Capabilities, refused: str) -> None:
    """From every state of a plan that the remote refuses, the end is held, and nothing is there twice."""
    lab = lab_of(grain)
    subject = lab.subject
    assert isinstance(subject, ToySubject)
    subject.target.gateway.refused = frozenset({refused})
    undisturbed = lab.run_from(lab.start, None).passed[-1]
    graph = lab.close(kinds=(FaultKind.LOST, FaultKind.RESET), calls=(1,))
    assert {end.digest for end in graph.ends} == {undisturbed.digest}
    expected = {State.DONE} if refused == "AddMembers" and grain is COARSE else {State.HELD}
    for end in graph.ends:
        assert expected <= states(lab.plan, end)
        assert State.DOUBTFUL not in states(lab.plan, end)
