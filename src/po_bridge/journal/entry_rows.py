"""Rows of entries: what was intended and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ..planning.canonical import read_value, write_value
from ..planning.exact import MOMENT
from ..planning.history import Detail, Entry
from ..planning.mark import Mark
from ..sqlite import Connection

_LAST: Final = "SELECT mark FROM entry WHERE plan = ? AND step = ? ORDER BY seq DESC LIMIT 1"
_PUT: Final = """
    INSERT INTO entry (plan, step, mark, at, attempt, sent_at, not_before, detail)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_READ: Final = """
    SELECT step, mark, at, attempt, sent_at, not_before, detail FROM entry
    WHERE plan = (SELECT id FROM plan WHERE digest = ?) ORDER BY seq
"""

Row = tuple[str, str, str, int, str | None, str | None, str | None]
"""An entry as it stands in the file."""


def last_marks(connection: Connection, plan: int, steps: Iterable[str]) -> Mapping[str, Mark | None]:
    """Read the last mark of each step, None where the journal has not seen it."""
    rows = {step: connection.execute(_LAST, (plan, step)).fetchone() for step in steps}
    return {step: Mark(row[0]) if row else None for step, row in rows.items()}


def insert_entries(connection: Connection, plan: int, rows: Iterable[Row]) -> None:
    """Write entries behind those that are there."""
    connection.executemany(_PUT, [(plan, *row) for row in rows])


def entry_row(entry: Entry) -> Row:
    """Write an entry as a row, the plan left out; raises ValueError for what has no canonical text."""
    return (
        entry.step,
        entry.mark.value,
        MOMENT.write(entry.at),
        entry.attempt,
        MOMENT.write(entry.sent_at) if entry.sent_at else None,
        MOMENT.write(entry.not_before) if entry.not_before else None,
        write_value(entry.detail, Detail).decode() if entry.detail is not None else None,
    )


def read_entries(connection: Connection, digest: str) -> tuple[Entry, ...]:
    """Read the entries of a plan in the order they were written."""
    return tuple(map(entry_of, connection.execute(_READ, (digest,))))


def entry_of(row: Row) -> Entry:
    """Read a row; raises ValueError, BadDocument."""
    step, mark, at, attempt, sent_at, not_before, detail = row
    return Entry(
        step=step,
        mark=Mark(mark),
        at=MOMENT.read(at),
        attempt=attempt,
        sent_at=MOMENT.read(sent_at) if sent_at else None,
        not_before=MOMENT.read(not_before) if not_before else None,
        detail=read_value(detail, Detail) if detail else None,
    )
