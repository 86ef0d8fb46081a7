"""Runs a plan: the journal before the call, the outcome after it, and nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import assert_never

from attrs import define, field

from ..errors import DocumentError, LeaseLost, RemoteError
from ..planning.book import Opened
from ..planning.history import Entry, History
from ..planning.mark import Mark
from ..planning.progress import Action, Divide, Finish, Probe, ReadBack, Send, ready
from ..planning.receipt import Doubt
from ..planning.title import title
from ..planning.verdict import (
    ATTEMPTS,
    NotSent,
    after_attempt,
    after_probe,
    divided,
    intent,
    orphaned,
)
from ..ports.exchange import Exchange, Lane, gather, now, run, wait
from ..ports.journal import Ledger
from ..ports.leases import Lease
from ..ports.target import Target
from .attempt import attempt
from .event import OnEvent, StepMarked, Waiting, ignore
from .reading_back import read_back

CALL_SECONDS = 45.0
"""Longest a call may take; nothing is sent unless the lease outlives it."""
LEASE_SECONDS = 120.0
"""How long a lease is taken for; renewed on the way."""


@define(kw_only=True)
class Runner:
    """One run of one opened plan under a lease."""

    target: Target
    """The POS."""
    journal: Ledger
    """What survives a crash."""
    opened: Opened
    """The plan."""
    lease: Lease
    """The right to write."""
    on_event: OnEvent = ignore
    """Takes events."""
    history: History = field(factory=History)
    """What is known: the journal's entries and those that wait for the next commit."""
    causes: dict[str, str] = field(factory=dict)
    """Why steps were left alone in this run, by step."""
    _pending: list[Entry] = field(factory=list)
    _tries: dict[str, int] = field(factory=dict)
    _troubles: dict[str, str] = field(factory=dict)
    _mended: set[str] = field(factory=set)

    def run(self) -> Exchange[History]:
        """Go on until nothing more can happen; the answer is the whole history.

        Steps that an earlier run left held are tried again: a new run says that the cause was mended.
        Raises ``LeaseLost``; errors of the remote are written down, never raised.
        """
        self.history = yield from run(lambda: self.journal.read(self.opened.plan.digest), Lane.JOURNAL)
        yield from self._recover()
        while True:
            actions = self._ready()
            if isinstance(actions, Finish):
                break
            yield from self._turn(actions)
        yield from self._commit(())
        return self.history

    def _ready(self) -> tuple[Action, ...] | Finish:
        return ready(
            self.opened.plan,
            self.history,
            parallel=self.target.capabilities.parallel,
            resting=frozenset(self.causes),
            mended=frozenset(self._mended),
        )

    def _recover(self) -> Exchange[None]:
        moment = yield from now()
        last = tuple(self.history.last.values())
        self._mended.update(entry.step for entry in last if entry.mark is Mark.HELD)
        self._note(orphaned(entry, moment) for entry in last if entry.mark is Mark.INTENDED)
        yield from self._commit(())

    def _turn(self, actions: Sequence[Action]) -> Exchange[None]:
        moment = yield from now()
        due = [action for action in actions if (action.not_before or moment) <= moment]
        if not due:
            yield from self._wait(actions, moment)
            return
        divisions = [divided(action, moment) for action in due if isinstance(action, Divide)]
        if divisions:
            self._note(divisions)
            return
        yield from self._renew(moment)
        sends = [action for action in due if isinstance(action, Send)]
        if sends:
            yield from self._commit([intent(send, moment) for send in sends])
        outcomes = yield from gather(tuple(self._act(action, moment) for action in due))
        for entries in outcomes:
            self._note(entries)

    def _act(self, action: Action, moment: datetime) -> Exchange[tuple[Entry, ...]]:
        match action:
            case Send():
                return (yield from self._send(action, moment))
            case Probe():
                return (yield from self._probe(action))
            case Divide():
                return (divided(action, moment),)
            case ReadBack():
                return (yield from self._read_back(action))
            case _:
                assert_never(action)

    def _send(self, send: Send, sent_at: datetime) -> Exchange[tuple[Entry, ...]]:
        key = send.step.key
        self._mended.discard(key)
        outcome = yield from attempt(self.target.perform(send.step, self.history.ids), self._guard)
        self._tries[key] = self._tries.get(key, 0) + 1
        if isinstance(outcome, (Doubt, NotSent)):
            self._troubles[key] = outcome.why
        if self._tired(key) and isinstance(outcome, NotSent):
            self.causes[key] = outcome.why
        return after_attempt(send, sent_at, outcome, (yield from now()), last=self._tired(key))

    def _tired(self, step: str) -> bool:
        """Whether a step was sent as often as one run may."""
        return self._tries.get(step, 0) >= ATTEMPTS

    def _guard(self) -> Exchange[None]:
        """Let nothing leave that the lease might not outlive; reads before it may have taken long."""
        yield from self._renew((yield from now()))
        # the worker may have been paused while it renewed: only a moment read since then counts
        self._check_lease((yield from now()))

    def _probe(self, probe: Probe) -> Exchange[tuple[Entry, ...]]:
        try:
            found = yield from self.target.probe(probe.step, self.history.ids, self.opened.since)
        except (RemoteError, DocumentError) as error:
            self.causes[probe.step.key] = str(error)
            return ()
        settle = timedelta(seconds=self.target.capabilities.settle)
        entry = after_probe(probe, found, settle, (yield from now()))
        if entry.mark is Mark.NOT_SENT and self._tired(probe.step.key):
            self.causes[probe.step.key] = self._troubles[probe.step.key]
        return (entry,)

    def _read_back(self, action: ReadBack) -> Exchange[tuple[Entry, ...]]:
        # what was made so far must be known even where the look itself breaks off
        yield from self._commit(())
        try:
            return (yield from read_back(self.target, action.steps, self.history, self.opened.since))
        except (RemoteError, DocumentError) as error:
            self.causes.update(dict.fromkeys((step.key for step in action.steps), str(error)))
            return ()

    def _wait(self, actions: Sequence[Action], moment: datetime) -> Exchange[None]:
        yield from self._commit(())
        first = min(actions, key=lambda action: action.not_before or moment)
        until = first.not_before or moment
        why = title(first.step.write)
        self.on_event(Waiting(plan=self.opened.plan.digest, until=until, why=why))
        yield from wait(min((until - moment).total_seconds(), LEASE_SECONDS / 3))
        yield from self._renew((yield from now()))

    def _renew(self, moment: datetime) -> Exchange[None]:
        if (self.lease.until - moment).total_seconds() < LEASE_SECONDS / 2:
            renewed = partial(self.journal.renew, self.lease, moment, LEASE_SECONDS)
            self.lease = yield from run(renewed, Lane.JOURNAL)

    def _check_lease(self, moment: datetime) -> None:
        if (self.lease.until - moment).total_seconds() < CALL_SECONDS:
            raise LeaseLost(", ".join(self.lease.keys))

    def _note(self, entries: Iterable[Entry]) -> None:
        new = tuple(entries)
        self.history = self.history.plus(*new)
        self._pending.extend(new)

    def _commit(self, entries: Sequence[Entry]) -> Exchange[None]:
        """Write what waits and *entries* in one commit, then tell; a completion rides on the next intent."""
        self._note(entries)
        if not self._pending:
            return
        batch, self._pending = tuple(self._pending), []
        digest = self.opened.plan.digest
        yield from run(lambda: self.journal.append(digest, batch, self.lease), Lane.JOURNAL)
        for entry in batch:
            self.on_event(self._told(entry))

    def _told(self, entry: Entry) -> StepMarked:
        step = self.opened.plan.agenda.by_key[entry.step.partition("/")[0]]
        return StepMarked(
            plan=self.opened.plan.digest,
            step=entry.step,
            title=title(step.write),
            mark=entry.mark,
            attempt=entry.attempt,
            detail=entry.detail,
            at=entry.at,
            orders=step.orders,
        )
