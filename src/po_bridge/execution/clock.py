"""The clock of a running program."""

from __future__ import annotations

import asyncio
import secrets
import time
from datetime import UTC, datetime


class SystemClock:
    """Gives the machine's time, in UTC."""

    def now(self) -> datetime:
        """The moment, aware UTC."""
        return datetime.now(UTC)  # noqa: TID251  # the one place that asks the machine

    def sleep(self, seconds: float) -> None:
        """Wait, blocking."""
        time.sleep(max(seconds, 0.0))  # noqa: TID251  # the one place that waits

    async def asleep(self, seconds: float) -> None:
        """Wait without blocking the event loop."""
        await asyncio.sleep(max(seconds, 0.0))

    def nonce(self) -> str:
        """Sixteen hexadecimal digits, new at every call."""
        return secrets.token_hex(8)
