"""Progress of a run, wherever it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from ..errors import MissingExtra

if TYPE_CHECKING:
    from .terminal_bar import Progress


def terminal_progress(stream: TextIO) -> Progress:
    """Give a progress bar for a terminal; hand its ``take`` to a Bridge, and leave its context at the end.

    Raises ``MissingExtra`` where rich is not installed.
    """
    try:
        from .terminal_bar import Progress  # noqa: PLC0415  # an extra: notebooks and logs do without it
    except ModuleNotFoundError as error:
        raise MissingExtra("cli", "rich") from error
    return Progress(stream)
