"""The journal's file: reads of one state, commits under a lease, and what a row that cannot be read means."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from attrs import frozen

from ..errors import BadDocument, ForeignPlan, JournalDamaged
from ..ports.leases import Lease
from ..sqlite import Connection, Database
from .lease_rows import check_fence


@frozen
class GuardedFile:
    """Raises ``JournalDamaged`` where the file cannot be read, written or understood."""

    database: Database
    """The file."""

    def damaged(self, why: str) -> JournalDamaged:
        """Make the error for this file."""
        return JournalDamaged(str(self.database.place.path), why)

    @contextmanager
    def writing(self, lease: Lease | None = None) -> Generator[Connection, None, None]:
        """One commit, under a lease that is checked inside it; raises ``LeaseLost``."""
        with self._understood("what was written before", ValueError), self.database.writing() as connection:
            if lease is not None:
                check_fence(connection, lease)
            yield connection

    @contextmanager
    def reading(self, what: str) -> Generator[Connection, None, None]:
        """Reads of one state."""
        faults = (BadDocument, ForeignPlan, ValueError)
        with self._understood(what, *faults), self.database.reading() as connection:
            yield connection

    @contextmanager
    def _understood(self, what: str, *faults: type[Exception]) -> Generator[None, None, None]:
        """Rows that cannot be understood mean that the file is damaged."""
        try:
            yield
        except faults as error:
            raise self.damaged(f"{what} cannot be read ({error})") from error
