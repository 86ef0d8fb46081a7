"""``watch``: one order from its creation to its receiving, once or again and again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from attrs import evolve

from ..execution.clock import SystemClock
from ..planning.canonical import write_value
from ..planning.timeline import Timeline
from .desk import desk
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .page import write_page
from .printing import show

_TURN = 1.0
"""Seconds slept at once, so that Ctrl-C is heard soon."""


def watch(
    order: str,
    /,
    *,
    every: float = 0.0,
    times: int = 0,
    report: Path | None = None,
    dry_run: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Show where an order is: milestones, parcels with their pages, units ordered, shipped and received.

    The journal keeps what is new, so that a step back is told whoever looks next, and once.

    Parameters
    ----------
    order
        Number or key of the order.
    every
        Look again after so many seconds, and print the timeline when it is another one; Ctrl-C ends it.
    times
        Look so many times at most; 0 has no end.
    report
        Write the timeline as an HTML page to this file, anew whenever it is another one.
    dry_run
        Look all the same, and keep nothing of it.
    """
    clock = SystemClock()
    last: Timeline | None = None
    looks = 0
    with desk(options, copy=dry_run) as at:
        while True:
            timeline = at.bridge.watch(order)
            looks += 1
            if last is None or not _is_same(timeline, last):
                show(options, _text(timeline, first=last is None), timeline_json(timeline))
                if report is not None:
                    write_page(report, timeline=timeline)
            last = timeline
            if every <= 0 or looks == times:
                break
            _sleep(clock, every)
    return ExitCode.ATTENTION if last.notes else ExitCode.DONE


def _is_same(one: Timeline, other: Timeline) -> bool:
    """Whether nothing but the moment of the look differs; what was told once need not be told again."""
    return evolve(one, at=other.at, notes=()) == evolve(other, notes=()) and set(one.notes) <= set(
        other.notes
    )


def _text(timeline: Timeline, *, first: bool) -> str:
    return str(timeline) if first else f"\n{timeline}"


def _sleep(clock: SystemClock, seconds: float) -> None:
    left = seconds
    while left > 0:
        clock.sleep(min(left, _TURN))
        left -= _TURN


def timeline_json(timeline: Timeline) -> dict[str, Any]:
    """A timeline as a document; moments are ISO 8601 in UTC, amounts are texts."""
    document: dict[str, Any] = json.loads(write_value(timeline))
    return document
