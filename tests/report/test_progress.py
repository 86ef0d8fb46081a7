"""Progress: a line for what is worth one, and a count that fits the steps."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from tests.report.hostile import HOSTILE

from po_bridge.execution.event import Event, RunEnded, RunStarted, StepMarked, Waiting
from po_bridge.planning.history import Detail
from po_bridge.planning.mark import Mark
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.receipt import Doubt, Receipt, Refusal
from po_bridge.report.tally import note_of
from po_bridge.report.terminal_bar import Progress

AT = datetime(2027, 1, 1, tzinfo=UTC)


def marked(
    mark: Mark, detail: Detail | None = None, *, step: str = "a", title: str = "add lines"
) -> StepMarked:
    """Make an event of one mark."""
    return StepMarked(plan="p", step=step, title=title, mark=mark, attempt=1, detail=detail, at=AT)


@pytest.mark.parametrize(
    ("mark", "last", "detail", "note"),
    [
        (Mark.INTENDED, None, None, None),
        (Mark.DONE, Mark.INTENDED, Receipt(), None),
        (Mark.NOT_SENT, Mark.INTENDED, Doubt(why="down"), None),
        (Mark.UNKNOWN, Mark.INTENDED, Doubt(why="lost"), "add lines: unknown (lost)"),
        (Mark.UNKNOWN, Mark.UNKNOWN, Doubt(why="early"), None),
        (Mark.DONE, Mark.UNKNOWN, Receipt(), "add lines: unknown -> found there, so it is not sent again"),
        (Mark.NOT_SENT, Mark.UNKNOWN, None, "add lines: unknown -> not there, so it is sent again"),
        (
            Mark.HELD,
            Mark.REFUSED,
            Refusal(status=422, words="no", mend="mend it"),
            "add lines: held (no; mend it)",
        ),
        (
            Mark.ASKED,
            Mark.UNKNOWN,
            Question(key="k", text="which?", stops=Stops.ORDER),
            "add lines: asked (which?)",
        ),
        (Mark.SPLIT, Mark.REFUSED, None, "add lines: split"),
    ],
)
def test_note_of(mark: Mark, last: Mark | None, detail: Detail | None, note: str | None) -> None:
    """What is out of the ordinary gets a line, all else none."""
    assert note_of(marked(mark, detail), last) == note


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize("stream", [Terminal(), io.StringIO()], ids=["terminal", "file"])
def test_run(stream: io.StringIO) -> None:
    """A run with a divided step and a pause is shown from its start to its end."""
    events: tuple[Event, ...] = (
        RunStarted(plan="p", orders=(), steps=2, done=0, at=AT),
        marked(Mark.INTENDED),
        marked(Mark.DONE),
        marked(Mark.REFUSED, step="b"),
        marked(Mark.SPLIT, step="b"),
        marked(Mark.INTENDED, step="b/0"),
        Waiting(plan="p", until=AT, why="settle"),
        marked(Mark.DONE, step="b/0"),
        RunEnded(plan="p", at=AT, words=()),
    )
    with Progress(stream) as progress:
        for event in events:
            progress.take(event)
    assert "add lines: split" in stream.getvalue()
    assert progress.told == (3, 3)


def test_hostile_words_cannot_steer_the_terminal() -> None:
    """What a remote said is printed without anything that steers."""
    stream = io.StringIO()
    with Progress(stream) as progress:
        progress.take(marked(Mark.HELD, Refusal(status=400, words=HOSTILE, mend=""), title=HOSTILE))
    assert "\x1b" not in stream.getvalue()
    assert "alert(1)" in stream.getvalue()
