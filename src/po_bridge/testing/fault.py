"""Faults that a call to a remote can meet."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import TypeVar

from attrs import define, field, frozen

from ..errors import Broken, Busy, Refused, Unreachable

T = TypeVar("T")


class FaultKind(Enum):
    """What happens to a call."""

    REFUSED = "refused, nothing changed"
    BUSY = "asked to come again, nothing changed"
    NOT_SENT = "never left"
    RESET = "lost before the change"
    LOST = "lost after the change"
    BROKEN_BEFORE = "failed before the change"
    BROKEN_AFTER = "failed after the change"


@frozen(kw_only=True)
class Fault:
    """One fault at one call, counted over reads and writes from 1."""

    kind: FaultKind
    """What happens."""
    call: int
    """At which call."""


@define(kw_only=True)
class Gateway:
    """The wire to a remote that lives in this process: counts calls, meets faults, remembers writes."""

    system: str = "the POS"
    """Label of the remote, for errors."""
    fault: Fault | None = None
    """The fault to come, if any."""
    calls: int = 0
    """Calls so far, reads and writes."""
    writes: int = 0
    """Mutating calls that reached the remote."""
    refused: frozenset[str] = frozenset()
    """Names of writes the remote refuses every time."""
    on_change: Callable[[], None] = field(default=lambda: None)
    """Called after every change of the remote."""

    def call(self, what: str, work: Callable[[], T], *, writes: bool = False) -> T:
        """Make a call; raises what the fault, the remote or the work raises."""
        self.calls += 1
        kind = self.fault.kind if self.fault and self.fault.call == self.calls else None
        if writes and what in self.refused:
            kind = FaultKind.REFUSED
        _before(self.system, what, kind)
        result = work()
        if writes:
            self.writes += 1
            self.on_change()
        _after(self.system, what, kind)
        return result


def _before(system: str, what: str, kind: FaultKind | None) -> None:
    match kind:
        case FaultKind.REFUSED:
            raise Refused(system, 422, "no", what=what, mend="mend the data, then resume")
        case FaultKind.BUSY:
            raise Busy(system, 429, "later", what=what, mend="wait", again=True)
        case FaultKind.NOT_SENT:
            raise Unreachable(system, "no route", sent=False)
        case FaultKind.RESET:
            raise Unreachable(system, "reset", sent=True)
        case FaultKind.BROKEN_BEFORE:
            raise Broken(system, 503, "down", what=what)
        case FaultKind.LOST | FaultKind.BROKEN_AFTER | None:
            return


def _after(system: str, what: str, kind: FaultKind | None) -> None:
    match kind:
        case FaultKind.LOST:
            raise Unreachable(system, "answer lost", sent=True)
        case FaultKind.BROKEN_AFTER:
            raise Broken(system, 502, "bad gateway", what=what)
        case _:
            return
