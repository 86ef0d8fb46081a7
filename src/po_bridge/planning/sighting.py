"""Whether an applied order moved on with the brand since: its content, and where it stands.

The source's date of change is no sign: recordings show that it stays when an order is processed or cancelled.
"""

from __future__ import annotations

from typing import Final

from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from .book import Applied
from .plan import Plan

_LIFE: Final = (
    WholesaleStatus.DRAFT,
    WholesaleStatus.PENDING,
    WholesaleStatus.REVIEW,
    WholesaleStatus.APPROVED,
    WholesaleStatus.PROCESSED,
    WholesaleStatus.SHIPPED,
)
_SUBMITTED: Final = frozenset({WholesaleStatus.PENDING, WholesaleStatus.REVIEW})


def went_back(then: WholesaleStatus, now: WholesaleStatus) -> bool:
    """Whether an order stands earlier in its life than before; pending and in review are one place."""
    if then not in _LIFE or now not in _LIFE or {then, now} <= _SUBMITTED:
        return False
    return _LIFE.index(now) < _LIFE.index(then)


def status_when_planned(applied: Applied, plan: Plan | None) -> str:
    """The status word that the applied plan relied on; empty where it is not known."""
    where = f"order {applied.order} status"
    found = (basis.value for basis in plan.basis if basis.where == where) if plan else iter(())
    return next(found, "")


def word_of(status: str) -> WholesaleStatus:
    """The status of a word that was written down; unknown words are ``OTHER``."""
    found = (one for one in WholesaleStatus if one.value == status)
    return next(found, WholesaleStatus.OTHER)


def changes_since(content: str, status: str, order: WholesaleOrder) -> tuple[str, ...]:
    """What moved since an order was applied with a content and status, for people; empty where nothing did.

    Moving on, as from approved to processed, is no change; going back is, and so is being cancelled.
    """
    found: list[str] = []
    revision = order.origin.revision if order.origin else ""
    if content and revision and content != revision:
        found.append("edited since it was applied; review it again")
    then, now = word_of(status), order.status
    if now is WholesaleStatus.CANCELLED and then is not WholesaleStatus.CANCELLED:
        found.append("cancelled with the brand; review it again")
    elif went_back(then, now):
        found.append(f"went back from {then.value} to {now.value}; ask the brand")
    return tuple(found)
