"""From order numbers to a review."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from attrs import define, evolve

from ..errors import Misuse
from ..mapping.business import BusinessTables
from ..matching.result import Choice
from ..models.keys import LineKey
from ..models.setup import Setup
from ..models.wholesale_order import WholesaleOrder
from ..planning.book import Book
from ..planning.foresight import foreseen
from ..planning.in_force import InForce, in_force
from ..planning.lookups import Lookups
from ..planning.planner import lookups
from ..planning.review import Review
from ..planning.siblings import base_number
from ..planning.snapshot import Collection
from ..planning.split_since import split_from
from ..ports.cache import Cache
from ..ports.exchange import Exchange, Lane, run
from ..ports.journal import Journal
from ..ports.source import Source
from ..ports.target import Target
from .event import OnEvent, ignore
from .gathering import Gathering
from .matching import Matching, lines_of
from .reading import key_asked_for, read_order, read_styles
from .refresh import facts_of


@define(kw_only=True)
class Reviewing:
    """Makes reviews."""

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
    """The business tables."""
    on_event: OnEvent = ignore
    """Takes events."""

    def review(self, numbers: Sequence[str], *, any_status: bool = False) -> Exchange[Review]:
        """Read orders by number or key and match their lines; writes nothing anywhere."""
        if not numbers:
            raise Misuse("name at least one order")
        orders: list[WholesaleOrder] = []
        for number in dict.fromkeys(numbers):
            key = yield from key_asked_for(self.source, self.journal, number)
            orders.append((yield from read_order(self.source, key, any_status=any_status)))
        return (yield from self.of(tuple(orders)))

    def of(self, orders: tuple[WholesaleOrder, ...]) -> Exchange[Review]:
        """Match orders that were read already."""
        lines = lines_of(orders)
        order_keys = [order.key for order in orders]
        book = yield from run(partial(self.journal.book, order_keys, tuple(lines)), Lane.JOURNAL)
        facts = yield from facts_of(self.target, self.cache.mirror)
        gathering = Gathering(target=self.target, mirror=self.cache.mirror, tell=self.on_event)
        yield from gathering.drain(Collection.PRODUCTS)
        said = in_force(lines, book)
        settled = yield from self._settled(lines, book, said, gathering)
        open_lines = [key for key in lines if key not in settled]
        if open_lines:
            yield from gathering.drain(Collection.SUPPLIERS, Collection.BRANDS)
        if any(key not in book.applied for key in order_keys):
            yield from gathering.drain(Collection.ORDERS)
        styles = yield from read_styles(
            self.source, self.cache.styles, ((key.portal, key.style_id) for key in open_lines)
        )
        matching = Matching(cache=self.cache, setup=self.setup, book=book, in_force=said)
        found = yield from run(partial(matching.match, lines, styles), Lane.CACHE)
        review = Review(
            source=self.source.label,
            orders=orders,
            styles=styles,
            demands=found.demands,
            matches=found.matches,
            snapshot=(yield from gathering.snapshot(orders, book, found.products)),
            book=(yield from self._with_wholes(orders, book)),
            facts=facts,
            capabilities=self.target.capabilities,
            tables=self.tables,
        )
        return (yield from self._complete(review, gathering))

    def _with_wholes(self, orders: Iterable[WholesaleOrder], book: Book) -> Exchange[Book]:
        """The book with the applied orders that new ones were split from since."""
        new = [one for one in orders if one.key not in book.applied and base_number(one.number) != one.number]
        if not new:
            return book
        every = yield from run(self.journal.applied, Lane.JOURNAL)
        wholes = {whole.order: whole for one in new for whole in split_from(one, every)}
        return evolve(book, applied={**wholes, **book.applied})

    def _settled(
        self, lines: Iterable[LineKey], book: Book, said: InForce, gathering: Gathering
    ) -> Exchange[frozenset[LineKey]]:
        """Lines that need neither supplier nor style document: left out, or tied to a product that is there.

        A merchant who takes over fields of matched products needs the style documents of all of them.
        """
        tied = {key: link.product_id for key, link in book.links.items()}
        tied |= {key: one.product_id for key, one in said.verdicts.items() if one.choice is not Choice.SKIP}
        alive = yield from gathering.alive(tied.values())
        skipped = {key for key, one in said.verdicts.items() if one.choice is Choice.SKIP}
        if self.setup.take_over:
            return frozenset(skipped)
        return frozenset(key for key in lines if key in skipped or tied.get(key, "") in alive)

    def _complete(self, review: Review, gathering: Gathering) -> Exchange[Review]:
        """Read what a plan of this review will ask about, until it asks nothing more."""
        known, wanted = Lookups(), foreseen(review, self.setup)
        while True:
            if not wanted <= known:
                known |= wanted
                snapshot = yield from gathering.looked_up(review.snapshot, known)
                review = evolve(review, snapshot=snapshot)
            wanted = lookups(review, self.setup)
            if wanted <= known:
                return review
