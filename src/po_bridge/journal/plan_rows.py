"""Rows of plans, their rounds and what was applied."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from attrs import frozen

from ..models.keys import OrderKey
from ..planning.book import Applied, Opened
from ..planning.canonical import plan_bytes, read_value, write_value
from ..planning.exact import MOMENT
from ..planning.snapshot import Positions
from ..sqlite import Connection
from .record import Kept
from .rules import standing

_PUT: Final = "INSERT INTO plan (digest, opened_at, since, document) VALUES (?, ?, ?, ?)"
_PUT_APPLIED: Final = "INSERT INTO applied (order_key, plan, document) VALUES (?, ?, ?)"
_ONE: Final = "SELECT digest, opened_at, closed_at, since, document FROM plan WHERE digest = ?"
_UNFINISHED: Final = """
    SELECT digest, opened_at, closed_at, since, document FROM plan WHERE closed_at IS NULL ORDER BY id
"""
_ROUNDS: Final = """
    SELECT order_key, digest FROM round JOIN plan ON plan.id = round.plan
    WHERE order_key IN (SELECT value FROM json_each(?)) ORDER BY order_key, number
"""
_LAST_APPLIED: Final = """
    SELECT document FROM applied
    WHERE seq IN (SELECT max(seq) FROM applied GROUP BY order_key) ORDER BY seq
"""
_LAST_APPLIED_TO: Final = """
    SELECT document FROM applied
    WHERE seq IN (
        SELECT max(seq) FROM applied
        WHERE order_key IN (SELECT value FROM json_each(?)) GROUP BY order_key
    ) ORDER BY seq
"""
_UNCLOSED: Final = "SELECT digest FROM plan WHERE closed_at IS NULL"
_APPLIED_BEFORE: Final = """
    SELECT document FROM applied WHERE seq IN (
        SELECT max(seq) FROM applied AS own
        WHERE order_key IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
            SELECT 1 FROM applied AS first JOIN plan ON plan.id = first.plan
            WHERE plan.digest = ? AND first.order_key = own.order_key AND first.seq <= own.seq
        ) GROUP BY order_key
    ) ORDER BY seq
"""


PlanRow = tuple[str, str, str | None, str, str]
"""A plan as it stands in the file: digest, opened, closed, positions, document."""


@frozen(kw_only=True)
class PlanState:
    """What must be known of a plan before anything is written to it."""

    id: int
    """Its number in this file."""
    closed_at: str | None
    """When it was closed, None while it is open."""


def find_state(connection: Connection, digest: str) -> PlanState | None:
    """Look a plan up, without its document."""
    row = connection.execute("SELECT id, closed_at FROM plan WHERE digest = ?", (digest,)).fetchone()
    return PlanState(id=row[0], closed_at=row[1]) if row else None


def plan_row(opened: Opened) -> tuple[str, str, str, str]:
    """Write a plan as a row; raises ValueError for what has no canonical text."""
    return (
        opened.plan.digest,
        MOMENT.write(opened.at),
        write_value(opened.since, Positions).decode(),
        plan_bytes(opened.plan).decode(),
    )


def insert_plan(
    connection: Connection, row: tuple[str, str, str, str], rounds: Mapping[OrderKey, int]
) -> None:
    """Store a plan and its rounds."""
    plan = connection.execute(_PUT, row).lastrowid
    numbers = [(str(order), number, plan) for order, number in rounds.items()]
    connection.executemany("INSERT INTO round VALUES (?, ?, ?)", numbers)


def kept_of(row: PlanRow) -> Kept:
    """Read the row of a plan, its document unread; raises ValueError, BadDocument."""
    digest, opened_at, closed_at, since, document = row
    return Kept(
        digest=digest,
        at=MOMENT.read(opened_at),
        closed_at=MOMENT.read(closed_at) if closed_at else None,
        since=read_value(since, Positions),
        document=document,
    )


def _read_opened(row: PlanRow) -> Opened:
    return kept_of(row).opened()


def read_opened(connection: Connection, digest: str) -> Opened | None:
    """Read one plan."""
    row = connection.execute(_ONE, (digest,)).fetchone()
    return _read_opened(row) if row else None


def read_unfinished(connection: Connection) -> tuple[Opened, ...]:
    """Read the plans that were not closed, oldest first."""
    return tuple(map(_read_opened, connection.execute(_UNFINISHED)))


def digests_by_round(
    connection: Connection, orders: Iterable[OrderKey]
) -> Mapping[OrderKey, tuple[str, ...]]:
    """Read the digests of the plans that were opened for the orders, by round."""
    found: dict[OrderKey, list[str]] = {}
    rows = connection.execute(_ROUNDS, (_texts(orders),))
    for order, digest in rows:
        found.setdefault(OrderKey.parse(order), []).append(digest)
    return {order: tuple(digests) for order, digests in found.items()}


def standing_rounds(connection: Connection, orders: Iterable[OrderKey]) -> Mapping[OrderKey, Sequence[str]]:
    """Read the digests by round up to the plan in force of each order: closed ones after it were taken back."""
    named = tuple(orders)
    unfinished = {digest for (digest,) in connection.execute(_UNCLOSED)}
    return standing(digests_by_round(connection, named), read_applied_to(connection, named), unfinished)


def close_row(connection: Connection, plan: PlanState, at: datetime) -> None:
    """Close a plan."""
    connection.execute("UPDATE plan SET closed_at = ? WHERE id = ?", (MOMENT.write(at), plan.id))


def reopen_row(connection: Connection, digest: str) -> None:
    """Open a closed plan again."""
    connection.execute("UPDATE plan SET closed_at = NULL WHERE digest = ?", (digest,))


def applied_row(applied: Applied) -> tuple[str, str]:
    """Write what was applied as a row, the plan left out; raises ValueError for what has no canonical text."""
    return (str(applied.order), write_value(applied).decode())


def insert_applied(connection: Connection, plan: PlanState, rows: Iterable[tuple[str, str]]) -> None:
    """Store what was applied; what was applied to an order before stays on record."""
    connection.executemany(_PUT_APPLIED, [(order, plan.id, document) for order, document in rows])


def read_applied(connection: Connection) -> tuple[Applied, ...]:
    """Read what was applied last to every order, oldest first."""
    rows = connection.execute(_LAST_APPLIED)
    return tuple(read_value(document, Applied) for (document,) in rows)


def read_applied_to(connection: Connection, orders: Iterable[OrderKey]) -> Mapping[OrderKey, Applied]:
    """Read what was applied last to each of the orders."""
    return _by_order(connection.execute(_LAST_APPLIED_TO, (_texts(orders),)))


def read_applied_before(
    connection: Connection, digest: str, orders: Iterable[OrderKey]
) -> Mapping[OrderKey, Applied]:
    """Read what was applied to each of the orders before a plan was."""
    return _by_order(connection.execute(_APPLIED_BEFORE, (_texts(orders), digest)))


def _by_order(rows: Iterable[tuple[str]]) -> Mapping[OrderKey, Applied]:
    found = (read_value(document, Applied) for (document,) in rows)
    return {applied.order: applied for applied in found}


def _texts(keys: Iterable[object]) -> str:
    return json.dumps([str(key) for key in keys])
