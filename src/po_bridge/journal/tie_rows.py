"""Rows of what ties lines to products: links and decisions; those that ended stay."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Final

from ..matching.result import Choice
from ..models.keys import LineKey
from ..planning.book import Decision, Link, line_decision
from ..planning.exact import MOMENT
from ..sqlite import Connection
from .ended import End
from .rules import SCOPES, concerning

_PUT_DECISION: Final = """
    INSERT INTO decision (key, choice, product_id, answer, at, by, why, ended, ended_at, ended_by, ended_why)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUT_LINK: Final = """
    INSERT INTO link (line, product_id, at, by, ended, ended_at, ended_by, ended_why)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_END_DECISION: Final = """
    UPDATE decision SET ended = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE key = ? AND ended IS NULL
"""
_END_LINK: Final = """
    UPDATE link SET ended = ?, ended_at = ?, ended_by = ?, ended_why = ? WHERE line = ? AND ended IS NULL
"""
# the second half: keys before, between and behind the scopes; an index finds each range
_DECISIONS: Final = """
    SELECT key, choice, product_id, answer, at, by, why FROM decision
    WHERE ended IS NULL AND key IN (SELECT value FROM json_each(?))
    UNION ALL
    SELECT key, choice, product_id, answer, at, by, why FROM decision
    WHERE ended IS NULL AND (key < ? OR key >= ? AND key < ? OR key >= ?)
"""
_LINKS: Final = """
    SELECT line, product_id, at, by FROM link
    WHERE ended IS NULL AND line IN (SELECT value FROM json_each(?))
"""
_EVERY_DECISION: Final = """
    SELECT key, choice, product_id, answer, at, by, why FROM decision WHERE ended IS NULL
"""
_EVERY_LINK: Final = "SELECT line, product_id, at, by FROM link WHERE ended IS NULL"
_TAKEN_BACK: Final = """
    SELECT line, product_id, ended_at FROM link
    WHERE ended = 'revoked' AND line IN (SELECT value FROM json_each(?1))
    UNION ALL
    SELECT key, product_id, ended_at FROM decision
    WHERE ended = 'revoked' AND choice = 'link' AND key IN (SELECT value FROM json_each(?1))
    ORDER BY ended_at
"""


def put_decision(connection: Connection, decision: Decision) -> None:
    """Store a decision, in the place of the one in force."""
    end_decision(connection, decision.key, End.replaced(decision))
    insert_decision(connection, decision, None)


def insert_decision(connection: Connection, decision: Decision, end: End | None) -> None:
    """Write a decision as it was: ended, or in force."""
    row = (
        decision.key,
        decision.choice.value if decision.choice else None,
        decision.product_id,
        decision.answer,
        MOMENT.write(decision.at),
        decision.by,
        decision.why,
    )
    connection.execute(_PUT_DECISION, (*row, *_end_row(end)))


def put_link(connection: Connection, link: Link) -> None:
    """Store a link, in the place of the one in force."""
    end_link(connection, link.line, End.replaced(link))
    insert_link(connection, link, None)


def insert_link(connection: Connection, link: Link, end: End | None) -> None:
    """Write a link as it was: ended, or in force."""
    row = (str(link.line), link.product_id, MOMENT.write(link.at), link.by)
    connection.execute(_PUT_LINK, (*row, *_end_row(end)))


def end_decision(connection: Connection, key: str, end: End) -> bool:
    """End the decision in force; False where there is none."""
    return connection.execute(_END_DECISION, (*_row(end), key)).rowcount > 0


def end_link(connection: Connection, line: LineKey, end: End) -> bool:
    """End the link in force; False where there is none."""
    return connection.execute(_END_LINK, (*_row(end), str(line))).rowcount > 0


def _end_row(end: End | None) -> tuple[str | None, ...]:
    return _row(end) if end else (None, None, None, None)


def _row(end: End) -> tuple[str, ...]:
    return (end.how.value, MOMENT.write(end.at), end.by, end.why)


def read_decisions(connection: Connection, lines: Iterable[LineKey]) -> Mapping[str, Decision]:
    """Read the decisions in force about the lines and their styles, and those that concern every review."""
    bounds = [bound for scope in SCOPES for bound in (f"{scope}:", f"{scope};")]
    rows = connection.execute(_DECISIONS, (json.dumps(sorted(concerning(lines))), *bounds))
    return {row[0]: decision_of(*row) for row in rows}


def read_every_decision(connection: Connection) -> tuple[Decision, ...]:
    """Read the decisions in force, by key."""
    found = (decision_of(*row) for row in connection.execute(_EVERY_DECISION))
    return tuple(sorted(found, key=lambda decision: decision.key))


def decision_of(
    key: str, choice: str | None, product_id: str, answer: str, at: str, by: str, why: str
) -> Decision:
    """Read a row; raises ValueError."""
    return Decision(
        key=key,
        choice=Choice(choice) if choice is not None else None,
        product_id=product_id,
        answer=answer,
        at=MOMENT.read(at),
        by=by,
        why=why,
    )


def read_links(connection: Connection, lines: Iterable[LineKey]) -> Mapping[LineKey, Link]:
    """Read the links in force."""
    rows = connection.execute(_LINKS, (json.dumps([str(line) for line in lines]),))
    return {link.line: link for link in (_link(*row) for row in rows)}


def read_every_link(connection: Connection) -> tuple[Link, ...]:
    """Read the links in force, by line."""
    found = (_link(*row) for row in connection.execute(_EVERY_LINK))
    return tuple(sorted(found, key=lambda link: link.line))


def _link(line: str, product_id: str, at: str, by: str) -> Link:
    return Link(line=LineKey.parse(line), product_id=product_id, at=MOMENT.read(at), by=by)


def read_taken_back(connection: Connection, lines: Iterable[LineKey]) -> tuple[tuple[LineKey, str], ...]:
    """Read the pairs that a person took back, oldest first, those tied again included."""
    by_name = {name: line for line in lines for name in (str(line), line_decision(line))}
    rows = connection.execute(_TAKEN_BACK, (json.dumps(list(by_name)),))
    return tuple((by_name[name], product_id) for name, product_id, _at in rows)
