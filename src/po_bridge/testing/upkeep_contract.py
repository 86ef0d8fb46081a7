"""The suite that the upkeep of every journal must pass, beside ``JournalContract``.

::

    class TestMyUpkeep(UpkeepContract):
        @pytest.fixture
        def journal(self, tmp_path: Path) -> Journal:
            return MyJournal(tmp_path / "journal")

        def upkeep(self, journal: Journal) -> Upkeep:
            return MyUpkeep(journal)

        def another(self) -> Journal: ...
"""

from __future__ import annotations

import pytest
from attrs import evolve

from ..errors import BadDocument, Misuse, UsedPlan
from ..planning.book import line_decision
from ..planning.history import Entry
from ..planning.mark import Mark
from ..planning.receipt import Receipt
from ..planning.refs import Kind, Slot
from ..ports.journal import Journal
from ..ports.leases import Lease
from ..ports.upkeep import Compacted, Upkeep
from .journal_book import link_to
from .journal_case import (
    MADE,
    MATCHED,
    applied_of,
    entry,
    goal,
    moment,
    open_one,
    opened_of,
    order_key,
    plan_of,
)
from .journal_plans import JournalBase
from .journal_sightings import sighting_of
from .must_raise import MustRaise

COAT = Slot(kind=Kind.PRODUCT, name="coat/S")
"""What the first plan makes."""


def steps_done() -> tuple[Entry, ...]:
    """Make the entries of one step that made a product."""
    return (entry("s", Mark.INTENDED), entry("s", Mark.DONE, 1, Receipt(made={COAT: "product-1"})))


def filled(journal: Journal) -> tuple[str, str, Lease]:
    """Fill a journal: a plan that was closed at second 5, one that is open, ties in force and ended, sightings.

    Gives the digests of both plans and the lease.
    """
    old, lease = open_one(journal)
    journal.append(old, steps_done(), lease)
    journal.close_plan(old, (applied_of(old),), moment(5), lease)
    later = plan_of(goal("2"))
    journal.open_plan(opened_of(later, 6), lease)
    journal.append(later.digest, steps_done(), lease)
    journal.decide((link_to("a"), link_to("b", seconds=1), link_to("c", MATCHED)))
    journal.revoke(line_decision(MADE), moment(9), "Ann", "wrong size")
    journal.see((evolve(sighting_of(), plan=old), sighting_of("9")))
    return old, later.digest, lease


