"""What the journal holds of one plan, as a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from attrs import field, frozen

from ..errors import JournalDamaged
from ..models.checks import aware
from .mark import Mark, may_follow
from .question import Question
from .receipt import Doubt, Receipt, Refusal, Rest
from .refs import Slot

Detail = Receipt | Refusal | Doubt | Rest | Question
"""What an entry knows beside its mark."""


@frozen(kw_only=True)
class Entry:
    """One line of the journal."""

    step: str
    """Key of the step."""
    mark: Mark
    """Its mark from now on."""
    at: datetime = field(validator=aware)
    """When it was written, aware UTC."""
    attempt: int = 1
    """Which attempt it speaks of, from 1."""
    sent_at: datetime | None = field(default=None, validator=aware)
    """When the attempt was intended; the settle time counts from here."""
    not_before: datetime | None = field(default=None, validator=aware)
    """Nothing more happens to the step before this moment."""
    detail: Detail | None = None
    """Receipt, refusal, doubt, rest or question."""


def _made(detail: Detail | None) -> Mapping[Slot, str]:
    match detail:
        case Receipt():
            return detail.made
        case Rest():
            return detail.receipt.made
        case _:
            return {}


@frozen(kw_only=True)
class History:
    """Entries of one plan in order, indexed by step."""

    entries: tuple[Entry, ...] = ()
    """In the order they were written."""
    last: Mapping[str, Entry] = field(factory=dict, eq=False)
    """The last entry of each step."""
    rests: Mapping[str, Rest] = field(factory=dict, eq=False)
    """What remained of the steps that were divided."""
    ids: Mapping[Slot, str] = field(factory=dict, eq=False)
    """Remote ids of everything made so far."""

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Check the successions and index the entries; raises JournalDamaged for one outside the table."""
        return cls().plus(*entries)

    def plus(self, *entries: Entry) -> History:
        """The history with more entries; raises JournalDamaged for a succession outside the table."""
        last, rests, ids = dict(self.last), dict(self.rests), dict(self.ids)
        for entry in entries:
            before = last[entry.step].mark if entry.step in last else None
            if not may_follow(before, entry.mark):
                was = before.value if before else "nothing"
                raise JournalDamaged("history", f"step {entry.step}: {entry.mark.value} follows {was}")
            last[entry.step] = entry
            ids.update(_made(entry.detail))
            if isinstance(entry.detail, Rest):
                rests[entry.step] = entry.detail
        return History(entries=self.entries + entries, last=last, rests=rests, ids=ids)

    def mark(self, step: str) -> Mark | None:
        """Last mark of a step, None where the journal has not seen it."""
        entry = self.last.get(step)
        return entry.mark if entry else None
