"""From a plan that was applied to one that was taken back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from attrs import define

from ..errors import Misuse, UsedPlan
from ..models.setup import Setup
from ..planning.book import Applied, Opened
from ..planning.outcome import Outcome, Undone
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.journal import Journal
from ..ports.leases import Holder, Lease
from ..ports.target import Target
from .event import OnEvent
from .judging import Judge
from .leasing import Keeper, lease_for
from .remembering import Remembered
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
        # a plan that neither stands nor waits can be named by its whole digest
        named = found[0] if len(found) == 1 else digest
        opened = (yield from run(partial(self.journal.opened, named), Lane.JOURNAL)) if named else None
        if opened is None:
            raise Misuse(f"{len(found)} plans begin with {digest!r}; see po-bridge status")
        _check_last(opened, applied)
        if opened.plan.store != self.target.store:
            raise Misuse(f"that plan is for store {opened.plan.store}, not for {self.target.store}")
        return opened

    def _close(self, opened: Opened, undoing: Undoing) -> Exchange[Outcome]:
        plan, history = opened.plan, undoing.history
        book = yield from run(partial(self.journal.book, plan.orders, ()), Lane.JOURNAL)
        before = partial(self.journal.applied_before, plan.digest, plan.orders)
        moment = yield from now()
        record = Remembered(
            opened=opened,
            history=history,
            kept=tuple(undoing.kept),
            last=book.applied,
            before=(yield from run(before, Lane.JOURNAL)),
        )
        applied = [record.of(goal) for goal in plan.goals]
        lease: Lease = undoing.lease
        close = partial(
            self.journal.close_plan, plan.digest, applied, moment, lease, finished=undoing.finished
        )
        yield from run(close, Lane.JOURNAL)
        outcome = Undone(kept=tuple(undoing.kept))
        outcomes = dict.fromkeys(plan.orders, outcome)
        judge = Judge(plan=plan, history=history, causes={})
        return Outcome(plan=plan.digest, orders=outcomes, summary=judge.summary(outcomes, self.setup))


def _check_last(opened: Opened, applied: Sequence[Applied]) -> None:
    """Raise ``UsedPlan`` for a plan that was followed by another: what that did stands on what this one did."""
    rounds = {goal.order: goal.round for goal in opened.plan.goals}
    since = sorted({one.plan[:12] for one in applied if one.round > rounds.get(one.order, one.round)})
    if since:
        why = f"another plan of its orders came after it ({', '.join(since)}), and only the last can be taken back"
        raise UsedPlan(opened.plan.digest, why)
