"""The upkeep of the journals that po_bridge brings."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from po_bridge.errors import BadDocument, JournalDamaged
from po_bridge.journal import MemoryJournal, SqliteJournal, open_journal
from po_bridge.journal.schema import JOURNAL
from po_bridge.planning.history import Entry
from po_bridge.ports.journal import Journal
from po_bridge.ports.upkeep import Upkeep
from po_bridge.testing.journal_case import FAR, done_and_next, goal, moment, opened_of, plan_of
from po_bridge.testing.upkeep_contract import UpkeepContract, filled

OLD, FEW = 40, 30
"""Closed plans in the file that is compacted under fire, and steps of each plan."""


class TestMemoryUpkeep(UpkeepContract):
    """The journal in memory."""

    @pytest.fixture
    def journal(self) -> Journal:
        """A journal that holds nothing."""
        return MemoryJournal()

    def upkeep(self, journal: Journal) -> Upkeep:
        """Its own."""
        assert isinstance(journal, MemoryJournal)
        return journal.upkeep

    def another(self) -> Journal:
        """A second one."""
        return MemoryJournal()


class TestSqliteUpkeep(UpkeepContract):
    """The journal in a file."""

    @pytest.fixture
    def journal(self, tmp_path: Path) -> Iterator[Journal]:
        """A journal that holds nothing."""
        self.opened: list[SqliteJournal] = []
        self.folder = tmp_path
        yield self.again()
        for journal in self.opened:
            journal.close()

    def again(self, journal: Journal | None = None) -> Journal:
        """Open the file once more."""
        return self._open("bridge.db")

    def another(self) -> Journal:
        """Open a second file."""
        return self._open("other.db")

    def _open(self, name: str) -> Journal:
        self.opened.append(open_journal(self.folder / name))
        return self.opened[-1]

    def upkeep(self, journal: Journal) -> Upkeep:
        """Its own."""
        assert isinstance(journal, SqliteJournal)
        return journal.upkeep


def test_export_goes_between_kinds(tmp_path: Path) -> None:
    """A journal in memory and one in a file export the same lines, and each loads the other's."""
    memory, again = MemoryJournal(), MemoryJournal()
    filled(memory)
    memory.upkeep.compact(moment(6), moment(10))
    lines = memory.upkeep.export()
    with closing(open_journal(tmp_path / "bridge.db")) as file:
        file.upkeep.load(lines)
        assert file.upkeep.export() == lines
        again.upkeep.load(file.upkeep.export())
    assert again.upkeep.export() == lines


