"""The suite that every journal must pass.

::

    class TestMyJournal(JournalContract):
        @pytest.fixture
        def journal(self, tmp_path: Path) -> Journal:
            return MyJournal(tmp_path / "journal")

        def again(self, journal: Journal) -> Journal:
            return MyJournal(journal.path)

A failing test says in one line what the journal must do.
"""

from __future__ import annotations

from .journal_book import BookContract
from .journal_entries import EntryContract
from .journal_leases import LeaseContract
from .journal_plans import PlanContract
from .journal_sightings import SightingContract


class JournalContract(PlanContract, EntryContract, LeaseContract, BookContract, SightingContract):
    """What every journal must do; ``journal`` is a fixture, ``again`` opens the same journal once more."""
