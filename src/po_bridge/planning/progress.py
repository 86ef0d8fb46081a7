"""What may happen next: a pure function of plan and history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from enum import Enum
from typing import Protocol, assert_never

from attrs import field, frozen

from .agenda import Agenda
from .history import Entry, History
from .mark import Mark
from .receipt import Rest
from .refs_of import narrowed, used_by
from .step import Step


@frozen(kw_only=True)
class Send:
    """The step may be sent, as a new attempt with an intent of its own."""

    step: Step
    """What to send."""
    attempt: int
    """Number of this attempt, from 1."""
    not_before: datetime | None = None
    """Wait for this moment first."""


@frozen(kw_only=True)
class Probe:
    """The step's outcome is unknown: ask the remote."""

    step: Step
    """What to ask about."""
    sent_at: datetime
    """When the attempt in question was intended."""
    attempt: int
    """Number of that attempt."""
    not_before: datetime | None = None
    """Wait for this moment first."""


@frozen(kw_only=True)
class Divide:
    """The step goes on in parts: some of what it needs will not come."""

    step: Step
    """What is divided."""
    rest: Rest
    """Its children."""
    not_before: datetime | None = None
    """Always at once."""


@frozen(kw_only=True)
class ReadBack:
    """Nothing else can happen before what steps made is read back, all of it at once."""

    steps: tuple[Step, ...]
    """What is read back, in order."""
    not_before: datetime | None = None
    """Wait for this moment first."""

    @property
    def step(self) -> Step:
        """The first of them, which stands for all."""
        return self.steps[0]


@frozen(kw_only=True)
class Finish:
    """Nothing more can happen in this run."""


Action = Send | Probe | Divide | ReadBack
"""What the runner may do next."""


class State(Enum):
    """Where a step stands, children counted in."""

    WAITING = "waiting"
    """Not seen yet, or to be sent again."""
    RUNNING = "running"
    """Intended in this run."""
    DOUBTFUL = "doubtful"
    """Its outcome must be probed."""
    MADE = "made"
    """Its change is there, and is to be read back."""
    DONE = "done"
    """Its change is there."""
    HELD = "held"
    """A person must mend something."""
    ASKED = "asked"
    """A person must answer."""
    UNDONE = "undone"
    """Its change was taken back."""


_PLAIN: Mapping[Mark, State] = {
    Mark.INTENDED: State.RUNNING,
    Mark.NOT_SENT: State.WAITING,
    Mark.REFUSED: State.WAITING,
    Mark.UNKNOWN: State.DOUBTFUL,
    Mark.MADE: State.MADE,
    Mark.DONE: State.DONE,
    Mark.HELD: State.HELD,
    Mark.ASKED: State.ASKED,
    Mark.UNDOING: State.RUNNING,
    Mark.UNDONE: State.UNDONE,
}

_WORST = (
    State.ASKED,
    State.HELD,
    State.DOUBTFUL,
    State.RUNNING,
    State.MADE,
    State.WAITING,
    State.UNDONE,
)


class Planned(Protocol):
    """Anything with an agenda: a plan."""

    @property
    def agenda(self) -> Agenda:
        """Its steps, indexed."""
        ...


