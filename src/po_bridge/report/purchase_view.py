"""Which purchase orders a wholesale order became or is to become."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ..models.keys import OrderKey
from ..planning.change import Change, NewOrder, OrderRevision
from ..planning.change_text import count
from ..planning.plan import Plan
from ..planning.review import Review
from .tone import Tone


@frozen(kw_only=True)
class PurchaseView:
    """A purchase order beside the wholesale order it belongs to."""

    word: str
    """What becomes of it, as ``new``."""
    text: str
    """Its number or id, and what is known of it."""
    tone: Tone
    """NEW for one to be made, WARN for one that changes, CALM for one that is there."""


def purchases_of(order: OrderKey, plan: Plan | None, review: Review | None) -> tuple[PurchaseView, ...]:
    """Purchase orders of a wholesale order: those there already, then those that the plan makes or changes."""
    applied = review.book.applied.get(order) if review else None
    there = applied.purchase_orders if applied else ()
    changes = [change for change in (plan.changes if plan else ()) if order in change.orders]
    touched = {change.order.id for change in changes if isinstance(change, OrderRevision)}
    kept = (PurchaseView(word="there", text=id, tone=Tone.CALM) for id in there if id not in touched)
    return (*kept, *(view for change in changes for view in _planned(change)))


def _planned(change: Change) -> Iterator[PurchaseView]:
    match change:
        case NewOrder():
            due = f", delivery {change.draft.due_on.isoformat()}" if change.draft.due_on else ""
            units = f"{count(change.draft.total_quantity)} units on {len(change.lines)} line(s)"
            where = change.outlet or change.outlet_id
            text = f"{change.draft.number}: {units} for {where}{due}"
            yield PurchaseView(word="new", text=text, tone=Tone.NEW)
        case OrderRevision():
            lines = len(change.added) + len(change.changed) + len(change.removed)
            text = f"{change.number or change.order.id}: {lines} line(s) change"
            yield PurchaseView(word="changes", text=text, tone=Tone.WARN)
        case _:
            return
