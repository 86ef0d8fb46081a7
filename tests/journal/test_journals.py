"""The journals that po_bridge brings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from po_bridge.journal import MemoryJournal, SqliteJournal, open_journal
from po_bridge.ports.journal import Journal
from po_bridge.testing.journal_contract import JournalContract


class TestMemoryJournal(JournalContract):
    """The journal in memory."""

    @pytest.fixture
    def journal(self) -> Journal:
        """A journal that holds nothing."""
        return MemoryJournal()


class TestSqliteJournal(JournalContract):
    """The journal in a file."""

    @pytest.fixture
    def journal(self, tmp_path: Path) -> Iterator[Journal]:
        """A journal that holds nothing."""
        self.opened: list[SqliteJournal] = []
        self.path = tmp_path / "bridge #1?.db"
        yield self.again()
        for journal in self.opened:
            journal.close()

    def again(self, journal: Journal | None = None) -> Journal:
        """Open the file once more."""
        self.opened.append(open_journal(self.path))
        return self.opened[-1]
