"""The graph of durable states as a suite: inherit beside ``TargetContract`` and give the same ``subject``.

::

    class TestMyGraph(GraphContract):
        @pytest.fixture
        def subject(self) -> Subject: ...

Thousands of runs: leave it out of measuring coverage (``pytestmark = pytest.mark.no_cover``).
The subject needs a remote that is put back fast, and a ``digest`` without ids, times and versions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import pytest

from ..planning.progress import State
from .crash import CrashLab
from .fault import FaultKind
from .graph import Durable
from .subject import Subject
from .target_case import TargetCase, name

KINDS = (FaultKind.REFUSED, FaultKind.BUSY, FaultKind.NOT_SENT, FaultKind.RESET, FaultKind.LOST)
"""Faults of the walk; the broken ones are judged as reset and lost are, and ``TargetContract`` tries them."""


class GraphContract(TargetCase):
    """From every state that a crash can leave, the plan ends with each change once."""

    sizes: ClassVar[tuple[str, ...]] = ("S",)
    """Variants of the plan that is walked."""
    calls: ClassVar[tuple[int, ...]] = (1, 2)
    """Which calls of a run meet the faults; the first alone will do where every step and probe is one call."""
    refusals: ClassVar[tuple[str, ...]] = ("CreateSupplier", "CreateFamily", "AddLines")
    """Writes that the POS refuses for good, one after the other: at the start, in the middle, at the end."""

    @pytest.fixture
    def lab(self, subject: Subject) -> CrashLab:
        """The laboratory over the subject."""
        return CrashLab.of(subject, sizes=self.sizes, pictures=self.pictures)

    def test_every_state_ends_with_each_change_once(self, lab: CrashLab) -> None:
        """From any durable state the plan ends done, with the very things of an undisturbed run."""
        lab.close(kinds=KINDS, calls=self.calls, on_end=_judge(lab, {State.DONE}))

    def test_a_refusal_is_held_and_nothing_is_there_twice(self, lab: CrashLab) -> None:
        """A write that is refused for good holds what needs it; all else is done once."""
        for refused in self.refusals:
            lab.refused = frozenset({refused})
            if not any(name(step) == refused for step in lab.plan.steps):
                continue
            judge = _judge(lab, {State.DONE, State.HELD, State.WAITING})
            lab.close(kinds=(FaultKind.RESET, FaultKind.LOST), calls=(1,), on_end=judge)


def _judge(lab: CrashLab, expected: set[State]) -> Callable[[Durable], None]:
    """Compare each end with that of an undisturbed run."""
    undisturbed = lab.run_from(lab.start, None).passed[-1]

    def judge(end: Durable) -> None:
        _told(lab, end, expected)
        if end.digest != undisturbed.digest:
            odd = _odd(undisturbed, end)
            raise AssertionError(f"every restart must end with the same store, one ended otherwise: {odd}")

    return judge


def _odd(undisturbed: Durable, end: Durable) -> str:
    wanted, found = undisturbed.digest.splitlines(), end.digest.splitlines()
    more = [f"too much: {line}" for line in found if found.count(line) > wanted.count(line)]
    less = [f"missing: {line}" for line in wanted if wanted.count(line) > found.count(line)]
    return (more or less or ["the same lines in another order"])[0]


def _told(lab: CrashLab, end: Durable, expected: set[State]) -> None:
    odd = {
        name(lab.plan.agenda.by_key[key]): state
        for key, state in lab.states(end).items()
        if state not in expected
    }
    if odd:
        listed = ", ".join(f"{write} {state.value}" for write, state in odd.items())
        raise AssertionError(f"perform() and probe() must bring every step to an end, left: {listed}")
