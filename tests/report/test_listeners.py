"""Those who listen to a run: a log with ids, a hook for its end, a bar in a notebook, several at once."""

from __future__ import annotations

import logging
import sys
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from tests.report.hostile import HOSTILE
from tests.stand import demo_plan, seeded

from po_bridge.errors import MissingExtra
from po_bridge.execution.event import (
    BucketShared,
    CacheMended,
    Event,
    MirrorRead,
    RunEnded,
    RunStarted,
    StepMarked,
    Waiting,
)
from po_bridge.models.keys import OrderKey
from po_bridge.planning.mark import Mark
from po_bridge.planning.receipt import Doubt, Refusal
from po_bridge.planning.snapshot import Collection
from po_bridge.report import Ended, EventLog, NotebookProgress, tell, terminal_progress, when_ended
from po_bridge.report.notebook_progress import progress_html
from po_bridge.report.tally import Tally

AT = datetime(2027, 1, 1, tzinfo=UTC)
LATER = datetime(2027, 1, 1, 0, 5, tzinfo=UTC)
ORDER = OrderKey(portal="Fennick & Rowe", order_id="6a5d")
OTHER = OrderKey(portal="Fennick & Rowe", order_id="6a5e")


def marked(mark: Mark, *, detail: Any = None, step: str = "a", title: str = "add lines") -> StepMarked:
    """Make an event of one mark."""
    return StepMarked(
        plan="p", step=step, title=title, mark=mark, attempt=1, detail=detail, at=AT, orders=(ORDER,)
    )


RUN: tuple[Event, ...] = (
    MirrorRead(collection=Collection.PRODUCTS, records=200, calls=1, more=False),
    BucketShared(bucket="b", calls=7, at=AT),
    CacheMended(why="it was damaged"),
    RunStarted(plan="p", orders=(ORDER, OTHER), steps=1, done=0, at=AT),
    marked(Mark.INTENDED),
    marked(Mark.UNKNOWN, detail=Doubt(why="lost")),
    Waiting(plan="p", until=AT, why="settle"),
    marked(Mark.DONE),
    RunEnded(plan="p", at=LATER, words=((ORDER, "synced"), (OTHER, "held"))),
)


@pytest.fixture
def records(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """What a run logs."""
    caplog.set_level(logging.DEBUG, logger="po_bridge")
    log = EventLog()
    for event in RUN:
        log.take(event)
    return caplog.records


def test_log_carries_ids(records: list[logging.LogRecord]) -> None:
    """Each record names plan, step and orders, empty where there is none."""
    ids = [
        (vars(one)["po_bridge_plan"], vars(one)["po_bridge_step"], vars(one)["po_bridge_orders"])
        for one in records
    ]
    assert ids[:3] == [("", "", "")] * 3
    assert ids[3] == ("p", "", f"{ORDER} {OTHER}")
    assert set(ids[4:6]) == {("p", "a", str(ORDER))}
    assert [orders for _, _, orders in ids[-2:]] == [str(ORDER), str(OTHER)]
    assert f"order {ORDER}: add lines: unknown (lost) (step a, attempt 1)" in records[5].getMessage()


def test_log_levels(records: list[logging.LogRecord]) -> None:
    """What a person should see is a warning, the rest is not."""
    assert [one.levelname for one in records] == [
        *("DEBUG", "WARNING", "WARNING", "INFO", "DEBUG", "WARNING", "INFO", "WARNING", "INFO", "WARNING"),
    ]


def test_log_takes_no_line_from_others(caplog: pytest.LogCaptureFixture) -> None:
    """A remote's words cannot begin a line of their own in a log."""
    EventLog(logging.getLogger("elsewhere")).take(
        marked(Mark.HELD, detail=Refusal(status=400, words=HOSTILE, mend="mend"), title=HOSTILE)
    )
    assert caplog.records[0].name == "elsewhere"
    assert caplog.records[0].getMessage().isprintable()


def test_hook_at_the_end() -> None:
    """Once for each run: how each order ended, when, and what was worth a line."""
    heard: list[Ended] = []
    hook = when_ended(heard.append)
    for event in (*RUN, *RUN[3:]):
        hook(event)
    first, second = heard
    assert (first.plan, first.started_at, first.ended_at) == ("p", AT, LATER)
    assert dict(first.orders) == {ORDER: "synced", OTHER: "held"}
    assert first.needs_attention == (OTHER,)
    assert first.notes[0] == "add lines: unknown (lost)"
    assert len(second.notes) == len(first.notes)


def test_hook_without_a_beginning() -> None:
    """A hook that came late says that it does not know when the run began."""
    heard: list[Ended] = []
    when_ended(heard.append)(RUN[-1])
    assert heard[0].started_at is None


def test_several_listeners_in_order() -> None:
    """Each event reaches every listener, the first one first."""
    heard: list[tuple[str, Event]] = []
    take = tell(lambda event: heard.append(("one", event)), lambda event: heard.append(("two", event)))
    take(RUN[0])
    assert heard == [("one", RUN[0]), ("two", RUN[0])]


def test_a_real_run() -> None:
    """A Bridge tells log, hook and bar at once; steps name the orders that need them."""
    heard: list[Ended] = []
    steps: list[StepMarked] = []
    stand, log = seeded(), EventLog()
    tally = Tally()

    def keep(event: Event) -> None:
        tally.take(event)
        if isinstance(event, StepMarked):
            steps.append(event)

    with stand.bridge(on_event=tell(log.take, when_ended(heard.append), keep)) as bridge:
        plan = demo_plan(bridge, "240117")
        outcome = bridge.apply(plan)
        assert {step.orders for step in steps} == {tuple(outcome.orders)}
        steps.clear()
        bridge.undo(plan.digest)
    assert {step.orders for step in steps} == {tuple(outcome.orders)}
    assert heard[0].needs_attention == ()
    assert tally.done == tally.total > 0


class Output:
    """An output of a notebook that can be drawn anew."""

    def __init__(self, drawn: list[str]) -> None:
        self.drawn = drawn

    def update(self, bundle: dict[str, str], *, raw: bool) -> None:
        """Draw anew."""
        assert raw
        self.drawn.append(bundle["text/html"])


def test_notebook_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """One output a run, drawn anew when something changed."""
    outputs: list[list[str]] = []

    def display(bundle: dict[str, str], *, raw: bool, display_id: bool) -> Output:
        assert raw
        assert display_id
        outputs.append([bundle["text/html"]])
        return Output(outputs[-1])

    monkeypatch.setattr("po_bridge.report.notebook_progress._display", lambda: display)
    progress = NotebookProgress()
    for event in (*RUN, *RUN[3:]):
        progress.take(event)
    assert progress.told == (1, 1)
    assert len(outputs) == 3
    assert "1 of 1 steps: ended" in outputs[-1][-1]
    assert "unknown (lost)" in outputs[-1][-1]
    assert all(one != other for drawn in outputs for one, other in pairwise(drawn))


def test_notebook_bar_escapes() -> None:
    """Remote words are text."""
    assert "<script" not in progress_html(Tally(now=HOSTILE), [HOSTILE])


@pytest.mark.parametrize(
    ("module", "extra"), [("IPython.display", "notebook"), ("po_bridge.report.terminal_bar", "cli")]
)
def test_missing_extra(monkeypatch: pytest.MonkeyPatch, module: str, extra: str) -> None:
    """The error names the extra that brings what is missing."""
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra) as caught:
        NotebookProgress() if extra == "notebook" else terminal_progress(sys.stderr)
    assert caught.value.extra == extra
