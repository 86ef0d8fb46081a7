"""Where every order stands, from the journal alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import Enum

from attrs import evolve, field, frozen

from ..models.checks import aware
from ..models.keys import OrderKey
from ..planning.book import Applied, Opened
from ..planning.sighting import Sighting


class OrderState(Enum):
    """Where an order stands here."""

    NOT_SYNCED = "not_synced"
    NEEDS_REVIEW = "needs_review"
    READY = "ready"
    SYNCING = "syncing"
    SYNCED = "synced"
    CHANGED = "changed"
    ATTENTION = "attention"
    UNDONE = "undone"


_STATES = {"synced": OrderState.SYNCED, "undone": OrderState.UNDONE}


@frozen(kw_only=True)
class OrderStatus:
    """One order."""

    order: OrderKey
    """The wholesale order."""
    number: str
    """Its number."""
    state: OrderState
    """Where it stands."""
    plan: str
    """Digest of the last plan; what ``resume`` takes where it is unfinished."""
    at: datetime = field(validator=aware)
    """Since when."""
    content: str = ""
    """Content hash that was applied."""
    purchase_orders: tuple[str, ...] = ()
    """Ids of the purchase orders."""
    reasons: tuple[str, ...] = ()
    """What needs attention, and what to do."""


def status_of(
    applied: Sequence[Applied], unfinished: Sequence[Opened], sightings: Iterable[Sighting] = ()
) -> tuple[OrderStatus, ...]:
    """Orders by number; an unfinished plan makes its orders *syncing* unless something needs attention.

    Synced orders of which a look found that they moved on since are *changed*.
    """
    looks = {one.order: one for one in sightings if one.changes}
    rows = {one.order: _looked_at(_applied(one), looks.get(one.order)) for one in applied}
    for opened in unfinished:
        for goal in opened.plan.goals:
            known = rows.get(goal.order)
            if known is not None and known.plan == opened.plan.digest:
                continue
            rows[goal.order] = OrderStatus(
                order=goal.order,
                number=goal.number,
                state=OrderState.SYNCING,
                plan=opened.plan.digest,
                at=opened.at,
                purchase_orders=known.purchase_orders if known else (),
                reasons=("a run was interrupted; resume the plan",),
            )
    return tuple(sorted(rows.values(), key=lambda row: (row.number, str(row.order))))


def _looked_at(row: OrderStatus, sighting: Sighting | None) -> OrderStatus:
    if sighting is None or sighting.plan != row.plan or row.state is not OrderState.SYNCED:
        return row
    return evolve(row, state=OrderState.CHANGED, reasons=(*row.reasons, *sighting.changes))


def _applied(one: Applied) -> OrderStatus:
    return OrderStatus(
        order=one.order,
        number=one.number,
        state=_STATES.get(one.status, OrderState.ATTENTION),
        plan=one.plan,
        at=one.at,
        content=one.content,
        purchase_orders=one.purchase_orders,
        reasons=one.causes,
    )
