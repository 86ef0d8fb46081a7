"""The tables of the journal file, by version; a version that was ever released is never edited."""

from __future__ import annotations

from typing import Final

from ..errors import JournalDamaged
from ..sqlite import Schema

_VERSION_1: Final = (
    # the document comes last: what stands behind a long text is slow to reach
    """
    CREATE TABLE plan (
        id INTEGER PRIMARY KEY,
        digest TEXT NOT NULL UNIQUE,
        opened_at TEXT NOT NULL,
        closed_at TEXT,
        since TEXT NOT NULL,
        document TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE round (
        order_key TEXT NOT NULL,
        number INTEGER NOT NULL,
        plan INTEGER NOT NULL REFERENCES plan,
        PRIMARY KEY (order_key, number)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE entry (
        seq INTEGER PRIMARY KEY,
        plan INTEGER NOT NULL REFERENCES plan,
        step TEXT NOT NULL,
        mark TEXT NOT NULL,
        at TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        sent_at TEXT,
        not_before TEXT,
        detail TEXT
    ) STRICT
    """,
    "CREATE INDEX entry_of_step ON entry (plan, step)",
    """
    CREATE TABLE applied (
        seq INTEGER PRIMARY KEY,
        order_key TEXT NOT NULL,
        plan INTEGER NOT NULL REFERENCES plan,
        document TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX applied_of_order ON applied (order_key, seq)",
    """
    CREATE TABLE link (
        seq INTEGER PRIMARY KEY,
        line TEXT NOT NULL,
        product_id TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        ended TEXT,
        ended_at TEXT,
        ended_by TEXT,
        ended_why TEXT
    ) STRICT
    """,
    "CREATE INDEX link_of_line ON link (line, seq)",
    "CREATE UNIQUE INDEX link_in_force ON link (line) WHERE ended IS NULL",
    """
    CREATE TABLE decision (
        seq INTEGER PRIMARY KEY,
        key TEXT NOT NULL,
        choice TEXT,
        product_id TEXT NOT NULL,
        answer TEXT NOT NULL,
        at TEXT NOT NULL,
        by TEXT NOT NULL,
        why TEXT NOT NULL,
        ended TEXT,
        ended_at TEXT,
        ended_by TEXT,
        ended_why TEXT
    ) STRICT
    """,
    "CREATE INDEX decision_of_key ON decision (key, seq)",
    "CREATE UNIQUE INDEX decision_in_force ON decision (key) WHERE ended IS NULL",
    """
    CREATE TABLE lease (
        key TEXT PRIMARY KEY,
        fence INTEGER NOT NULL,
        host TEXT NOT NULL,
        pid INTEGER NOT NULL,
        started TEXT NOT NULL,
        worker TEXT NOT NULL,
        since TEXT NOT NULL,
        until TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "CREATE INDEX lease_of_fence ON lease (fence)",
    "CREATE TABLE fence (last INTEGER NOT NULL) STRICT",
    "INSERT INTO fence VALUES (0)",
)

_VERSION_2: Final = (
    # a table of its own: a column added to plan would stand behind its long document
    """
    CREATE TABLE folded (
        plan INTEGER PRIMARY KEY REFERENCES plan,
        at TEXT NOT NULL,
        entries INTEGER NOT NULL,
        made TEXT NOT NULL
    ) STRICT
    """,
)

_VERSION_3: Final = (
    # the last of each order: what an order had reached before stands in its milestones
    """
    CREATE TABLE sighting (
        order_key TEXT PRIMARY KEY,
        revision INTEGER NOT NULL,
        document TEXT NOT NULL
    ) STRICT
    """,
)

JOURNAL: Final = Schema(
    name="journal",
    application_id=int.from_bytes(b"poBj"),
    migrations=(_VERSION_1, _VERSION_2, _VERSION_3),
    trouble=JournalDamaged,
)
"""The journal file."""
