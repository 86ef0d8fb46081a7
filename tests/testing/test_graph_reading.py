"""The graph of durable states where ids of products are known only after a look of its own, for both grains."""

from __future__ import annotations

import pytest

from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.history import History
from po_bridge.planning.mark import Mark
from po_bridge.planning.progress import Progress, State
from po_bridge.testing.crash import CrashLab
from po_bridge.testing.fault import FaultKind
from po_bridge.testing.graph import Durable
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_reader import ToyReader
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import COARSE, FINE

pytestmark = pytest.mark.no_cover
"""Thousands of runs of code that the other tests cover: tracing them takes minutes and tells nothing."""


def lab_of(grain: Capabilities, sizes: tuple[str, ...]) -> CrashLab:
    """A laboratory over an empty store whose answers name no product."""
    subject = ToySubject(capabilities=grain)
    subject.target = ToyReader(capabilities=grain)
    return CrashLab(subject=subject, plan=sample_plan(grain, sizes=sizes))


def states(lab: CrashLab, end: Durable) -> set[State]:
    """States of a plan's steps at an end."""
    progress = Progress(agenda=lab.plan.agenda, history=History.of(end.entries))
    return {progress.state(step) for step in lab.plan.steps}


@pytest.mark.parametrize(("grain", "sizes"), [(COARSE, ("S", "M")), (FINE, ("S",))], ids=["coarse", "fine"])
def test_a_crash_before_the_look_is_mended_by_a_resume(grain: Capabilities, sizes: tuple[str, ...]) -> None:
    """From every durable state, those between a creation and its reading back too, each change is there once."""
    lab = lab_of(grain, sizes)
    undisturbed = lab.run_from(lab.start, None).passed[-1]
    graph = lab.close(kinds=(FaultKind.RESET, FaultKind.LOST))
    assert {end.digest for end in graph.ends} == {undisturbed.digest}
    assert all(states(lab, end) == {State.DONE} for end in graph.ends)
    assert all(entry.mark is not Mark.ASKED for end in graph.ends for entry in end.entries)
