"""A journal that cannot be written or understood while orders are on their way: nothing more is sent, nothing lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.execution.shop import Shop

from po_bridge.errors import JournalDamaged
from po_bridge.journal import SqliteJournal, open_journal
from po_bridge.planning.mark import Mark
from po_bridge.planning.plan import Plan

WRITES = ("POST", "PUT", "DELETE")


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[SqliteJournal]:
    """A journal in a file of small pages, so that a full disk can be told step from step."""
    path = tmp_path / "bridge.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA page_size = 512")
        connection.execute("VACUUM")
    with closing(open_journal(path)) as made:
        yield made


@pytest.fixture
def shop(journal: SqliteJournal) -> Shop:
    """A seeded shop on that journal."""
    return Shop(journal=journal)


def limited(journal: SqliteJournal, more: int) -> None:
    """A disk with room for so many pages more."""
    with journal._database.writing() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + more}")


def written(shop: Shop) -> int:
    """Mutating requests that the POS saw since the last look."""
    counted = shop.asked()
    return sum(counted[method] for method in WRITES)


def intended(journal: SqliteJournal, plan: Plan) -> int:
    """Intents in the journal."""
    entries = journal.read(plan.digest).entries
    return sum(entry.mark is Mark.INTENDED for entry in entries)


@pytest.fixture(scope="module")
def whole() -> int:
    """Mutating requests of a run on which nothing goes wrong."""
    shop = Shop()
    plan = shop.plan()
    shop.asked()
    assert shop.bridge.apply(plan).synced
    return written(shop)


@pytest.mark.parametrize("room", [0, 48, 51, 54, 57, 60, 66], ids=str)
def test_a_disk_that_fills_up(shop: Shop, journal: SqliteJournal, whole: int, room: int) -> None:
    """Nothing is sent whose intent could not be written; with room again every write is done once."""
    plan = shop.plan()
    shop.asked()
    limited(journal, room)
    with pytest.raises(JournalDamaged, match="the disk is full; make room, then resume"):
        shop.bridge.apply(plan)
    sent = written(shop)
    limited(journal, 10_000)
    assert sent <= (intended(journal, plan) if journal.opened(plan.digest) else 0)
    assert sent == 0 or room
    shop.clock.sleep(3600)
    assert shop.bridge.apply(plan).synced
    assert sent + written(shop) == whole
    assert shop.plan().empty


def test_entries_that_nobody_understands(shop: Shop, journal: SqliteJournal, tmp_path: Path) -> None:
    """Where the marks of a plan cannot be read, going on with it sends nothing."""
    plan = shop.plan()
    assert shop.bridge.apply(plan).synced
    shop.asked()
    with closing(sqlite3.connect(tmp_path / "bridge.db")) as connection:
        connection.execute("UPDATE entry SET mark = 'finished'")
        connection.execute("UPDATE plan SET closed_at = NULL")
        connection.commit()
    with pytest.raises(JournalDamaged, match="'finished' is not a valid Mark"):
        shop.bridge.resume(plan.digest)
    assert written(shop) == 0
