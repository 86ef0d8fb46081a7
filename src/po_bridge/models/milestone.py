"""What an order has reached, and how that is known."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from attrs import field, frozen

from .checks import aware


class Reached(Enum):
    """Milestones of an order, in the order of its life."""

    CREATED = "created"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    RECEIVED = "received"
    CANCELLED = "cancelled"
    """An end that may follow any other."""

    @property
    def rank(self) -> int:
        """Place in the order's life, from 0."""
        return _LIFE.index(self)


_LIFE = tuple(Reached)


@frozen(kw_only=True)
class Milestone:
    """One milestone with source and time."""

    reached: Reached
    """What was reached."""
    in_part: bool = False
    """True where only some of the units did."""
    at: datetime | None = field(default=None, validator=aware)
    """When it was reached, aware; None where nobody states it."""
    whole_day: bool = False
    """Whether ``at`` tells the day only; its time of day then means nothing."""
    source: str
    """Label of the system that says so."""
    seen_at: datetime = field(validator=aware)
    """When we first saw it so; with ``at`` this is the age of the fact."""
    inferred: bool = False
    """True where it is not stated but follows from something else."""
    why: str = ""
    """What it follows from, for people."""
    taken_back_at: datetime | None = field(default=None, validator=aware)
    """When we saw that it no longer holds; None while it does."""

    @property
    def holds(self) -> bool:
        """Whether it still holds."""
        return self.taken_back_at is None
