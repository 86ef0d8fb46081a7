"""A report as one HTML file: no network, no script, everything foreign escaped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from .environment import environment
from .outcome_view import outcome_view
from .plan_view import plan_view
from .review_view import review_view


def html_report(
    *,
    made_at: datetime,
    review: Review | None = None,
    plan: Plan | None = None,
    outcome: Outcome | None = None,
    notes: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> str:
    """Write a self-contained page of a review, a plan and an outcome, or of those that are given.

    *notes* stand on top. *pictures* are bytes by the address in the style documents; what is no PNG, JPEG,
    GIF or WebP of at most 30 kB becomes a placeholder, and nothing is ever fetched.
    Raises ``MissingExtra`` where jinja2 is not installed.
    """
    page = environment().get_template("report.html.jinja")
    return page.render(
        title=_title(review, plan),
        made_at=f"{made_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        notes=notes,
        review=review_view(review, pictures or {}) if review else None,
        plan=plan_view(plan, review) if plan else None,
        outcome=outcome_view(outcome, plan) if outcome else None,
    )


def _title(review: Review | None, plan: Plan | None) -> str:
    numbers = [order.number for order in review.orders] if review else []
    numbers = numbers or [goal.number for goal in (plan.goals if plan else ())]
    return f"Order {', '.join(numbers)}" if numbers else "Report"
