"""Rows of plans whose entries were compacted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from ..planning.canonical import read_value, write_value
from ..planning.exact import MOMENT
from ..planning.history import History
from ..planning.refs import Slot
from ..sqlite import Connection
from .entry_rows import read_entries
from .record import Folded

_OLD: Final = """
    SELECT id, digest FROM plan
    WHERE closed_at < ? AND id NOT IN (SELECT plan FROM folded) ORDER BY id
"""
_PUT: Final = """
    INSERT INTO folded (plan, at, entries, made) VALUES ((SELECT id FROM plan WHERE digest = ?), ?, ?, ?)
"""
_ONE: Final = """
    SELECT folded.at, folded.entries, folded.made FROM folded JOIN plan ON plan.id = folded.plan
    WHERE plan.digest = ?
"""
_MADE: Final = Mapping[Slot, str]


def fold_entries(connection: Connection, before: datetime, at: datetime) -> tuple[Folded, ...]:
    """Fold away the entries of the plans that were closed before a moment; raises JournalDamaged."""
    old: list[tuple[int, str]] = connection.execute(_OLD, (MOMENT.write(before),)).fetchall()
    done: list[Folded] = []
    for plan, digest in old:
        folded = Folded.of(digest, History.of(read_entries(connection, digest)), at)
        insert_folded(connection, folded)
        connection.execute("DELETE FROM entry WHERE plan = ?", (plan,))
        done.append(folded)
    return tuple(done)


def insert_folded(connection: Connection, folded: Folded) -> None:
    """Write what is left of a plan's entries."""
    made = write_value(folded.made, _MADE).decode()
    connection.execute(_PUT, (folded.plan, MOMENT.write(folded.at), folded.entries, made))


def read_folded(connection: Connection, digest: str) -> Folded | None:
    """Read what is left of a plan's entries, None where they are all there."""
    row = connection.execute(_ONE, (digest,)).fetchone()
    if row is None:
        return None
    at, entries, made = row
    return Folded(plan=digest, at=MOMENT.read(at), entries=entries, made=read_value(made, _MADE))


def folded_at(connection: Connection, digest: str) -> str | None:
    """Tell when a plan was compacted, None where it was not."""
    row = connection.execute(_ONE, (digest,)).fetchone()
    return row[0] if row else None
