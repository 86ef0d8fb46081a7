"""The clock port: time and randomness come in from outside."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Gives time, waits and makes nonces."""

    def now(self) -> datetime:
        """The moment, aware UTC."""
        ...

    def sleep(self, seconds: float) -> None:
        """Wait, blocking."""
        ...

    async def asleep(self, seconds: float) -> None:
        """Wait without blocking the event loop."""
        ...

    def nonce(self) -> str:
        """A text that was never given before, 16 letters and digits."""
        ...
