"""A divided step stands where the worst of its children stands, so that nothing of it is forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import pytest
from attrs import evolve

from po_bridge.planning.history import Entry, History
from po_bridge.planning.mark import Mark
from po_bridge.planning.progress import Progress, State
from po_bridge.planning.receipt import Rest
from po_bridge.planning.refs_of import halves
from po_bridge.planning.step import Step
from po_bridge.planning.write import AddLines
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.subject import START
from po_bridge.testing.toy_target import COARSE

PLAN = sample_plan(COARSE)
PARENT = next(step for step in PLAN.steps if isinstance(step.write, AddLines))

WAYS: dict[State, tuple[Mark, ...]] = {
    State.ASKED: (Mark.INTENDED, Mark.UNKNOWN, Mark.ASKED),
    State.HELD: (Mark.INTENDED, Mark.REFUSED, Mark.HELD),
    State.DOUBTFUL: (Mark.INTENDED, Mark.UNKNOWN),
    State.RUNNING: (Mark.INTENDED,),
    State.WAITING: (Mark.INTENDED, Mark.NOT_SENT),
    State.UNDONE: (Mark.INTENDED, Mark.DONE, Mark.UNDOING, Mark.UNDONE),
    State.DONE: (Mark.INTENDED, Mark.DONE),
}
"""How a step comes to stand somewhere, the worst first."""


def entries(key: str, marks: tuple[Mark, ...]) -> Iterator[Entry]:
    """Entries of a step that got these marks."""
    return (Entry(step=key, mark=mark, at=START, sent_at=START) for mark in marks)


def divided(*children: State) -> tuple[Progress, Step]:
    """The lines of the sample order in two halves, which stand where it is said."""
    split = Entry(step=PARENT.key, mark=Mark.SPLIT, at=START, detail=Rest(writes=halves(PARENT.write)))
    begun = (
        entry
        for number, state in enumerate(children)
        for entry in entries(f"{PARENT.key}/{number}", WAYS[state])
    )
    return Progress(agenda=PLAN.agenda, history=History.of((split, *begun))), PARENT


@pytest.mark.parametrize(("worse", "better"), list(combinations(WAYS, 2)), ids=lambda state: state.value)
def test_the_worst_child_counts(worse: State, better: State) -> None:
    """Whichever half it is that stands worse, the whole stands there, and is not done."""
    for children in ((worse, better), (better, worse)):
        progress, parent = divided(*children)
        assert progress.state(parent) is worse
        assert not progress.done(parent.key)


@pytest.mark.parametrize("state", WAYS, ids=lambda state: state.value)
def test_equal_children(state: State) -> None:
    """Halves that stand alike stand for the whole; it is done only where both are."""
    progress, parent = divided(state, state)
    assert progress.state(parent) is state
    assert progress.done(parent.key) is (state is State.DONE)


def test_child_that_was_not_begun_is_waited_for() -> None:
    """A half that the journal has not seen is waited for, though the other is done."""
    progress, parent = divided(State.DONE)
    assert progress.state(parent) is State.WAITING


def test_mended_child_waits_again() -> None:
    """A held half is tried again once a person mended its cause, and only that one."""
    progress, parent = divided(State.HELD, State.DONE)
    assert progress.state(parent) is State.HELD
    mended = evolve(progress, mended=frozenset({f"{parent.key}/0"}))
    assert mended.state(parent) is State.WAITING