def test_export_of_the_format_before(tmp_path: Path) -> None:
    """An export of format 1, which knew of no look, is taken over; one that names an order's looks twice is not."""
    memory = MemoryJournal()
    filled(memory)
    lines = memory.upkeep.export()
    looks = [line for line in lines if b'"type":"Sighting"' in line]
    rest = [line for line in lines if line not in looks]
    older = [b'{"format":1,"type":"Head"}', *rest[1:-1], b'{"records":%d,"type":"Tail"}' % (len(rest) - 2)]
    with closing(open_journal(tmp_path / "bridge.db")) as file:
        file.upkeep.load(older)
        assert (file.sightings(), file.applied()) == ({}, memory.applied())
    twice = [*lines[:-1], looks[0], b'{"records":%d,"type":"Tail"}' % (len(lines) - 1)]
    with pytest.raises(BadDocument, match="more than one sighting of order"):
        MemoryJournal().upkeep.load(twice)
    with pytest.raises(BadDocument, match="format 1 or 2"):
        MemoryJournal().upkeep.load([b'{"format":3,"type":"Head"}', *lines[1:]])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A filled journal file."""
    path = tmp_path / "bridge.db"
    with closing(open_journal(path)) as journal:
        filled(journal)
    return path


def damaged(path: Path, *statements: str) -> tuple[str, ...]:
    """Let somebody else write in the file, and check it."""
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()
    with closing(open_journal(path)) as journal:
        return journal.upkeep.check()


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE plan SET document = replace(document, 'Sample Coat', 'Simple Coat') WHERE id = 1", "seal"),
        ("UPDATE plan SET document = '{}' WHERE id = 1", "another plan stands in its place"),
        ("UPDATE plan SET opened_at = 'yesterday' WHERE id = 1", "plan"),
        ("DELETE FROM plan WHERE id = 1", "which is not stored"),
        ("DELETE FROM plan WHERE id = 1", "points to a plan that is not there"),
        ("UPDATE entry SET mark = 'finished' WHERE seq = 2", "entry 2 of plan"),
        ("DELETE FROM entry WHERE seq = 1", "contradict each other"),
        ("UPDATE entry SET plan = 99", "not stored"),
        ("DELETE FROM round WHERE plan = 1", "is not noted for plan"),
        ("INSERT INTO round VALUES ('sample/9', 1, 99)", "for a plan that is not stored"),
        ("UPDATE applied SET document = '{}'", "what was applied to order"),
        ("UPDATE applied SET document = replace(document, 'sample/1', 'sample/7')", "not for that order"),
        ("UPDATE link SET by = 'plan ' || hex(zeroblob(32))", "the link of line"),
        ("UPDATE link SET ended = 'lost'", "a link of line"),
        ("UPDATE decision SET choice = 'maybe'", "a decision line:"),
        ("INSERT INTO folded VALUES (2, '2026-03-01T09:30:00.000000Z', 2, '{}')", "no closed plan"),
        ("INSERT INTO folded VALUES (1, '2026-03-01T09:30:00.000000Z', 2, '{}')", "has entries all the same"),
        ("INSERT INTO folded VALUES (1, '', 2, '{}')", "what is left of plan"),
        ("UPDATE sighting SET document = '{}'", "what looks at order sample/1 found cannot be read"),
        ("UPDATE sighting SET revision = 7", "another sighting stands in its place"),
        ('UPDATE sighting SET document = replace(document, \'"plan":"\', \'"plan":"0\')', "found names plan"),
    ],
)
def test_check_names_what_is_wrong(path: Path, damage: str, told: str) -> None:
    """Each kind of damage is named."""
    assert any(told in fault for fault in damaged(path, "PRAGMA foreign_keys = OFF", damage))


def test_check_names_everything_at_once(path: Path) -> None:
    """Damage in several places is named in one answer, and an export is refused with the unreadable rows."""
    faults = damaged(
        path,
        "UPDATE plan SET document = replace(document, 'Sample Coat', 'Simple Coat')",
        "UPDATE entry SET mark = 'finished' WHERE seq = 2",
        "UPDATE decision SET choice = 'maybe'",
    )
    assert len([fault for fault in faults if "seal" in fault]) == 2
    assert any("entry 2" in fault for fault in faults)
    assert len([fault for fault in faults if "a decision line:" in fault]) == 3
    with closing(open_journal(path)) as journal, pytest.raises(JournalDamaged, match="entry 2"):
        journal.upkeep.export()


def test_check_of_damaged_pages(path: Path) -> None:
    """A file with overwritten pages has faults; the check itself does not fail."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = bytearray(path.read_bytes())
    for page in range(2, len(content) // 4096):
        content[page * 4096 : page * 4096 + 100] = bytes(100)
    path.write_bytes(content)
    with closing(open_journal(path)) as journal:
        assert journal.upkeep.check()


def test_contradicting_entries_are_not_folded(path: Path) -> None:
    """A plan whose entries contradict each other is not compacted: nothing is folded, the file is named."""
    damaged(path, "DELETE FROM entry WHERE seq = 1")
    with closing(open_journal(path)) as journal:
        with pytest.raises(JournalDamaged, match=r"bridge\.db"):
            journal.upkeep.compact(moment(6), moment(10))
        assert len(journal.upkeep.check()) == 1


def test_schema_1_is_migrated(tmp_path: Path) -> None:
    """A file of the first schema is compacted after its migration, with a copy of it kept beside."""
    path = tmp_path / "bridge.db"
    with closing(sqlite3.connect(path)) as connection:
        for statement in JOURNAL.migrations[0]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {JOURNAL.application_id}")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()
    with closing(open_journal(path)) as journal:
        filled(journal)
        assert journal.upkeep.compact(moment(6), moment(10)).plans == 1
    assert (tmp_path / "bridge.db.v1.backup").exists()


# --- killed in the middle


COMPACTING = """
import sys
from po_bridge.journal import open_journal
from po_bridge.testing.journal_case import moment

journal = open_journal(sys.argv[1])
print("begun", flush=True)
print(journal.upkeep.compact(moment(10**6), moment(10**6)).plans, flush=True)
"""


def seasoned(path: Path) -> tuple[list[str], str]:
    """Write a journal of many closed plans and one that is open; give their digests."""
    closed: list[str] = []
    names = [f"step {number}" for number in range(FEW)]
    entries = [entry for number in range(FEW + 1) for entry in done_and_next(names, number)]
    with closing(open_journal(path)) as journal:
        lease = journal.take(("orders",), FAR, moment(), 60.0)
        for number in range(OLD + 1):
            plan = plan_of(goal(str(number)))
            journal.open_plan(opened_of(plan), lease)
            journal.append(plan.digest, entries, lease)
            closed.append(plan.digest)
            if number < OLD:
                journal.close_plan(plan.digest, (), moment(5), lease)
    return closed[:-1], closed[-1]


def entries_of(journal: SqliteJournal, digest: str) -> tuple[Entry, ...]:
    """Read a plan's entries."""
    return journal.read(digest).entries


def killed(path: Path, pause: float) -> bool:
    """Compact in another process and kill it; False where it had ended before."""
    command = [sys.executable, "-c", COMPACTING, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        time.sleep(pause)
        process.kill()
        return not process.stdout.read()


def test_killed_compaction_is_whole_or_not_at_all(tmp_path: Path) -> None:
    """However a compaction is killed, every plan is folded or none, and the open plan has every entry."""
    closed, still_open = seasoned(tmp_path / "season.db")
    chance = random.Random(20261121)  # noqa: S311  # moments, no secrets
    with closing(open_journal(tmp_path / "season.db")) as journal:
        whole = entries_of(journal, still_open)
        rounds = len(journal.upkeep.export())
    shutil.copy(tmp_path / "season.db", tmp_path / "timed.db")
    with closing(open_journal(tmp_path / "timed.db")) as journal:
        began = time.perf_counter()
        journal.upkeep.compact(moment(10**6), moment(10**6))
        length = time.perf_counter() - began
    hits = 0
    for trial in range(8):
        path = tmp_path / f"trial{trial}.db"
        shutil.copy(tmp_path / "season.db", path)
        hits += killed(path, chance.uniform(0, length))
        with closing(open_journal(path)) as journal:
            assert len({bool(entries_of(journal, digest)) for digest in closed}) == 1
            assert entries_of(journal, still_open) == whole
            assert journal.upkeep.check() == ()
            assert {opened.plan.digest for opened in journal.unfinished()} == {still_open}
            journal.upkeep.compact(moment(10**6), moment(10**6))
            assert not any(entries_of(journal, digest) for digest in closed)
    assert hits > 2, f"only {hits} of 8 kills met a process at work"
    assert rounds > OLD
