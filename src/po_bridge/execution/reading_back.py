"""Reads back what steps made, many at once, and says what the journal is told of each."""

from __future__ import annotations

from datetime import timedelta

from ..errors import Misuse
from ..planning.history import Entry, History
from ..planning.snapshot import Positions
from ..planning.step import Step
from ..planning.verdict import after_reading
from ..ports.exchange import Exchange, now
from ..ports.target import Target, reader_of


def read_back(
    target: Target, steps: tuple[Step, ...], history: History, since: Positions
) -> Exchange[tuple[Entry, ...]]:
    """Entries for steps that were made; raises what the remote raises, and Misuse for a target that cannot."""
    reader = reader_of(target)
    if reader is None:
        raise Misuse(f"{target.label} leaves receipts unread, but has no read_back")
    found = yield from reader.read_back(steps, history.ids, since)
    moment = yield from now()
    settle = timedelta(seconds=target.capabilities.settle)
    return tuple(
        after_reading(step, history.last[step.key], found, history.ids, settle, moment) for step in steps
    )
