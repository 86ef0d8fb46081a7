"""What looks at an order found so far, and whether it moved on with the brand since it was applied.

The source's date of change is no sign: recordings show that it stays when an order is processed or cancelled.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Final

from attrs import evolve, field, frozen

from ..models.checks import aware, finite
from ..models.keys import LineKey, OrderKey
from ..models.milestone import Milestone
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


@frozen(kw_only=True)
class Stood:
    """Where an order stood with the brand at an earlier moment."""

    status: WholesaleStatus
    """Its status."""
    at: datetime = field(validator=aware)
    """When that was first seen, or when the order was applied with it."""
    applied: bool = False
    """True where a plan relied on it, False where a look saw it."""


@frozen(kw_only=True)
class LineSeen:
    """Units of one line as they were last seen; None is unknown, never zero."""

    key: LineKey
    """The brand product and size."""
    shipped: Decimal | None = field(default=None, validator=finite)
    """Units that left the brand."""
    received: Decimal | None = field(default=None, validator=finite)
    """Units that arrived."""


@frozen(kw_only=True)
class Sighting:
    """What the looks at one wholesale order add up to; it is kept, so that any process notices a step back."""

    order: OrderKey
    """The wholesale order."""
    revision: int = 0
    """How many sightings of this order were kept, this one included; 0 is none yet."""
    at: datetime = field(validator=aware)
    """When the look was made that found something new."""
    plan: str = ""
    """Digest of the plan that ``furthest`` and ``changes`` are counted from; empty where it was never applied."""
    furthest: Stood | None = None
    """The furthest status that a look saw; None where that is no further than the plan relied on."""
    changes: tuple[str, ...] = ()
    """How it moved on since it was applied, for people."""
    milestones: tuple[Milestone, ...] = ()
    """Everything it had reached, with source and time; those taken back are kept."""
    lines: tuple[LineSeen, ...] = ()
    """Lines of which units are known to have left or arrived."""

    def about(self, plan: str) -> Sighting:
        """The same beside another plan: what was counted from an earlier one counts no more."""
        return self if plan == self.plan else evolve(self, plan=plan, furthest=None, changes=())

    def followed_by(self, found: Sighting, at: datetime) -> Sighting | None:
        """What is to be kept after a look; None where it found nothing new."""
        if found == self.about(found.plan):
            return None
        return evolve(found, revision=self.revision + 1, at=at)


def further(one: Stood | None, other: Stood | None) -> Stood | None:
    """The one of two places in an order's life that is further on; the first where they are the same place."""
    if one is None or other is None or one.status not in _LIFE:
        return one if other is None or other.status not in _LIFE else other
    return other if went_back(other.status, one.status) else one


def furthest_since(relied: Stood | None, before: Stood | None, now: Stood) -> Stood | None:
    """The furthest place that looks saw, the present one included; None where that is no further than relied on.

    *relied* is where the order stood for the plan, *before* what earlier looks saw.
    """
    known = further(relied, before)
    if known is None or known.status not in _LIFE:
        return now if now.status in _LIFE else before
    return now if went_back(now.status, known.status) else before


def went_back(then: WholesaleStatus, now: WholesaleStatus) -> bool:
    """Whether an order stands earlier in its life than before; pending and in review are one place."""
    if then not in _LIFE or now not in _LIFE or {then, now} <= _SUBMITTED:
        return False
    return _LIFE.index(now) < _LIFE.index(then)


def looked_at(
    before: Sighting, applied: Applied | None, status: str, order: WholesaleOrder, at: datetime
) -> Sighting:
    """What the brand's document adds to earlier looks: how far the order had come, and how it moved on.

    *applied* is what was applied of it, with the *status* word that its plan relied on; None where it never was.
    """
    known = before.about(applied.plan if applied else "")
    relied = Stood(status=word_of(status), at=applied.at, applied=True) if applied else None
    far = further(relied, known.furthest)
    return evolve(
        known,
        furthest=furthest_since(relied, known.furthest, Stood(status=order.status, at=at)),
        changes=changes_since(applied.content, status, order, far) if applied else (),
    )


def status_when_planned(applied: Applied, plan: Plan | None) -> str:
    """The status word that the applied plan relied on; empty where it is not known."""
    where = f"order {applied.order} status"
    found = (basis.value for basis in plan.basis if basis.where == where) if plan else iter(())
    return next(found, "")


def word_of(status: str) -> WholesaleStatus:
    """The status of a word that was written down; unknown words are ``OTHER``."""
    found = (one for one in WholesaleStatus if one.value == status)
    return next(found, WholesaleStatus.OTHER)


def changes_since(
    content: str, status: str, order: WholesaleOrder, furthest: Stood | None = None
) -> tuple[str, ...]:
    """What moved since an order was applied with a content and status, for people; empty where nothing did.

    Moving on, as from approved to processed, is no change; going back is, also from the furthest that a look saw
    since, and so is being cancelled.
    """
    found: list[str] = []
    revision = order.origin.revision if order.origin else ""
    if content and revision and content != revision:
        found.append("edited since it was applied; review it again")
    then, now = word_of(status), order.status
    stood = furthest.status if furthest else then
    if now is WholesaleStatus.CANCELLED and then is not WholesaleStatus.CANCELLED:
        found.append("cancelled with the brand; review it again")
    elif went_back(stood, now):
        found.append(f"went back from {stood.value} to {now.value}; ask the brand")
    return tuple(found)
