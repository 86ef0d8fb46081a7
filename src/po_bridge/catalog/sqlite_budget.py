"""The rate budget in the cache file: shared by every thread, task and process that uses the file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from attrs import define, field

from ..errors import CacheDamaged
from ..models.bucket import RateBucket
from ..ports.allowance import Pause, Ticket
from ..ports.exchange import Response
from ..ports.meter import Known, current, fresh, give_back, kind_of, learn, noticed, take
from ..sqlite import Connection
from .document import pack, unpack
from .kept_file import KeptFile

_PUT = "REPLACE INTO budget (bucket, document) VALUES (?, ?)"

T = TypeVar("T")


@define
class SqliteBudget:
    """What is known by bucket; each change is one commit, so that no two calls spend the same allowance.

    Where the file fails, the budget is kept alone from what was known last: a call must not fail for it, least of
    all one that was sent.
    """

    _file: KeptFile
    _known: dict[str, Known] = field(factory=dict, init=False)

    def take(self, bucket: RateBucket, now: datetime) -> Ticket | Pause:
        """Count one call, or say how long to wait."""
        return self._change(bucket, lambda known: take(known, bucket, now))

    def give_back(self, bucket: RateBucket, ticket: Ticket) -> None:
        """Take back a call that never left."""
        self._change(bucket, lambda known: (give_back(known, bucket, ticket), None))

    def learn(self, bucket: RateBucket, ticket: Ticket, answer: Response) -> int:
        """Read an answer."""

        def step(known: Known) -> tuple[Known, int]:
            after = learn(known, bucket, ticket, answer)
            return after, noticed(known, after)

        return self._change(bucket, step)

    def look(self, bucket: RateBucket, now: datetime) -> Known:
        """What is known of the bucket."""
        try:
            with self._file.reading() as connection:
                known = _read(connection, bucket)
        except CacheDamaged:
            known = self._known.get(bucket.name)
        return current(known or fresh(bucket), now)

    def _change(self, bucket: RateBucket, step: Callable[[Known], tuple[Known, T]]) -> T:
        try:
            with self._file.writing() as connection:
                after, result = step(_read(connection, bucket) or fresh(bucket))
                connection.execute(_PUT, (bucket.name, pack(after)))
        except CacheDamaged:
            after, result = step(self._known.get(bucket.name, fresh(bucket)))
        self._known[bucket.name] = after
        return result


def _read(connection: Connection, bucket: RateBucket) -> Known | None:
    row = connection.execute("SELECT document FROM budget WHERE bucket = ?", (bucket.name,)).fetchone()
    return None if row is None else unpack(row[0], kind_of(bucket))
