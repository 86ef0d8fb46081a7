"""Runs a plan from a durable state and tells every state it passes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Self

from attrs import define, field

from ..execution.runner import Runner
from ..planning.book import Opened
from ..planning.history import Entry, History
from ..planning.plan import Plan
from ..planning.progress import Progress, State
from ..planning.snapshot import Positions
from ..ports.leases import Holder, Lease
from .cursors import positions
from .fault import Fault, FaultKind
from .graph import Durable, Graph, Walk, explore, finished
from .refusing import refusing
from .sample import sample_plan
from .subject import START, Subject

_LEASE = Lease(
    keys=("trial",),
    fence=1,
    holder=Holder(host="trial", pid=0, started=""),
    until=START + timedelta(days=36500),
)


@define
class _Trial:
    """One run: a ledger that starts with what was committed before, and every state that is passed."""

    subject: Subject
    entries: tuple[Entry, ...] = ()
    passed: list[Durable] = field(factory=list)

    def read(self, digest: str) -> History:
        """What was committed."""
        return History.of(self.entries)

    def append(self, digest: str, entries: Sequence[Entry], lease: Lease) -> None:
        """Commit entries and note the state."""
        self.entries += tuple(entries)
        self.note()

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """The lease outlives every trial."""
        return lease

    def note(self) -> None:
        """Note the state as it is now."""
        remote = self.subject.remote
        self.passed.append(Durable(entries=self.entries, remote=remote.snapshot(), digest=remote.digest()))


@define(kw_only=True)
class CrashLab:
    """Closes the graph of one plan against one target."""

    subject: Subject
    """The target under trial."""
    plan: Plan
    """The plan that is run."""
    since: Positions = field(factory=dict)
    """Cursor positions before the plan's first write."""
    refused: frozenset[str] = frozenset()
    """Kinds of write that are refused every time, as ``AddLines``."""
    start: Durable = field(init=False)
    """The state before anything was done: the remote as it was given."""

    def __attrs_post_init__(self) -> None:
        remote = self.subject.remote
        self.start = Durable(entries=(), remote=remote.snapshot(), digest=remote.digest())

    @classmethod
    def of(cls, subject: Subject, *, sizes: tuple[str, ...] = ("S",), pictures: bool = True) -> Self:
        """A laboratory for the sample plan over a subject as it stands; its facts are read first, as a Bridge does."""
        subject.drive(subject.target.facts())
        target = subject.target
        plan = sample_plan(
            target.capabilities,
            store=target.store,
            sizes=sizes,
            outlet_id=subject.outlet_id,
            pictures=pictures,
        )
        return cls(subject=subject, plan=plan, since=positions(subject))

    def states(self, end: Durable) -> Mapping[str, State]:
        """The state of each step of the plan at an end, by key."""
        progress = Progress(agenda=self.plan.agenda, history=finished(self.plan, end))
        return {step.key: progress.state(step) for step in self.plan.steps}

    def run_from(self, state: Durable, fault: Fault | None) -> Walk:
        """Restart in a state, meet a fault, go on to the end."""
        self._restore(state)
        trial = _Trial(self.subject, state.entries)
        self.subject.on_change(trial.note)
        self.subject.inject(fault)
        opened = Opened(plan=self.plan, at=START, since=self.since)
        target = refusing(self.subject.target, self.refused) if self.refused else self.subject.target
        runner = Runner(target=target, journal=trial, opened=opened, lease=_LEASE)
        self.subject.drive(runner.run())
        self.subject.inject(None)
        self.subject.on_change(_nothing)
        trial.note()
        return Walk(fault=fault, passed=tuple(trial.passed))

    def _restore(self, state: Durable) -> None:
        last = max((entry.at for entry in state.entries), default=START)
        self.subject.clock.moment = last + timedelta(seconds=1)
        self.subject.remote.restore(state.remote)

    def close(
        self,
        kinds: tuple[FaultKind, ...] = tuple(FaultKind),
        calls: tuple[int, ...] = (1, 2),
        on_end: Callable[[Durable], None] = lambda _end: None,
    ) -> Graph:
        """Close the graph; raises RuntimeError where it does not close, and what *on_end* raises at an end."""
        return explore(self.start, self.run_from, kinds=kinds, calls=calls, on_end=on_end)


def _nothing() -> None:
    """Tell nobody."""
