"""The journal's contract about plans: opened once, a round at a time, closed for good."""

from __future__ import annotations

import pytest
from attrs import evolve

from ..errors import ForeignPlan, Misuse, UsedPlan
from ..planning.mark import Mark
from ..ports.journal import Journal
from .journal_case import FAR, START, applied_of, entry, goal, moment, open_one, opened_of, order_key, plan_of
from .must_raise import MustPass, MustRaise


class JournalBase:
    """What an author gives: a fixture ``journal``, and how another worker opens the same one."""

    @pytest.fixture
    def journal(self) -> Journal:
        """A journal that holds nothing; authors override this fixture."""
        raise NotImplementedError("override the fixture `journal`: it gives a journal that holds nothing")

    def again(self, journal: Journal) -> Journal:
        """Open the same journal as another worker would; one that lives in memory is its own other."""
        return journal


class PlanContract(JournalBase):
    """Plans."""

    def test_opened_plan_is_kept(self, journal: Journal) -> None:
        """A plan is read back as it was opened, by another worker too."""
        digest, _lease = open_one(journal)
        wanted = opened_of(plan_of())
        assert journal.opened(digest) == wanted, "opened() must give the plan, its moment and its positions"
        assert self.again(journal).opened(digest) == wanted, "another worker must see an opened plan"

    def test_unknown_plan_is_none(self, journal: Journal) -> None:
        """A plan that was never opened is None, without entries."""
        assert journal.opened("0" * 64) is None, "opened() must give None for a plan it does not hold"
        assert journal.read("0" * 64).entries == (), "read() must give an empty history for an unknown plan"

    def test_same_plan_again(self, journal: Journal) -> None:
        """Opening the same plan again changes nothing: probes must look from the first positions."""
        digest, lease = open_one(journal)
        journal.open_plan(evolve(opened_of(plan_of(), 99), since={}), lease)
        assert journal.opened(digest) == opened_of(plan_of()), (
            "open_plan() again must keep moment and positions"
        )
        assert journal.book((order_key(),), ()).rounds == {order_key(): 1}, "the same plan is one round"

    def test_round_is_used_once(self, journal: Journal) -> None:
        """Another plan of a round that was opened is refused and leaves nothing."""
        _digest, lease = open_one(journal)
        other = plan_of(goal("2"), goal("1"))
        with MustRaise(
            UsedPlan, "open_plan() must raise UsedPlan for another plan of a round that was opened"
        ):
            journal.open_plan(opened_of(other), lease)
        assert journal.opened(other.digest) is None, "a refused plan must not be stored"
        assert order_key("2") not in journal.book((order_key("2"),), ()).rounds, (
            "a refused plan must not count as a round of any of its orders"
        )

    def test_round_follows_round(self, journal: Journal) -> None:
        """The next round is opened, one that skips a round is refused."""
        _digest, lease = open_one(journal)
        with MustRaise(UsedPlan, "open_plan() must raise UsedPlan where a round is skipped"):
            journal.open_plan(opened_of(plan_of(goal("1", 3))), lease)
        journal.open_plan(opened_of(plan_of(goal("1", 2))), lease)
        assert journal.book((order_key(),), ()).rounds == {order_key(): 2}, "book() must count the rounds"

    def test_seal_must_fit(self, journal: Journal) -> None:
        """A plan whose seal does not fit is refused and leaves nothing."""
        lease = journal.take(("order 1",), FAR, START, 60.0)
        changed = evolve(plan_of(), store="another")
        with MustRaise(ForeignPlan, "open_plan() must raise ForeignPlan where the seal does not fit"):
            journal.open_plan(opened_of(changed), lease)
        assert journal.unfinished() == (), "a plan with a broken seal must not be stored"

    def test_unfinished_oldest_first(self, journal: Journal) -> None:
        """Unfinished plans are listed oldest first, closed ones are not."""
        first, lease = open_one(journal, goal("b"))
        plans = [plan_of(goal(order)) for order in ("a", "c")]
        for plan in plans:
            journal.open_plan(opened_of(plan), lease)
        journal.close_plan(plans[0].digest, (), moment(5), lease)
        found = [opened.plan.digest for opened in self.again(journal).unfinished()]
        assert found == [first, plans[1].digest], "unfinished() must list open plans in the order of opening"

    def test_closed_plan_stays_closed(self, journal: Journal) -> None:
        """A closed plan takes no entries, is not opened again and not closed again."""
        digest, lease = open_one(journal)
        journal.close_plan(digest, (applied_of(digest),), moment(5), lease)
        kept = journal.opened(digest)
        assert kept is not None, "a closed plan must stay readable"
        assert kept.closed_at == moment(5), "opened() must tell when a plan was closed"
        with MustRaise(UsedPlan, "open_plan() must raise UsedPlan for a closed plan"):
            journal.open_plan(opened_of(plan_of()), lease)
        with MustRaise(UsedPlan, "append() must raise UsedPlan for a closed plan"):
            journal.append(digest, (entry("s", Mark.INTENDED),), lease)
        with MustRaise(UsedPlan, "close_plan() must raise UsedPlan for a closed plan"):
            journal.close_plan(digest, (), moment(6), lease)
        assert journal.read(digest).entries == (), "a refused entry must not be written"

    def test_held_plan_stays_open(self, journal: Journal) -> None:
        """What was applied is kept while the plan stays open to be resumed, and told anew at its end."""
        digest, lease = open_one(journal)
        first, last = applied_of(digest, seconds=5, content="first"), applied_of(digest, seconds=9)
        journal.close_plan(digest, (first,), moment(5), lease, finished=False)
        assert [opened.closed_at for opened in journal.unfinished()] == [None], (
            "finished=False must leave it open"
        )
        assert journal.applied() == (first,), "close_plan(finished=False) must remember what was applied"
        journal.append(digest, (entry("s", Mark.INTENDED),), lease)
        journal.close_plan(digest, (last,), moment(9), lease)
        assert journal.applied() == (last,), "close_plan() must replace what was remembered before"
        assert journal.unfinished() == (), "close_plan() must close the plan"

    def test_closed_plan_is_reopened(self, journal: Journal) -> None:
        """A closed plan can be opened again and goes on; one that is open is left as it is."""
        digest, lease = open_one(journal)
        journal.append(digest, (entry("s", Mark.INTENDED), entry("s", Mark.DONE)), lease)
        journal.close_plan(digest, (applied_of(digest),), moment(5), lease)
        journal.reopen_plan(digest, lease)
        journal.reopen_plan(digest, lease)
        assert self.again(journal).unfinished() == (opened_of(plan_of()),), "reopen_plan() must open it again"
        assert journal.applied() == (applied_of(digest),), "reopen_plan() must forget nothing"
        journal.append(digest, (entry("s", Mark.UNDOING, 6),), lease)
        journal.close_plan(digest, (), moment(7), lease)
        assert len(journal.read(digest).entries) == 3, "a reopened plan must take entries"

    def test_replaced_plan_stays_closed(self, journal: Journal) -> None:
        """A plan after which another of its orders was opened is not opened again, nor one never opened."""
        digest, lease = open_one(journal)
        journal.close_plan(digest, (), moment(5), lease)
        journal.open_plan(opened_of(plan_of(goal("1", 2))), lease)
        with MustRaise(
            UsedPlan, "reopen_plan() must raise UsedPlan where a later plan of its orders was opened"
        ):
            journal.reopen_plan(digest, lease)
        with MustRaise(Misuse, "reopen_plan() must raise Misuse for a plan that was never opened"):
            journal.reopen_plan("0" * 64, lease)
        assert len(journal.unfinished()) == 1, "a plan that was replaced must stay closed"

    def test_plan_before_one_taken_back_is_reopened(self, journal: Journal) -> None:
        """Once a later plan was taken back and the record names the earlier one again, that can be opened again."""
        first, lease = open_one(journal)
        journal.close_plan(first, (applied_of(first),), moment(5), lease)
        later = plan_of(goal("1", 2))
        journal.open_plan(opened_of(later), lease)
        journal.close_plan(later.digest, (applied_of(later.digest, seconds=6),), moment(6), lease)
        with MustRaise(UsedPlan, "reopen_plan() must raise UsedPlan where a later plan of its orders stands"):
            journal.reopen_plan(first, lease)
        journal.reopen_plan(later.digest, lease)
        journal.close_plan(later.digest, (applied_of(first),), moment(7), lease, finished=False)
        with MustRaise(UsedPlan, "reopen_plan() must raise UsedPlan where a later plan is not closed"):
            journal.reopen_plan(first, lease)
        journal.close_plan(later.digest, (applied_of(first),), moment(8), lease)
        line = "reopen_plan() must open a plan whose later plans were taken back"
        with MustPass(line):
            journal.reopen_plan(first, lease)
        assert [opened.plan.digest for opened in self.again(journal).unfinished()] == [first], line

    def test_what_was_applied_before(self, journal: Journal) -> None:
        """A plan is preceded by the last record before its own first one, order by order; the first by none."""
        first, lease = open_one(journal)
        later = plan_of(goal("1", 2)).digest
        journal.open_plan(opened_of(plan_of(goal("1", 2))), lease)
        told = (applied_of(first, seconds=4), applied_of(first, seconds=5))
        for one in told:
            journal.close_plan(first, (one,), moment(5), lease, finished=False)
        orders = (order_key(), order_key("2"))
        line = "applied_before() must give the last record before the plan's first one"
        for seconds in (6, 7):
            assert journal.applied_before(later, orders) == {order_key(): told[-1]}, line
            own = applied_of(later, seconds=seconds)
            journal.close_plan(later, (own,), moment(seconds), lease, finished=False)
        assert self.again(journal).applied_before(later, orders) == {order_key(): told[-1]}, line
        assert journal.applied_before(first, orders) == {}, "nothing was applied before the first plan"

    def test_unopened_plan_takes_nothing(self, journal: Journal) -> None:
        """Entries of a plan that was never opened are misuse, closing it too."""
        lease = journal.take(("order 1",), FAR, START, 60.0)
        with MustRaise(Misuse, "append() must raise Misuse for a plan that was never opened"):
            journal.append("0" * 64, (entry("s", Mark.INTENDED),), lease)
        with MustRaise(Misuse, "close_plan() must raise Misuse for a plan that was never opened"):
            journal.close_plan("0" * 64, (), START, lease)
