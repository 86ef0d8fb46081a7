"""Everything the journal in memory holds, beside the leases."""

from __future__ import annotations

from attrs import define, field

from ..models.keys import OrderKey
from ..planning.book import Applied, Decision, Link, Opened
from ..planning.history import History
from .memory_ties import Ties
from .record import Folded
from .rules import rounds_of


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
    """Plans, what was applied, and ties."""

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

    @property
    def empty(self) -> bool:
        """Whether nothing was ever kept."""
        return not (self.plans or self.record or self.links.keys or self.decisions.keys)
