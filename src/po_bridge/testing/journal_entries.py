"""The journal's contract about entries: all of a batch or nothing, in order, by the table of marks."""

from __future__ import annotations

from decimal import Decimal
from threading import Thread

import pytest

from ..errors import LeaseLost, Misuse
from ..planning.history import Entry, History
from ..planning.mark import Mark
from ..planning.question import Question, Stops
from ..planning.receipt import Doubt, Receipt, Refusal, Rest
from ..planning.refs import Kind, Known, Slot
from ..planning.write import AddLines, LineAdd
from ..ports.journal import Journal
from .journal_case import (
    FAR,
    MADE,
    OTHER,
    applied_of,
    done_and_next,
    entry,
    goal,
    moment,
    open_one,
    opened_of,
    order_key,
    plan_of,
)
from .journal_plans import JournalBase
from .must_raise import MustRaise

_COAT = Slot(kind=Kind.PRODUCT, name="coat: S/Red")
_LINE = LineAdd(product=_COAT, before=Decimal(0), count=Decimal("1.50"), cost=None)


def _every_detail() -> tuple[Entry, ...]:
    rest = Rest(
        writes=(AddLines(order=Known(id="order-1"), lines=(_LINE,)),),
        receipt=Receipt(made={_COAT: "id-1"}, notes=("a note",)),
    )
    question = Question(
        key="whose",
        text="Whose?",
        stops=Stops.ORDER,
        order=order_key(),
        line=MADE,
        answers=("ours", "theirs"),
    )
    refusal = Refusal(status=429, words="später", mend="wait", again=True, retry_at=moment(7.000001))
    return (
        entry("a", Mark.INTENDED),
        entry("a", Mark.REFUSED, 1, refusal),
        entry("a", Mark.INTENDED, 8),
        entry("a", Mark.UNKNOWN, 9, Doubt(why="no answer")),
        Entry(
            step="a", mark=Mark.UNKNOWN, at=moment(9.5), attempt=2, sent_at=moment(8), not_before=moment(68)
        ),
        entry("a", Mark.PARTLY, 70, rest),
        entry("a/0", Mark.INTENDED, 71),
        entry("a/0", Mark.DONE, 72, Receipt(found=True)),
        entry("b", Mark.INTENDED, 73),
        entry("b", Mark.UNKNOWN, 74),
        entry("b", Mark.ASKED, 75, question),
    )


