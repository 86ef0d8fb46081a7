"""Every call of the face as an exchange, for both drivers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from attrs import evolve, field, frozen

from ..mapping.business import BusinessTables
from ..models.availability import Availability
from ..models.keys import LineKey, OrderKey
from ..models.setup import Setup
from ..models.wholesale_order import WholesaleOrder
from ..planning.book import Decision, Link
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.planner import plan as make_plan
from ..planning.review import Review
from ..planning.ruling import Ruling
from ..planning.siblings import siblings_in
from ..planning.sighting import Sighting, changes_since
from ..planning.snapshot import Collection
from ..planning.subject import Subject
from ..planning.timeline import Timeline
from ..ports.cache import Cache
from ..ports.clock import Clock
from ..ports.exchange import Exchange, Lane, run
from ..ports.journal import Journal
from ..ports.leases import Holder
from ..ports.source import OrderFilter, Source
from ..ports.target import Target
from .applying import Applying
from .deciding import Deciding, S
from .estimating import Estimating, MirrorEstimate
from .event import MirrorRead, OnEvent
from .healing import sound
from .publishing import Publishing
from .refresh import drain
from .reviewing import Reviewing
from .status import OrderState, OrderStatus, status_of
from .taking_back import TakingBack
from .watching import Watching


@frozen(kw_only=True)
class OrderRow:
    """One order of the source with what became of it here."""

    order: WholesaleOrder
    """The order."""
    state: OrderState
    """Where it stands here."""
    offered: bool
    """Whether it is taken over by default; else its status is the reason why not."""
    siblings: tuple[OrderKey, ...] = ()
    """Listed orders that were split from the same one; each has a life of its own."""


@frozen(kw_only=True)
class Flows:
    """Every call of the face."""

    source: Source
    """The wholesale platform."""
    target: Target
    """The POS."""
    journal: Journal
    """What survives a crash."""
    cache: Cache
    """What may be forgotten."""
    setup: Setup
    """The merchant's choices."""
    tables: BusinessTables
    """What syncs."""
    holder: Holder
    """Who we are, for leases."""
    on_event: OnEvent = field(repr=False)
    """Takes events."""
    clock: Clock = field(repr=False)
    """Tells where in its window the rate budget stands."""

    def __attrs_post_init__(self) -> None:
        self.cache.bind(self.target.store, self.target.capabilities.generation)

    @property
    def _reviewing(self) -> Reviewing:
        return Reviewing(
            source=self.source,
            target=self.target,
            journal=self.journal,
            cache=self.cache,
            setup=self.setup,
            tables=self.tables,
            on_event=self.on_event,
        )

    @property
    def _estimating(self) -> Estimating:
        return Estimating(target=self.target, cache=self.cache, clock=self.clock)

    @property
    def _deciding(self) -> Deciding:
        return Deciding(journal=self.journal, mirror=self.cache.mirror, setup=self.setup)

    @property
    def _applying(self) -> Applying:
        return Applying(
            source=self.source,
            target=self.target,
            journal=self.journal,
            reviewing=self._reviewing,
            setup=self.setup,
            holder=self.holder,
            on_event=self.on_event,
        )

    @property
    def _watching(self) -> Watching:
        return Watching(
            source=self.source,
            target=self.target,
            target_label=self.target.label,
            journal=self.journal,
            cache=self.cache,
            setup=self.setup,
        )

    def orders(self, wanted: OrderFilter) -> Exchange[tuple[OrderRow, ...]]:
        """Orders of the source with their state here."""
        found = yield from self.source.orders(wanted)
        # a source may list more days or statuses than were asked for
        kept = [order for order in found if wanted.takes(order)]
        states = yield from self.status()
        by_order: Mapping[OrderKey, OrderStatus] = {row.order: row for row in states}
        siblings = siblings_in(kept)
        return tuple(self._row(order, by_order.get(order.key), siblings.get(order.key, ())) for order in kept)

    @staticmethod
    def _row(order: WholesaleOrder, status: OrderStatus | None, siblings: tuple[OrderKey, ...]) -> OrderRow:
        state = status.state if status else OrderState.NOT_SYNCED
        if status and state is OrderState.SYNCED and changes_since(status.content, "", order):
            state = OrderState.CHANGED
        return OrderRow(order=order, state=state, offered=order.status.offered, siblings=siblings)

    @sound
    def changed(self) -> Exchange[tuple[OrderStatus, ...]]:
        """Applied orders that moved on with the brand since."""
        found = yield from self._watching.changed()
        rows = yield from self._status(found.values())
        return tuple(row for row in rows if row.order in found)

    @sound
    def watch(self, order: str | OrderKey) -> Exchange[Timeline]:
        """One order's timeline."""
        return (yield from self._watching.watch(order))

    def availability(
        self, wanted: str | OrderKey | Iterable[LineKey]
    ) -> Exchange[Mapping[LineKey, tuple[Availability, ...]]]:
        """What suppliers have."""
        return (yield from self._watching.availability(wanted))

    @sound
    def review(self, numbers: tuple[str, ...], *, any_status: bool) -> Exchange[Review]:
        """Review orders by number or key."""
        return (yield from self._reviewing.review(numbers, any_status=any_status))

    @sound
    def decide(self, review: Review, rulings: Mapping[S, Ruling], *, by: str) -> Exchange[Review]:
        """Store decisions and review again."""
        yield from self._deciding.store(review, rulings, by=by)
        return (yield from self._reviewing.of(review.orders))

    def decisions(self) -> Exchange[tuple[Decision, ...]]:
        """Every decision in force."""
        return (yield from self._deciding.decisions())

    def links(self) -> Exchange[tuple[Link, ...]]:
        """Every link in force."""
        return (yield from self._deciding.links())

    def plan(self, review: Review) -> Plan:
        """Plan a review; calls and seconds stand beside the plan."""
        made = make_plan(review, self.setup)
        return evolve(made, estimate=self._estimating.of_plan(made))

    @sound
    def mirror_estimate(self, products: int | None) -> Exchange[MirrorEstimate]:
        """Calls and time of reading the store."""
        return (yield from run(partial(self._estimating.of_mirror, products), Lane.CACHE))

    @sound
    def refresh(self) -> Exchange[tuple[MirrorRead, ...]]:
        """Bring every list of the mirror up to date."""
        read: list[MirrorRead] = []
        for collection in Collection:
            read.append((yield from drain(self.target, self.cache.mirror, collection, self.on_event)))  # noqa: PERF401  # a generator cannot be asked inside
        return tuple(read)

    @sound
    def apply(self, plan: Plan) -> Exchange[Outcome]:
        """Apply a plan."""
        return (yield from self._applying.apply(plan))

    @sound
    def resume(self, digest: str) -> Exchange[Outcome]:
        """Go on with an unfinished plan."""
        return (yield from self._applying.resume(digest))

    @sound
    def publish(self, order: str | OrderKey) -> Exchange[Outcome]:
        """Activate an order's drafts."""
        publishing = Publishing(
            source=self.source,
            target=self.target,
            journal=self.journal,
            cache=self.cache,
            applying=self._applying,
        )
        return (yield from publishing.publish(order))

    @sound
    def undo(self, digest: str, *, delete_products: bool, cancel: bool) -> Exchange[Outcome]:
        """Take back what a plan did."""
        taking = TakingBack(
            target=self.target,
            journal=self.journal,
            mirror=self.cache.mirror,
            setup=self.setup,
            holder=self.holder,
            on_event=self.on_event,
        )
        return (yield from taking.undo(digest, delete_products=delete_products, cancel=cancel))

    def status(self) -> Exchange[tuple[OrderStatus, ...]]:
        """Every order the journal knows."""
        sightings = yield from run(self.journal.sightings, Lane.JOURNAL)
        return (yield from self._status(sightings.values()))

    def _status(self, sightings: Iterable[Sighting]) -> Exchange[tuple[OrderStatus, ...]]:
        applied = yield from run(self.journal.applied, Lane.JOURNAL)
        unfinished = yield from run(self.journal.unfinished, Lane.JOURNAL)
        return status_of(applied, unfinished, sightings)

    def revoke(self, subject: Subject, *, by: str, why: str) -> Exchange[bool]:
        """Take a decision or a link back; False where there is none in force."""
        return (yield from self._deciding.revoke(subject, by=by, why=why))
