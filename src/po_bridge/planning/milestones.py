"""Milestones from facts: what is stated, and what follows from what is stated.

Only the status is told, hardly ever when it was reached; a date of submission is not known at all.
*Shipped* is optional with many brands, so goods that arrived must have been shipped.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Final

from attrs import evolve, field, frozen

from ..models.checks import aware
from ..models.milestone import Milestone, Reached
from ..models.shipment import ParcelStatus, Shipment, Shipping
from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from .arrived import Arrived
from .sighting import Stood, went_back

_REACHED: Final = {
    WholesaleStatus.PENDING: Reached.SUBMITTED,
    WholesaleStatus.REVIEW: Reached.SUBMITTED,
    WholesaleStatus.APPROVED: Reached.APPROVED,
    WholesaleStatus.PROCESSED: Reached.PROCESSED,
    WholesaleStatus.SHIPPED: Reached.SHIPPED,
}
"""What a status says was reached; a draft, a cancelled order and an unknown word say nothing of the way."""
_BEFORE_SHIPPED: Final = (Reached.SUBMITTED, Reached.APPROVED, Reached.PROCESSED)
_DELIVERED: Final = "delivered"
_WHOLE: Final = frozenset({"shipped", "complete", _DELIVERED})
SHIPPING_WORDS: Final = _WHOLE | {"partial", "partially shipped", "partially delivered", "in transit"}
"""Words on the shipping of a whole order that say something has left; none was ever recorded."""


def shipping_word(text: str) -> str:
    """Write a word on shipping as the table has it: lower case, one blank between words."""
    return " ".join(text.replace("_", " ").replace("-", " ").lower().split())


@frozen(kw_only=True)
class Facts:
    """What milestones follow from."""

    order: WholesaleOrder
    """The order as the brand holds it."""
    source: str
    """Label of the wholesale platform."""
    target: str
    """Label of the POS."""
    shipping: Shipping | None
    """Its shipping; None where the platform tells none."""
    all_shipped: bool
    """Whether parcels hold all its units."""
    arrived: Arrived
    """What the POS received."""
    stood: Stood | None = None
    """The furthest place where it stood before, for a plan or a look; None is unknown."""
    at: datetime = field(validator=aware)
    """When all this was seen."""

    @property
    def left(self) -> tuple[Shipment, ...]:
        """Parcels that left the brand."""
        return tuple(one for one in (self.shipping.shipments if self.shipping else ()) if one.left)

    @property
    def words(self) -> frozenset[str]:
        """The source's known words on the shipping of the whole order."""
        words = map(shipping_word, self.shipping.words if self.shipping else ())
        return frozenset(words) & SHIPPING_WORDS

    def reached(
        self,
        what: Reached,
        *,
        in_part: bool = False,
        at: datetime | None = None,
        day: date | None = None,
        inferred: bool = False,
        why: str = "",
    ) -> Milestone:
        """A milestone as the brand tells it, seen now."""
        moment = datetime.combine(day, time(), UTC) if day else at
        return Milestone(
            reached=what,
            in_part=in_part,
            at=moment,
            whole_day=day is not None,
            source=self.source,
            seen_at=self.at,
            inferred=inferred,
            why=why,
        )

    def received(self, what: Reached, *, inferred: bool = False) -> Milestone:
        """A milestone that follows from what arrived in the POS."""
        why = "goods were received" if inferred else ""
        told = self.reached(what, in_part=not self.arrived.all, inferred=inferred, why=why)
        return evolve(told, source=self.target)


def milestones_of(facts: Facts) -> tuple[Milestone, ...]:
    """Everything that holds now, in the order of life, and what was relied on earlier and holds no more."""
    found = [*_from_status(facts), *_shipped(facts), *_delivered(facts), *_received(facts)]
    holding = {one.reached for one in found if one.holds}
    kept = [one for one in found if one.holds or one.reached not in holding]
    return tuple(sorted(kept, key=lambda one: (one.reached.rank, not one.in_part)))


def _from_status(facts: Facts) -> Iterator[Milestone]:
    order, status = facts.order, facts.order.status
    if order.created_at is not None:
        yield facts.reached(Reached.CREATED, at=order.created_at)
    stated = _REACHED.get(status)
    for earlier in _BEFORE_SHIPPED:
        if stated is earlier:
            yield facts.reached(earlier)
        elif stated is not None and earlier.rank < stated.rank:
            yield facts.reached(earlier, inferred=True, why=f"the order is {status.value}")
    if status is WholesaleStatus.CANCELLED:
        yield from _way_to_cancelled(facts)
        yield facts.reached(Reached.CANCELLED)
    yield from _lost_since(facts)


def _way_to_cancelled(facts: Facts) -> Iterator[Milestone]:
    """How far a cancelled order had come before; a cancelled status itself says nothing of it."""
    stood = facts.stood
    then = _REACHED.get(stood.status) if stood else None
    if then is None or stood is None:
        return
    when = "applied" if stood.applied else "looked at"
    for what in _BEFORE_SHIPPED:
        if what.rank <= then.rank:
            inferred = what is not then
            yield Milestone(
                reached=what,
                source=facts.source,
                seen_at=stood.at,
                inferred=inferred,
                why=f"the order was {then.value} when it was {when}" if inferred else "",
            )


def _lost_since(facts: Facts) -> Iterator[Milestone]:
    """Where the order stood before, if it went back since."""
    stood = facts.stood
    if stood is None or not went_back(stood.status, facts.order.status):
        return
    now_reached = _REACHED.get(facts.order.status)
    for what in (*_BEFORE_SHIPPED, Reached.SHIPPED):
        beyond = now_reached is None or what.rank > now_reached.rank
        if beyond and what.rank <= _REACHED[stood.status].rank:
            yield Milestone(reached=what, source=facts.source, seen_at=stood.at, taken_back_at=facts.at)


def _shipped(facts: Facts) -> Iterator[Milestone]:
    days = sorted(one.shipped_on for one in facts.left if one.shipped_on)
    by_words = bool(facts.words) and facts.words <= _WHOLE and not facts.left
    if facts.all_shipped or by_words or facts.order.status is WholesaleStatus.SHIPPED:
        if len(days) > 1 and days[0] < days[-1]:
            yield facts.reached(Reached.SHIPPED, in_part=True, day=days[0])
        why = "" if facts.all_shipped or not facts.left else "the brand says so, its parcels state less"
        yield facts.reached(Reached.SHIPPED, day=days[-1] if days else None, why=why)
    elif facts.left or facts.words:
        yield facts.reached(Reached.SHIPPED, in_part=True, day=days[0] if days else None)
    elif facts.arrived.any:
        yield facts.received(Reached.SHIPPED, inferred=True)


def _delivered(facts: Facts) -> Iterator[Milestone]:
    delivered = [one for one in facts.left if one.status is ParcelStatus.DELIVERED]
    nothing_left = facts.all_shipped or facts.order.status is WholesaleStatus.SHIPPED
    everything = bool(delivered) and len(delivered) == len(facts.left) and nothing_left
    by_words = facts.words == frozenset({_DELIVERED}) and not facts.left
    if everything or by_words:
        yield facts.reached(Reached.DELIVERED)
    elif delivered or _DELIVERED in facts.words:
        yield facts.reached(Reached.DELIVERED, in_part=True)
    elif facts.arrived.any:
        yield facts.received(Reached.DELIVERED, inferred=True)


def _received(facts: Facts) -> Iterator[Milestone]:
    if facts.arrived.any:
        yield facts.received(Reached.RECEIVED)
