"""Golden files: what older versions wrote is read for good, and the present one is still written alike."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import get_args

import pytest
from attrs import evolve
from tests.formats import golden

from po_bridge.journal import open_journal
from po_bridge.journal.schema import JOURNAL
from po_bridge.planning.book import line_decision
from po_bridge.planning.canonical import plan_bytes, read_decisions, read_plan, write_decisions
from po_bridge.planning.change import Change
from po_bridge.planning.history import Detail
from po_bridge.planning.write import Write
from po_bridge.ports.leases import Holder

FOLDER = Path(__file__).parent
PLAN = (FOLDER / "plan-v1.json").read_bytes()
DECISIONS = (FOLDER / "decisions-v1.json").read_bytes()
HOLDER = Holder(host="another.example", pid=1, started="")


def tables(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Read what the tables and indexes are, white space aside."""
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


@pytest.fixture(params=range(1, JOURNAL.version + 1), ids="schema {}".format)
def version(request: pytest.FixtureRequest) -> int:
    """Each schema of the journal."""
    given: int = request.param
    return given


@pytest.fixture
def journal_file(version: int, tmp_path: Path) -> Path:
    """The golden journal of a schema as a SQLite file."""
    path = tmp_path / "bridge.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FOLDER / f"journal-v{version}.sql").read_text(encoding="utf-8"))
    return path


def test_golden_values_are_complete() -> None:
    """The golden files hold every kind of change, write and detail, so none can change its form unseen."""
    assert {type(change) for change in golden.CHANGES} == set(get_args(Change))
    assert {type(write) for write in golden.WRITES} == set(get_args(Write))
    assert {type(entry.detail) for entry in golden.ENTRIES if entry.detail} == set(get_args(Detail))


def test_plan_is_read() -> None:
    """A plan of format 1 is read as it was meant."""
    assert read_plan(PLAN) == golden.plan()
    assert read_plan(PLAN).estimate == golden.plan().estimate


def test_plan_is_written() -> None:
    """The same plan is written to the same bytes, seal included; a change of form needs a new format."""
    assert plan_bytes(golden.plan()) + b"\n" == PLAN


def test_decisions_are_read_and_written() -> None:
    """Decisions of format 1 are read as they were meant, and written to the same bytes."""
    assert read_decisions(DECISIONS) == golden.DECISIONS
    assert write_decisions(golden.DECISIONS) + b"\n" == DECISIONS


def test_schema_is_what_it_was(version: int, journal_file: Path, tmp_path: Path) -> None:
    """A schema is never edited: what it makes is what its golden journal has."""
    fresh = tmp_path / "fresh.db"
    with closing(sqlite3.connect(fresh)) as new, closing(sqlite3.connect(journal_file)) as old:
        assert old.execute("PRAGMA user_version").fetchone() == (version,)
        for statements in JOURNAL.migrations[:version]:
            for statement in statements:
                new.execute(statement)
        assert tables(new) == tables(old)


def test_journal_is_read(version: int, journal_file: Path) -> None:
    """A journal of any schema is read as it was meant; those before the third know of no look."""
    digest = golden.plan().digest
    with closing(open_journal(journal_file)) as journal:
        assert journal.unfinished() == (golden.OPENED,)
        assert journal.read(digest).entries == golden.ENTRIES
        assert journal.applied() == (golden.APPLIED,)
        book = journal.book((golden.ORDER,), (golden.LINE, golden.OTHER_LINE))
        assert journal.sightings() == ({} if version < 3 else {golden.ORDER: golden.SIGHTING})
    assert set(book.decisions.values()) == {golden.DECISIONS[0], golden.DECISIONS[1], golden.DECISIONS[3]}
    assert book.rounds == {golden.ORDER: 1}
    assert book.applied == {golden.ORDER: golden.APPLIED}
    assert {line: link.product_id for line, link in book.links.items()} == {golden.LINE: "p-1"}
    assert book.revoked == {golden.OTHER_LINE: ("p-1",)}


def test_journal_goes_on(journal_file: Path) -> None:
    """A journal of any schema is written on: the fence grows, a plan is closed, a look and a decision are kept."""
    digest = golden.plan().digest
    with closing(open_journal(journal_file)) as journal:
        lease = journal.take(("order",), HOLDER, golden.AT + timedelta(days=1), 60.0)
        assert lease.fence == 3
        journal.close_plan(digest, (golden.APPLIED,), golden.AT, lease)
        assert journal.unfinished() == ()
        assert journal.revoke(line_decision(golden.LINE), golden.AT, "Ann", "")
        assert journal.book((), (golden.LINE,)).links == {}
        known = journal.sightings().get(golden.ORDER)
        later = evolve(golden.SIGHTING, revision=known.revision + 1 if known else 1)
        assert journal.see((later,)) == ()
        assert journal.sightings((golden.ORDER,)) == {golden.ORDER: later}
        assert journal.upkeep.check() == ()
