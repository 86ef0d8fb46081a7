"""What is known of a leaky bucket, and how each call and each answer changes it; pure.

The remote's level is believed over our own; calls under way are added to it, since they are not in it yet. Its level
is told as it was when the call arrived and has fallen since, so what is believed is never too low.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from attrs import evolve, field, frozen

from ..models.bucket import LeakyBucket
from ..models.checks import aware
from .allowance import NOTICEABLE, Pause, Ticket
from .exchange import Response
from .retry_after import retry_after

SECOND: Final = timedelta(seconds=1)
"""Length of a burst window."""

_BACKWARDS: Final = timedelta(minutes=1)
_SLACK: Final = 0.01
"""Seconds by which a pause is longer, so that rounding brings no call up to the brim."""
_OURS: Final = 0.5
"""A told level that is higher than ours by no more is rounding."""


@frozen(kw_only=True)
class Level:
    """One leaky bucket."""

    size: float
    """Level from which on no call is served."""
    drip: float
    """Fall in a second."""
    burst: int
    """Calls of a second."""
    level: float = 0.0
    """Level at a moment, calls under way included."""
    at: datetime | None = field(default=None, validator=aware)
    """That moment; None before the first call."""
    flying: float = 0.0
    """Costs of calls that were not answered yet."""
    others: float = 0.0
    """Costs of others' calls, as far as they were noticed since the bucket was empty."""
    second: datetime | None = field(default=None, validator=aware)
    """When the burst window began; None before the first call."""
    calls: int = 0
    """Calls in it."""
    closed: datetime | None = field(default=None, validator=aware)
    """The remote asked not to be called before."""

    @property
    def limit(self) -> int:
        """Calls of the least cost that an empty bucket holds."""
        return int(self.size)

    @property
    def left(self) -> int:
        """Calls of the least cost that may still leave."""
        return max(int(self.size - self.level), 0)


def empty(bucket: LeakyBucket) -> Level:
    """A bucket that nothing is known of."""
    return Level(size=bucket.size, drip=bucket.drip, burst=bucket.burst)


def current(known: Level, now: datetime) -> Level:
    """The level of this moment."""
    if known.at is None or now < known.at - _BACKWARDS:
        return evolve(known, at=now, second=None, calls=0, closed=None)
    passed = max((now - known.at).total_seconds(), 0.0)
    level = max(known.level - passed * known.drip, 0.0)
    turned = known.second is None or now >= known.second + SECOND
    return evolve(
        known,
        level=level,
        at=max(now, known.at),
        others=known.others if level else 0.0,
        second=None if turned else known.second,
        calls=0 if turned else known.calls,
    )


def take(known: Level, bucket: LeakyBucket, now: datetime) -> tuple[Level, Ticket | Pause]:
    """Count a call that leaves now, or say how long to wait."""
    level = current(known, now)
    pause = _pause(level, now)
    if pause > 0:
        return level, Pause(seconds=pause)
    taken = evolve(
        level,
        level=level.level + bucket.cost,
        flying=level.flying + bucket.cost,
        second=level.second or now,
        calls=level.calls + 1,
        closed=None,
    )
    return taken, Ticket(sent=now, answered=0, others=0)


def _pause(level: Level, now: datetime) -> float:
    until = level.closed
    if until is not None and now < until:
        return (until - now).total_seconds()
    if level.level >= level.size:
        return (level.level - level.size) / level.drip + _SLACK
    if level.second is not None and level.calls >= level.burst:
        return (level.second + SECOND - now).total_seconds()
    return 0.0


def give_back(known: Level, bucket: LeakyBucket) -> Level:
    """Take back a call that never left."""
    return evolve(
        known,
        level=max(known.level - bucket.cost, 0.0),
        flying=max(known.flying - bucket.cost, 0.0),
        calls=max(known.calls - 1, 0),
    )


def learn(known: Level, bucket: LeakyBucket, ticket: Ticket, answer: Response) -> Level:
    """What is known after the answer to a call of ours."""
    at = answer.at or ticket.sent
    level = current(known, at)
    level = evolve(level, flying=max(level.flying - bucket.cost, 0.0))
    if answer.status == 429:
        level = evolve(level, closed=retry_after(answer.headers, at) or at + SECOND)
    told, drip = _pair(answer, bucket.level_header), _number(answer.headers.get(bucket.drip_header, ""))
    if drip:
        level = evolve(level, drip=drip)
    return _burst(_filled(level, told) if told else level, bucket, answer, at)


def _filled(level: Level, told: tuple[float, float]) -> Level:
    full, size = told[0] + level.flying, told[1]
    beyond = full - level.level
    others = level.others + beyond if beyond > _OURS else level.others
    return evolve(level, level=full, size=size or level.size, others=others)


def _burst(level: Level, bucket: LeakyBucket, answer: Response, at: datetime) -> Level:
    told = _pair(answer, bucket.burst_header)
    if told is None:
        return level
    calls, limit = int(told[0]), int(told[1]) or level.burst
    if calls >= level.calls:
        return evolve(level, burst=limit, calls=calls, second=level.second or at)
    # Their second turned before ours; it began with this call at the latest.
    return evolve(level, burst=limit, calls=calls, second=at)


def _pair(answer: Response, header: str) -> tuple[float, float] | None:
    first, _, second = answer.headers.get(header, "").partition("/")
    level, size = _number(first), _number(second)
    return None if level is None or size is None else (level, size)


def _number(text: str) -> float | None:
    """A number as the headers write it, with a point; a comma or words are no number."""
    digits = text.strip()
    known = digits.isascii() and digits.replace(".", "", 1).isdecimal() and len(digits) < 32
    return float(digits) if known else None


def noticed(before: Level, after: Level) -> int:
    """Calls of others, where they become worth telling; else 0."""
    return round(after.others) if before.others < NOTICEABLE <= after.others else 0


def duration(
    calls: int, known: Level, bucket: LeakyBucket, now: datetime, *, latency: float, parallel: int
) -> float:
    """Seconds that calls take: what is above the size has to drip off first, the last call apart."""
    level = current(known, now)
    above = level.level + max(calls - 1, 0) * bucket.cost - level.size
    return max(calls * latency / max(parallel, 1), above / level.drip, 0.0)
