"""The one sentence on top of a page: what it comes to, before all detail."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ..execution.status import OrderStatus
from ..planning.outcome import Outcome, Synced, Undone
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.timeline import Timeline
from .status_words import IN_FLIGHT, URGENT
from .tone import Tone


@frozen(kw_only=True)
class Lead:
    """A sentence and how loud it is."""

    text: str
    """The sentence."""
    tone: Tone
    """How loud."""


def several(number: int, one: str, many: str = "") -> str:
    """Write a number with its noun, as ``1 line`` or ``3 lines``."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def lead_of_outcome(outcome: Outcome) -> Lead:
    """Say whether every order arrived."""
    calm = [isinstance(one, Synced | Undone) for one in outcome.orders.values()]
    if all(calm):
        undone = any(isinstance(one, Undone) for one in outcome.orders.values())
        text = (
            "What the plan made was taken back." if undone else "Everything is there, read back as planned."
        )
        return Lead(text=text, tone=Tone.GOOD)
    verb = "needs" if calm.count(False) == 1 else "need"
    text = f"{calm.count(False)} of {several(len(calm), 'order')} {verb} attention."
    return Lead(text=text, tone=Tone.WARN)


def lead_of_plan(plan: Plan, *, applied: bool = False) -> Lead:
    """Say whether the plan can be applied, and what that takes; or that it was *applied*."""
    if applied:
        return Lead(text=f"{several(len(plan.changes), 'change')}, applied: see the outcome.", tone=Tone.CALM)
    if plan.blocking:
        verb = "stops" if len(plan.blocking) == 1 else "stop"
        return Lead(
            text=f"{several(len(plan.blocking), 'open question')} {verb} the plan. Nothing is written yet.",
            tone=Tone.WARN,
        )
    if plan.empty:
        return Lead(text="Nothing is left to do.", tone=Tone.GOOD)
    effort = ""
    if plan.estimate is not None:
        effort = f", {several(plan.estimate.calls, 'call')}, about {plan.estimate.seconds:.0f} s"
    return Lead(
        text=f"Ready: {several(len(plan.changes), 'change')}{effort}. Nothing is written before you say yes.",
        tone=Tone.CALM,
    )


def lead_of_review(review: Review) -> Lead:
    """Say how many lines a person must decide."""
    asked = len(review.needs_review)
    if not asked:
        return Lead(text="Every line is clear.", tone=Tone.GOOD)
    verb = "needs" if asked == 1 else "need"
    text = f"{asked} of {several(len(review.lines), 'line')} {verb} a decision."
    return Lead(text=text, tone=Tone.WARN)


def lead_of_status(rows: Sequence[OrderStatus]) -> Lead:
    """Say how many orders need attention."""
    urgent = sum(row.state in URGENT for row in rows)
    flying = sum(row.state in IN_FLIGHT for row in rows)
    if urgent:
        verb = "needs" if urgent == 1 else "need"
        return Lead(text=f"{several(urgent, 'order')} {verb} attention.", tone=Tone.WARN)
    if flying:
        verb = "is" if flying == 1 else "are"
        return Lead(text=f"{several(flying, 'order')} {verb} on the way.", tone=Tone.CALM)
    text = "Every order made it across." if rows else "The journal knows no order yet."
    return Lead(text=text, tone=Tone.GOOD if rows else Tone.CALM)


def lead_of_timeline(timeline: Timeline) -> Lead:
    """Say what was reached last, or how much does not fit together."""
    if timeline.notes:
        return Lead(text=f"{several(len(timeline.notes), 'thing')} to look at.", tone=Tone.WARN)
    reached = [one for one in timeline.milestones if one.holds]
    if not reached:
        return Lead(text="Nothing is known of its way yet.", tone=Tone.CALM)
    part = " in part" if reached[-1].in_part else ""
    return Lead(text=f"Last reached: {reached[-1].reached.value}{part}.", tone=Tone.GOOD)
