"""Links or decisions in memory: the one in force by key, and those that ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Generic, TypeVar

from attrs import define, field

from .ended import End, Ended

T = TypeVar("T")


@define
class Ties(Generic[T]):
    """Values by key; the last one is in force until it ends."""

    in_force: dict[str, T] = field(factory=dict)
    """By key."""
    past: list[tuple[str, T, End]] = field(factory=list)
    """Those that ended, oldest first."""

    def put(self, key: str, value: T, replaced: End) -> None:
        """Put a value in force; one that was in force ends as *replaced*."""
        self.end(key, replaced)
        self.in_force[key] = value

    def end(self, key: str, end: End) -> bool:
        """End what is in force; False where nothing is."""
        if key not in self.in_force:
            return False
        self.past.append((key, self.in_force.pop(key), end))
        return True

    def revoked(self) -> Iterator[tuple[End, T]]:
        """Give what a person took back, oldest first."""
        return ((end, value) for _key, value, end in self.past if end.how is Ended.REVOKED)
