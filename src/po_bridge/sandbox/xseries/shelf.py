"""Records in the order of their changes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from attrs import define, field


class Record(Protocol):
    """What a shelf needs to know of a record."""

    @property
    def id(self) -> str:
        """The key."""
        ...

    @property
    def version(self) -> int:
        """The number of the last change, growing over all records."""
        ...

    @property
    def deleted_at(self) -> datetime | None:
        """When it was deleted."""
        ...


R = TypeVar("R", bound=Record)


@define
class Shelf(Generic[R]):
    """Frozen records by id, readable in the order of their versions."""

    by_id: dict[str, R] = field(factory=dict[str, R])
    """Every record, deleted ones included."""
    changes: list[tuple[int, str]] = field(factory=list[tuple[int, str]])
    """Version and id of every change in ascending order; older changes of a record are skipped on reading."""

    def put(self, record: R) -> R:
        """Add or replace a record; its version must be the highest so far."""
        self.by_id[record.id] = record
        self.changes.append((record.version, record.id))
        if len(self.changes) > 2 * len(self.by_id) + 64:
            self.changes = sorted((each.version, each.id) for each in self.by_id.values())
        return record

    def get(self, key: str) -> R | None:
        """Give a record, deleted or not."""
        return self.by_id.get(key)

    def live(self, key: str) -> R | None:
        """Give a record that is not deleted."""
        record = self.by_id.get(key)
        return None if record is None or record.deleted_at is not None else record

    def all_live(self) -> list[R]:
        """List the records that are not deleted, oldest first."""
        return [record for record in self.by_id.values() if record.deleted_at is None]

    def since(self, version: int) -> Iterator[R]:
        """Walk over the records changed after a version, in ascending order."""
        for place in range(bisect_right(self.changes, (version, "~")), len(self.changes)):
            changed, key = self.changes[place]
            record = self.by_id[key]
            if record.version == changed:
                yield record

    def copy(self) -> Shelf[R]:
        """Copy the shelf; the records are frozen and shared."""
        return Shelf(by_id=self.by_id.copy(), changes=self.changes.copy())
