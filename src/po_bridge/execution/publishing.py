"""Activates the drafts of an order, through the same journal as every other write."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from attrs import define, evolve

from ..errors import Misuse
from ..models.keys import OrderKey
from ..models.pos_product import PosProduct
from ..planning.book import Applied, Book
from ..planning.outcome import Outcome, Summary, Synced
from ..planning.plan import Plan
from ..planning.publishing import Publishable, publishing
from ..planning.refs import Kind
from ..planning.snapshot import Collection, Positions
from ..ports.cache import Cache
from ..ports.exchange import Exchange, Lane, run
from ..ports.journal import Journal
from ..ports.source import Source
from ..ports.target import Target
from .applying import Applying
from .reading import key_of
from .refresh import drain

_DONE = frozenset({"synced", "differs"})
_BY_PLAN = "plan "
"""How a link begins that a plan made, before the plan's digest."""


@define(kw_only=True)
class Publishing:
    """Publishes orders."""

    source: Source
    """The wholesale platform."""
    target: Target
    """The POS."""
    journal: Journal
    """What survives a crash."""
    cache: Cache
    """What may be forgotten."""
    applying: Applying
    """Writes the plan."""

    def publish(self, order: str | OrderKey) -> Exchange[Outcome]:
        """Activate what this order's plans made and nobody activated or deleted since, one call a product.

        Products that the merchant had before stay as they are, inactive ones too.
        """
        key = order if isinstance(order, OrderKey) else (yield from key_of(self.source, self.journal, order))
        applied, book = yield from self._applied(key)
        plan = yield from self._plan(applied, book)
        if plan.empty:
            return _nothing(plan, applied)
        outcome = yield from self.applying.write(plan, self._positions)
        return evolve(outcome, summary=evolve(outcome.summary, items=Decimal(0), lines=0))

    def _applied(self, key: OrderKey) -> Exchange[tuple[Applied, Book]]:
        unfinished = yield from run(self.journal.unfinished, Lane.JOURNAL)
        for opened in unfinished:
            if key in opened.plan.orders:
                raise Misuse(
                    f"plan {opened.plan.digest[:12]} of order {key} is unfinished; resume or undo it first"
                )
        book = yield from run(partial(self.journal.book, [key], ()), Lane.JOURNAL)
        applied = book.applied.get(key)
        if applied is None or applied.status not in _DONE:
            stands = applied.status if applied else "not synced"
            raise Misuse(f"order {key} is {stands}; only an order that was applied has drafts to publish")
        lines = tuple(dict.fromkeys(line.line for line in applied.lines))
        return applied, (yield from run(partial(self.journal.book, [key], lines), Lane.JOURNAL))

    def _plan(self, applied: Applied, book: Book) -> Exchange[Plan]:
        yield from drain(self.target, self.cache.mirror, Collection.PRODUCTS)
        last = yield from run(partial(self.journal.opened, applied.plan), Lane.JOURNAL)
        what = Publishable(
            store=self.target.store,
            applied=applied,
            basis=last.plan.basis if last else (),
            round=book.rounds.get(applied.order, 0) + 1,
            drafts=(yield from self._made(applied, book)),
            capabilities=self.target.capabilities,
        )
        return publishing(what)

    def _made(self, applied: Applied, book: Book) -> Exchange[tuple[PosProduct, ...]]:
        """The order's products that some plan made: links tell which plan ordered a product first."""
        ordered = {line.product_id for line in applied.lines}
        linked = {link.by for link in book.links.values() if link.by.startswith(_BY_PLAN)}
        digests = {applied.plan, *(by.removeprefix(_BY_PLAN) for by in linked)}
        made: set[str] = set()
        for digest in sorted(digests):
            history = yield from run(partial(self.journal.read, digest), Lane.JOURNAL)
            made |= {remote for slot, remote in history.ids.items() if slot.kind is Kind.PRODUCT}
        wanted = tuple(sorted(ordered & made))
        found = yield from run(partial(self.cache.mirror.products, wanted), Lane.CACHE)
        return tuple(found.values())

    def _positions(self, plan: Plan) -> Exchange[Positions]:  # noqa: ARG002  # what decided was read a moment ago
        return (yield from run(self.cache.mirror.positions, Lane.CACHE))


def _nothing(plan: Plan, applied: Applied) -> Outcome:
    outcome = Synced(purchase_orders=applied.purchase_orders, notes=("no draft is left to publish",))
    summary = Summary(
        items=Decimal(0),
        lines=0,
        products_updated=0,
        drafts_created=0,
        purchase_orders=(),
        wholesale_orders=(),
    )
    return Outcome(plan=plan.digest, orders={applied.order: outcome}, summary=summary)
