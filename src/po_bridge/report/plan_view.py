"""What the page shows of a plan."""

from __future__ import annotations

from attrs import frozen

from ..models.keys import OrderKey
from ..planning.change import Change
from ..planning.change_text import NO_NAMES, Names, Row, describe
from ..planning.plan import Goal, Loss, Plan
from ..planning.question import Question
from ..planning.refs import Known
from ..planning.review import Review
from ..planning.text import STOPS, answers_to, names_in
from ..planning.title import title
from .consent import Consent, consents_of, mark_of
from .purchase_view import PurchaseView, purchases_of


@frozen(kw_only=True)
class QuestionView:
    """A question that is open."""

    text: str
    """The question."""
    stops: str
    """What it stops."""
    key: str
    """What its answer is stored under."""
    answers: tuple[str, ...]
    """Answers that are understood."""


@frozen(kw_only=True)
class ChangeView:
    """One change in words."""

    title: str
    """What is done."""
    mark: str
    """What it does beside making new things, in a few words; empty where it does nothing else."""
    rows: tuple[Row, ...]
    """Every field."""
    orders: str
    """Numbers of the orders that need it, empty where the plan has only one order."""

    @property
    def has_before(self) -> bool:
        """Whether something was there before."""
        return any(row.before for row in self.rows)


@frozen(kw_only=True)
class GoalView:
    """What one order is to become."""

    number: str
    """Its number."""
    matched: int
    """Lines that are matched."""
    created: int
    """Lines whose product is new."""
    skipped: int
    """Lines left out."""
    purchases: tuple[PurchaseView, ...]
    """Purchase orders."""


@frozen(kw_only=True)
class PlanView:
    """A plan, ready to be shown."""

    digest: str
    """Beginning of its digest."""
    store: str
    """The store it is for."""
    goals: tuple[GoalView, ...]
    """What each order is to become."""
    changes: tuple[ChangeView, ...]
    """Every change in words."""
    consents: tuple[Consent, ...]
    """What needs an explicit yes."""
    steps: tuple[str, ...]
    """Every remote write in a few words, in order."""
    calls: str
    """Calls applying takes."""
    seconds: str
    """Seconds applying takes."""
    losses: tuple[Loss, ...]
    """What is not carried over."""
    questions: tuple[QuestionView, ...]
    """What is open."""


def plan_view(plan: Plan, review: Review | None) -> PlanView:
    """Prepare a plan for the page; the review, where given, tells the names of records."""
    names = names_in(plan, names_of(review) if review else NO_NAMES)
    return PlanView(
        digest=plan.digest[:12],
        store=plan.store,
        goals=tuple(_goal(plan, goal, review) for goal in plan.goals),
        changes=tuple(_change(plan, change, names) for change in plan.changes),
        consents=consents_of(plan),
        steps=tuple(title(step.write) for step in plan.steps),
        calls=str(plan.estimate.calls) if plan.estimate else "not estimated",
        seconds=f"{plan.estimate.seconds:.1f}" if plan.estimate else "not estimated",
        losses=plan.losses,
        questions=tuple(map(question_view, plan.questions)),
    )


def _goal(plan: Plan, goal: Goal, review: Review | None) -> GoalView:
    return GoalView(
        number=goal.number,
        matched=goal.matched,
        created=goal.created,
        skipped=goal.skipped,
        purchases=purchases_of(goal.order, plan, review),
    )


def _change(plan: Plan, change: Change, names: Names) -> ChangeView:
    told = describe(change, names)
    numbers = (number_of(plan, order) for order in change.orders)
    return ChangeView(
        title=told.title,
        mark=mark_of(change),
        rows=told.rows,
        orders=", ".join(numbers) if len(plan.goals) > 1 else "",
    )


def question_view(question: Question) -> QuestionView:
    """Prepare a question for the page."""
    return QuestionView(
        text=question.text, stops=STOPS[question.stops], key=question.key, answers=answers_to(question)
    )


def names_of(review: Review) -> Names:
    """Names of the records that a review has seen, for ``plan_text`` and the page."""
    snapshot = review.snapshot
    records = (*snapshot.suppliers, *snapshot.brands, *snapshot.tags, *snapshot.options)
    return {Known(id=record.id): record.name for record in records}


def number_of(plan: Plan | None, order: OrderKey) -> str:
    """Number of an order in a plan, its key where the plan does not know it."""
    goals = plan.goals if plan else ()
    return next((goal.number for goal in goals if goal.order == order), str(order))