class UpkeepContract(JournalBase):
    """Compaction, export, import and check."""

    def upkeep(self, journal: Journal) -> Upkeep:
        """Give the upkeep of a journal; authors override this."""
        raise NotImplementedError("override `upkeep`: it gives the Upkeep of a journal")

    def another(self) -> Journal:
        """Give another journal that holds nothing; authors override this."""
        raise NotImplementedError("override `another`: it gives a second journal that holds nothing")

    def test_compaction_folds_closed_plans(self, journal: Journal) -> None:
        """Entries of a plan closed before the moment go; its ids, links, rounds, looks and what was applied stay."""
        old, _open, _lease = filled(journal)
        before = (journal.applied(), journal.links(), journal.decisions(), journal.sightings())
        book = journal.book((order_key(),), (MADE, MATCHED))
        done = self.upkeep(journal).compact(moment(6), moment(10))
        assert done == Compacted(plans=1, entries=2), "compact() must tell what it folded"
        worker = self.again(journal)
        assert worker.read(old).entries == (), "compact() must fold the entries of a closed plan"
        assert worker.read(old).ids == {COAT: "product-1"}, "compact() must keep the ids of what was made"
        after = (worker.applied(), worker.links(), worker.decisions(), worker.sightings())
        assert after == before, "compact() must keep the book, and what looks found"
        assert worker.book((order_key(),), (MADE, MATCHED)) == book, "compact() must keep rounds"

    def test_compaction_keeps_open_plans(self, journal: Journal) -> None:
        """An open plan keeps every entry, however old it is, also one that was opened again; it goes on."""
        old, later, lease = filled(journal)
        journal.reopen_plan(old, lease)
        assert self.upkeep(journal).compact(moment(10**6), moment(10**6)) == Compacted(plans=0, entries=0)
        for digest in (old, later):
            assert journal.read(digest).entries == steps_done(), "compact() must not touch an open plan"
        journal.append(old, (entry("s", Mark.UNDOING, 11),), lease)

    def test_moment_is_no_part(self, journal: Journal) -> None:
        """A plan that was closed at the very moment stays; compacting twice folds nothing more."""
        old, _open, _lease = filled(journal)
        upkeep = self.upkeep(journal)
        assert upkeep.compact(moment(5), moment(10)) == Compacted(plans=0, entries=0)
        assert journal.read(old).entries == steps_done()
        assert upkeep.compact(moment(5.000001), moment(10)).plans == 1
        assert upkeep.compact(moment(6), moment(10)) == Compacted(plans=0, entries=0)

    def test_compacted_plan_is_used(self, journal: Journal) -> None:
        """A compacted plan is refused as every used one, and cannot be opened again to be taken back."""
        old, _open, lease = filled(journal)
        self.upkeep(journal).compact(moment(6), moment(10))
        with MustRaise(
            UsedPlan,
            "open_plan() must raise UsedPlan for a plan that was folded away, saying that it is closed",
            match="closed",
        ):
            journal.open_plan(opened_of(plan_of()), lease)
        with MustRaise(
            UsedPlan,
            "reopen_plan() must raise UsedPlan for a plan that was folded away, saying that it was compacted",
            match="compacted",
        ):
            journal.reopen_plan(old, lease)
        with MustRaise(UsedPlan, "append() must raise UsedPlan for a plan that was folded away"):
            journal.append(old, (entry("s", Mark.UNDOING, 11),), lease)

    @pytest.mark.parametrize("compacted", [False, True], ids=["whole", "compacted"])
    def test_round_trip(self, journal: Journal, compacted: bool) -> None:  # noqa: FBT001  # a parametrised flag
        """What was exported and loaded is the same journal: it answers alike and exports the same lines."""
        old, later, _lease = filled(journal)
        if compacted:
            self.upkeep(journal).compact(moment(6), moment(10))
        lines = self.upkeep(journal).export()
        other = self.another()
        self.upkeep(other).load(lines)
        assert self.upkeep(other).export() == lines, "load() must take over all that export() gave"
        assert other.unfinished() == journal.unfinished(), "open plans must be carried over"
        for digest in (old, later):
            assert other.opened(digest) == journal.opened(digest), "plans must be carried over"
            assert other.read(digest) == journal.read(digest), "entries must be carried over"
            assert other.read(digest).ids == journal.read(digest).ids, "ids must be carried over"
        orders, products = (order_key(), order_key("2")), (MADE, MATCHED)
        assert other.book(orders, products) == journal.book(orders, products), "the book must be carried over"
        assert (other.applied(), other.links()) == (journal.applied(), journal.links())
        assert other.sightings() == journal.sightings(), "what looks found must be carried over"
        lease = other.take(("order 1",), other.worker(), moment(20), 60.0)
        with MustRaise(UsedPlan, "open_plan() must raise UsedPlan in a journal that took over a used plan"):
            other.open_plan(opened_of(plan_of()), lease)

    def test_export_of_nothing(self, journal: Journal) -> None:
        """An empty journal gives an export that can be loaded."""
        lines = self.upkeep(journal).export()
        assert len(lines) == 2, "export() of an empty journal has a head and a tail"
        self.upkeep(self.another()).load(lines)

    def test_load_wants_no_sightings(self, journal: Journal) -> None:
        """A journal that only knows of a look is not written over either."""
        lines = self.upkeep(journal).export()
        other = self.another()
        other.see((sighting_of(),))
        with MustRaise(
            Misuse, "load() must raise Misuse where the journal knows of a look", match="not empty"
        ):
            self.upkeep(other).load(lines)

    def test_load_wants_an_empty_journal(self, journal: Journal) -> None:
        """A journal that holds anything, be it one decision, is not written over."""
        filled(journal)
        lines = self.upkeep(journal).export()
        other = self.another()
        other.decide((link_to("x"),))
        with MustRaise(Misuse, "load() must raise Misuse where the journal is not empty", match="not empty"):
            self.upkeep(other).load(lines)
        assert [one.product_id for one in other.decisions()] == ["x"], "a refused load() must write nothing"
        assert other.unfinished() == ()

    @pytest.mark.parametrize(
        "cut", [0, 1, 3, -1], ids=["all", "behind the head", "in the middle", "the tail"]
    )
    def test_load_of_a_part(self, journal: Journal, cut: int) -> None:
        """A file that was cut off is refused, and nothing of it is taken over."""
        filled(journal)
        lines = self.upkeep(journal).export()
        other = self.another()
        with MustRaise(BadDocument, "load() must raise BadDocument where the tail is missing", match="tail"):
            self.upkeep(other).load(lines[:cut])
        assert other.unfinished() == (), "a refused load() must write nothing"

    def test_load_names_every_bad_line(self, journal: Journal) -> None:
        """All lines that cannot be read are named at once, by number."""
        filled(journal)
        lines = list(self.upkeep(journal).export())
        lines[2], lines[4] = b"{", b'{"type":"Written"}'
        with MustRaise(BadDocument, "load() must raise BadDocument where lines are wrong") as caught:
            self.upkeep(self.another()).load(lines)
        named = {issue.path.partition(":")[0] for issue in caught.value.issues}
        assert {"line 3", "line 5"} <= named, "load() must name every line that is wrong"

    def test_load_of_what_no_journal_gives(self, journal: Journal) -> None:
        """An export whose plan was changed, or whose entries contradict each other, is refused by name."""
        filled(journal)
        lines = [line.replace(b"Sample Coat", b"Simple Coat") for line in self.upkeep(journal).export()]
        swapped = [line.replace(b'"mark":"intended"', b'"mark":"undone"') for line in lines]
        with MustRaise(BadDocument, "load() must raise BadDocument where a seal does not fit") as caught:
            self.upkeep(self.another()).load(swapped)
        told = str(caught.value)
        assert told.count("seal") == 2, "load() must check the seal of every plan"
        assert told.count("contradict each other") == 2, "load() must check every succession"

    def test_sound_journal(self, journal: Journal) -> None:
        """A journal that only the port wrote to has nothing wrong, before and after compaction."""
        filled(journal)
        assert self.upkeep(journal).check() == ()
        self.upkeep(journal).compact(moment(6), moment(10))
        assert self.upkeep(journal).check() == ()
