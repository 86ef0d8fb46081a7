"""The face, without blocking the event loop: one line a method."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ..mapping.business import DEFAULT_TABLES, BusinessTables
from ..models.availability import Availability
from ..models.keys import LineKey, OrderKey
from ..models.setup import Setup
from ..planning.book import Decision, Link
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..planning.review import Review
from ..planning.ruling import Ruling
from ..planning.subject import Subject
from ..planning.timeline import Timeline
from ..ports.cache import Cache
from ..ports.clock import Clock
from ..ports.journal import Journal
from ..ports.source import OrderFilter, Source
from ..ports.target import Target
from .clock import SystemClock
from .deciding import S
from .drive import AsyncWorld, adrive
from .estimating import MirrorEstimate
from .event import MirrorRead, OnEvent, ignore
from .flows import Flows, OrderRow
from .memory_cache import MemoryCache
from .pacing import Pacing
from .status import OrderStatus

if TYPE_CHECKING:
    import httpx


class AsyncBridge:
    """Takes wholesale orders into a POS without blocking the event loop.

    The same calls as ``Bridge``; journal and cache work runs on one dedicated thread each.
    """

    def __init__(
        self,
        *,
        source: Source,
        target: Target,
        journal: Journal,
        cache: Cache | None = None,
        setup: Setup | None = None,
        tables: BusinessTables = DEFAULT_TABLES,
        http: httpx.AsyncClient | None = None,
        clock: Clock | None = None,
        on_event: OnEvent = ignore,
    ) -> None:
        from .http import AsyncHttpSender  # noqa: PLC0415  # httpx alone takes 149 ms to import

        clock = clock or SystemClock()
        self._sender = AsyncHttpSender(clock, http)
        cache = cache or MemoryCache()
        pacing = Pacing(budget=cache.budget, clock=clock, on_event=on_event)
        self._world = AsyncWorld(self._sender.send, clock, pacing=pacing)
        self._flows = Flows(
            source=source,
            target=target,
            journal=journal,
            cache=cache,
            setup=setup or Setup(),
            tables=tables,
            holder=journal.worker(),
            on_event=on_event,
            clock=clock,
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close what the Bridge opened; journal, cache and a passed client stay open."""
        self._world.close()
        await self._sender.close()

    async def orders(self, wanted: OrderFilter | None = None) -> tuple[OrderRow, ...]:
        """Orders of the source with their state here."""
        return await adrive(self._flows.orders(wanted or OrderFilter()), self._world)

    async def review(self, *numbers: str, any_status: bool = False) -> Review:
        """Match the lines of orders, by number or key; writes nothing."""
        return await adrive(self._flows.review(numbers, any_status=any_status), self._world)

    async def decide(self, review: Review, rulings: Mapping[S, Ruling], *, by: str = "") -> Review:
        """Store decisions about lines, styles, rules and questions, and review again; they hold for later orders.

        Raises ``Misuse`` naming every ruling that fits no line, style, portal, question or product.
        """
        return await adrive(self._flows.decide(review, rulings, by=by), self._world)

    async def decisions(self) -> tuple[Decision, ...]:
        """Every decision in force, with who, when and why, by key; answers to questions among them."""
        return await adrive(self._flows.decisions(), self._world)

    async def links(self) -> tuple[Link, ...]:
        """Every confirmed pair in force, with who and when, by line."""
        return await adrive(self._flows.links(), self._world)

    async def revoke(self, subject: Subject, *, by: str = "", why: str = "") -> bool:
        """Take back a decision, and for a line its link; False where there is none in force.

        What was untied is not tied again by any sign: the line is asked about until a person decides.
        """
        return await adrive(self._flows.revoke(subject, by=by, why=why), self._world)

    def explain(self, review: Review, key: LineKey) -> str:
        """Why a line was matched, sent to review, called new or skipped, and what would change it."""
        return review.explain(key)

    def plan(self, review: Review) -> Plan:
        """Every change before anything is written; pure, so it needs no awaiting."""
        return self._flows.plan(review)

    async def apply(self, plan: Plan) -> Outcome:
        """Write a plan: journalled, resumable, each step once."""
        return await adrive(self._flows.apply(plan), self._world)

    async def resume(self, digest: str) -> Outcome:
        """Go on with an unfinished plan, named by its digest or the beginning of it."""
        return await adrive(self._flows.resume(digest), self._world)

    async def publish(self, order: str | OrderKey) -> Outcome:
        """Activate the drafts that an order's plans made, one call a product; by number or key.

        Journalled and resumable as ``apply``, taken back with ``undo``; products the merchant had stay as they are.
        Raises ``Misuse`` for an order never applied or whose plan is unfinished, ``UnknownOrder``, ``LeaseHeld``.
        """
        return await adrive(self._flows.publish(order), self._world)

    async def undo(self, digest: str, *, delete_products: bool = False, cancel: bool = False) -> Outcome:
        """Take back what a plan did, the last step first; raises ``Misuse``, ``UsedPlan``, ``LeaseHeld``.

        Drafts stay unless *delete_products*; an order that was sent or changed is cancelled only with *cancel*.
        """
        flow = self._flows.undo(digest, delete_products=delete_products, cancel=cancel)
        return await adrive(flow, self._world)

    async def mirror_estimate(self, *, products: int | None = None) -> MirrorEstimate:
        """Calls and time that reading the store takes; with *products*, as many as the merchant knows of."""
        return await adrive(self._flows.mirror_estimate(products), self._world)

    async def refresh(self) -> tuple[MirrorRead, ...]:
        """Read the store's lists to their ends, each page kept; goes on where it was interrupted.

        A review reads what it needs by itself; this is for the first time in a store with many products.
        """
        return await adrive(self._flows.refresh(), self._world)

    async def changed(self) -> tuple[OrderStatus, ...]:
        """Applied orders that moved on with the brand since: edited, cancelled, gone back; one call each.

        The sign is the content and the status; orders that are over in the POS are left alone.
        ``status`` shows them as *changed* from then on, in any process.
        """
        return await adrive(self._flows.changed(), self._world)

    async def watch(self, order: str | OrderKey) -> Timeline:
        """One order from its creation to its receiving: milestones, parcels, units by line.

        What is new is kept in the journal, so that a step back is told whoever looks next, and once.

        By number or key. Raises ``UnknownOrder``, ``AmbiguousNumber``, ``BadDocument`` and what the remotes raise.
        """
        return await adrive(self._flows.watch(order), self._world)

    async def availability(
        self, wanted: str | OrderKey | Iterable[LineKey]
    ) -> Mapping[LineKey, tuple[Availability, ...]]:
        """What suppliers have of an order's lines, or of some lines; each has a promise, which may be unknown."""
        return await adrive(self._flows.availability(wanted), self._world)

    async def status(self) -> tuple[OrderStatus, ...]:
        """Every order the journal knows."""
        return await adrive(self._flows.status(), self._world)
