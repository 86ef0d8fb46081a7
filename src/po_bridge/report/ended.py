"""What a run came to, for whoever wants to be told once when it ends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from attrs import define, field, frozen

from ..execution.event import Event, OnEvent, RunEnded, RunStarted
from ..models.checks import aware, frozen_mapping
from ..models.keys import OrderKey
from .tally import Tally

_GOOD: Final = frozenset({"synced", "undone"})


@frozen(kw_only=True)
class Ended:
    """A run that is over."""

    plan: str
    """Digest of its plan."""
    started_at: datetime | None = field(default=None, validator=aware)
    """When it began; None where it was not seen to begin."""
    ended_at: datetime = field(validator=aware)
    """When it ended."""
    orders: Mapping[OrderKey, str] = field(converter=frozen_mapping)
    """Outcome word of each order: synced, differs, held, halted or undone."""
    notes: tuple[str, ...] = ()
    """What was worth a line on the way, foreign text as it came."""

    @property
    def needs_attention(self) -> tuple[OrderKey, ...]:
        """Orders that a person must look at."""
        return tuple(key for key, word in self.orders.items() if word not in _GOOD)


def when_ended(call: Callable[[Ended], None]) -> OnEvent:
    """Give an ``on_event`` that calls once for each run that ends, after everything is in the journal.

    An exception in *call* is raised out of ``apply``; the run is over by then and nothing of it is lost.
    """
    return _Hook(call).take


@define
class _Hook:
    """Remembers a run from its beginning."""

    call: Callable[[Ended], None]
    started: RunStarted | None = None
    notes: list[str] = field(factory=list)
    tally: Tally = field(factory=Tally)

    def take(self, event: Event) -> None:
        """Take an event."""
        note = self.tally.take(event)
        if note is not None:
            self.notes.append(note)
        if isinstance(event, RunStarted):
            self.started, self.notes = event, []
        if isinstance(event, RunEnded):
            self.call(self._ended(event))

    def _ended(self, event: RunEnded) -> Ended:
        started = self.started if self.started and self.started.plan == event.plan else None
        return Ended(
            plan=event.plan,
            started_at=started.at if started else None,
            ended_at=event.at,
            orders=dict(event.words),
            notes=tuple(self.notes),
        )


def tell(*listeners: OnEvent) -> OnEvent:
    """Give an ``on_event`` that hands each event to several listeners, in this order."""

    def take(event: Event) -> None:
        for listener in listeners:
            listener(event)

    return take