class EntryContract(JournalBase):
    """Entries."""

    def test_entries_are_read_back(self, journal: Journal) -> None:
        """Entries with every kind of detail are read back equal, in order, whatever the batches were."""
        digest, lease = open_one(journal)
        wanted = _every_detail()
        journal.append(digest, wanted[:4], lease)
        journal.append(digest, (), lease)
        journal.append(digest, wanted[4:], lease)
        for worker in (journal, self.again(journal)):
            history = worker.read(digest)
            assert history.entries == wanted, (
                "read() must give every entry equal to what was appended, in order"
            )
            assert history.ids == {_COAT: "id-1"}, "read() must give a history with the ids of what was made"

    def test_plans_are_kept_apart(self, journal: Journal) -> None:
        """Entries of one plan do not show in another, even for steps of the same key."""
        first, lease = open_one(journal)
        second = plan_of(goal("2"))
        journal.open_plan(opened_of(second), lease)
        journal.append(first, (entry("s", Mark.INTENDED), entry("s", Mark.DONE)), lease)
        journal.append(second.digest, (entry("s", Mark.INTENDED),), lease)
        assert journal.read(first).mark("s") is Mark.DONE, "a plan must have its own entries"
        assert journal.read(second.digest).mark("s") is Mark.INTENDED, "a plan must have its own entries"

    @pytest.mark.parametrize(
        "mark", [Mark.DONE, Mark.UNKNOWN, Mark.REFUSED, Mark.HELD], ids=lambda m: m.value
    )
    def test_first_mark_is_an_intent(self, journal: Journal, mark: Mark) -> None:
        """A step begins with an intent: the journal comes before the call."""
        digest, lease = open_one(journal)
        with MustRaise(Misuse, "append() must raise Misuse for a step that does not begin with an intent"):
            journal.append(digest, (entry("s", mark),), lease)
        assert journal.read(digest).entries == (), (
            "a mark outside the table of successions must not be written"
        )

    def test_batch_is_all_or_nothing(self, journal: Journal) -> None:
        """One entry that may not follow refuses its whole batch, good entries before it included."""
        digest, lease = open_one(journal)
        journal.append(digest, (entry("a", Mark.INTENDED),), lease)
        batch = (entry("a", Mark.DONE), entry("b", Mark.INTENDED), entry("a", Mark.REFUSED))
        with MustRaise(Misuse, "append() must raise Misuse for a mark that may not follow the last one"):
            journal.append(digest, batch, lease)
        assert journal.read(digest).entries == (entry("a", Mark.INTENDED),), (
            "a batch is written whole or not at all"
        )

    def test_done_rides_with_next_intent(self, journal: Journal) -> None:
        """A batch ends one step and begins the next."""
        digest, lease = open_one(journal)
        steps = [f"step {number}" for number in range(20)]
        batches = [done_and_next(steps, number) for number in range(21)]
        for batch in batches:
            journal.append(digest, batch, lease)
        wanted = History.of(one for batch in batches for one in batch)
        assert self.again(journal).read(digest) == wanted, "batches must be kept in the order of appending"

    @pytest.mark.parametrize("how", ["released", "taken over"])
    def test_lost_lease_writes_nothing(self, journal: Journal, how: str) -> None:
        """A worker without its lease writes no plan, no entry and no end."""
        digest, lease = open_one(journal)
        journal.append(digest, (entry("s", Mark.INTENDED),), lease)
        if how == "released":
            journal.release(lease)
        else:
            self.again(journal).take(lease.keys, OTHER, lease.until, 60.0)
        other = plan_of(goal("2"))
        with MustRaise(LeaseLost, "open_plan() must raise LeaseLost under a lease that was lost"):
            journal.open_plan(opened_of(other), lease)
        with MustRaise(LeaseLost, "reopen_plan() must raise LeaseLost under a lease that was lost"):
            journal.reopen_plan(digest, lease)
        with MustRaise(LeaseLost, "append() must raise LeaseLost under a lease that was lost"):
            journal.append(digest, (entry("s", Mark.DONE),), lease)
        with MustRaise(LeaseLost, "close_plan() must raise LeaseLost under a lease that was lost"):
            journal.close_plan(digest, (applied_of(digest),), moment(5), lease)
        assert journal.opened(other.digest) is None, "open_plan() must check the fence before it writes"
        assert journal.read(digest).mark("s") is Mark.INTENDED, (
            "append() must check the fence before it writes"
        )
        assert journal.applied() == (), "close_plan() must check the fence before it writes"
        assert len(journal.unfinished()) == 1, "close_plan() must check the fence before it writes"

    def test_part_of_a_lease_is_none(self, journal: Journal) -> None:
        """A lease of which one key was taken over is lost whole."""
        lease = journal.take(("a", "b"), FAR, moment(), 60.0)
        digest = plan_of().digest
        journal.open_plan(opened_of(plan_of()), lease)
        self.again(journal).take(("b",), OTHER, moment(60), 60.0)
        with MustRaise(
            LeaseLost, "append() must raise LeaseLost where another worker took one key of the lease"
        ) as caught:
            journal.append(digest, (entry("s", Mark.INTENDED),), lease)
        assert caught.value.key == "b", "LeaseLost must name the key that was lost"

    def test_workers_side_by_side(self, journal: Journal) -> None:
        """Two workers with leases of their own write at the same time and lose nothing."""
        steps = [f"step {number}" for number in range(25)]
        digests = {name: open_one(journal, goal(name), key=name) for name in ("1", "2")}

        def work(name: str) -> None:
            digest, lease = digests[name]
            worker = self.again(journal)
            for number in range(len(steps) + 1):
                worker.append(digest, done_and_next(steps, number), lease)

        threads = [Thread(target=work, args=(name,)) for name in digests]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for digest, _lease in digests.values():
            assert len(journal.read(digest).entries) == 2 * len(steps), (
                "no entry of either worker may be lost"
            )
