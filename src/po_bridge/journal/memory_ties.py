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

    def keep(self, key: str, value: T, end: End | None) -> None:
        """Keep a value as it was: ended, or in force."""
        if end is None:
            self.in_force[key] = value
        else:
            self.past.append((key, value, end))

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that was ever used, sorted."""
        return tuple(sorted({*self.in_force, *(key for key, _value, _end in self.past)}))

    def all(self) -> Iterator[tuple[T, End | None]]:
        """Give every value with its end, by key, the one in force last."""
        ended: dict[str, list[tuple[T, End]]] = {}
        for key, value, end in self.past:
            ended.setdefault(key, []).append((value, end))
        for key in self.keys:
            yield from ended.get(key, ())
            if key in self.in_force:
                yield self.in_force[key], None

    def revoked(self) -> Iterator[tuple[End, T]]:
        """Give what a person took back, oldest first."""
        taken = ((end, value) for _key, value, end in self.past if end.how is Ended.REVOKED)
        return iter(sorted(taken, key=lambda pair: pair[0].at))
