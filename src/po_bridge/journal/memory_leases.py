"""Leases in memory, for one process."""

from __future__ import annotations

from datetime import datetime, timedelta

from attrs import define, evolve, field

from ..errors import LeaseLost
from ..ports.leases import Holder, Lease
from .grant import Grant, check_free, check_keys


@define
class MemoryLeases:
    """Implements ``ports.Leases``; the caller sees to it that one thread at a time is inside."""

    _grants: dict[str, Grant] = field(factory=dict)
    _fence: int = 0

    def take(self, keys: tuple[str, ...], holder: Holder, now: datetime, seconds: float) -> Lease:
        """Lease every key or none; raises ``LeaseHeld``."""
        wanted = check_keys(keys)
        check_free((self._grants[key] for key in sorted(wanted) if key in self._grants), now)
        self._fence += 1
        lease = Lease(keys=wanted, fence=self._fence, holder=holder, until=now + timedelta(seconds=seconds))
        for key in wanted:
            self._grants[key] = Grant(key=key, fence=lease.fence, holder=holder, since=now, until=lease.until)
        return lease

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """Make a lease last until *seconds* from now; raises ``LeaseLost``."""
        self.check(lease)
        renewed = evolve(lease, until=now + timedelta(seconds=seconds))
        for key in lease.keys:
            self._grants[key] = evolve(self._grants[key], until=renewed.until)
        return renewed

    def release(self, lease: Lease) -> None:
        """Give a lease back; a lost one is no error."""
        for key in self._ours(lease):
            del self._grants[key]

    def check(self, lease: Lease) -> None:
        """Refuse a lease of which any key was taken over or given back; raises ``LeaseLost``."""
        ours = self._ours(lease)
        lost = [key for key in lease.keys if key not in ours]
        if lost:
            raise LeaseLost(", ".join(lost))

    def _ours(self, lease: Lease) -> list[str]:
        held = ((key, self._grants.get(key)) for key in lease.keys)
        return [key for key, grant in held if grant is not None and grant.fence == lease.fence]
