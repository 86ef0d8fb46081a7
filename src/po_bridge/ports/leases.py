"""The lease port: one worker at a time for an order and what it shares."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from attrs import field, frozen

from ..models.checks import aware


@frozen(kw_only=True)
class Holder:
    """A worker, so that a dead one can be told from a slow one."""

    host: str
    """Host name."""
    pid: int
    """Process id."""
    started: str
    """Start of the process as the host tells it, since pids are reused."""
    worker: str = ""
    """Tells workers of one process apart."""

    def __str__(self) -> str:
        return f"{self.host}, process {self.pid} started {self.started}"


@frozen(kw_only=True)
class Lease:
    """A right to write, for a while."""

    keys: tuple[str, ...]
    """What is leased."""
    fence: int
    """Grows with every lease; the journal refuses an older one."""
    holder: Holder
    """Who holds it."""
    until: datetime = field(validator=aware)
    """It ends here unless renewed, aware UTC."""


class Leases(Protocol):
    """Grants leases, all or nothing."""

    def worker(self) -> Holder:
        """Name this process as a holder with a mark of its own, in the words that ``take`` judges deaths by."""
        ...

    def take(self, keys: tuple[str, ...], holder: Holder, now: datetime, seconds: float) -> Lease:
        """Lease every key or none; raises ``LeaseHeld`` naming who holds one and since when."""
        ...

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """Make a lease last longer; raises ``LeaseLost``."""
        ...

    def release(self, lease: Lease) -> None:
        """Give a lease back; a lost one is no error."""
        ...
