"""The toy POS as a subject of the contract suites."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from attrs import define, evolve, field

from ..errors import Misuse
from ..execution.drive import World, drive
from ..models.capabilities import Capabilities
from ..ports.exchange import Exchange, Request, Response
from .fault import Fault
from .subject import TrialClock
from .toy_pos import ToyPos
from .toy_target import COARSE, ToyTarget

T = TypeVar("T")


def _no_wire(request: Request) -> Response:
    raise Misuse(f"the toy POS is called in this process, not by {request.what}")


@define(kw_only=True)
class ToySubject:
    """A toy target with its store and its wire."""

    capabilities: Capabilities = COARSE
    """The grain."""
    clock: TrialClock = field(factory=TrialClock)
    """The clock."""
    target: ToyTarget = field(init=False)
    """The adapter."""
    outlet_id: str = "outlet-1"
    """The one outlet."""

    def __attrs_post_init__(self) -> None:
        self.target = ToyTarget(capabilities=self.capabilities)

    @property
    def remote(self) -> ToyPos:
        """The store."""
        return self.target.pos

    def drive(self, exchange: Exchange[T]) -> T:
        """Run an exchange."""
        return drive(exchange, World(_no_wire, self.clock))

    def inject(self, fault: Fault | None) -> None:
        """The fault to come."""
        gateway = self.target.gateway
        gateway.fault = evolve(fault, call=fault.call + gateway.calls) if fault else None

    def forget(self) -> None:
        """Start counting anew."""
        self.target.gateway.calls = self.target.gateway.writes = 0

    @property
    def calls(self) -> int:
        """Calls since the count was started."""
        return self.target.gateway.calls

    @property
    def writes(self) -> int:
        """Mutating calls since the count was started."""
        return self.target.gateway.writes

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have a function called after every change."""
        self.target.gateway.on_change = tell
