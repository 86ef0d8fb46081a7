"""How many calls lie ahead, and how long they take with the rate budget as it stands."""

from __future__ import annotations

from datetime import datetime
from math import ceil
from typing import Final

from attrs import field, frozen

from ..planning.plan import Estimate, Plan
from ..planning.snapshot import Collection
from ..planning.write import AttachImage
from ..ports.cache import Cache
from ..ports.clock import Clock
from ..ports.meter import duration
from ..ports.target import Target, reader_of

LATENCY: Final = 0.3
"""Seconds a call is reckoned with."""


@frozen(kw_only=True)
class ListEstimate:
    """What is ahead for one list."""

    collection: Collection
    """The list."""
    kept: int
    """Records kept already."""
    complete: bool
    """Whether it was ever read to its end, so that only changes are read."""
    calls: int
    """Calls at least."""
    known: bool
    """Whether these are all calls, changes meanwhile apart."""


@frozen(kw_only=True)
class MirrorEstimate:
    """What reading the store takes, before it is read.

    No list tells how many records it has before its end. So a list that was read to its end takes one call, and one
    more for each page of changes; one that was begun or never read takes as many as the stated records fill
    pages, less what is kept, and one for the empty page at the end; without a stated number only the least is
    known. ``MirrorRead`` events tell from the first page on how it goes.
    """

    lists: tuple[ListEstimate, ...]
    """Each list."""
    seconds: float
    """Time for these calls, with the rate budget as it stands."""
    page: int
    """Records on a page, as far as the store obeys."""
    size: int | None
    """Calls that a window of the rate budget holds; None where calls are not counted."""
    window: float
    """Length of that window in seconds."""
    at: datetime = field()
    """When it was reckoned."""

    @property
    def calls(self) -> int:
        """Calls at least."""
        return sum(one.calls for one in self.lists)

    @property
    def known(self) -> bool:
        """Whether these are all calls, changes meanwhile apart."""
        return all(one.known for one in self.lists)

    def __str__(self) -> str:
        least = "" if self.known else "at least "
        total = f"{least}{self.calls} calls, {least}{_minutes(self.seconds)}"
        unknown = [one.collection.value for one in self.lists if not one.known]
        if not unknown:
            return total
        pace = f"; {self.size} calls pass in {_minutes(self.window)}" if self.size else ""
        return (
            f"{total}; how many {', '.join(unknown)} there are is not known before their end, "
            f"each {self.page} take a call{pace}"
        )


def _minutes(seconds: float) -> str:
    return f"{ceil(seconds)} s" if seconds < 60 else f"{ceil(seconds / 60)} min"


@frozen(kw_only=True)
class Estimating:
    """Reckons."""

    target: Target
    """The POS."""
    cache: Cache
    """What is kept, and the rate budget."""
    clock: Clock
    """Tells where in its window the budget stands."""

    def of_plan(self, plan: Plan) -> Estimate:
        """Calls and seconds of applying a plan."""
        writes = [step.write for step in plan.steps]
        reader = reader_of(self.target)
        calls = sum(map(self.target.calls, writes)) + (reader.reads(writes) if reader else 0)
        # a picture is fetched from the brand, and the store does not count that call
        elsewhere = sum(isinstance(write, AttachImage) for write in writes)
        parallel = self.target.capabilities.parallel
        seconds = self._seconds(calls - elsewhere, parallel) + elsewhere * LATENCY / max(parallel, 1)
        return Estimate(calls=calls, seconds=seconds)

    def of_mirror(self, products: int | None) -> MirrorEstimate:
        """Calls and seconds of reading the store; *products* is how many there are, where the merchant knows."""
        capabilities = self.target.capabilities
        lists = tuple(
            self._list(collection, products if collection is Collection.PRODUCTS else None)
            for collection in Collection
        )
        bucket, moment = capabilities.bucket, self.clock.now()
        return MirrorEstimate(
            lists=lists,
            seconds=self._seconds(sum(one.calls for one in lists), 1),
            page=capabilities.records_per_page,
            size=self.cache.budget.look(bucket, moment).limit if bucket else None,
            window=bucket.window if bucket else 0.0,
            at=moment,
        )

    def _list(self, collection: Collection, records: int | None) -> ListEstimate:
        extent = self.cache.mirror.extent(collection)
        whole = collection is Collection.OPTIONS
        ahead = 0 if extent.complete else max((records or 0) - extent.records, 0)
        unread = 0 if extent.complete or whole else 1
        pages = max(ceil(ahead / self.target.capabilities.records_per_page), unread)
        return ListEstimate(
            collection=collection,
            kept=extent.records,
            complete=extent.complete,
            calls=pages + 1,
            known=extent.complete or whole or records is not None,
        )

    def _seconds(self, calls: int, parallel: int) -> float:
        bucket = self.target.capabilities.bucket
        if bucket is None:
            return calls * LATENCY / max(parallel, 1)
        moment = self.clock.now()
        known = self.cache.budget.look(bucket, moment)
        return duration(calls, known, bucket, moment, latency=LATENCY, parallel=parallel)
