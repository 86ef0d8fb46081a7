"""From a plan that was applied to one that was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attrs import define

from ..errors import Misuse, UsedPlan
from ..models.setup import Setup
from ..planning.book import Applied, Opened
from ..planning.history import History
from ..planning.mark import Mark
from ..planning.outcome import Outcome, Undone
from ..planning.plan import Goal
from ..planning.progress import Progress, State
from ..planning.refs import Slot
from ..planning.write import CreateOrder
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.journal import Journal
from ..ports.leases import Holder, Lease
from ..ports.target import Target
from .event import OnEvent
from .judging import Judge
from .leasing import Keeper, lease_for
from .undoing import Undoing


@define(kw_only=True)
class TakingBack:
    """Takes plans back."""

    target: Target
    """The POS."""
    journal: Journal
    """What survives a crash."""
    mirror: Mirror
    """The store's records."""
    setup: Setup
    """The merchant's choices."""
    holder: Holder
    """Who we are, for leases."""
    on_event: OnEvent
    """Takes events."""

    def undo(self, digest: str, *, delete_products: bool, cancel: bool) -> Exchange[Outcome]:
        """Take back what a plan did; raises ``Misuse``, ``UsedPlan`` or ``LeaseHeld``, and then nothing was written."""
        opened = yield from self._opened(digest)
        lease = yield from lease_for(opened.plan, self.journal, self.holder)
        try:
            reopen = partial(self.journal.reopen_plan, opened.plan.digest, lease)
            yield from run(reopen, Lane.JOURNAL)
            undoing = Undoing(
                target=self.target,
                journal=self.journal,
                mirror=self.mirror,
                opened=opened,
                lease=lease,
                on_event=self.on_event,
                delete_products=delete_products,
                cancel=cancel,
            )
            yield from Keeper(leases=self.journal, lease=lease).during(undoing.run())
            return (yield from self._close(opened, undoing))
        finally:
            yield from run(partial(self.journal.release, lease), Lane.JOURNAL)

    def _opened(self, digest: str) -> Exchange[Opened]:
        """The plan of a digest or the beginning of one, applied or unfinished."""
        applied = yield from run(self.journal.applied, Lane.JOURNAL)
        unfinished = yield from run(self.journal.unfinished, Lane.JOURNAL)
        digests = {one.plan for one in applied} | {opened.plan.digest for opened in unfinished}
        found = [known for known in digests if digest and known.startswith(digest)]
        opened = None
        if len(found) == 1:
            opened = yield from run(partial(self.journal.opened, found[0]), Lane.JOURNAL)
        if opened is None:
            yield from self._refuse_older(digest, applied)
            raise Misuse(f"{len(found)} plans begin with {digest!r}; see po-bridge status")
        if opened.plan.store != self.target.store:
            raise Misuse(f"that plan is for store {opened.plan.store}, not for {self.target.store}")
        return opened

    def _refuse_older(self, digest: str, applied: Sequence[Applied]) -> Exchange[None]:
        """Raise ``UsedPlan`` for a plan that was followed by another: what that did stands on what this one did."""
        older = (yield from run(partial(self.journal.opened, digest), Lane.JOURNAL)) if digest else None
        if older is None:
            return
        since = sorted({one.plan[:12] for one in applied if one.order in older.plan.orders})
        why = f"another plan of its orders came after it ({', '.join(since)}), and only the last can be taken back"
        raise UsedPlan(older.plan.digest, why)

    def _close(self, opened: Opened, undoing: Undoing) -> Exchange[Outcome]:
        plan, history = opened.plan, undoing.history
        book = yield from run(partial(self.journal.book, plan.orders, ()), Lane.JOURNAL)
        moment = yield from now()
        applied = [
            _applied(opened, goal, history, undoing.kept, book.applied.get(goal.order)) for goal in plan.goals
        ]
        lease: Lease = undoing.lease
        close = partial(
            self.journal.close_plan, plan.digest, applied, moment, lease, finished=undoing.finished
        )
        yield from run(close, Lane.JOURNAL)
        outcome = Undone(kept=tuple(undoing.kept))
        outcomes = dict.fromkeys(plan.orders, outcome)
        judge = Judge(plan=plan, history=history, causes={})
        return Outcome(plan=plan.digest, orders=outcomes, summary=judge.summary(outcomes, self.setup))


def _applied(
    opened: Opened, goal: Goal, history: History, kept: list[str], before: Applied | None
) -> Applied:
    """What the book remembers of an order whose plan was taken back."""
    gone = _order_is_gone(opened, goal, history)
    return Applied(
        order=goal.order,
        number=goal.number,
        plan=opened.plan.digest,
        round=goal.round,
        at=opened.at,
        content="",
        status="undone",
        purchase_orders=() if gone or before is None else before.purchase_orders,
        lines=() if gone or before is None else before.lines,
        causes=tuple(kept),
    )


def _order_is_gone(opened: Opened, goal: Goal, history: History) -> bool:
    """Whether the purchase order that the plan made for this goal was taken back, or never made."""
    if not any(isinstance(ref, Slot) for ref in goal.purchase_orders):
        return False
    agenda = opened.plan.agenda
    progress = Progress(agenda=agenda, history=history)
    creations = [
        step for step in agenda.steps if isinstance(step.write, CreateOrder) and goal.order in step.orders
    ]
    if any(history.mark(step.key) is Mark.DONE for step in creations):
        return False
    return all(progress.state(step) is not State.DONE for step in creations)
