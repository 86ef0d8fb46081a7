"""A rate budget in memory: shared by the threads and tasks of one Bridge."""

from __future__ import annotations

from datetime import datetime
from threading import Lock

from ..models.bucket import Bucket
from ..ports.allowance import Allowance, Pause, Ticket, current, give_back, learn, noticed, take
from ..ports.exchange import Response


class MemoryBudget:
    """Windows by bucket, in a dictionary."""

    def __init__(self) -> None:
        self._known: dict[str, Allowance] = {}
        self._lock = Lock()

    def _of(self, bucket: Bucket) -> Allowance:
        return self._known.get(bucket.name, Allowance(limit=bucket.size))

    def take(self, bucket: Bucket, now: datetime) -> Ticket | Pause:
        """Count one call, or say how long to wait."""
        with self._lock:
            self._known[bucket.name], taken = take(self._of(bucket), bucket, now)
        return taken

    def give_back(self, bucket: Bucket, ticket: Ticket) -> None:
        """Take back a call that never left."""
        with self._lock:
            self._known[bucket.name] = give_back(self._of(bucket), ticket)

    def learn(self, bucket: Bucket, ticket: Ticket, answer: Response) -> int:
        """Read an answer."""
        with self._lock:
            before = self._of(bucket)
            after = learn(before, bucket, ticket, answer)
            self._known[bucket.name] = after
        return noticed(before, after)

    def look(self, bucket: Bucket, now: datetime) -> Allowance:
        """What is known of the window."""
        return current(self._of(bucket), now)
