"""The upkeep of the journal in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime

from attrs import frozen

from ..planning.sighting import Sighting
from ..ports.upkeep import Compacted
from .audit import faults_in
from .memory_shelves import Shelf, Shelves
from .record import Decided, Folded, Kept, Record, Tied, Written, lines_of, records_of
from .rules import check_empty, check_sound

Inside = Callable[[], AbstractContextManager[None]]
"""Makes the context in which nobody else is at work."""


@frozen
class MemoryUpkeep:
    """Implements ``ports.Upkeep``."""

    _held: Shelves
    _inside: Inside

    def compact(self, before: datetime, at: datetime) -> Compacted:
        """Fold away the entries of the plans that were closed before a moment; an open one is never touched."""
        with self._inside():
            old = [shelf for shelf in self._held.plans.values() if _is_old(shelf, before)]
            for shelf in old:
                shelf.folded = Folded.of(shelf.opened.plan.digest, shelf.history, at)
                shelf.history = shelf.folded.history
            return Compacted(plans=len(old), entries=sum(one.folded.entries for one in old if one.folded))

    def export(self) -> tuple[bytes, ...]:
        """Everything but the leases, as lines of JSON."""
        with self._inside():
            return lines_of(self._records())

    def load(self, lines: Iterable[bytes]) -> None:
        """Take over what ``export`` gave, all or nothing; raises ``Misuse``, ``BadDocument``."""
        records = records_of(lines)
        check_sound(faults_in(records))
        with self._inside():
            check_empty(empty=self._held.empty)
            for record in records:
                self._put(record)

    def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the journal, for people."""
        with self._inside():
            return faults_in(self._records())

    def _records(self) -> Iterator[Record]:
        held = self._held
        for digest, shelf in held.plans.items():
            yield Kept.of(shelf.opened)
            if shelf.folded:
                yield shelf.folded
            yield from (Written(plan=digest, entry=entry) for entry in shelf.history.entries)
        yield from held.record
        yield from (Tied(link=link, end=end) for link, end in held.links.all())
        yield from (Decided(decision=decision, end=end) for decision, end in held.decisions.all())
        yield from (held.sightings[key] for key in sorted(held.sightings, key=str))

    def _put(self, record: Record) -> None:
        held = self._held
        match record:
            case Kept():
                held.put_plan(record.opened())
            case Written():
                shelf = held.plans[record.plan]
                shelf.history = shelf.history.plus(record.entry)
            case Folded():
                shelf = held.plans[record.plan]
                shelf.folded, shelf.history = record, record.history
            case Tied(link=link, end=end):
                held.links.keep(str(link.line), link, end)
            case Decided(decision=decision, end=end):
                held.decisions.keep(decision.key, decision, end)
            case Sighting():
                held.sightings[record.order] = record
            case _:
                held.put_applied(record)


def _is_old(shelf: Shelf, before: datetime) -> bool:
    closed = shelf.opened.closed_at
    return closed is not None and closed < before and shelf.folded is None
