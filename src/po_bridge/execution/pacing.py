"""Spends the rate budget around each call, then waits until the window turns.

The waiting is done here, by the driver, right before a request leaves: so every call is paced by one rule, reads,
writes and second attempts, and no slot can be lost between asking for room and sending. A window is long and a
lease is short, so the wait is made in pieces, and between them the driver runs what came with the call
(``Call.keep``): the runner renews its lease there and makes sure that it outlives the call. The intent is in the
journal by then. A crash while waiting leaves it to a probe, which finds nothing there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from attrs import define, field

from ..errors import Misuse, PoBridgeError, Unreachable
from ..models.bucket import RateBucket
from ..ports.allowance import Pause, Ticket
from ..ports.budget import Budget
from ..ports.clock import Clock
from ..ports.exchange import Response
from .event import BucketShared, OnEvent, Waiting

PIECE: Final = 5.0
"""Longest sleep in seconds before looking again: another worker may have learned that the window turned."""

_SAME: Final = timedelta(seconds=1)


def pieces(seconds: float) -> Iterator[float]:
    """Cut a sleep into pieces that are short beside a lease."""
    rest = seconds
    while rest > PIECE:
        yield PIECE
        rest -= PIECE
    yield rest


@define(kw_only=True)
class Pacing:
    """What both drivers share; each sleeps in its own way."""

    budget: Budget
    """The budget."""
    clock: Clock
    """Tells when a call leaves."""
    on_event: OnEvent
    """Takes events."""
    _told: dict[str, datetime] = field(factory=dict, init=False)

    def take(self, bucket: RateBucket) -> Ticket | Pause:
        """Count a call, or say how long to sleep first."""
        return self.budget.take(bucket, self.clock.now())

    def waits(self, bucket: RateBucket, pause: Pause) -> float:
        """Tell a wait, once for each end, and give the length of its next piece."""
        until = self.clock.now() + timedelta(seconds=pause.seconds)
        told = self._told.get(bucket.name)
        if told is None or abs(until - told) > _SAME:
            self._told[bucket.name] = until
            self.on_event(Waiting(plan="", until=until, why=f"the rate budget of {bucket.name} is spent"))
        return min(pause.seconds, PIECE)

    def failed(self, bucket: RateBucket, ticket: Ticket, error: PoBridgeError) -> None:
        """A call ended without an answer; one that never left costs nothing."""
        if isinstance(error, Misuse) or (isinstance(error, Unreachable) and not error.sent):
            self.budget.give_back(bucket, ticket)

    def learn(self, bucket: RateBucket, ticket: Ticket, answer: Response) -> int:
        """Read an answer; calls of others where they are noticed."""
        return self.budget.learn(bucket, ticket, answer)

    def tell_others(self, bucket: RateBucket, calls: int) -> None:
        """Tell that others use the same bucket."""
        if calls:
            self.on_event(BucketShared(bucket=bucket.name, calls=calls, at=self.clock.now()))
