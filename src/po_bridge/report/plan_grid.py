"""A plan and what became of it as grids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..planning.change_text import describe
from ..planning.outcome import OrderOutcome, Outcome, Undone
from ..planning.plan import Plan
from ..planning.text import STOPS, answers_to, names_in
from ..planning.title import title
from .consent import touched
from .grid import Grid, flag, grid, text, whole
from .outcome_view import rows_of
from .text import outcome_words

_CHANGES = (
    *whole("change"),
    *text("title"),
    *flag("needs_yes"),
    *text("orders", "field", "before", "after"),
)
_STEPS = (*whole("step"), *text("key", "title", "orders"))
_LOSSES = text("order", "what", "value", "why")
_QUESTIONS = text("key", "question", "stops", "order", "line_key", "answers")
_OUTCOME = text("order", "outcome", "purchase_orders", "what", "happened", "to_do")


def changes_grid(plan: Plan) -> Grid:
    """One row for each field of each change."""
    return grid(_CHANGES, _changes(plan))


def _changes(plan: Plan) -> Iterator[tuple[Any, ...]]:
    names = names_in(plan)
    for number, change in enumerate(plan.changes, start=1):
        told, orders = describe(change, names), "; ".join(map(str, change.orders))
        needs_yes = bool(touched(change))
        for row in told.rows:
            yield (number, told.title, needs_yes, orders, row.what, row.before or None, row.after or None)


def steps_grid(plan: Plan) -> Grid:
    """One row for each remote write, in order."""
    rows = enumerate(plan.steps, start=1)
    return grid(
        _STEPS,
        ((place, step.key, title(step.write), "; ".join(map(str, step.orders))) for place, step in rows),
    )


def losses_grid(plan: Plan) -> Grid:
    """One row for each value that the store cannot hold."""
    return grid(_LOSSES, ((str(loss.order), loss.what, loss.value, loss.why) for loss in plan.losses))


def questions_grid(plan: Plan) -> Grid:
    """One row for each question still open."""
    return grid(
        _QUESTIONS,
        (
            (
                one.key,
                one.text,
                STOPS[one.stops],
                str(one.order) if one.order else None,
                str(one.line) if one.line else None,
                " | ".join(answers_to(one)),
            )
            for one in plan.questions
        ),
    )


def outcome_grid(outcome: Outcome) -> Grid:
    """One row for each remark on each order, or one row for an order without any."""
    return grid(_OUTCOME, (row for key, one in outcome.orders.items() for row in _outcome(str(key), one)))


def _outcome(order: str, became: OrderOutcome) -> Iterator[tuple[Any, ...]]:
    word = outcome_words(became)[0]
    purchases = () if isinstance(became, Undone) else became.purchase_orders
    head = (order, word, "; ".join(purchases))
    remarks = rows_of(became)
    if not remarks:
        yield (*head, None, None, None)
    for remark in remarks:
        yield (*head, remark.what, remark.seen, remark.mend or None)
