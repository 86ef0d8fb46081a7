"""The ladder of ``rungs`` applied to demands: what each is in the POS, or why a person must look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from attrs import define, field

from ..models.keys import LineKey
from ..models.pos_product import PosProduct
from .clashes import settle
from .comparison import Comparison, compare
from .default_vocabulary import DEFAULT
from .demand import Demand, Hits, NearHit
from .demand_facts import DemandFacts, demand_facts
from .judging import Found, judge
from .product_facts import ProductFacts, facts_of
from .result import Match, Objection, Verdict
from .vocabulary import Vocabulary

_NO_NEAR: Final[Mapping[LineKey, tuple[NearHit, ...]]] = MappingProxyType({})
_NO_OBJECTIONS: Final[Mapping[LineKey, Objection]] = MappingProxyType({})


@define
class _Shelf:
    """POS products, each read once however many demands it is compared with."""

    _products: Mapping[str, PosProduct]
    _vocabulary: Vocabulary
    _facts: dict[str, ProductFacts] = field(factory=dict)

    def has(self, product_id: str) -> bool:
        return product_id in self._products

    def compare(self, demand: DemandFacts, product_id: str) -> Comparison:
        facts = self._facts.get(product_id)
        if facts is None:
            facts = self._facts[product_id] = facts_of(self._products[product_id], self._vocabulary)
        return compare(demand, facts)


def _found(
    demand: DemandFacts, shelf: _Shelf, hits: Hits, near: Sequence[NearHit], pointed: Sequence[str | None]
) -> Found:
    scores = {hit.product_id: hit.score for hit in near}
    ids = {*hits.product_ids, *scores, *filter(None, pointed)}
    by_code = {product_id for _, products in hits.by_code for product_id in products}
    return Found(
        demand=demand,
        compared={one: shelf.compare(demand, one) for one in sorted(ids) if shelf.has(one)},
        missing=tuple(sorted(one for one in by_code if not shelf.has(one))),
        near=scores,
    )


def match(
    demands: Sequence[Demand],
    hits: Mapping[LineKey, Hits],
    products: Mapping[str, PosProduct],
    links: Mapping[LineKey, str],
    verdicts: Mapping[LineKey, Verdict],
    near: Mapping[LineKey, tuple[NearHit, ...]] = _NO_NEAR,
    vocabulary: Vocabulary = DEFAULT,
    objections: Mapping[LineKey, Objection] = _NO_OBJECTIONS,
) -> Mapping[LineKey, Match]:
    """Say for each demand what it is in the POS, in the demands' order.

    *products* holds whatever *hits*, *links*, *verdicts*, *near* and *objections* name, dead products included;
    a hit is compared with its product before it is believed.
    A product that nothing names changes nothing.
    """
    shelf = _Shelf(products, vocabulary)
    found: dict[LineKey, Found] = {}
    matches: dict[LineKey, Match] = {}
    for demand in demands:
        key = demand.key
        link, verdict, objection = links.get(key), verdicts.get(key), objections.get(key)
        untied = objection.product_ids if objection else ()
        pointed = (link, verdict.product_id if verdict else None, *untied)
        own = hits.get(key) or Hits(key=key)
        facts = demand_facts(demand, vocabulary)
        found[key] = _found(facts, shelf, own, near.get(key, ()), pointed)
        matches[key] = judge(found[key], link=link, verdict=verdict, objection=objection)
    return settle(found, matches)
