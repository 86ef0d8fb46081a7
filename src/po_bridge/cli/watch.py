"""What the demonstration sees of a run: its events, and the calls that reached the emulators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from attrs import define, field

from ..execution.event import Event, StepMarked
from ..planning.mark import Mark
from ..sandbox import Exchange, FaultKind
from .emulators import Emulators


@define
class Watch:
    """Keeps the events of a run."""

    events: list[Event] = field(factory=list)
    """Every event, oldest first."""

    def take(self, event: Event) -> None:
        """Keep an event."""
        self.events.append(event)

    @property
    def marks(self) -> Mapping[str, tuple[StepMarked, ...]]:
        """Marks of each step, oldest first."""
        found: dict[str, list[StepMarked]] = {}
        for event in self.events:
            if isinstance(event, StepMarked):
                found.setdefault(event.step, []).append(event)
        return {step: tuple(events) for step, events in found.items()}

    @property
    def looked_up(self) -> tuple[str, ...]:
        """Titles of the steps that were unknown and then found, sent exactly once."""
        return tuple(events[0].title for events in self.marks.values() if was_found(events))


def was_found(events: Sequence[StepMarked]) -> bool:
    """Whether a step was unknown, was looked up and found, and so was sent exactly once."""
    marks = [event.mark for event in events]
    sent_once = marks.count(Mark.INTENDED) == 1
    return sent_once and Mark.UNKNOWN in marks and marks[-1] is Mark.DONE


def writes(log: Iterable[Exchange]) -> int:
    """Count the calls that may have changed something."""
    return sum(each.request.method != "GET" for each in log)


def writes_of(emulators: Emulators) -> int:
    """Count the changing calls that both emulators have seen so far."""
    return writes(emulators.nuorder.log) + writes(emulators.store.log)


def lost(emulators: Emulators) -> int:
    """Count the answers that the store lost on purpose."""
    struck = (each.fault for each in emulators.store.log)
    return sum(fault is not None and fault.kind is FaultKind.LOSE for fault in struck)
