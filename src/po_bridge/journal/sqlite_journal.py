"""The journal in a SQLite file: a commit survives a power cut."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from attrs import evolve

from ..errors import JournalDamaged, Misuse
from ..models.keys import LineKey, OrderKey
from ..planning.book import Applied, Book, Decision, Link, Opened
from ..planning.history import Entry, History
from ..planning.sighting import Sighting
from ..ports.leases import Holder, Lease
from ..sqlite import Connection, Database, Durability, open_database
from .ended import End, Ended, untied
from .entry_rows import entry_row, insert_entries, last_marks, read_entries
from .folded_rows import folded_at, read_folded
from .grant import Grant, check_free, check_keys
from .guarded_file import GuardedFile
from .holder import this_process
from .lease_rows import delete_grants, next_fence, put_grants, read_grants, set_until
from .plan_rows import (
    PlanState,
    applied_row,
    close_row,
    digests_by_round,
    find_state,
    insert_applied,
    insert_plan,
    plan_row,
    read_applied,
    read_applied_before,
    read_applied_to,
    read_opened,
    read_unfinished,
    reopen_row,
    standing_rounds,
)
from .rules import (
    check_latest,
    check_open,
    check_round,
    check_seal,
    check_successions,
    check_unfolded,
    in_time,
    line_of,
    links_to_make,
    new_links,
    rounds_of,
    unopened,
)
from .schema import JOURNAL
from .sighting_rows import put_sightings, read_every_sighting, read_revisions, read_sightings, sighting_row
from .sqlite_upkeep import SqliteUpkeep
from .tie_rows import (
    end_decision,
    end_link,
    put_decision,
    put_link,
    read_decisions,
    read_every_decision,
    read_every_link,
    read_links,
    read_taken_back,
)


class SqliteJournal:
    """Implements ``ports.Journal`` and ``ports.Leases``; threads and processes may share the file.

    Every method raises ``JournalDamaged`` where the file cannot be read or written; nothing was written then.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file = GuardedFile(database)

    def __repr__(self) -> str:
        return f"SqliteJournal({str(self.path)!r})"

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.place.path

    @property
    def upkeep(self) -> SqliteUpkeep:
        """Compaction, export, import and check."""
        return SqliteUpkeep(self._database)

    # --- plans

    def open_plan(self, opened: Opened, lease: Lease) -> None:
        """Store a plan before its first step; the same plan again is no error.

        Raises ``UsedPlan`` where it was closed, where its round was opened with another plan or is not the
        next one; ``ForeignPlan`` where its seal does not fit; ``LeaseLost``.
        """
        digest, rounds, row = opened.plan.digest, rounds_of(opened.plan), plan_row(opened)
        with self._file.writing(lease) as connection:
            state = find_state(connection, digest)
            if state:
                check_open(digest, state.closed_at)
                return
            check_seal(opened.plan)
            check_round(opened.plan, digests_by_round(connection, rounds))
            insert_plan(connection, row, rounds)

    def opened(self, digest: str) -> Opened | None:
        """A stored plan, None where it was never opened."""
        with self._file.reading(f"plan {digest[:12]}") as connection:
            return read_opened(connection, digest)

    def unfinished(self) -> tuple[Opened, ...]:
        """Plans that were opened and not closed, oldest first."""
        with self._file.reading("an unfinished plan") as connection:
            return read_unfinished(connection)

    def append(self, digest: str, entries: Sequence[Entry], lease: Lease) -> None:
        """Write entries of one plan in one commit.

        Raises ``LeaseLost``, ``UsedPlan`` where the plan was closed, ``Misuse`` where it was never opened or
        an entry does not follow from the last one; nothing was written then.
        """
        rows = [entry_row(entry) for entry in entries]
        with self._file.writing(lease) as connection:
            plan = self._open_state(connection, digest)
            check_successions(last_marks(connection, plan.id, {entry.step for entry in entries}), entries)
            insert_entries(connection, plan.id, rows)

    def read(self, digest: str) -> History:
        """Everything written for a plan, empty where it was never opened; of a compacted one only ids."""
        what = f"the entries of plan {digest[:12]}"
        with self._file.reading(what) as connection:
            folded = read_folded(connection, digest)
            entries = read_entries(connection, digest)
        if folded:
            return folded.history
        try:
            return History.of(entries)
        except JournalDamaged as error:
            raise self._file.damaged(f"{what} contradict each other ({error.why})") from error

    def close_plan(
        self, digest: str, applied: Sequence[Applied], at: datetime, lease: Lease, *, finished: bool = True
    ) -> None:
        """Remember what was applied, with a link for each line, and close it if *finished*.

        A link that a person took back is not made again. Raises ``LeaseLost``, ``UsedPlan``, ``Misuse``.
        """
        opened = self.opened(digest)
        links = new_links(opened.plan, applied, at) if opened else ()
        rows = [applied_row(order) for order in applied]
        with self._file.writing(lease) as connection:
            plan = self._open_state(connection, digest)
            insert_applied(connection, plan, rows)
            if finished:
                close_row(connection, plan, at)
            lines = tuple(link.line for link in links)
            known, taken_back = read_links(connection, lines), read_taken_back(connection, lines)
            for link in links_to_make(links, known, taken_back):
                put_link(connection, link)

    def reopen_plan(self, digest: str, lease: Lease) -> None:
        """Open a closed plan again; raises ``UsedPlan`` where a later one was opened, ``LeaseLost``, ``Misuse``."""
        opened = self.opened(digest)
        if opened is None:
            raise unopened(digest)
        with self._file.writing(lease) as connection:
            check_latest(opened.plan, standing_rounds(connection, opened.plan.orders))
            check_unfolded(digest, folded_at(connection, digest))
            reopen_row(connection, digest)

    def applied(self) -> tuple[Applied, ...]:
        """What was applied last to every order, oldest first."""
        with self._file.reading("what was applied") as connection:
            return read_applied(connection)

    def applied_before(self, digest: str, orders: Sequence[OrderKey]) -> Mapping[OrderKey, Applied]:
        """What was applied to orders before a plan was."""
        with self._file.reading("what was applied before") as connection:
            return read_applied_before(connection, digest, orders)

    # --- links and decisions

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Store decisions; a later one for the same key replaces an earlier one, which stays on record."""
        with self._database.writing() as connection:
            for decision in decisions:
                put_decision(connection, decision)

    def revoke(self, key: str, at: datetime, by: str, why: str) -> bool:
        """Take back the decision in force for a key, and for ``line:`` the line's link; False for neither."""
        end = End(how=Ended.REVOKED, at=at, by=by, why=why)
        line = line_of(key)
        with self._database.writing() as connection:
            decided = end_decision(connection, key, end)
            linked = line is not None and end_link(connection, line, end)
            return decided or linked

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in force, by key; answers to questions among them."""
        with self._file.reading("the decisions") as connection:
            return read_every_decision(connection)

    def links(self) -> tuple[Link, ...]:
        """Every link in force, by line."""
        with self._file.reading("the links") as connection:
            return read_every_link(connection)

    def book(self, orders: Sequence[OrderKey], lines: Sequence[LineKey]) -> Book:
        """Links, decisions and applied orders that concern these keys, and the answers to questions."""
        with self._file.reading("links and decisions") as connection:
            links, decisions = read_links(connection, lines), read_decisions(connection, lines)
            rounds = digests_by_round(connection, orders)
            return Book(
                links=links,
                revoked=untied(read_taken_back(connection, lines), links, decisions),
                decisions=decisions,
                applied=read_applied_to(connection, orders),
                rounds={order: len(digests) for order, digests in rounds.items()},
            )

    # --- sightings

    def see(self, sightings: Sequence[Sighting]) -> tuple[OrderKey, ...]:
        """Keep what looks found, in one commit; gives the orders of which another look was kept meanwhile."""
        with self._file.writing() as connection:
            kept = read_revisions(connection, [sighting.order for sighting in sightings])
            next_ones, late = in_time(sightings, kept)
            put_sightings(connection, [sighting_row(sighting) for sighting in next_ones])
            return late

    def sightings(self, orders: Sequence[OrderKey] | None = None) -> Mapping[OrderKey, Sighting]:
        """What looks found, by order; of every order where none is named."""
        with self._file.reading("what looks at orders found") as connection:
            return read_every_sighting(connection) if orders is None else read_sightings(connection, orders)

    # --- leases

    def worker(self) -> Holder:
        """Name this process as a holder, with a mark of its own."""
        return this_process(secrets.token_hex(4))

    def take(self, keys: tuple[str, ...], holder: Holder, now: datetime, seconds: float) -> Lease:
        """Lease every key or none; raises ``LeaseHeld``.

        A lease that ended, or whose holder is provably dead, is taken over; whoever held it has lost it.
        """
        wanted = check_keys(keys)
        until = now + timedelta(seconds=seconds)
        with self._file.writing() as connection:
            check_free(read_grants(connection, wanted), now)
            fence = next_fence(connection)
            grants = (Grant(key=key, fence=fence, holder=holder, since=now, until=until) for key in wanted)
            put_grants(connection, grants)
        return Lease(keys=wanted, fence=fence, holder=holder, until=until)

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """Make a lease last until *seconds* from now; raises ``LeaseLost``."""
        renewed = evolve(lease, until=now + timedelta(seconds=seconds))
        with self._file.writing(lease) as connection:
            set_until(connection, renewed)
        return renewed

    def release(self, lease: Lease) -> None:
        """Give a lease back; a lost one is no error."""
        with self._database.writing() as connection:
            delete_grants(connection, lease)

    # --- the file

    def close(self) -> None:
        """Close the file; afterwards every call raises ``Misuse``."""
        self._database.close()

    def _open_state(self, connection: Connection, digest: str) -> PlanState:
        state = find_state(connection, digest)
        if state is None:
            raise unopened(digest)
        check_open(digest, state.closed_at)
        return state


def open_journal(
    path: str | Path, *, durability: Durability = Durability.FULL, busy_seconds: float = 10.0
) -> SqliteJournal:
    """Open a journal file; made where there is none, migrated where it is older, with a copy kept beside it.

    Raises ``JournalDamaged`` for a file that is foreign, damaged, of a newer schema, or not to be written.
    """
    if str(path) == ":memory:":
        raise Misuse("a journal in memory survives nothing; if that is meant, use MemoryJournal()")
    database = open_database(Path(path), JOURNAL, durability=durability, busy_seconds=busy_seconds)
    return SqliteJournal(database)
