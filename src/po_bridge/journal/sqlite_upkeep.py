"""The upkeep of the journal in a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from ..errors import BadDocument, JournalDamaged
from ..ports.upkeep import Compacted
from ..sqlite import Database, integrity_faults
from .audit import faults_in
from .folded_rows import fold_entries
from .record import Record, lines_of, records_of
from .record_rows import is_empty, put_records, read_records, round_faults
from .rules import check_empty, check_sound


@frozen
class SqliteUpkeep:
    """Implements ``ports.Upkeep``; every method raises ``JournalDamaged`` where the file cannot be used."""

    _database: Database

    def compact(self, before: datetime, at: datetime) -> Compacted:
        """Fold away the entries of the plans that were closed before a moment, in one commit.

        An open plan is never touched. The file is made smaller afterwards, which needs as much free space again.
        """
        try:
            with self._database.writing() as connection:
                folded = fold_entries(connection, before, at)
        except (BadDocument, ValueError) as error:
            raise self._damaged(f"entries of a closed plan cannot be read ({error})") from error
        except JournalDamaged as error:
            # the history of a plan does not know which file it stands in
            raise error if error.path == self._path else self._damaged(error.why) from error
        if folded:
            self._database.shrink()
        return Compacted(plans=len(folded), entries=sum(one.entries for one in folded))

    def export(self) -> tuple[bytes, ...]:
        """Everything but the leases, as lines of JSON; raises ``JournalDamaged`` naming all that is wrong."""
        with self._database.reading() as connection:
            found = read_records(connection)
        wrong = [fault for fault in found if isinstance(fault, str)]
        if wrong:
            raise self._damaged("; ".join(wrong))
        return lines_of(_sound(found))

    def load(self, lines: Iterable[bytes]) -> None:
        """Take over what ``export`` gave, in one commit; raises ``Misuse``, ``BadDocument``."""
        records = records_of(lines)
        check_sound(faults_in(records))
        with self._database.writing() as connection:
            check_empty(empty=is_empty(connection))
            put_records(connection, records)

    def check(self) -> tuple[str, ...]:
        """Everything that is wrong with the file and with what it holds, for people."""
        pages: tuple[str, ...] = ()
        try:
            with self._database.reading() as connection:
                pages = integrity_faults(connection)
                found = read_records(connection)
                rounds = round_faults(connection, _sound(found))
        except JournalDamaged as error:
            # what SQLite found before is not lost when it cannot read on
            return (*pages, error.why)
        wrong = (fault for fault in found if isinstance(fault, str))
        return (*pages, *wrong, *rounds, *faults_in(_sound(found)))

    @property
    def _path(self) -> str:
        return str(self._database.place.path)

    def _damaged(self, why: str) -> JournalDamaged:
        return JournalDamaged(self._path, why)


def _sound(found: Iterable[Record | str]) -> tuple[Record, ...]:
    return tuple(record for record in found if not isinstance(record, str))
