"""A run in a terminal: a bar, and a line for what is worth one."""

from __future__ import annotations

from types import TracebackType
from typing import Self, TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress as Bar, TaskID, TextColumn
from rich.text import Text

from ..execution.event import Event
from ..planning.text import printable
from .tally import Tally


class Progress:
    """Shows a run while it goes on; leaving its context ends the bar.

    Where the stream is no terminal there is no bar, and the lines alone are written.
    """

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
        self._tally = Tally()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    @property
    def told(self) -> tuple[int, int]:
        """Steps done and steps in all, as the bar shows them."""
        return (self._tally.done, self._tally.total)

    def take(self, event: Event) -> None:
        """Take the next event of the run."""
        running = self._tally.running
        note = self._tally.take(event)
        if note is not None:
            self._console.print(Text(printable(note)))
        if self._tally.running and not running:
            self._task = self._bar.add_task("starting")
            self._bar.start()
        if self._task is not None:
            words = printable(self._tally.now)
            self._bar.update(
                self._task, description=words, total=self._tally.total, completed=self._tally.done
            )
        if running and not self._tally.running:
            self._bar.stop()
