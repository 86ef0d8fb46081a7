"""A run in a notebook: one output that is drawn anew, with what is worth a line below it."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtra
from ..execution.event import Event
from ..planning.text import printable
from .tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable


class NotebookProgress:
    """Takes events; hand its ``take`` to a Bridge as ``on_event``.

    The output appears where the run begins. Raises ``MissingExtra`` where IPython is not installed.
    """

    def __init__(self) -> None:
        self._display = _display()
        self._tally = Tally()
        self._notes: list[str] = []
        self._output: Any = None
        self._drawn = ""

    @property
    def told(self) -> tuple[int, int]:
        """Steps done and steps in all, as the bar shows them."""
        return (self._tally.done, self._tally.total)

    def take(self, event: Event) -> None:
        """Take the next event of the run."""
        running = self._tally.running
        note = self._tally.take(event)
        if note is not None:
            self._notes.append(note)
        if self._tally.running and not running:
            self._output, self._notes = None, self._notes[-1:] if note else []
        if note is not None or self._tally.running or running:
            self._draw()

    def _draw(self) -> None:
        text = progress_html(self._tally, self._notes)
        if text == self._drawn:
            return
        self._drawn = text
        bundle = {"text/html": text, "text/plain": f"{self._tally.done} of {self._tally.total} steps"}
        if self._output is None:
            self._output = self._display(bundle, raw=True, display_id=True)
        else:
            self._output.update(bundle, raw=True)


def progress_html(tally: Tally, notes: list[str]) -> str:
    """Write a run as HTML that stands in any page; foreign text is escaped."""
    counted = f"{tally.done} of {tally.total} steps: " if tally.total else ""
    lines = "".join(f"<li>{_safe(note)}</li>" for note in notes)
    return (
        f'<div role="group" aria-label="Progress of the run">'
        f'<progress max="{max(tally.total, 1)}" value="{tally.done}"></progress> '
        f"{counted}{_safe(tally.now)}"
        f"{f'<ul>{lines}</ul>' if lines else ''}</div>"
    )


def _safe(text: str) -> str:
    return escape(printable(text))


def _display() -> Callable[..., Any]:
    try:
        from IPython.display import display  # noqa: PLC0415  # an extra: terminals do without it
    except ModuleNotFoundError as error:
        raise MissingExtra("notebook", "IPython") from error
    return display
