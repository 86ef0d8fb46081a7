"""A run as it goes on, counted from its events: how much is done, what happens now, what is worth a line."""

from __future__ import annotations

from typing import Final, assert_never

from attrs import define, field

from ..execution.event import (
    BucketShared,
    CacheMended,
    Event,
    MirrorRead,
    RunEnded,
    RunStarted,
    StepMarked,
    Waiting,
)
from ..planning.history import Detail
from ..planning.mark import Mark
from ..planning.question import Question
from ..planning.receipt import Doubt, Refusal

_WORTH_A_LINE: Final = frozenset({Mark.REFUSED, Mark.UNKNOWN, Mark.HELD, Mark.ASKED, Mark.PARTLY, Mark.SPLIT})
_PARTED: Final = frozenset({Mark.PARTLY, Mark.SPLIT})


def note_of(event: StepMarked, last: Mark | None) -> str | None:
    """Tell in one line what a mark means after the *last* one, None where it is nothing special."""
    if last is Mark.UNKNOWN:
        match event.mark:
            case Mark.UNKNOWN:
                return None
            case Mark.DONE | Mark.MADE:
                return f"{event.title}: unknown -> found there, so it is not sent again"
            case Mark.NOT_SENT:
                return f"{event.title}: unknown -> not there, so it is sent again"
            case _:
                pass
    if event.mark not in _WORTH_A_LINE:
        return None
    words = _words(event.detail)
    return f"{event.title}: {event.mark.value}" + (f" ({words})" if words else "")


def _words(detail: Detail | None) -> str:
    match detail:
        case Doubt():
            return detail.why
        case Refusal():
            return f"{detail.words}; {detail.mend}"
        case Question():
            return detail.text
        case _:
            return ""


@define
class Tally:
    """Takes events one by one."""

    total: int = 0
    """Steps in all; a part of a divided step is one more."""
    done: int = 0
    """Steps done."""
    now: str = ""
    """What happens now."""
    running: bool = False
    """Whether a run began and did not end."""
    _last: dict[str, Mark] = field(factory=dict)

    def take(self, event: Event) -> str | None:
        """Count an event; gives a line where it is worth one, foreign text in it as it came."""
        match event:
            case RunStarted():
                self.total, self.done, self.now, self.running = event.steps, event.done, "starting", True
            case StepMarked():
                return self._step(event)
            case Waiting():
                self.now = f"waiting until {event.until:%H:%M:%S}: {event.why}"
            case RunEnded():
                self.now, self.running = "ended", False
            case MirrorRead():
                self.now = f"reading {event.collection.value}: {event.records}, {event.calls} calls"
            case BucketShared():
                return f"others use the same rate budget: {event.calls} calls in this window are not ours"
            case CacheMended():
                return event.why
            case _:
                assert_never(event)
        return None

    def _step(self, event: StepMarked) -> str | None:
        last = self._last.get(event.step)
        if "/" in event.step and last is None:
            self.total += 1
        self._last[event.step] = event.mark
        self.now = event.title
        if event.mark is Mark.DONE or event.mark in _PARTED:
            self.done += 1
        return note_of(event, last)
