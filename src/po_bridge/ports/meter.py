"""Both ways of counting calls behind one set of functions; which one holds is told by the bucket."""

from __future__ import annotations

from datetime import datetime

from ..errors import Misuse
from ..models.bucket import Bucket, LeakyBucket, RateBucket
from . import allowance, level
from .allowance import Allowance, Pause, Ticket
from .exchange import Response
from .level import Level

Known = Allowance | Level
"""What is known of a bucket."""


def kind_of(bucket: RateBucket) -> type[Allowance | Level]:
    """What is kept of a bucket."""
    return Allowance if isinstance(bucket, Bucket) else Level


def fresh(bucket: RateBucket) -> Known:
    """What is known before the first call."""
    return Allowance(limit=bucket.size) if isinstance(bucket, Bucket) else level.empty(bucket)


def current(known: Known, now: datetime) -> Known:
    """What is known of this moment."""
    if isinstance(known, Allowance):
        return allowance.current(known, now)
    return level.current(known, now)


def take(known: Known, bucket: RateBucket, now: datetime) -> tuple[Known, Ticket | Pause]:
    """Count a call that leaves now, or say how long to wait."""
    match known, bucket:
        case Allowance(), Bucket():
            return allowance.take(known, bucket, now)
        case Level(), LeakyBucket():
            return level.take(known, bucket, now)
        case _:
            raise _mixed(bucket)


def give_back(known: Known, bucket: RateBucket, ticket: Ticket) -> Known:
    """Take back a call that never left."""
    match known, bucket:
        case Allowance(), Bucket():
            return allowance.give_back(known, ticket)
        case Level(), LeakyBucket():
            return level.give_back(known, bucket)
        case _:
            raise _mixed(bucket)


def learn(known: Known, bucket: RateBucket, ticket: Ticket, answer: Response) -> Known:
    """What is known after the answer to a call of ours."""
    match known, bucket:
        case Allowance(), Bucket():
            return allowance.learn(known, bucket, ticket, answer)
        case Level(), LeakyBucket():
            return level.learn(known, bucket, ticket, answer)
        case _:
            raise _mixed(bucket)


def noticed(before: Known, after: Known) -> int:
    """Calls of others, where they become worth telling; else 0."""
    if isinstance(before, Allowance) and isinstance(after, Allowance):
        return allowance.noticed(before, after)
    if isinstance(before, Level) and isinstance(after, Level):
        return level.noticed(before, after)
    return 0


def duration(
    calls: int, known: Known, bucket: RateBucket, now: datetime, *, latency: float, parallel: int
) -> float:
    """Seconds that calls take, with what is left spent first."""
    match known, bucket:
        case Allowance(), Bucket():
            return allowance.duration(calls, known, bucket, now, latency=latency, parallel=parallel)
        case Level(), LeakyBucket():
            return level.duration(calls, known, bucket, now, latency=latency, parallel=parallel)
        case _:
            raise _mixed(bucket)


def _mixed(bucket: RateBucket) -> Misuse:
    return Misuse(f"two buckets of different kinds are both called {bucket.name!r}")
