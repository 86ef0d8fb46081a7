"""The parts that a page or a notebook shows, each a template with what stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..mapping.business import BusinessTable, BusinessTables
from ..models.checks import frozen_mapping
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from .lead import lead_of_outcome, lead_of_plan, lead_of_review, lead_of_status, lead_of_timeline
from .line_view import Pictures
from .orders_view import orders_view
from .outcome_view import outcome_view
from .plan_view import plan_view
from .review_view import review_view
from .status_view import status_view
from .table_view import table_view, tables_view
from .timeline_view import timeline_view

Entry = tuple[str, str, int | None]
"""A line of the table of contents: anchor, words, and a number where one says something."""


@frozen(kw_only=True)
class Part:
    """One part of a page."""

    name: str
    """Name of its template and its anchor."""
    context: Mapping[str, Any] = field(converter=frozen_mapping)
    """What the template shows."""
    contents: tuple[Entry, ...]
    """Its lines in the table of contents."""


def review_part(review: Review, pictures: Pictures, plan: Plan | None = None) -> Part:
    """Matched, needs review and new, side by side."""
    view = review_view(review, pictures, plan)
    groups = ((group.anchor, group.word, group.number) for group in view.groups)
    return Part(
        name="review",
        context={"review": view, "review_lead": lead_of_review(review)},
        contents=(("review", "Review", None), *groups),
    )


def plan_part(plan: Plan, review: Review | None = None, *, applied: bool = False) -> Part:
    """Every change before and after; *applied* where the outcome stands beside it."""
    view = plan_view(plan, review)
    return _part("plan", "Plan", plan=view, plan_lead=lead_of_plan(plan, applied=applied))


def outcome_part(outcome: Outcome, plan: Plan | None = None) -> Part:
    """What became of a plan."""
    view = outcome_view(outcome, plan)
    return _part("outcome", "Outcome", outcome=view, outcome_lead=lead_of_outcome(outcome))


def status_part(rows: Sequence[OrderStatus], *, filters: bool = True) -> Part:
    """Where many orders stand; a notebook has no *filters*, since their names would meet."""
    view = status_view(rows)
    return _part("status", "Status", status=view, status_lead=lead_of_status(rows), filters=filters)


def timeline_part(timeline: Timeline) -> Part:
    """One order's life."""
    view = timeline_view(timeline)
    return _part("timeline", "Timeline", timeline=view, timeline_lead=lead_of_timeline(timeline))


def orders_part(rows: Sequence[OrderRow]) -> Part:
    """Orders of a source."""
    return _part("orders", "Orders", orders=orders_view(rows))


def tables_part(tables: BusinessTables | BusinessTable[Any, Any]) -> Part:
    """What syncs."""
    shown = tables_view(tables) if isinstance(tables, BusinessTables) else (table_view(tables),)
    return _part("tables", "What syncs", tables=shown)


def _part(name: str, word: str, **context: Any) -> Part:
    return Part(name=name, context=context, contents=((name, word, None),))
