"""Reads back what steps made, many at once, and says what the journal is told of each."""

from __future__ import annotations

from datetime import timedelta

from ..errors import Misuse
from ..planning.history import Entry, History
from ..planning.seen import Found, picture_of
from ..planning.snapshot import Positions
from ..planning.step import Step
from ..planning.verdict import after_reading, settled_at
from ..planning.write import AttachImage
from ..ports.exchange import Exchange, now
from ..ports.target import ReadsBack, Target, reader_of


def read_back(
    target: Target, steps: tuple[Step, ...], history: History, since: Positions
) -> Exchange[tuple[Entry, ...]]:
    """Entries for steps that were made; raises what the remote raises, and Misuse for a target that cannot."""
    reader = reader_of(target)
    if reader is None:
        raise Misuse(f"{target.label} leaves receipts unread, but has no read_back")
    found = yield from reader.read_back(steps, history.ids, since)
    settle = timedelta(seconds=target.capabilities.settle)
    if len(steps) > 1:
        found = yield from _asked_alone(reader, steps, found, history, since, settle)
    moment = yield from now()
    return tuple(
        after_reading(step, history.last[step.key], found, history.ids, settle, moment) for step in steps
    )


def _asked_alone(
    reader: ReadsBack,
    steps: tuple[Step, ...],
    found: Found,
    history: History,
    since: Positions,
    settle: timedelta,
) -> Exchange[Found]:
    """A look at many tells only the pictures that are there; one that should be by now is asked about alone."""
    moment = yield from now()
    told = dict(found)
    for step in steps:
        is_late = moment >= settled_at(history.last[step.key], settle)
        if is_late and isinstance(step.write, AttachImage) and picture_of(step.write, found) is None:
            told |= yield from reader.read_back((step,), history.ids, since)
    return told
