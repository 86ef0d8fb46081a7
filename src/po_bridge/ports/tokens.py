"""The token port: where credentials are kept, and who may refresh them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Protocol


class Secrets(Mapping[str, str]):
    """Texts by name that no repr, log or error shows."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return dict(self) == dict(other) if isinstance(other, Mapping) else NotImplemented

    __hash__ = None  # type: ignore[assignment]  # as any mapping that compares by content

    def __repr__(self) -> str:
        return f"Secrets({', '.join(f'{name}=***' for name in self._values)})"


class Tokens(Protocol):
    """Keeps credentials by name, one name for each account."""

    def load(self, name: str) -> Secrets | None:
        """Give what was stored last, None where there is nothing."""
        ...

    def store(self, name: str, value: Mapping[str, str]) -> None:
        """Keep credentials in the place of what was kept; once it returns, a crash cannot lose them."""
        ...

    def lock(self, name: str) -> AbstractContextManager[bool]:
        """Hold the right to refresh, across processes; it ends with the context, or with the process.

        Never waits: gives False where another refresher holds it, who will store what it gets.
        """
        ...
