"""The journal port: what must survive a crash."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from ..models.keys import LineKey, OrderKey
from ..planning.book import Applied, Book, Decision, Link, Opened
from ..planning.history import Entry, History
from ..planning.sighting import Sighting
from .leases import Lease, Leases


class Ledger(Protocol):
    """The part of a journal that a run writes to."""

    def append(self, digest: str, entries: Sequence[Entry], lease: Lease) -> None:
        """Write entries of one plan in one commit; raises ``LeaseLost``, and then nothing was written."""
        ...

    def read(self, digest: str) -> History:
        """Everything written for a plan; raises ``JournalDamaged``."""
        ...

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """Make a lease last longer; raises ``LeaseLost``."""
        ...


class Journal(Ledger, Leases, Protocol):
    """Intents, outcomes, links, decisions and what was applied: it only grows; and the last sighting of each order."""

    def open_plan(self, opened: Opened, lease: Lease) -> None:
        """Store a plan before its first step; the same plan again is no error.

        Raises ``UsedPlan`` where a plan of the same order and round was opened already, ``LeaseLost``.
        """
        ...

    def opened(self, digest: str) -> Opened | None:
        """A stored plan, None where it was never opened."""
        ...

    def unfinished(self) -> tuple[Opened, ...]:
        """Plans that were opened and not closed, oldest first."""
        ...

    def close_plan(
        self, digest: str, applied: Sequence[Applied], at: datetime, lease: Lease, *, finished: bool = True
    ) -> None:
        """Remember what was applied, with a link for each line that was ordered, and close the plan.

        A link that a person took back is not made again.
        With ``finished=False`` the plan stays open, so that it can be resumed once a person mended the cause.
        """
        ...

    def reopen_plan(self, digest: str, lease: Lease) -> None:
        """Open a closed plan again, so that it can be taken back; an open one is no error.

        A later plan of one of its orders is in the way, unless it is closed and the order's last record names this
        plan: then the later one was taken back. Raises ``UsedPlan``, ``LeaseLost``, ``Misuse``.
        """
        ...

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Store decisions; a later one for the same key replaces an earlier one."""
        ...

    def revoke(self, key: str, at: datetime, by: str, why: str) -> bool:
        """Take a decision or link back; False where there is none in force."""
        ...

    def book(self, orders: Sequence[OrderKey], lines: Sequence[LineKey]) -> Book:
        """Links, decisions and applied orders that concern these keys."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in force, by key; answers to questions among them."""
        ...

    def links(self) -> tuple[Link, ...]:
        """Every link in force, by line."""
        ...

    def applied(self) -> tuple[Applied, ...]:
        """What was applied last to every order, oldest first."""
        ...

    def applied_before(self, digest: str, orders: Sequence[OrderKey]) -> Mapping[OrderKey, Applied]:
        """What was applied to the orders last before a plan was; orders without such a record are left out.

        The records of a plan begin with the first that was kept when it was closed or left unfinished.
        """
        ...

    def see(self, sightings: Sequence[Sighting]) -> tuple[OrderKey, ...]:
        """Keep what looks at orders found, in one commit, each in the place of the one before it.

        A sighting is kept only where its revision is the next one of its order. Gives the orders of the others:
        another look was kept since they were read, and it stays.
        """
        ...

    def sightings(self, orders: Sequence[OrderKey] | None = None) -> Mapping[OrderKey, Sighting]:
        """The last sighting of the orders that have one, by order; of every order where none is named."""
        ...

    def close(self) -> None:
        """Close the file; afterwards nothing else may be called."""
        ...
