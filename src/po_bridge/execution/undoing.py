"""Takes a plan back: compensations in reverse, each with an intent of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from attrs import define, field

from ..errors import DocumentError, LeaseLost, RemoteError
from ..planning.book import Opened
from ..planning.history import Detail, Entry, History
from ..planning.mark import Mark
from ..planning.present import Present
from ..planning.progress import Progress, State
from ..planning.question import Question, Stops
from ..planning.receipt import Absent, Done, Doubt, Partly, Receipt, Refusal, Rest, Unclear
from ..planning.refs import Kind, Known, Ref
from ..planning.snapshot import Collection, Wanted
from ..planning.step import Step
from ..planning.title import title
from ..planning.undoing import Keep, TakeBack, compensations, touched_orders
from ..planning.verdict import ATTEMPTS, NotSent
from ..planning.write import Remove, UpdateProduct, Write
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, now, run, wait
from ..ports.journal import Ledger
from ..ports.leases import Lease
from ..ports.target import Target
from .attempt import attempt
from .event import OnEvent, StepMarked
from .reading_back import read_back
from .refresh import drain
from .runner import CALL_SECONDS, LEASE_SECONDS


@define(kw_only=True)
class Undoing:
    """One undo of one opened plan under a lease."""

    target: Target
    """The POS."""
    journal: Ledger
    """What survives a crash."""
    mirror: Mirror
    """The store's records."""
    opened: Opened
    """The plan."""
    lease: Lease
    """The right to write."""
    on_event: OnEvent
    """Takes events."""
    delete_products: bool
    """Whether products and records the plan made are deleted."""
    cancel: bool
    """Whether an order that cannot be deleted is cancelled."""
    history: History = field(factory=History)
    """The journal's entries."""
    kept: list[str] = field(factory=list)
    """What stays, and why, for people."""
    finished: bool = True
    """False where something could not be reached, so that undo must be run again."""

    def run(self) -> Exchange[None]:
        """Take back what can be taken back; raises ``LeaseLost``."""
        self.history = yield from run(partial(self.journal.read, self.opened.plan.digest), Lane.JOURNAL)
        yield from self._read_back()
        present = yield from self._present()
        for action in compensations(self.opened.plan.agenda, self.history, present):
            match action:
                case Keep():
                    self.kept.append(str(action))
                case TakeBack():
                    yield from self._take_back(action)

    def _read_back(self) -> Exchange[None]:
        """Learn first what a run that was broken off did not read back: only what is known is taken back."""
        while unread := self._unread():
            waits = (self.history.last[step.key].not_before for step in unread)
            yield from self._pause(max(filter(None, waits), default=self.opened.at))
            try:
                entries = yield from read_back(self.target, unread, self.history, self.opened.since)
            except (RemoteError, DocumentError) as error:
                self.finished = False
                self.kept += [f"{title(step.write)} could not be read back: {error}" for step in unread]
                return
            for step, entry in zip(unread, entries, strict=True):
                yield from self._append(entry, step, f"read back: {title(step.write)}")
                self.kept += [entry.detail.text] if isinstance(entry.detail, Question) else []

    def _unread(self) -> tuple[Step, ...]:
        progress = Progress(agenda=self.opened.plan.agenda, history=self.history)
        return tuple(leaf for leaf in progress.leaves() if progress.state(leaf) is State.MADE)

    def _present(self) -> Exchange[Present]:
        yield from drain(self.target, self.mirror, Collection.PRODUCTS)
        ids = self.history.ids
        orders = touched_orders(self.opened.plan.agenda, ids)
        looked = yield from self.target.look(Wanted(orders=orders), self.opened.since)
        made = [remote for slot, remote in ids.items() if slot.kind is Kind.PRODUCT]
        writes = (step.write for step in self.opened.plan.steps)
        made += [ref.id for ref in _updated(writes) if isinstance(ref, Known)]
        used = [remote for slot, remote in ids.items() if slot.kind is not Kind.PRODUCT]
        products = yield from run(partial(self.mirror.products, made), Lane.CACHE)
        users = yield from run(partial(self.mirror.users, used), Lane.CACHE)
        return Present(
            ids=ids,
            orders=looked.orders,
            products=products,
            users=users,
            delete_products=self.delete_products,
            cancel=self.cancel,
        )

    def _take_back(self, action: TakeBack) -> Exchange[None]:
        """Undo one step; after a crash each write is probed before it is sent again."""
        before = self.history.last[action.step.key]
        began = before.sent_at if before.mark is Mark.UNDOING else None
        moment = yield from now()
        yield from self._mark(action.step, Mark.UNDOING, None, began or moment)
        if began is not None:
            yield from self._settle(began)
        for number, write in enumerate(action.writes):
            step = action.step.child(number, write, ())
            if began is not None and (yield from self._is_there(step)):
                continue
            trouble = yield from self._write(step)
            if trouble is not None:
                yield from self._trouble(action.step, step, trouble)
                return
        yield from self._mark(action.step, Mark.UNDONE, Receipt(), moment)

    def _write(self, step: Step) -> Exchange[Question | NotSent | None]:
        """Do one compensating write; the answer is what prevented it."""
        trouble: Question | NotSent = NotSent(why="not tried")
        for _ in range(ATTEMPTS):
            yield from self._check_lease()
            sent_at = yield from now()
            outcome = yield from attempt(self.target.perform(step, self.history.ids), self._check_lease)
            match outcome:
                case Receipt():
                    return None
                case Refusal(status=404) if isinstance(step.write, Remove):
                    return None
                case Refusal(again=True):
                    trouble = NotSent(why=outcome.words)
                    yield from self._pause(outcome.retry_at)
                case Refusal():
                    return _question(step.write, f"{outcome.words}; {outcome.mend}")
                case NotSent():
                    trouble = outcome
                    yield from self._pause(None)
                case Doubt() | Rest():
                    yield from self._settle(sent_at)
                    if (yield from self._is_there(step)):
                        return None
        return trouble

    def _is_there(self, step: Step) -> Exchange[bool]:
        try:
            found = yield from self.target.probe(step, self.history.ids, self.opened.since)
        except (RemoteError, DocumentError):
            return False
        match found:
            case Done():
                return True
            case Absent() | Partly() | Unclear():
                return False

    def _trouble(self, step: Step, write: Step, trouble: Question | NotSent) -> Exchange[None]:
        if isinstance(trouble, NotSent):
            self.finished = False
            self.kept.append(f"{title(write.write)} was not sent: {trouble.why}; run undo again")
            return
        self.kept.append(trouble.text)
        yield from self._mark(step, Mark.ASKED, trouble, (yield from now()))

    def _settle(self, sent_at: datetime) -> Exchange[None]:
        ready = sent_at + timedelta(seconds=self.target.capabilities.settle)
        yield from self._pause(ready)

    def _pause(self, until: datetime | None) -> Exchange[None]:
        moment = yield from now()
        yield from wait(max((until - moment).total_seconds(), 0.0) if until else 1.0)

    def _check_lease(self) -> Exchange[None]:
        moment = yield from now()
        if (self.lease.until - moment).total_seconds() < LEASE_SECONDS / 2:
            self.lease = yield from run(
                partial(self.journal.renew, self.lease, moment, LEASE_SECONDS), Lane.JOURNAL
            )
        # the worker may have been paused while it renewed: only a moment read since then counts
        moment = yield from now()
        if (self.lease.until - moment).total_seconds() < CALL_SECONDS:
            raise LeaseLost(", ".join(self.lease.keys))

    def _mark(self, step: Step, mark: Mark, detail: Detail | None, sent_at: datetime) -> Exchange[None]:
        entry = Entry(
            step=step.key, mark=mark, at=(yield from now()), attempt=1, sent_at=sent_at, detail=detail
        )
        yield from self._append(entry, step, f"take back: {title(step.write)}")

    def _append(self, entry: Entry, step: Step, words: str) -> Exchange[None]:
        digest = self.opened.plan.digest
        self.history = self.history.plus(entry)
        yield from run(partial(self.journal.append, digest, (entry,), self.lease), Lane.JOURNAL)
        told = StepMarked(
            plan=digest,
            step=entry.step,
            title=words,
            mark=entry.mark,
            attempt=entry.attempt,
            detail=entry.detail,
            at=entry.at,
            orders=step.orders,
        )
        self.on_event(told)


def _updated(writes: Iterable[Write]) -> Iterator[Ref]:
    """Products whose fields the plan set; those it made have slots."""
    return (write.product for write in writes if isinstance(write, UpdateProduct))


def _question(write: Write, words: str) -> Question:
    return Question(key=f"undo {title(write)}", text=f"{title(write)}: {words}", stops=Stops.NOTHING)
