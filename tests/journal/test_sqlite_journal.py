"""What only the journal in a file does."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from po_bridge.errors import JournalDamaged, Misuse
from po_bridge.journal import MemoryJournal, open_journal
from po_bridge.journal.entry_rows import _LAST
from po_bridge.ports.journal import Journal
from po_bridge.testing.journal_book import link_to
from po_bridge.testing.journal_case import (
    MADE,
    applied_of,
    goal,
    moment,
    open_one,
    opened_of,
    order_key,
    plan_of,
)


def test_path_may_be_text(tmp_path: Path) -> None:
    """A journal is opened by text or path, and tells its path."""
    path = tmp_path / "bridge.db"
    with closing(open_journal(str(path))) as journal:
        assert journal.path == path
        assert repr(journal) == f"SqliteJournal({str(path)!r})"


@pytest.mark.parametrize("make", [MemoryJournal, lambda: open_journal("bridge.db")], ids=["memory", "file"])
def test_closed_journal_is_closed(
    make: type[MemoryJournal], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After close every call is misuse."""
    monkeypatch.chdir(tmp_path)
    journal: Journal = make()
    journal.close()
    with pytest.raises(Misuse, match="closed"):
        journal.unfinished()
    with pytest.raises(Misuse, match="closed"):
        journal.decide(())


def test_memory_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``:memory:`` is refused: such a journal would survive nothing, MemoryJournal says so by its name."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Misuse, match="MemoryJournal"):
        open_journal(":memory:")
    assert list(tmp_path.iterdir()) == []


def test_cache_file_is_no_journal(tmp_path: Path) -> None:
    """A SQLite file of another kind is named as such."""
    path = tmp_path / "bridge.cache.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA application_id = 77")
    with pytest.raises(JournalDamaged, match="no journal of po_bridge"):
        open_journal(path)


def test_appending_does_not_slow_down(tmp_path: Path) -> None:
    """The last mark of a step is found by an index: a step never seen does not read the whole plan."""
    with closing(open_journal(tmp_path / "bridge.db")) as journal, journal._database.reading() as connection:
        rows = connection.execute(f"EXPLAIN QUERY PLAN {_LAST}", (1, "s")).fetchall()
    assert [row[3] for row in rows] == ["SEARCH entry USING INDEX entry_of_step (plan=? AND step=?)"]


def test_record_only_grows(tmp_path: Path) -> None:
    """Replaced and revoked links and decisions, and everything applied before, stay in the file."""
    path = tmp_path / "bridge.db"
    with closing(open_journal(path)) as journal:
        digest, lease = open_one(journal)
        journal.close_plan(digest, (applied_of(digest, content="first"),), moment(5), lease, finished=False)
        journal.close_plan(digest, (applied_of(digest),), moment(6), lease)
        journal.decide((link_to("a"), link_to("b", seconds=1)))
        journal.revoke(f"line:{MADE}", moment(9), "Ann", "wrong size")
        again = plan_of(goal(number=2))
        journal.open_plan(opened_of(again), lease)
    with closing(sqlite3.connect(path)) as connection:
        decisions = connection.execute(
            "SELECT product_id, ended, ended_by, ended_why FROM decision"
        ).fetchall()
        links = connection.execute("SELECT product_id, ended FROM link ORDER BY seq").fetchall()
        applied = connection.execute("SELECT count(*) FROM applied").fetchone()
    assert decisions == [("a", "replaced", "Ann", ""), ("b", "revoked", "Ann", "wrong size")]
    assert links == [("product-1", "revoked"), ("product-9", None)]
    assert applied == (2,)


def test_two_files_are_two_journals(tmp_path: Path) -> None:
    """Journals in different files share nothing."""
    with closing(open_journal(tmp_path / "a.db")) as one, closing(open_journal(tmp_path / "b.db")) as other:
        open_one(one)
        open_one(other)
        assert other.book((order_key(),), ()).rounds == {order_key(): 1}


LOOKING = """
import sys
from po_bridge.journal import open_journal
from po_bridge.testing.journal_sightings import sighting_of

journal, mine = open_journal(sys.argv[1]), 0
while mine < int(sys.argv[2]):
    known = journal.sightings().values()
    revision = next((one.revision for one in known), 0)
    mine += not journal.see((sighting_of(revision=revision + 1, seconds=revision),))
"""


def test_processes_lose_no_sighting(tmp_path: Path) -> None:
    """Processes that keep sightings of one order at once replace each other's only after they have read them."""
    path, root = tmp_path / "bridge.db", Path(__file__).parents[2]
    open_journal(path).close()
    command = [sys.executable, "-c", LOOKING, str(path), "25"]
    workers = [subprocess.Popen(command, cwd=root) for _ in range(2)]
    assert [worker.wait(60) for worker in workers] == [0, 0]
    with closing(open_journal(path)) as journal:
        (last,) = journal.sightings().values()
        assert last.revision == 2 * 25
        assert journal.upkeep.check() == ()
