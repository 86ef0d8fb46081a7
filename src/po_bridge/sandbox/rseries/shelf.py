"""Records by number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, Protocol, TypeVar

from attrs import define, field


class Record(Protocol):
    """What a shelf needs to know of a record."""

    @property
    def id(self) -> int:
        """The number, from 1."""
        ...


R = TypeVar("R", bound=Record)


@define
class Shelf(Generic[R]):
    """Frozen records by number, in the order in which they were made."""

    by_id: dict[int, R] = field(factory=dict[int, R])
    """Every record, archived ones included."""
    last: int = 0
    """The highest number given; numbers of deleted records are not used again."""

    def new_id(self) -> int:
        """Give the next number."""
        self.last += 1
        return self.last

    def put(self, record: R) -> R:
        """Add or replace a record."""
        self.by_id[record.id] = record
        self.last = max(self.last, record.id)
        return record

    def get(self, key: int) -> R | None:
        """Give a record."""
        return self.by_id.get(key)

    def drop(self, key: int) -> None:
        """Take a record away for good."""
        del self.by_id[key]

    def __iter__(self) -> Iterator[R]:
        """Walk over the records, oldest first."""
        return iter(self.by_id.values())

    def __len__(self) -> int:
        """Count the records."""
        return len(self.by_id)

    def copy(self) -> Shelf[R]:
        """Copy the shelf; the records are frozen and shared."""
        return Shelf(by_id=self.by_id.copy(), last=self.last)
