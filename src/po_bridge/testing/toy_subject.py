"""The toy POS as a subject of the contract suites."""

from __future__ import annotations

from attrs import define, field

from ..models.capabilities import Capabilities
from .fault import Gateway
from .local_subject import Gated
from .subject import TrialClock
from .toy_pos import ToyPos
from .toy_target import COARSE, ToyTarget


@define(kw_only=True)
class ToySubject(Gated):
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

    @property
    def gateway(self) -> Gateway:
        """The wire."""
        return self.target.gateway
