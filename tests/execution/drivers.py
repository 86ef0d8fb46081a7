"""Both drivers behind one face: a test that runs under each says what they share."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from attrs import define, field

from po_bridge.errors import Misuse
from po_bridge.execution.drive import AsyncWorld, World, adrive, drive
from po_bridge.execution.pacing import Pacing
from po_bridge.ports.exchange import Exchange, Request, Response
from po_bridge.testing.subject import TrialClock

T = TypeVar("T")
Send = Callable[[Request], Response]


def nobody(request: Request) -> Response:
    """A wire that must not be used."""
    raise Misuse(f"nobody was to be asked for {request.what}")


@define(kw_only=True)
class Blocking:
    """The blocking driver."""

    clock: TrialClock = field(factory=TrialClock)
    send: Send = nobody
    pacing: Pacing | None = None

    def __call__(self, exchange: Exchange[T]) -> T:
        """Run an exchange to its end."""
        return drive(exchange, World(self.send, self.clock, pacing=self.pacing))


@define(kw_only=True)
class NotBlocking:
    """The other one, with an event loop of its own for each run."""

    clock: TrialClock = field(factory=TrialClock)
    send: Send = nobody
    pacing: Pacing | None = None

    def __call__(self, exchange: Exchange[T]) -> T:
        """Run an exchange to its end."""

        async def send(request: Request) -> Response:
            return self.send(request)

        async def main() -> T:
            world = AsyncWorld(send, self.clock, pacing=self.pacing)
            try:
                return await adrive(exchange, world)
            finally:
                world.close()

        return asyncio.run(main())


Driver = Blocking | NotBlocking
DRIVERS: tuple[Any, ...] = (Blocking, NotBlocking)
IDS = ("blocking", "not blocking")