@frozen(kw_only=True)
class Progress:
    """A plan's steps against a history."""

    agenda: Agenda
    """The plan's steps."""
    history: History
    """What the journal holds."""
    resting: frozenset[str] = field(default=frozenset())
    """Steps that are left alone for the rest of this run."""
    mended: frozenset[str] = field(default=frozenset())
    """Held steps whose cause a person has mended."""

    def children(self, step: Step) -> tuple[Step, ...]:
        """Repairs of a step, none where it was not divided."""
        rest = self.history.rests.get(step.key)
        if rest is None:
            return ()
        return tuple(
            step.child(number, write, self.agenda.child_needs(step, used_by(write)))
            for number, write in enumerate(rest.writes)
        )

    def leaves(self) -> Iterator[Step]:
        """Steps and repairs that are sent themselves, in order."""
        for step in self.agenda.steps:
            yield from self._leaves(step)

    def open_leaves(self) -> Iterator[Step]:
        """Those that are not done, in order; a long run asks for them again and again."""
        last = self.history.last
        for step in self.agenda.steps:
            entry = last.get(step.key)
            if entry is None or entry.mark is Mark.MADE:
                yield step
            elif entry.mark is not Mark.DONE:
                yield from (
                    leaf for leaf in self._leaves(step) if self.history.mark(leaf.key) is not Mark.DONE
                )

    def _leaves(self, step: Step) -> Iterator[Step]:
        children = self.children(step)
        if not children:
            yield step
        for child in children:
            yield from self._leaves(child)

    def state(self, step: Step) -> State:
        """Where a step stands; the worst of its children where it was divided."""
        mark = self.history.mark(step.key)
        if mark is None or (mark is Mark.HELD and step.key in self.mended):
            return State.WAITING
        if mark in _PLAIN:
            return _PLAIN[mark]
        states = {self.state(child) for child in self.children(step)}
        return next((state for state in _WORST if state in states), State.DONE)

    def done(self, key: str) -> bool:
        """Whether a plan's step is done, children counted in."""
        mark = self.history.mark(key)
        if mark is Mark.DONE:
            return True
        if mark is not Mark.PARTLY and mark is not Mark.SPLIT:
            return False
        return self.state(self.agenda.by_key[key]) is State.DONE

    def hopeless(self, key: str) -> bool:
        """Whether a step will not be done in this run, by itself or for what it waits for."""
        if self.done(key):
            return False
        return not any(self._hopeful(leaf) for leaf in self._leaves(self.agenda.by_key[key]))

    def _hopeful(self, step: Step) -> bool:
        if step.key in self.resting:
            return False
        match self.state(step):
            case State.RUNNING | State.DOUBTFUL | State.MADE:
                return True
            case State.WAITING:
                return not any(self.hopeless(need) for need in step.needs) or bool(self.division(step))
            case State.DONE | State.HELD | State.ASKED | State.UNDONE:
                return False
            case _ as other:
                assert_never(other)

    def division(self, step: Step) -> Rest | None:
        """How a waiting step comes apart because some of its products will not come."""
        lost = {key for key in step.needs if self.hopeless(key)}
        if not lost or self.history.mark(step.key) is not None:
            return None
        makers = self.agenda.makers
        writes = narrowed(step.write, lambda slot: makers.get(slot) not in lost)
        if not writes or any(makers.get(slot) in lost for slot in used_by(writes[0])):
            return None
        if lost - self.agenda.making:
            return None
        return Rest(writes=writes)


def _action(progress: Progress, step: Step) -> Action | None:
    last: Entry | None = progress.history.last.get(step.key)
    match progress.state(step):
        case State.WAITING:
            if all(progress.done(need) for need in step.needs):
                attempt = last.attempt + 1 if last else 1
                return Send(step=step, attempt=attempt, not_before=last.not_before if last else None)
            rest = progress.division(step)
            return Divide(step=step, rest=rest) if rest else None
        case State.DOUBTFUL:
            if last is None or last.sent_at is None:
                return None
            return Probe(step=step, sent_at=last.sent_at, attempt=last.attempt, not_before=last.not_before)
        case _:
            return None


def _read_back(progress: Progress, steps: list[Step]) -> tuple[ReadBack] | Finish:
    """Everything that is to be read back, at the last moment that any of it has to wait for."""
    if not steps:
        return Finish()
    moments = [entry.not_before for step in steps if (entry := progress.history.last.get(step.key))]
    not_before = max((moment for moment in moments if moment), default=None)
    return (ReadBack(steps=tuple(steps), not_before=not_before),)


def ready(
    plan: Planned,
    history: History,
    *,
    parallel: int = 1,
    resting: frozenset[str] = frozenset(),
    mended: frozenset[str] = frozenset(),
) -> tuple[Action, ...] | Finish:
    """What may happen now, at most *parallel* steps under way at once.

    An empty answer means: wait for what is under way. Reading back comes last, so that one look serves as many
    steps as can be. Time enters through the history's ``not_before``.
    *resting* are steps that are left alone for the rest of this run, *mended* are held ones to be tried again.
    """
    progress = Progress(agenda=plan.agenda, history=history, resting=resting, mended=mended)
    actions: list[Action] = []
    made: list[Step] = []
    running = 0
    for step in progress.open_leaves():
        if running + len(actions) >= parallel:
            return tuple(actions)
        if step.key in resting:
            continue
        state = progress.state(step)
        if state is State.RUNNING:
            running += 1
            continue
        if state is State.MADE:
            made.append(step)
            continue
        action = _action(progress, step)
        if action is not None:
            actions.append(action)
    return tuple(actions) if actions or running else _read_back(progress, made)
