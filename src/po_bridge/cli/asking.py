"""Runs one exchange with a remote, for commands that need no Bridge."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from ..execution.clock import SystemClock
from ..execution.drive import World, drive
from ..execution.pacing import Pacing
from ..ports.exchange import Exchange, Request, Response

T = TypeVar("T")

Send = Callable[[Request], Response]
"""Sends one request once."""


def ask(
    exchange: Exchange[T], *, pacing: Pacing | None = None, through: Callable[[Send], Send] | None = None
) -> T:
    """Run an exchange to its end; raises what it raises.

    Calls are counted and paced where *pacing* is given, and go *through* whoever wants to see them.
    """
    from ..execution.http import HttpSender  # noqa: PLC0415  # httpx alone takes 149 ms to import

    clock = SystemClock()
    sender = HttpSender(clock)
    send: Send = through(sender.send) if through else sender.send
    try:
        return drive(exchange, World(send, clock, pacing=pacing))
    finally:
        sender.close()
