"""The upkeep of a journal: making it small, carrying it elsewhere, asking whether it can be trusted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from attrs import frozen


@frozen(kw_only=True)
class Compacted:
    """What a compaction did."""

    plans: int
    """Plans whose entries were folded away."""
    entries: int
    """Entries that are gone."""


class Upkeep(Protocol):
    """What an operator does with a journal, beside the runs."""

    def compact(self, before: datetime, at: datetime) -> Compacted:
        """Fold away the entries of the plans that were closed before a moment, all of them or none.

        An open plan is never touched. Of a folded one the plan, its round and the ids of what it made stay,
        and so do what was applied, links and decisions: a used plan is still refused.
        It can be taken back no more: ``reopen_plan`` raises ``UsedPlan``. Raises ``JournalDamaged``.
        """
        ...

    def export(self) -> tuple[bytes, ...]:
        """Everything but the leases, as lines of JSON of one state; equal journals give equal lines."""
        ...

    def load(self, lines: Iterable[bytes]) -> None:
        """Take over what ``export`` gave, all or nothing.

        Raises ``Misuse`` where the journal holds anything, ``BadDocument`` naming every line that is wrong.
        """
        ...

    def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the journal, for people; nothing where it can be trusted."""
        ...
