"""The rate budget port: how many calls may still leave, by whoever shares a bucket."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from ..models.bucket import Bucket
from .allowance import Allowance
from .exchange import Response


class Budget(Protocol):
    """Spends a window to its last call, then waits until it turns.

    Learned from answers. Never raises: a budget that cannot be shared is kept alone, since a call that was sent
    must not fail for it.
    """

    def take(self, bucket: Bucket, now: datetime) -> float:
        """Count one call and answer 0.0: it may leave; else the seconds to wait before asking again."""
        ...

    def give_back(self, bucket: Bucket, sent: datetime) -> None:
        """Take back a call that was counted at *sent* and never left."""
        ...

    def learn(self, bucket: Bucket, sent: datetime, answer: Response) -> int:
        """Read an answer to the call that was counted at *sent*.

        Gives the calls of others in this window when they are noticed for the first time in it, else 0.
        """
        ...

    def look(self, bucket: Bucket, now: datetime) -> Allowance:
        """What is known of the window."""
        ...
