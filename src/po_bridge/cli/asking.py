"""Runs one exchange with a remote, for commands that need no Bridge."""

from __future__ import annotations

from typing import TypeVar

from ..execution.clock import SystemClock
from ..execution.drive import World, drive
from ..ports.exchange import Exchange

T = TypeVar("T")


def ask(exchange: Exchange[T]) -> T:
    """Run an exchange to its end; raises what it raises."""
    from ..execution.http import HttpSender  # noqa: PLC0415  # httpx alone takes 149 ms to import

    clock = SystemClock()
    sender = HttpSender(clock)
    try:
        return drive(exchange, World(sender.send, clock))
    finally:
        sender.close()
