"""The journal's contract about what looks at orders found: kept by order, the later look in the earlier one's place."""

from __future__ import annotations

from decimal import Decimal
from threading import Thread

from attrs import evolve

from ..models.milestone import Milestone, Reached
from ..models.wholesale_order import WholesaleStatus
from ..planning.sighting import LineSeen, Sighting, Stood
from ..ports.journal import Journal
from .journal_case import MADE, moment, order_key
from .journal_plans import JournalBase

_WORKERS = 8


def sighting_of(order: str = "1", revision: int = 1, seconds: float = 0.0) -> Sighting:
    """Make what a look found: an order that was shipped and went back."""
    return Sighting(
        order=order_key(order),
        revision=revision,
        at=moment(seconds),
        furthest=Stood(status=WholesaleStatus.SHIPPED, at=moment(-60)),
        changes=("went back from shipped to approved; ask the brand",),
        milestones=(
            Milestone(reached=Reached.APPROVED, source="sample", seen_at=moment(-90)),
            Milestone(
                reached=Reached.SHIPPED, source="sample", seen_at=moment(-60), taken_back_at=moment(seconds)
            ),
        ),
        lines=(LineSeen(key=MADE, shipped=Decimal("2.0")),),
    )


class SightingContract(JournalBase):
    """Sightings."""

    def test_sighting_is_kept(self, journal: Journal) -> None:
        """What a look found is read back whole by another worker, also of an order that was never applied."""
        assert journal.sightings() == {}, "sightings() of an empty journal must be empty"
        first, other = sighting_of("1"), sighting_of("2", seconds=1)
        assert journal.see((first, other)) == (), "see() must keep the first sighting of an order"
        worker = self.again(journal)
        assert worker.sightings() == {first.order: first, other.order: other}, (
            "sightings() must give what was kept of every order, whole"
        )
        some = worker.sightings((other.order, order_key("3")))
        assert some == {other.order: other}, "sightings() must give the orders asked for, and no others"
        assert worker.sightings(()) == {}, "sightings() of no orders must be empty"
        assert worker.applied() == (), "see() must not make an order an applied one"

    def test_next_sighting_replaces(self, journal: Journal) -> None:
        """A sighting takes the place of the one before it, also within one call."""
        journal.see((sighting_of(), sighting_of(revision=2, seconds=1)))
        last = evolve(sighting_of(revision=3, seconds=2), changes=())
        assert self.again(journal).see((last,)) == (), "see() must keep the sighting of the next revision"
        assert journal.sightings() == {last.order: last}, (
            "see() must put a sighting in the earlier one's place"
        )

    def test_late_sighting_is_left_out(self, journal: Journal) -> None:
        """A look that did not know the last sighting is told so, and nothing but its own part is left out."""
        first, later = sighting_of(), sighting_of(revision=2, seconds=1)
        journal.see((first, later))
        other = sighting_of("2")
        late = self.again(journal).see((sighting_of(seconds=2), sighting_of(revision=4), other))
        assert late == (first.order, first.order), "see() must give the orders of sightings that it left out"
        wanted = {first.order: later, other.order: other}
        assert journal.sightings() == wanted, "see() must keep no sighting but the next one of an order"

    def test_one_of_many_looks_is_kept(self, journal: Journal) -> None:
        """Of looks by several workers at once, all beside the same earlier one, exactly one is kept."""
        late: list[int] = []
        workers = [self.again(journal) for _ in range(_WORKERS)]

        def look(worker: Journal, number: int) -> None:
            late.append(len(worker.see((sighting_of(seconds=number),))))

        threads = [Thread(target=look, args=(worker, number)) for number, worker in enumerate(workers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(late) == [0] + [1] * (_WORKERS - 1), "see() must keep one of many looks at once"
