"""The rate budget port: how many calls may still leave, by whoever shares a bucket."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from ..models.bucket import RateBucket
from .allowance import Pause, Ticket
from .exchange import Response
from .meter import Known


class Budget(Protocol):
    """Spends what there is to the last call, then waits until there is more.

    Learned from answers. Never raises: a budget that cannot be shared is kept alone, since a call that was sent
    must not fail for it.
    """

    def take(self, bucket: RateBucket, now: datetime) -> Ticket | Pause:
        """Count one call, which may leave then, or say how long to wait before asking again."""
        ...

    def give_back(self, bucket: RateBucket, ticket: Ticket) -> None:
        """Take back a call that was counted and never left."""
        ...

    def learn(self, bucket: RateBucket, ticket: Ticket, answer: Response) -> int:
        """Read the answer to a call.

        Gives the calls of others in this window when they are noticed for the first time in it, else 0.
        """
        ...

    def look(self, bucket: RateBucket, now: datetime) -> Known:
        """What is known of the bucket."""
        ...
