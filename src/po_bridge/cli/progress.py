"""Progress of a run from its events: a bar in a terminal, a line for what is worth one everywhere."""

from __future__ import annotations

from types import TracebackType
from typing import Final, Self, TextIO, assert_never

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bar, TaskID, TextColumn
from rich.text import Text

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
from ..planning.text import printable

_WORTH_A_LINE: Final = frozenset({Mark.REFUSED, Mark.UNKNOWN, Mark.HELD, Mark.ASKED, Mark.PARTLY, Mark.SPLIT})
_PARTED: Final = frozenset({Mark.PARTLY, Mark.SPLIT})


def note_of(event: StepMarked, last: Mark | None) -> str | None:
    """Tell in one line what a mark means after the *last* one, None where it is nothing special."""
    if last is Mark.UNKNOWN:
        match event.mark:
            case Mark.UNKNOWN:
                return None
            case Mark.DONE:
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


class Progress:
    """Shows a run while it goes on; leaving its context ends the bar."""

    def __init__(self, stream: TextIO) -> None:
        self._console = Console(file=stream, highlight=False)
        self._bar = Bar(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task: TaskID | None = None
        self._last: dict[str, Mark] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    @property
    def told(self) -> tuple[int, int]:
        """Steps done and steps in all, as the bar shows them."""
        tasks = self._bar.tasks
        return (int(tasks[0].completed), int(tasks[0].total or 0)) if tasks else (0, 0)

    def take(self, event: Event) -> None:
        """Take the next event of the run."""
        match event:
            case RunStarted():
                self._task = self._bar.add_task("starting", total=event.steps, completed=event.done)
                self._bar.start()
            case StepMarked():
                self._step(event)
            case Waiting():
                self._show(f"waiting until {event.until:%H:%M:%S}: {event.why}")
            case RunEnded():
                self._bar.stop()
            case MirrorRead():
                self._show(f"reading {event.collection.value}: {event.records}, {event.calls} calls")
            case BucketShared():
                note = f"others use the same rate budget: {event.calls} calls in this window are not ours"
                self._console.print(Text(printable(note)))
            case CacheMended():
                self._console.print(Text(printable(event.why)))
            case _:
                assert_never(event)

    def _step(self, event: StepMarked) -> None:
        note = note_of(event, self._last.get(event.step))
        if note is not None:
            self._console.print(Text(printable(note)))
        self._grow(event)
        self._last[event.step] = event.mark
        self._show(event.title)
        if self._task is not None and (event.mark is Mark.DONE or event.mark in _PARTED):
            self._bar.advance(self._task)

    def _grow(self, event: StepMarked) -> None:
        """A part of a divided step is one more to do."""
        if self._task is not None and "/" in event.step and event.step not in self._last:
            task = self._bar.tasks[self._bar.task_ids.index(self._task)]
            self._bar.update(self._task, total=(task.total or 0) + 1)

    def _show(self, words: str) -> None:
        if self._task is not None:
            self._bar.update(self._task, description=printable(words))
