"""What a contract suite needs of the target it tries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol, TypeVar

from attrs import define, field

from ..ports.exchange import Exchange
from ..ports.target import Target
from .fault import Fault
from .graph import Remote

T = TypeVar("T")

START = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
"""When every trial begins."""


@define
class TrialClock:
    """A clock that moves only when somebody sleeps."""

    moment: datetime = START
    """What ``now`` answers."""
    _nonces: int = field(default=0)

    def now(self) -> datetime:
        """The moment."""
        return self.moment

    def sleep(self, seconds: float) -> None:
        """Move on."""
        self.moment += timedelta(seconds=max(seconds, 0.0))

    async def asleep(self, seconds: float) -> None:
        """Move on."""
        self.sleep(seconds)

    def nonce(self) -> str:
        """The next of a row."""
        self._nonces += 1
        return f"{self._nonces:016x}"


class Subject(Protocol):
    """A target under trial, with its remote in the hand of the trial."""

    @property
    def target(self) -> Target:
        """The adapter."""
        ...

    @property
    def remote(self) -> Remote:
        """The remote it talks to, which can be put back."""
        ...

    @property
    def clock(self) -> TrialClock:
        """The clock that target, remote and driver share."""
        ...

    @property
    def outlet_id(self) -> str:
        """An outlet of the store."""
        ...

    def drive(self, exchange: Exchange[T]) -> T:
        """Run an exchange against the remote; reads are not sent again."""
        ...

    def inject(self, fault: Fault | None) -> None:
        """The fault to come, its call counted from now; None for none."""
        ...

    def forget(self) -> None:
        """Start counting calls anew."""
        ...

    @property
    def calls(self) -> int:
        """Calls since the count was started."""
        ...

    @property
    def writes(self) -> int:
        """Mutating calls since the count was started, refused and lost ones included."""
        ...

    def on_change(self, tell: Callable[[], None]) -> None:
        """Have a function called after every change of the remote."""
        ...
