"""A rate budget in memory: shared by the threads and tasks of one Bridge."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from ..models.bucket import RateBucket
from ..ports.allowance import Pause, Ticket
from ..ports.exchange import Response
from ..ports.meter import Known, current, fresh, give_back, learn, noticed, take


class MemoryBudget:
    """What is known by bucket, in a dictionary."""

    def __init__(self) -> None:
        self._known: dict[str, Known] = {}
        self._lock = Lock()

    def _of(self, bucket: RateBucket) -> Known:
        return self._known.get(bucket.name, fresh(bucket))

    def take(self, bucket: RateBucket, now: datetime) -> Ticket | Pause:
        """Count one call, or say how long to wait."""
        with self._lock:
            self._known[bucket.name], taken = take(self._of(bucket), bucket, now)
        return taken

    def give_back(self, bucket: RateBucket, ticket: Ticket) -> None:
        """Take back a call that never left."""
        with self._lock:
            self._known[bucket.name] = give_back(self._of(bucket), bucket, ticket)

    def learn(self, bucket: RateBucket, ticket: Ticket, answer: Response) -> int:
        """Read an answer."""
        with self._lock:
            before = self._of(bucket)
            after = learn(before, bucket, ticket, answer)
            self._known[bucket.name] = after
        return noticed(before, after)

    def look(self, bucket: RateBucket, now: datetime) -> Known:
        """What is known of the bucket."""
        return current(self._of(bucket), now)
