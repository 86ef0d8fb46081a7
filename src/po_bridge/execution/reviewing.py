"""From order numbers to a review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from attrs import define, evolve, frozen

from ..errors import Misuse
from ..mapping.business import BusinessTables
from ..matching.demand import Demand, Hits, NearHit
from ..matching.keys_of import keys_of
from ..matching.ladder import match
from ..matching.result import Match, NeedsReview, New, Verdict
from ..models.keys import LineKey
from ..models.named_record import name_key
from ..models.pos_product import PosProduct
from ..models.setup import Setup
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder
from ..planning.book import Book, Decision, line_decision, style_decision
from ..planning.review import Review, StyleKey
from ..planning.ruling import Ruling
from ..planning.snapshot import Collection, Snapshot
from ..ports.cache import Cache
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.journal import Journal
from ..ports.source import Source
from ..ports.target import Target
from .lineages import Lineages
from .reading import key_of, read_order, read_styles
from .refresh import drain, facts_of

NEAR = 5
"""Candidates a person is shown for a line that nothing matches."""


@frozen(kw_only=True)
class _Found:
    """What matching saw and said."""

    demands: tuple[Demand, ...]
    matches: Mapping[LineKey, Match]
    products: Mapping[str, PosProduct]


@define(kw_only=True)
class Reviewing:
    """Makes reviews."""

    source: Source
    target: Target
    journal: Journal
    cache: Cache
    setup: Setup
    tables: BusinessTables

    def review(self, numbers: Sequence[str], *, any_status: bool = False) -> Exchange[Review]:
        """Read orders by number or key and match their lines; writes nothing anywhere."""
        if not numbers:
            raise Misuse("name at least one order")
        orders: list[WholesaleOrder] = []
        for number in dict.fromkeys(numbers):
            key = yield from key_of(self.source, self.journal, number)
            orders.append((yield from read_order(self.source, key, any_status=any_status)))
        return (yield from self.of(tuple(orders)))

    def of(self, orders: tuple[WholesaleOrder, ...]) -> Exchange[Review]:
        """Match orders that were read already."""
        keys = tuple(dict.fromkeys(line.key for order in orders for line in order.lines))
        book = yield from run(partial(self.journal.book, [o.key for o in orders], keys), Lane.JOURNAL)
        facts = yield from facts_of(self.target, self.cache.mirror)
        yield from self._refresh(orders, book)
        linked = yield from self._alive(book)
        styles = yield from read_styles(
            self.source,
            self.cache.styles,
            ((key.portal, key.style_id) for key in keys if key not in linked),
        )
        found = yield from run(partial(self._match, orders, styles, book), Lane.CACHE)
        if any(isinstance(result, New) for result in found.matches.values()):
            yield from self._drain(Collection.OPTIONS, *([Collection.TAGS] if self.setup.tags else []))
        snapshot = yield from self._snapshot(orders, styles, book, found)
        return Review(
            source=self.source.label,
            orders=orders,
            styles=styles,
            demands=found.demands,
            matches=found.matches,
            snapshot=snapshot,
            book=book,
            facts=facts,
            capabilities=self.target.capabilities,
            tables=self.tables,
        )

    def _refresh(self, orders: Sequence[WholesaleOrder], book: Book) -> Exchange[None]:
        yield from self._drain(Collection.PRODUCTS)
        lines = {line.key for order in orders for line in order.lines}
        fresh = any(order.key not in book.applied for order in orders)
        if fresh or not lines <= set(book.links):
            yield from self._drain(Collection.SUPPLIERS, Collection.BRANDS)
        if fresh:
            yield from self._drain(Collection.ORDERS)

    def _drain(self, *collections: Collection) -> Exchange[None]:
        for collection in collections:
            yield from drain(self.target, self.cache.mirror, collection)

    def _alive(self, book: Book) -> Exchange[frozenset[LineKey]]:
        ids = [link.product_id for link in book.links.values()]
        products = yield from run(partial(self.cache.mirror.products, ids), Lane.CACHE)
        alive = {key for key, product in products.items() if product.alive}
        return frozenset(key for key, link in book.links.items() if link.product_id in alive)

    def _match(
        self,
        orders: Sequence[WholesaleOrder],
        styles: Mapping[StyleKey, StyleDocument | None],
        book: Book,
    ) -> _Found:
        demands = self._demands(orders, styles)
        hits = {
            found.key: found for found in self.cache.index.lookup([keys_of(demand) for demand in demands])
        }
        links = {key: link.product_id for key, link in book.links.items()}
        verdicts = {d.key: v for d in demands if (v := _verdict(d.key, book)) is not None}
        products = self.cache.mirror.products(_ids(hits, links, verdicts))
        matches = match(demands, hits, products, links, verdicts)
        near = self._near(demands, matches)
        if near:
            products = {
                **products,
                **self.cache.mirror.products(h.product_id for n in near.values() for h in n),
            }
            matches = match(demands, hits, products, links, verdicts, near)
        return _Found(demands=demands, matches=matches, products=products)

    def _demands(
        self, orders: Sequence[WholesaleOrder], styles: Mapping[StyleKey, StyleDocument | None]
    ) -> tuple[Demand, ...]:
        suppliers = {record.key: record.id for record in self.cache.mirror.named(Collection.SUPPLIERS)}
        found: dict[LineKey, list[OrderLine]] = {}
        for order in orders:
            for line in order.lines:
                found.setdefault(line.key, []).append(line)
        return tuple(
            Demand(
                key=key,
                lines=tuple(lines),
                style=styles.get((key.portal, key.style_id)),
                supplier_id=suppliers.get(name_key(self.setup.supplier_of(key.portal))),
            )
            for key, lines in found.items()
        )

    def _near(
        self, demands: Sequence[Demand], matches: Mapping[LineKey, Match]
    ) -> Mapping[LineKey, tuple[NearHit, ...]]:
        asked = (d for d in demands if d.supplier_id and isinstance(matches[d.key], NeedsReview))
        found = {d.key: self.cache.index.near(d.supplier_id or "", _name(d), NEAR) for d in asked}
        return {key: hits for key, hits in found.items() if hits}

    def _snapshot(
        self,
        orders: Sequence[WholesaleOrder],
        styles: Mapping[StyleKey, StyleDocument | None],
        book: Book,
        found: _Found,
    ) -> Exchange[Snapshot]:
        gathered = yield from run(partial(self._gather, orders, styles, found), Lane.CACHE)
        lineages = Lineages(target=self.target, mirror=self.cache.mirror)
        purchases = yield from lineages.read(book, gathered)
        return evolve(gathered, orders=purchases)

    def _gather(
        self,
        orders: Sequence[WholesaleOrder],
        styles: Mapping[StyleKey, StyleDocument | None],
        found: _Found,
    ) -> Snapshot:
        mirror = self.cache.mirror
        lines = [line for order in orders for line in order.lines]
        names = {style.name for style in styles.values() if style} | {line.style_number for line in lines}
        names |= {f"{style.name} {style.number}" for style in styles.values() if style}
        codes = {code for demand in found.demands for code in demand.codes}
        return Snapshot(
            products=found.products,
            suppliers=mirror.named(Collection.SUPPLIERS),
            brands=mirror.named(Collection.BRANDS),
            tags=mirror.named(Collection.TAGS),
            options=mirror.named(Collection.OPTIONS),
            orders=mirror.orders((order.number for order in orders), ()),
            families=mirror.families(names),
            codes=mirror.codes(codes),
            positions=mirror.positions(),
        )

    def decide(self, review: Review, rulings: Mapping[LineKey | str, Ruling], *, by: str) -> Exchange[Review]:
        """Store what a person decided and review again; decisions hold for later orders.

        Raises ``Misuse`` naming every ruling that fits no line, question or product.
        """
        moment = yield from now()
        yield from self._check(review, rulings)
        decisions = [
            Decision(
                key=key if isinstance(key, str) else line_decision(key),
                choice=ruling.choice,
                product_id=ruling.product_id,
                answer=ruling.text,
                at=moment,
                by=by,
                why=ruling.why,
            )
            for key, ruling in rulings.items()
        ]
        yield from run(partial(self.journal.decide, decisions), Lane.JOURNAL)
        return (yield from self.of(review.orders))

    def _check(self, review: Review, rulings: Mapping[LineKey | str, Ruling]) -> Exchange[None]:
        keys = {line.key for line in review.lines}
        faults = [f"no line {key}" for key in rulings if isinstance(key, LineKey) and key not in keys]
        wanted = {ruling.product_id for ruling in rulings.values() if ruling.product_id}
        known = yield from run(partial(self.cache.mirror.products, wanted), Lane.CACHE)
        faults += [f"the POS has no product {key}" for key in sorted(wanted - set(known))]
        faults += [f"product {key} is deleted" for key, product in known.items() if not product.alive]
        if faults:
            raise Misuse("; ".join(faults))


def _verdict(key: LineKey, book: Book) -> Verdict | None:
    """The decision in force for a line: its own, else its style's."""
    for name in (line_decision(key), style_decision(key.portal, key.style_id)):
        decision = book.decisions.get(name)
        if decision is not None and decision.choice is not None:
            return Verdict(
                choice=decision.choice, product_id=decision.product_id, why=decision.why, by=decision.by
            )
    return None


def _ids(
    hits: Mapping[LineKey, Hits], links: Mapping[LineKey, str], verdicts: Mapping[LineKey, Verdict]
) -> Iterable[str]:
    found = {product for hit in hits.values() for product in hit.product_ids}
    return found | set(links.values()) | {verdict.product_id for verdict in verdicts.values()}


def _name(demand: Demand) -> str:
    return demand.style.name if demand.style and demand.style.name else demand.style_number
