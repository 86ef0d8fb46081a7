"""A target under trial whose remote lives in this process, behind a gateway: no HTTP, no sandbox."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

from attrs import define, evolve, field

from ..errors import Misuse
from ..execution.drive import World, drive
from ..ports.exchange import Exchange, Request, Response
from ..ports.target import Target
from .fault import Fault, Gateway
from .graph import Remote
from .subject import TrialClock

T = TypeVar("T")


def _no_wire(request: Request) -> Response:
    raise Misuse(f"this POS is called in this process, not by {request.what}")


class Gated(ABC):
    """What a subject does with its gateway; say where the gateway is."""

    clock: TrialClock
    """The clock that the driver uses."""

    @property
    @abstractmethod
    def gateway(self) -> Gateway:
        """What every call of the adapter goes through."""

    def drive(self, exchange: Exchange[T]) -> T:
        """Run an exchange."""
        return drive(exchange, World(_no_wire, self.clock))

    def inject(self, fault: Fault | None) -> None:
        """The fault to come."""
        self.gateway.fault = evolve(fault, call=fault.call + self.gateway.calls) if fault else None

    def forget(self) -> None:
        """Start counting anew."""
        self.gateway.calls = self.gateway.writes = 0

    @property
    def calls(self) -> int:
        """Calls since the count was started."""
        return self.gateway.calls

    @property
    def writes(self) -> int:
        """Mutating calls since the count was started."""
        return self.gateway.writes

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have a function called after every change."""
        self.gateway.on_change = tell


@define(kw_only=True)
class LocalSubject(Gated):
    """A subject for a POS without HTTP: give the adapter, its store and the gateway between them."""

    target: Target
    """The adapter, as from ``blocking``."""
    remote: Remote
    """The store."""
    wire: Gateway
    """What every call of the adapter goes through."""
    outlet_id: str
    """An outlet of the store."""
    clock: TrialClock = field(factory=TrialClock)
    """Moves when somebody sleeps."""

    @property
    def gateway(self) -> Gateway:
        """What every call of the adapter goes through."""
        return self.wire
