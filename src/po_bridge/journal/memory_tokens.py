"""Credentials in memory: for tests, and for programs that keep them elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager

from ..ports.tokens import Secrets


class MemoryTokens:
    """Implements ``ports.Tokens``; threads may share it."""

    def __init__(self, values: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._values = {name: Secrets(value) for name, value in (values or {}).items()}
        self._locks: dict[str, threading.Lock] = {}

    def __repr__(self) -> str:
        return f"MemoryTokens({', '.join(map(repr, self._values))})"

    def load(self, name: str) -> Secrets | None:
        """Give what was stored last, None where there is nothing."""
        return self._values.get(name)

    def store(self, name: str, value: Mapping[str, str]) -> None:
        """Keep credentials in the place of what was kept."""
        self._values[name] = Secrets(value)

    @contextmanager
    def lock(self, name: str) -> Generator[bool, None, None]:
        """Hold the right to refresh; gives False where another thread or task holds it."""
        lock = self._locks.setdefault(name, threading.Lock())
        ours = lock.acquire(blocking=False)
        try:
            yield ours
        finally:
            if ours:
                lock.release()
