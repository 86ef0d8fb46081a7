"""The journal in memory: for tests and for trying things out; nothing survives the process."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

from attrs import evolve

from ..errors import Misuse
from ..matching.result import Choice
from ..models.keys import LineKey, OrderKey
from ..planning.book import Applied, Book, Decision, Link, Opened, line_decision
from ..planning.history import Entry, History
from ..planning.sighting import Sighting
from ..ports.leases import Holder, Lease
from .ended import End, Ended, untied
from .holder import this_process
from .memory_leases import MemoryLeases
from .memory_shelves import Shelf, Shelves
from .memory_upkeep import MemoryUpkeep
from .rules import (
    check_latest,
    check_open,
    check_round,
    check_seal,
    check_successions,
    check_unfolded,
    concerning,
    in_time,
    is_general,
    line_of,
    links_to_make,
    new_links,
    unopened,
)


class MemoryJournal:
    """Implements ``ports.Journal`` and ``ports.Leases``; threads may share it."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._closed = False
        self._held = Shelves()
        self._leases = MemoryLeases()

    @property
    def upkeep(self) -> MemoryUpkeep:
        """Compaction, export, import and check."""
        return MemoryUpkeep(self._held, self._inside)

    # --- plans

    def open_plan(self, opened: Opened, lease: Lease) -> None:
        """Store a plan before its first step; the same plan again is no error.

        Raises ``UsedPlan`` where it was closed, where its round was opened with another plan or is not the
        next one; ``ForeignPlan`` where its seal does not fit; ``LeaseLost``.
        """
        digest = opened.plan.digest
        with self._writing(lease):
            if digest in self._held.plans:
                check_open(digest, self._held.plans[digest].opened.closed_at)
                return
            check_seal(opened.plan)
            check_round(opened.plan, self._held.rounds)
            self._held.put_plan(opened)

    def opened(self, digest: str) -> Opened | None:
        """A stored plan, None where it was never opened."""
        with self._inside():
            kept = self._held.plans.get(digest)
            return kept.opened if kept else None

    def unfinished(self) -> tuple[Opened, ...]:
        """Plans that were opened and not closed, oldest first."""
        with self._inside():
            return tuple(kept.opened for kept in self._held.plans.values() if kept.opened.closed_at is None)

    def append(self, digest: str, entries: Sequence[Entry], lease: Lease) -> None:
        """Write entries of one plan, all or none.

        Raises ``LeaseLost``, ``UsedPlan`` where the plan was closed, ``Misuse`` where it was never opened or
        an entry does not follow from the last one; nothing was written then.
        """
        with self._writing(lease):
            kept = self._open(digest)
            check_successions({entry.step: kept.history.mark(entry.step) for entry in entries}, entries)
            kept.history = kept.history.plus(*entries)

    def read(self, digest: str) -> History:
        """Everything written for a plan, empty where it was never opened."""
        with self._inside():
            kept = self._held.plans.get(digest)
            return kept.history if kept else History()

    def close_plan(
        self, digest: str, applied: Sequence[Applied], at: datetime, lease: Lease, *, finished: bool = True
    ) -> None:
        """Remember what was applied, with a link for each line, and close it if *finished*.

        A link that a person took back is not made again. Raises ``LeaseLost``, ``UsedPlan``, ``Misuse``.
        """
        with self._writing(lease):
            kept = self._open(digest)
            links = new_links(kept.opened.plan, applied, at)
            in_force = {link.line: link for link in self._held.links.in_force.values()}
            for link in links_to_make(links, in_force, self._untied([link.line for link in links])):
                self._held.links.put(str(link.line), link, End.replaced(link))
            for order in applied:
                self._held.put_applied(order)
            if finished:
                kept.opened = evolve(kept.opened, closed_at=at)

    def reopen_plan(self, digest: str, lease: Lease) -> None:
        """Open a closed plan again; raises ``UsedPlan`` where a later one was opened, ``LeaseLost``, ``Misuse``."""
        with self._writing(lease):
            kept = self._held.plans.get(digest)
            if kept is None:
                raise unopened(digest)
            check_latest(kept.opened.plan, self._held.standing_rounds())
            check_unfolded(digest, kept.folded.at if kept.folded else None)
            kept.opened = evolve(kept.opened, closed_at=None)

    def applied(self) -> tuple[Applied, ...]:
        """What was applied last to every order, oldest first."""
        with self._inside():
            return tuple(self._held.applied.values())

    def applied_before(self, digest: str, orders: Sequence[OrderKey]) -> Mapping[OrderKey, Applied]:
        """What was applied to orders before a plan was."""
        with self._inside():
            return self._held.applied_before(digest, orders)

    # --- links and decisions

    def decide(self, decisions: Sequence[Decision]) -> None:
        """Store decisions; a later one for the same key replaces an earlier one, which stays on record."""
        with self._inside():
            for decision in decisions:
                self._held.decisions.put(decision.key, decision, End.replaced(decision))

    def revoke(self, key: str, at: datetime, by: str, why: str) -> bool:
        """Take back the decision in force for a key, and for ``line:`` the line's link; False for neither."""
        end = End(how=Ended.REVOKED, at=at, by=by, why=why)
        line = line_of(key)
        with self._inside():
            decided = self._held.decisions.end(key, end)
            linked = line is not None and self._held.links.end(str(line), end)
            return decided or linked

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in force, by key; answers to questions among them."""
        with self._inside():
            held = self._held.decisions.in_force
            return tuple(held[key] for key in sorted(held))

    def links(self) -> tuple[Link, ...]:
        """Every link in force, by line."""
        with self._inside():
            return tuple(sorted(self._held.links.in_force.values(), key=lambda link: link.line))

    def book(self, orders: Sequence[OrderKey], lines: Sequence[LineKey]) -> Book:
        """Links, decisions and applied orders that concern these keys, and the answers to questions."""
        with self._inside():
            named = concerning(lines)
            held = self._held.links.in_force
            links = {line: held[str(line)] for line in lines if str(line) in held}
            decisions = {
                key: decision
                for key, decision in self._held.decisions.in_force.items()
                if key in named or is_general(key)
            }
            return Book(
                links=links,
                revoked=untied(self._untied(lines), links, decisions),
                decisions=decisions,
                applied={order: self._held.applied[order] for order in orders if order in self._held.applied},
                rounds={
                    order: len(self._held.rounds[order]) for order in orders if order in self._held.rounds
                },
            )

    def _untied(self, lines: Sequence[LineKey]) -> tuple[tuple[LineKey, str], ...]:
        """Give the pairs that a person took back, oldest first, those tied again included."""
        by_key = {line_decision(line): line for line in lines}
        links = [(end.at, link.line, link.product_id) for end, link in self._held.links.revoked()]
        decided = [
            (end.at, by_key[decision.key], decision.product_id)
            for end, decision in self._held.decisions.revoked()
            if decision.choice is Choice.LINK and decision.key in by_key
        ]
        wanted = set(lines)
        both = sorted((pair for pair in links + decided if pair[1] in wanted), key=lambda pair: pair[0])
        return tuple((line, product_id) for _at, line, product_id in both)

    # --- sightings

    def see(self, sightings: Sequence[Sighting]) -> tuple[OrderKey, ...]:
        """Keep what looks found; gives the orders of which another look was kept meanwhile."""
        with self._inside():
            held, asked = self._held.sightings, {one.order for one in sightings}
            next_ones, late = in_time(sightings, {key: held[key].revision for key in asked if key in held})
            held.update({one.order: one for one in next_ones})
            return late

    def sightings(self, orders: Sequence[OrderKey] | None = None) -> Mapping[OrderKey, Sighting]:
        """What looks found, by order; of every order where none is named."""
        with self._inside():
            held = self._held.sightings
            return {
                key: held[key] for key in (sorted(held, key=str) if orders is None else orders) if key in held
            }

    # --- leases

    def worker(self) -> Holder:
        """Name this process as a holder, with a mark of its own."""
        return this_process(secrets.token_hex(4))

    def take(self, keys: tuple[str, ...], holder: Holder, now: datetime, seconds: float) -> Lease:
        """Lease every key or none; raises ``LeaseHeld``.

        A lease that ended, or whose holder is provably dead, is taken over; whoever held it has lost it.
        """
        with self._inside():
            return self._leases.take(keys, holder, now, seconds)

    def renew(self, lease: Lease, now: datetime, seconds: float) -> Lease:
        """Make a lease last until *seconds* from now; raises ``LeaseLost``."""
        with self._inside():
            return self._leases.renew(lease, now, seconds)

    def release(self, lease: Lease) -> None:
        """Give a lease back; a lost one is no error."""
        with self._inside():
            self._leases.release(lease)

    def close(self) -> None:
        """End the journal; afterwards every call raises ``Misuse``."""
        self._closed = True

    @contextmanager
    def _inside(self) -> Generator[None, None, None]:
        with self._lock:
            if self._closed:
                raise Misuse("the journal is closed")
            yield

    @contextmanager
    def _writing(self, lease: Lease) -> Generator[None, None, None]:
        with self._inside():
            self._leases.check(lease)
            yield

    def _open(self, digest: str) -> Shelf:
        if digest not in self._held.plans:
            raise unopened(digest)
        kept = self._held.plans[digest]
        check_open(digest, kept.opened.closed_at)
        return kept
