"""A report as one HTML file: nothing is fetched, everything foreign is escaped."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from .environment import environment
from .part import (
    Part,
    orders_part,
    outcome_part,
    plan_part,
    review_part,
    status_part,
    timeline_part,
)
from .script import filter_script, policy
from .tone import Tone


def html_report(
    *,
    made_at: datetime,
    review: Review | None = None,
    plan: Plan | None = None,
    outcome: Outcome | None = None,
    status: Sequence[OrderStatus] | None = None,
    timeline: Timeline | None = None,
    orders: Sequence[OrderRow] | None = None,
    notes: tuple[str, ...] = (),
    pictures: Mapping[str, bytes] | None = None,
) -> str:
    """Write a self-contained page of whatever is given, the latest news first.

    *notes* stand on top. *pictures* are bytes by the address in the style documents; what is no PNG, JPEG,
    GIF or WebP of at most 30 kB becomes a placeholder, and nothing is ever fetched.
    Raises ``MissingExtra`` where jinja2 is not installed.
    """
    parts: list[Part] = []
    if status is not None:
        parts.append(status_part(status))
    if timeline is not None:
        parts.append(timeline_part(timeline))
    if outcome is not None:
        parts.append(outcome_part(outcome, plan))
    if review is not None:
        parts.append(review_part(review, pictures or {}, plan))
    if plan is not None:
        parts.append(plan_part(plan, review, applied=outcome is not None))
    if orders is not None:
        parts.append(orders_part(orders))
    return _page(parts, title=_title(review, plan, timeline, status, orders), made_at=made_at, notes=notes)


def _page(parts: Sequence[Part], *, title: str, made_at: datetime, notes: tuple[str, ...]) -> str:
    script = filter_script() if any(part.name == "status" for part in parts) else ""
    page = environment().get_template("report.html.jinja")
    return page.render(
        title=title,
        made_at=f"{made_at.astimezone(UTC):%Y-%m-%d %H:%M} UTC",
        notes=notes,
        policy=policy(script),
        script=script,
        contents=tuple(entry for part in parts for entry in part.contents),
        **_context(parts, ""),
    )


def html_fragment(part: Part, prefix: str) -> str:
    """Write one part to stand inside another page, as a notebook's; *prefix* keeps its anchors apart."""
    return environment().get_template("fragment.html.jinja").render(**_context((part,), prefix))


def _context(parts: Sequence[Part], prefix: str) -> dict[str, Any]:
    context: dict[str, Any] = {
        "parts": tuple(part.name for part in parts),
        "prefix": prefix,
        "tone": Tone,
        "pictured": not prefix,
    }
    for part in parts:
        context |= part.context
    return context


def _title(
    review: Review | None,
    plan: Plan | None,
    timeline: Timeline | None,
    status: Sequence[OrderStatus] | None,
    orders: Sequence[OrderRow] | None,
) -> str:
    numbers = tuple(_numbers(review, plan, timeline))
    if numbers:
        word = "Order" if len(numbers) == 1 else "Orders"
        return f"{word} {', '.join(numbers)}" if len(numbers) < 6 else f"{len(numbers)} orders"
    if status is not None:
        return "Orders and where they stand"
    return "Report" if orders is None else "Orders"


def _numbers(review: Review | None, plan: Plan | None, timeline: Timeline | None) -> Iterator[str]:
    if review is not None:
        yield from (order.number for order in review.orders)
    elif plan is not None:
        yield from (goal.number for goal in plan.goals)
    elif timeline is not None:
        yield timeline.number
