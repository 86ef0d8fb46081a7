"""Every row of a journal as records, and records as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from ..errors import BadDocument, ForeignPlan
from ..models.keys import LineKey
from ..planning.book import Applied, Link
from ..planning.canonical import read_value, write_value
from ..planning.exact import MOMENT
from ..planning.sighting import Sighting
from ..planning.snapshot import Positions
from ..sqlite import Connection
from .ended import End, Ended
from .entry_rows import Row, entry_of, entry_row, insert_entries
from .folded_rows import insert_folded, read_folded
from .plan_rows import applied_row, close_row, find_state, insert_applied, insert_plan, kept_of
from .record import Decided, Folded, Kept, Record, Tied, Written
from .rules import rounds_of
from .sighting_rows import put_sightings, sighting_row
from .tie_rows import decision_of, insert_decision, insert_link

_PLANS: Final = "SELECT digest, opened_at, closed_at, since, document FROM plan ORDER BY id"
_ENTRIES: Final = """
    SELECT plan.digest, entry.seq, step, mark, at, attempt, sent_at, not_before, detail
    FROM entry LEFT JOIN plan ON plan.id = entry.plan ORDER BY entry.plan, entry.seq
"""
_FOLDED: Final = "SELECT plan.digest FROM folded LEFT JOIN plan ON plan.id = folded.plan ORDER BY plan.id"
_APPLIED: Final = "SELECT order_key, document FROM applied ORDER BY seq"
_LINKS: Final = """
    SELECT line, product_id, at, by, ended, ended_at, ended_by, ended_why FROM link ORDER BY line, seq
"""
_DECISIONS: Final = """
    SELECT key, choice, product_id, answer, at, by, why, ended, ended_at, ended_by, ended_why
    FROM decision ORDER BY key, seq
"""
_SIGHTINGS: Final = "SELECT order_key, revision, document FROM sighting ORDER BY order_key"
_HELD: Final = """
    SELECT (SELECT count(*) FROM plan) + (SELECT count(*) FROM applied)
        + (SELECT count(*) FROM link) + (SELECT count(*) FROM decision) + (SELECT count(*) FROM sighting)
"""
_ROUNDS: Final = "SELECT order_key, number, plan.digest FROM round LEFT JOIN plan ON plan.id = round.plan"


def is_empty(connection: Connection) -> bool:
    """Whether the journal never held anything, leases aside."""
    held: int = connection.execute(_HELD).fetchone()[0]
    return held == 0


def read_records(connection: Connection) -> tuple[Record | str, ...]:
    """Read everything; a row that cannot be read is a text that names it."""
    return tuple(_records(connection))


def _records(connection: Connection) -> Iterator[Record | str]:
    entries: dict[str, list[Record | str]] = {}
    for digest, seq, *row in connection.execute(_ENTRIES):
        name = f"entry {seq} of plan {(digest or 'that is not stored')[:18]}"
        written = _read(name, _written, digest or "", tuple(row))
        entries.setdefault(digest or "", []).append(written)
    folded = {digest or "" for (digest,) in connection.execute(_FOLDED)}
    for row in connection.execute(_PLANS).fetchall():
        digest = row[0]
        yield _read(f"plan {digest[:12]}", kept_of, row)
        if digest in folded:
            yield _read(f"what is left of plan {digest[:12]}", _left, connection, digest)
        yield from entries.pop(digest, ())
    for strange in entries.values():
        yield from strange
    for order, document in connection.execute(_APPLIED):
        yield _read(f"what was applied to order {order}", read_value, document, Applied)
    for row in connection.execute(_LINKS):
        yield _read(f"a link of line {row[0]}", _tied, *row)
    for row in connection.execute(_DECISIONS):
        yield _read(f"a decision {row[0]}", _decided, *row)
    for row in connection.execute(_SIGHTINGS):
        yield _read(f"what looks at order {row[0]} found", _sighted, *row)


def _read(name: str, read: Callable[..., Record], *row: Any) -> Record | str:
    try:
        return read(*row)
    except (BadDocument, ValueError) as error:
        return f"{name} cannot be read: {error}"


def _written(digest: str, row: Row) -> Written:
    return Written(plan=digest, entry=entry_of(row))


def _left(connection: Connection, digest: str) -> Folded:
    found = read_folded(connection, digest)
    if found is None:
        raise ValueError("it is gone")
    return found


def _end(how: str | None, at: str, by: str, why: str) -> End | None:
    return End(how=Ended(how), at=MOMENT.read(at), by=by, why=why) if how is not None else None


def _tied(line: str, product_id: str, at: str, by: str, *end: Any) -> Tied:
    link = Link(line=LineKey.parse(line), product_id=product_id, at=MOMENT.read(at), by=by)
    return Tied(link=link, end=_end(*end))


def _decided(*row: Any) -> Decided:
    return Decided(decision=decision_of(*row[:7]), end=_end(*row[7:]))


def _sighted(order: str, revision: int, document: str) -> Sighting:
    sighting = read_value(document, Sighting)
    if (str(sighting.order), sighting.revision) != (order, revision):
        raise ValueError("another sighting stands in its place")
    return sighting


def round_faults(connection: Connection, records: Iterable[Record]) -> tuple[str, ...]:
    """Compare the rounds that are noted with those of the plans that can be read."""
    noted = {(order, number): digest for order, number, digest in connection.execute(_ROUNDS)}
    wanted: dict[tuple[str, int], str] = {}
    for kept in (record for record in records if isinstance(record, Kept)):
        try:
            rounds = rounds_of(kept.opened().plan)
        except (BadDocument, ForeignPlan, ValueError):
            continue  # named with the plan itself
        wanted |= {(str(order), number): kept.digest for order, number in rounds.items()}
    return tuple(_round_faults(noted, wanted))


def _round_faults(
    noted: Mapping[tuple[str, int], str | None], wanted: Mapping[tuple[str, int], str]
) -> Iterator[str]:
    for (order, number), digest in wanted.items():
        if noted.get((order, number)) != digest:
            yield f"round {number} of order {order} is not noted for plan {digest[:12]}"
    for (order, number), strange in noted.items():
        if strange is None:
            yield f"round {number} of order {order} is noted for a plan that is not stored"


def put_records(connection: Connection, records: Iterable[Record]) -> None:
    """Write the records of a sound export into an empty journal."""
    for record in records:
        _put(connection, record)


def _put(connection: Connection, record: Record) -> None:
    match record:
        case Kept():
            row = (record.digest, MOMENT.write(record.at), _positions(record), record.document)
            insert_plan(connection, row, rounds_of(record.opened().plan))
            state = find_state(connection, record.digest)
            if state and record.closed_at:
                close_row(connection, state, record.closed_at)
        case Written(plan=digest, entry=entry):
            state = find_state(connection, digest)
            insert_entries(connection, state.id if state else 0, [entry_row(entry)])
        case Folded():
            insert_folded(connection, record)
        case Tied():
            insert_link(connection, record.link, record.end)
        case Decided():
            insert_decision(connection, record.decision, record.end)
        case Sighting():
            put_sightings(connection, [sighting_row(record)])
        case _:
            state = find_state(connection, record.plan)
            if state:
                insert_applied(connection, state, [applied_row(record)])


def _positions(kept: Kept) -> str:
    return write_value(kept.since, Positions).decode()
