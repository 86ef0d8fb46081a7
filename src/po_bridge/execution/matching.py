"""From orders to matches: demands, what the index has for them, what is decided, and the ladder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from attrs import define, frozen

from ..matching.demand import Demand, Hits, NearHit
from ..matching.keys_of import keys_of, scopes_of
from ..matching.ladder import Ladder
from ..matching.near import near_text
from ..matching.result import Match, NeedsReview, New, Rung
from ..models.keys import LineKey
from ..models.named_record import name_key
from ..models.one_line import one_line
from ..models.pos_product import PosProduct
from ..models.setup import Setup
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder
from ..planning.book import Book
from ..planning.in_force import InForce
from ..planning.records import which_key
from ..planning.refs import Kind
from ..planning.review import StyleKey
from ..planning.snapshot import Collection
from ..ports.cache import Cache

NEAR = 5
"""Candidates a person is shown for a line that nothing matches."""


@frozen(kw_only=True)
class Found:
    """What matching saw and said."""

    demands: tuple[Demand, ...]
    """What was matched."""
    matches: Mapping[LineKey, Match]
    """What matching says of each."""
    products: Mapping[str, PosProduct]
    """Every product that was looked at."""


def lines_of(orders: Iterable[WholesaleOrder]) -> dict[LineKey, tuple[OrderLine, ...]]:
    """Order lines by brand product and size, in the orders' order."""
    found: dict[LineKey, list[OrderLine]] = {}
    for order in orders:
        for line in order.lines:
            found.setdefault(line.key, []).append(line)
    return {key: tuple(lines) for key, lines in found.items()}


@define(kw_only=True)
class Matching:
    """Matches the lines of one review."""

    cache: Cache
    """Mirror and index of the store."""
    setup: Setup
    """The merchant's choices."""
    book: Book
    """Links, and the answers that say which supplier is meant."""
    in_force: InForce
    """What is decided."""

    def match(
        self,
        lines: Mapping[LineKey, tuple[OrderLine, ...]],
        styles: Mapping[StyleKey, StyleDocument | None],
    ) -> Found:
        """Look every line up, judge it, and rank what resembles where a person must look or nothing was found."""
        demands = self._demands(lines, styles)
        asked = self.cache.index.lookup([keys_of(demand) for demand in demands])
        hits = {found.key: found for found in asked}
        products = dict(self.cache.mirror.products(self._ids(hits.values())))
        links = {key: link.product_id for key, link in self.book.links.items()}
        ladder = Ladder(links, self.in_force.verdicts, self.in_force.objections)
        ladder.judge(demands, hits, products)
        matches = ladder.settled()
        near = self._near(demands, matches)
        if near:
            ids = {hit.product_id for some in near.values() for hit in some}
            products |= self.cache.mirror.products(ids)
            ladder.judge([demand for demand in demands if demand.key in near], hits, products, near)
            matches = ladder.settled()
        # a line that its order has no more is asked about, and people know products by name
        applied = {line.product_id for one in self.book.applied.values() for line in one.lines}
        gone = applied.difference(products)
        if gone:
            products |= self.cache.mirror.products(gone)
        return Found(demands=demands, matches=matches, products=products)

    def _demands(
        self,
        lines: Mapping[LineKey, tuple[OrderLine, ...]],
        styles: Mapping[StyleKey, StyleDocument | None],
    ) -> tuple[Demand, ...]:
        suppliers = self._by_name(Kind.SUPPLIER, Collection.SUPPLIERS)
        brands = self._by_name(Kind.BRAND, Collection.BRANDS)
        found: list[Demand] = []
        for key, some in lines.items():
            style = styles.get((key.portal, key.style_id))
            supplier = self.setup.supplier_of(key.portal)
            brand = one_line(style.brand if style else "") or supplier
            found.append(
                Demand(
                    key=key,
                    lines=some,
                    style=style,
                    supplier_id=suppliers.get(name_key(supplier)),
                    brand_id=brands.get(name_key(brand)),
                )
            )
        return tuple(found)

    def _by_name(self, kind: Kind, collection: Collection) -> Mapping[str, str]:
        """Ids by folded name; of several records of one name the one a person named, else none."""
        found: dict[str, list[str]] = {}
        for record in self.cache.mirror.named(collection):
            found.setdefault(record.key, []).append(record.id)
        chosen = {
            name: self.book.answer(which_key(kind, name)) for name, ids in found.items() if len(ids) > 1
        }
        named = {name: ids[0] for name, ids in found.items() if len(ids) == 1}
        return named | {name: one for name, one in chosen.items() if one in found[name]}

    def _ids(self, hits: Iterable[Hits]) -> set[str]:
        found = {product for hit in hits for product in hit.product_ids}
        found |= {link.product_id for link in self.book.links.values()}
        found |= {verdict.product_id for verdict in self.in_force.verdicts.values() if verdict.product_id}
        return found.union(*(one.product_ids for one in self.in_force.objections.values()))

    def _near(
        self, demands: Iterable[Demand], matches: Mapping[LineKey, Match]
    ) -> Mapping[LineKey, tuple[NearHit, ...]]:
        """Products that resemble what a person must look at, or what would otherwise be made anew."""
        found = {demand.key: self._resembling(demand) for demand in demands if _is_open(matches[demand.key])}
        return {key: hits for key, hits in found.items() if hits}

    def _resembling(self, demand: Demand) -> tuple[NearHit, ...]:
        text = near_text(demand)
        scopes = scopes_of(demand.supplier_id, demand.brand_id)
        hits = {hit.product_id: hit for scope in scopes for hit in self.cache.index.near(scope, text, NEAR)}
        return tuple(sorted(hits.values(), key=lambda hit: (-hit.score, hit.product_id))[:NEAR])


def _is_open(result: Match) -> bool:
    return isinstance(result, NeedsReview) or (isinstance(result, New) and result.rung is not Rung.DECISION)
