"""Everything the journal in memory holds, beside the leases."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from attrs import define, field

from ..models.keys import OrderKey
from ..planning.book import Applied, Decision, Link, Opened
from ..planning.history import History
from ..planning.sighting import Sighting
from .memory_ties import Ties
from .record import Folded
from .rules import rounds_of, standing


@define
class Shelf:
    """A plan with its entries."""

    opened: Opened
    """The plan."""
    history: History = field(factory=History)
    """Its entries; of a compacted plan the ids of what it made."""
    folded: Folded | None = None
    """What is left of its entries, None where they are all there."""


@define
class Shelves:
    """Plans, what was applied, ties, and what looks found."""

    plans: dict[str, Shelf] = field(factory=dict)
    """By digest, oldest first."""
    rounds: dict[OrderKey, list[str]] = field(factory=dict)
    """Digests of the plans opened for an order, by round."""
    record: list[Applied] = field(factory=list)
    """Everything that was ever applied, oldest first."""
    applied: dict[OrderKey, Applied] = field(factory=dict)
    """The last of each order, oldest first."""
    links: Ties[Link] = field(factory=Ties[Link])
    """Links by line."""
    decisions: Ties[Decision] = field(factory=Ties[Decision])
    """Decisions by key."""
    sightings: dict[OrderKey, Sighting] = field(factory=dict)
    """The last sighting of each order."""

    def put_plan(self, opened: Opened) -> None:
        """Keep a plan as the next round of its orders."""
        self.plans[opened.plan.digest] = Shelf(opened)
        for order in rounds_of(opened.plan):
            self.rounds.setdefault(order, []).append(opened.plan.digest)

    def put_applied(self, applied: Applied) -> None:
        """Keep what was applied to an order as its last."""
        self.record.append(applied)
        self.applied.pop(applied.order, None)
        self.applied[applied.order] = applied

    def applied_before(self, digest: str, orders: Iterable[OrderKey]) -> Mapping[OrderKey, Applied]:
        """Give what was applied to each of the orders before a plan was."""
        found: dict[OrderKey, Applied] = {}
        for order in orders:
            own = (one for one in self.record if one.order == order)
            earlier = tuple(takewhile(lambda one: one.plan != digest, own))
            if earlier:
                found[order] = earlier[-1]
        return found

    def standing_rounds(self) -> Mapping[OrderKey, Sequence[str]]:
        """Give the rounds of each order up to its plan in force."""
        unfinished = {digest for digest, shelf in self.plans.items() if shelf.opened.closed_at is None}
        return standing(self.rounds, self.applied, unfinished)

    @property
    def empty(self) -> bool:
        """Whether nothing was ever kept."""
        ties = self.links.keys or self.decisions.keys
        return not (self.plans or self.record or ties or self.sightings)
