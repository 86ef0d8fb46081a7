"""From an approved plan to an outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from attrs import define

from ..errors import (
    DocumentError,
    ForeignPlan,
    Misuse,
    OpenQuestions,
    RemoteError,
    StalePlan,
    UsedPlan,
)
from ..models.keys import OrderKey
from ..models.setup import Setup
from ..planning.book import Applied, Opened
from ..planning.canonical import sealed
from ..planning.mark import Mark
from ..planning.outcome import Difference, Held, OrderOutcome, Outcome
from ..planning.plan import FORMAT, Basis, Goal, Plan
from ..planning.planner import plan as make_plan
from ..planning.snapshot import Positions
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.journal import Journal
from ..ports.leases import Holder, Lease
from ..ports.source import Source
from ..ports.target import Target
from .event import OnEvent, RunEnded, RunStarted
from .judging import WORDS, Judge
from .leasing import Keeper, lease_for
from .reviewing import Reviewing
from .runner import Runner
from .verifying import verify

_TAKEN_BACK = frozenset({Mark.UNDOING, Mark.UNDONE})


@define(kw_only=True)
class Applying:
    """Applies and resumes plans."""

    source: Source
    """The wholesale platform."""
    target: Target
    """The POS."""
    journal: Journal
    """What survives a crash."""
    reviewing: Reviewing
    """Reads again what decided."""
    setup: Setup
    """The merchant's choices."""
    holder: Holder
    """Who we are, for leases."""
    on_event: OnEvent
    """Takes events."""

    def apply(self, plan: Plan) -> Exchange[Outcome]:
        """Write a plan, or go on with it where it was opened before.

        Raises ``ForeignPlan``, ``UsedPlan``, ``OpenQuestions``, ``StalePlan`` or ``LeaseHeld``, and then nothing
        was written; what a remote refuses is in the outcome.
        """
        return (yield from self.write(plan, self._fresh))

    def write(self, plan: Plan, fresh: Callable[[Plan], Exchange[Positions]]) -> Exchange[Outcome]:
        """The same for any plan; *fresh* reads again what decided it, before it is opened."""
        self._check(plan)
        lease = yield from lease_for(plan, self.journal, self.holder)
        keeper = Keeper(leases=self.journal, lease=lease)
        try:
            return (yield from keeper.during(self._write(plan, lease, fresh)))
        finally:
            yield from run(partial(self.journal.release, lease), Lane.JOURNAL)

    def _write(
        self, plan: Plan, lease: Lease, fresh: Callable[[Plan], Exchange[Positions]]
    ) -> Exchange[Outcome]:
        opened = yield from run(partial(self.journal.opened, plan.digest), Lane.JOURNAL)
        if opened is None:
            opened = yield from self._open(plan, lease, fresh)
        else:
            yield from self._check_current(opened)
        return (yield from self._run(opened, lease))

    def resume(self, digest: str) -> Exchange[Outcome]:
        """Go on with an opened plan by its digest or the beginning of it."""
        unfinished = yield from run(self.journal.unfinished, Lane.JOURNAL)
        found = [opened for opened in unfinished if opened.plan.digest.startswith(digest)]
        if len(found) != 1:
            raise Misuse(f"{len(found)} unfinished plans begin with {digest!r}; see po-bridge status")
        return (yield from self.apply(found[0].plan))

    def _check(self, plan: Plan) -> None:
        if plan.format != FORMAT:
            raise ForeignPlan(str(plan.format), str(FORMAT), "format")
        if plan.store != self.target.store:
            raise ForeignPlan(plan.store, self.target.store, "store")
        seal = sealed(plan).digest
        if seal != plan.digest:
            raise ForeignPlan(plan.digest, seal, "seal")
        if plan.blocking:
            raise OpenQuestions(tuple(str(question) for question in plan.blocking))

    def _open(
        self, plan: Plan, lease: Lease, fresh: Callable[[Plan], Exchange[Positions]]
    ) -> Exchange[Opened]:
        since = yield from fresh(plan)
        opened = Opened(plan=plan, at=(yield from now()), since=since)
        yield from run(partial(self.journal.open_plan, opened, lease), Lane.JOURNAL)
        return opened

    def _check_current(self, opened: Opened) -> Exchange[None]:
        plan = opened.plan
        if opened.closed_at is not None:
            raise UsedPlan(plan.digest, f"it was applied at {opened.closed_at.isoformat()}")
        book = yield from run(partial(self.journal.book, plan.orders, ()), Lane.JOURNAL)
        if any(book.rounds.get(goal.order, 0) > goal.round for goal in plan.goals):
            raise UsedPlan(plan.digest, "a later plan of the same order was opened")
        history = yield from run(partial(self.journal.read, plan.digest), Lane.JOURNAL)
        if any(entry.mark in _TAKEN_BACK for entry in history.last.values()):
            raise UsedPlan(plan.digest, "it is being taken back; run undo to its end")

    def _fresh(self, plan: Plan) -> Exchange[Positions]:
        """Read again what decided; raises StalePlan where a deciding field moved."""
        orders = []
        for key in plan.orders:
            orders.append((yield from self.source.order(key)))  # noqa: PERF401  # a generator cannot be asked inside
        review = yield from self.reviewing.of(tuple(orders))
        again = make_plan(review, self.setup)
        moved = _moved(plan.basis, again.basis)
        rounds = {goal.order: goal.round for goal in again.goals}
        for goal in plan.goals:
            if goal.round != rounds[goal.order]:
                raise UsedPlan(plan.digest, f"order {goal.number} was planned and opened since")
        if moved:
            raise StalePlan(plan.digest, moved)
        return review.snapshot.positions

    def _run(self, opened: Opened, lease: Lease) -> Exchange[Outcome]:
        plan = opened.plan
        runner = Runner(
            target=self.target, journal=self.journal, opened=opened, lease=lease, on_event=self.on_event
        )
        known = yield from run(partial(self.journal.read, plan.digest), Lane.JOURNAL)
        done = Judge(plan=plan, history=known, causes={}).steps_done
        started = RunStarted(
            plan=plan.digest, orders=plan.orders, steps=len(plan.steps), done=done, at=(yield from now())
        )
        self.on_event(started)
        history = yield from runner.run()
        judge = Judge(plan=plan, history=history, causes=runner.causes)
        outcomes = yield from self._judge(judge)
        yield from self._close(judge, outcomes, runner.lease)
        words = tuple((key, WORDS.get(type(outcome), "undone")) for key, outcome in outcomes.items())
        self.on_event(RunEnded(plan=plan.digest, at=(yield from now()), words=words))
        return Outcome(plan=plan.digest, orders=outcomes, summary=judge.summary(outcomes, self.setup))

    def _judge(self, judge: Judge) -> Exchange[Mapping[OrderKey, OrderOutcome]]:
        outcomes: dict[OrderKey, OrderOutcome] = {}
        for goal in judge.plan.goals:
            try:
                outcomes[goal.order] = judge.outcome(goal, (yield from self._verified(judge, goal)))
            except (RemoteError, DocumentError) as error:
                outcomes[goal.order] = judge.unverified(goal, str(error))
        return outcomes

    def _verified(self, judge: Judge, goal: Goal) -> Exchange[tuple[Difference, ...]]:
        if not judge.done(goal):
            return ()
        return (yield from verify(self.target, goal, judge.history.ids))

    def _close(self, judge: Judge, outcomes: Mapping[OrderKey, OrderOutcome], lease: Lease) -> Exchange[None]:
        """Remember what was applied; a plan with held steps stays open, so that it can be resumed."""
        book = yield from run(partial(self.journal.book, judge.plan.orders, ()), Lane.JOURNAL)
        moment = yield from now()
        applied: list[Applied] = [
            judge.applied(goal, outcomes[goal.order], book.applied.get(goal.order), moment)
            for goal in judge.plan.goals
        ]
        finished = not any(isinstance(outcome, Held) for outcome in outcomes.values())
        close = partial(self.journal.close_plan, judge.plan.digest, applied, moment, lease, finished=finished)
        yield from run(close, Lane.JOURNAL)


def _moved(then: tuple[Basis, ...], again: tuple[Basis, ...]) -> tuple[str, ...]:
    before = {basis.where: basis.value for basis in then}
    after = {basis.where: basis.value for basis in again}
    return tuple(
        f"{where}: was {before.get(where, 'not looked at')}, is {after.get(where, 'not looked at')}"
        for where in sorted(before.keys() | after.keys())
        if before.get(where) != after.get(where)
    )
