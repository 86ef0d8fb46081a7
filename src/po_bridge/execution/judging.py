"""What became of each order of a plan, from its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set as AbstractSet
from datetime import datetime
from decimal import Decimal

from attrs import frozen

from ..models.keys import OrderKey
from ..models.setup import Setup
from ..planning.book import Applied, AppliedLine
from ..planning.history import History
from ..planning.outcome import (
    Cause,
    Difference,
    Differs,
    Halted,
    Held,
    OrderOutcome,
    Summary,
    Synced,
)
from ..planning.plan import Goal, Plan, TargetLine
from ..planning.progress import Progress, State
from ..planning.question import Question
from ..planning.receipt import Doubt, Receipt, Refusal
from ..planning.refs import Known, Ref
from ..planning.step import Step
from ..planning.title import title
from ..planning.write import AddLines, SetLine, UpdateProduct

WORDS: Mapping[type[OrderOutcome], str] = {
    Synced: "synced",
    Differs: "differs",
    Held: "held",
    Halted: "halted",
}
"""Outcome words as the journal keeps them."""


@frozen(kw_only=True)
class Judge:
    """Reads a finished run."""

    plan: Plan
    """The plan."""
    history: History
    """Everything that happened."""
    causes: Mapping[str, str]
    """Why steps were left alone in the last run, by step."""

    @property
    def _progress(self) -> Progress:
        return Progress(agenda=self.plan.agenda, history=self.history)

    def outcome(self, goal: Goal, differences: Sequence[Difference]) -> OrderOutcome:
        """What became of one order."""
        ids = tuple(found for ref in goal.purchase_orders if (found := self._id(ref)))
        leaves = [leaf for leaf in self._progress.leaves() if goal.order in leaf.orders]
        questions = tuple(q for leaf in leaves if (q := self._question(leaf)) is not None)
        if questions:
            return Halted(purchase_orders=ids, questions=questions)
        open_leaves = [leaf for leaf in leaves if self._progress.state(leaf) is not State.DONE]
        if open_leaves:
            return Held(purchase_orders=ids, causes=self._causes(open_leaves))
        wrong = (*(found for leaf in leaves for found in self._differences(leaf)), *differences)
        if wrong:
            return Differs(purchase_orders=ids, differences=wrong)
        notes = tuple(note for leaf in leaves for note in self._notes(leaf))
        return Synced(purchase_orders=ids, notes=notes)

    def unverified(self, goal: Goal, why: str) -> Held:
        """What became of an order whose steps are done, but which could not be read back."""
        ids = tuple(found for ref in goal.purchase_orders if (found := self._id(ref)))
        cause = Cause(
            step="", what="read the purchase order back", words=why, mend="resume the plan to check it"
        )
        return Held(purchase_orders=ids, causes=(cause,))

    @property
    def steps_done(self) -> int:
        """How many of the plan's steps are done."""
        return sum(self._progress.done(step.key) for step in self.plan.steps)

    def done(self, goal: Goal) -> bool:
        """Whether every step of an order is done."""
        return all(self._progress.done(step.key) for step in self.plan.steps if goal.order in step.orders)

    def _id(self, ref: Ref) -> str | None:
        return ref.id if isinstance(ref, Known) else self.history.ids.get(ref)

    def _question(self, leaf: Step) -> Question | None:
        entry = self.history.last.get(leaf.key)
        return entry.detail if entry and isinstance(entry.detail, Question) else None

    def _notes(self, leaf: Step) -> tuple[str, ...]:
        entry = self.history.last.get(leaf.key)
        return entry.detail.notes if entry and isinstance(entry.detail, Receipt) else ()

    def _differences(self, leaf: Step) -> tuple[Difference, ...]:
        entry = self.history.last.get(leaf.key)
        return entry.detail.differences if entry and isinstance(entry.detail, Receipt) else ()

    def _causes(self, leaves: Sequence[Step]) -> tuple[Cause, ...]:
        named = tuple(cause for leaf in leaves if (cause := self._cause(leaf)) is not None)
        if named:
            return named
        waiting = leaves[0]
        return (
            Cause(step=waiting.key, what=title(waiting.write), words="not reached", mend="resume the plan"),
        )

    def _cause(self, leaf: Step) -> Cause | None:
        entry = self.history.last.get(leaf.key)
        what = title(leaf.write)
        match entry.detail if entry else None:
            case Refusal() as refusal:
                return Cause(step=leaf.key, what=what, words=refusal.words, mend=refusal.mend)
            case Doubt() as doubt:
                words = self.causes.get(leaf.key, doubt.why)
                return Cause(
                    step=leaf.key, what=what, words=words, mend="resume when the remote answers again"
                )
            case Receipt() if leaf.key in self.causes:
                what = f"read back: {what}"
                mend = "resume when the remote answers again"
                return Cause(step=leaf.key, what=what, words=self.causes[leaf.key], mend=mend)
            case _:
                return None

    def applied(self, goal: Goal, outcome: OrderOutcome, before: Applied | None, at: datetime) -> Applied:
        """What the book remembers of one order when a run ends."""
        lineage = (*(before.purchase_orders if before else ()), *_ids(outcome))
        return Applied(
            order=goal.order,
            number=goal.number,
            plan=self.plan.digest,
            round=goal.round,
            at=at,
            content=goal.content,
            status=WORDS.get(type(outcome), "undone"),
            purchase_orders=tuple(dict.fromkeys(lineage)),
            lines=(*self._lines(goal), *self._kept(goal, before)),
            causes=_told(outcome),
        )

    def _lines(self, goal: Goal) -> tuple[AppliedLine, ...]:
        lost = self._lost(goal.order)
        return tuple(
            AppliedLine(
                line=key,
                product_id=product,
                count=units,
                cost=line.cost,
                purchase_order=(self._id(line.order) or "") if line.order else "",
                due_on=line.due_on,
            )
            for line in goal.lines
            if (product := self._id(line.product)) and not _is_lost(line, lost)
            for key, units in line.lines
        )

    def _kept(self, goal: Goal, before: Applied | None) -> tuple[AppliedLine, ...]:
        """What was applied earlier of lines that could not be written now."""
        lost = {(self._id(order), product) for order, product in self._lost(goal.order)}
        return tuple(line for line in (before.lines if before else ()) if _was_lost(line, lost))

    def _lost(self, order: OrderKey) -> frozenset[tuple[Ref, Ref]]:
        """Purchase order and product of every line that could not be written."""
        lost: set[tuple[Ref, Ref]] = set()
        for leaf in self._progress.leaves():
            if order in leaf.orders and self._progress.state(leaf) is not State.DONE:
                lost.update(_lines_of(leaf))
        return frozenset(lost)

    def summary(self, outcomes: Mapping[OrderKey, OrderOutcome], setup: Setup) -> Summary:
        """The outcome in numbers."""
        synced = [goal for goal in self.plan.goals if isinstance(outcomes[goal.order], Synced)]
        lines = [line for goal in synced for line in goal.lines]
        done = [leaf.write for leaf in self._progress.leaves() if self._progress.state(leaf) is State.DONE]
        made = [slot for slot in self.history.ids if slot.kind.value == "product"]
        purchase = setup.purchase_order_address or "{id}"
        wholesale = setup.wholesale_order_address or "{key}"
        return Summary(
            items=sum((line.count for line in lines), Decimal(0)),
            lines=len(lines),
            products_updated=sum(isinstance(write, UpdateProduct) for write in done),
            drafts_created=len(made),
            purchase_orders=tuple(purchase.format(id=key) for o in outcomes.values() for key in _ids(o)),
            wholesale_orders=tuple(
                wholesale.format(id=g.order.order_id, number=g.number, key=g.order) for g in self.plan.goals
            ),
        )


def _ids(outcome: OrderOutcome) -> tuple[str, ...]:
    return getattr(outcome, "purchase_orders", ())


def _told(outcome: OrderOutcome) -> tuple[str, ...]:
    match outcome:
        case Held():
            return tuple(str(cause) for cause in outcome.causes)
        case Halted():
            return tuple(str(question) for question in outcome.questions)
        case Differs():
            return tuple(str(difference) for difference in outcome.differences)
        case _:
            return ()


def _is_lost(line: TargetLine, lost: AbstractSet[tuple[Ref, Ref]]) -> bool:
    """Whether a line was not written; one that names no purchase order is on the only one."""
    return any(product == line.product and line.order in {None, order} for order, product in lost)


def _was_lost(line: AppliedLine, lost: AbstractSet[tuple[str | None, Ref]]) -> bool:
    """The same for a line that was applied before."""
    known = Known(id=line.product_id)
    return any(product == known and line.purchase_order in {"", order} for order, product in lost)


def _lines_of(step: Step) -> tuple[tuple[Ref, Ref], ...]:
    match step.write:
        case AddLines():
            return tuple((step.write.order, line.product) for line in step.write.lines)
        case SetLine():
            return ((step.write.order, step.write.product),)
        case _:
            return ()
