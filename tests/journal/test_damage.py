"""A journal file that somebody else wrote in: every read says what cannot be trusted, none guesses."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from po_bridge.errors import JournalDamaged
from po_bridge.journal import SqliteJournal, open_journal
from po_bridge.planning.book import line_decision
from po_bridge.planning.mark import Mark
from po_bridge.testing.journal_book import link_to
from po_bridge.testing.journal_case import MADE, applied_of, entry, goal, moment, open_one, order_key, plan_of

DIGEST = plan_of().digest


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal with a plan, two entries, a decision, a link, and what was applied."""
    path = tmp_path / "bridge.db"
    with closing(open_journal(path)) as journal:
        digest, lease = open_one(journal)
        journal.append(digest, (entry("s", Mark.INTENDED), entry("s", Mark.DONE)), lease)
        journal.close_plan(digest, (applied_of(digest),), moment(5), lease, finished=False)
        journal.decide((link_to("product-1"),))
    return path


Reading = Callable[[SqliteJournal], object]
READINGS: dict[str, Reading] = {
    "plan": lambda journal: journal.opened(DIGEST),
    "unfinished": lambda journal: journal.unfinished(),
    "entries": lambda journal: journal.read(DIGEST),
    "applied": lambda journal: journal.applied(),
    "book": lambda journal: journal.book((order_key(),), (MADE,)),
}


@pytest.mark.parametrize("reading", READINGS.values(), ids=READINGS)
def test_untouched_file_is_read(path: Path, reading: Reading) -> None:
    """Each reading finds something in the file before it is damaged."""
    with closing(open_journal(path)) as journal:
        assert reading(journal)


@pytest.mark.parametrize(
    ("damage", "reading"),
    [
        ("UPDATE plan SET document = replace(document, 'Sample Coat', 'Simple Coat')", "plan"),
        ("UPDATE plan SET document = substr(document, 1, 1000)", "unfinished"),
        ("UPDATE plan SET document = '{}'", "plan"),
        ("UPDATE plan SET digest = 'f' || substr(digest, 2)", "unfinished"),
        ("UPDATE plan SET opened_at = 'yesterday'", "plan"),
        ("UPDATE plan SET since = '[]'", "plan"),
        ("UPDATE entry SET mark = 'finished' WHERE seq = 2", "entries"),
        ("UPDATE entry SET at = '2026-03-01'", "entries"),
        ("UPDATE entry SET detail = '{}'", "entries"),
        ("DELETE FROM entry WHERE seq = 1", "entries"),
        ('UPDATE applied SET document = replace(document, \'"round":1\', \'"round":"1"\')', "applied"),
        ("UPDATE applied SET document = ''", "book"),
        ("UPDATE decision SET choice = 'maybe'", "book"),
        ("UPDATE link SET at = ''", "book"),
        ("UPDATE round SET order_key = 'a/b/c' WHERE 0; DROP TABLE round", "book"),
    ],
)
def test_damage_is_named(path: Path, damage: str, reading: str) -> None:
    """What cannot be read, or contradicts itself, is an error with the file's path."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(damage)
    with closing(open_journal(path)) as journal:
        with pytest.raises(JournalDamaged) as caught:
            READINGS[reading](journal)
        assert caught.value.path == str(path)
        assert caught.value.why


def test_plan_in_the_place_of_another(path: Path) -> None:
    """A plan whose seal fits, but that stands where another was opened, is not taken for it."""
    with closing(open_journal(path)) as journal:
        other, lease = open_one(journal, goal("2"), key="order 2")
        journal.release(lease)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE plan SET document = (SELECT document FROM plan WHERE id = 1)")
        connection.commit()
    with closing(open_journal(path)) as journal:
        assert journal.opened(DIGEST)
        with pytest.raises(JournalDamaged, match="another plan stands in its place"):
            journal.opened(other)


def test_damage_stops_the_writer_too(path: Path) -> None:
    """An entry is not written behind one that cannot be understood."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE entry SET mark = 'finished'")
        connection.commit()
    with closing(open_journal(path)) as journal:
        lease = journal.take(("order 1",), journal.worker(), moment(100), 60.0)
        with pytest.raises(JournalDamaged):
            journal.append(DIGEST, (entry("s", Mark.UNDOING),), lease)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM entry").fetchone() == (2,)


def test_full_disk_stops_before_the_call(path: Path) -> None:
    """Where an intent cannot be written the error comes before anything is sent, and the rest is kept."""
    with closing(open_journal(path)) as journal:
        lease = journal.take(("order 1",), journal.worker(), moment(100), 60.0)
        with journal._database.writing() as connection:
            pages = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages}")
        many = [entry(f"step {number}", Mark.INTENDED) for number in range(2000)]
        with pytest.raises(JournalDamaged, match="the disk is full"):
            journal.append(DIGEST, many, lease)
        assert len(journal.read(DIGEST).entries) == 2
        assert journal.revoke(line_decision(MADE), moment(101), "Ann", "")
