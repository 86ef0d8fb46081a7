"""What a plan does that a person should say yes to with open eyes."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ..models.purchase_order import PurchaseStatus
from ..planning.change import Change, MoreMembers, NewOrder, NewPicture, OrderRevision, ProductChange
from ..planning.plan import Plan
from .lead import several


@frozen(kw_only=True)
class Consent:
    """One thing that needs an explicit yes."""

    text: str
    """What it is."""
    stops: bool
    """Whether nothing can be applied before it is answered."""


def consents_of(plan: Plan) -> tuple[Consent, ...]:
    """What a yes to the plan means beside making new things; empty where it makes new things only."""
    return tuple(_consents(plan))


def _consents(plan: Plan) -> Iterator[Consent]:
    if plan.blocking:
        text = f"{several(len(plan.blocking), 'open question')} must be answered first"
        yield Consent(text=text, stops=True)
    for change in plan.changes:
        text = touched(change)
        if text:
            yield Consent(text=text, stops=False)
    if plan.losses:
        verb = "is" if len(plan.losses) == 1 else "are"
        text = f"{several(len(plan.losses), 'value')} of the wholesale side {verb} not carried over"
        yield Consent(text=text, stops=False)


def touched(change: Change) -> str:
    """What a change does to what is there already, in a few words; empty where it only makes new things."""
    match change:
        case ProductChange() | NewPicture():
            return f"your product {change.name} is changed"
        case MoreMembers():
            return f"your product {change.family_name} gets {several(len(change.members), 'variant')} more"
        case NewOrder() if change.status is not PurchaseStatus.OPEN:
            return f"purchase order {change.draft.number} is marked as {change.status.value}"
        case OrderRevision():
            return f"purchase order {change.number or change.order.id} changes: {_revised(change)}"
        case _:
            return ""


def mark_of(change: Change) -> str:
    """A mark for a change that does more than make new things; empty for one that does not."""
    if isinstance(change, NewOrder):
        return f"marked as {change.status.value}" if touched(change) else ""
    return "changes what is there" if touched(change) else ""


def _revised(change: OrderRevision) -> str:
    less = sum(line.count < line.before for line in change.changed)
    counted = (
        (len(change.added), "added"),
        (len(change.changed) - less, "set"),
        (less, "set lower"),
        (len(change.removed), "removed"),
    )
    return ", ".join(f"{several(number, 'line')} {word}" for number, word in counted if number)
