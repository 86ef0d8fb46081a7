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


@define
class Ladder:
    """Demands judged so far, with what each was compared with; those judged again take the place of before.

    *links*, *verdicts* and *objections* are what is decided, by line key.
    """

    _links: Mapping[LineKey, str]
    _verdicts: Mapping[LineKey, Verdict]
    _objections: Mapping[LineKey, Objection] = _NO_OBJECTIONS
    _vocabulary: Vocabulary = DEFAULT
    _found: dict[LineKey, Found] = field(factory=dict, init=False)
    _matches: dict[LineKey, Match] = field(factory=dict, init=False)

    def judge(
        self,
        demands: Sequence[Demand],
        hits: Mapping[LineKey, Hits],
        products: Mapping[str, PosProduct],
        near: Mapping[LineKey, tuple[NearHit, ...]] = _NO_NEAR,
    ) -> None:
        """Judge demands; *products* holds whatever *hits*, *near* and what is decided name of them, dead ones too."""
        shelf = _Shelf(products, self._vocabulary)
        for demand in demands:
            key = demand.key
            link, verdict, objection = (
                self._links.get(key),
                self._verdicts.get(key),
                self._objections.get(key),
            )
            pointed = (
                link,
                verdict.product_id if verdict else None,
                *(objection.product_ids if objection else ()),
            )
            own = hits.get(key) or Hits(key=key)
            found = self._compared(demand, shelf, own, near.get(key, ()), pointed)
            self._found[key] = found
            self._matches[key] = judge(found, link=link, verdict=verdict, objection=objection)

    def _compared(
        self,
        demand: Demand,
        shelf: _Shelf,
        hits: Hits,
        near: Sequence[NearHit],
        pointed: Sequence[str | None],
    ) -> Found:
        facts = demand_facts(demand, self._vocabulary)
        before = self._found.get(demand.key)
        known = before.compared if before else {}
        scores = {hit.product_id: hit.score for hit in near}
        ids = {*hits.product_ids, *scores, *filter(None, pointed)}
        missing = {one for one in hits.by_code if not shelf.has(one)}
        return Found(
            demand=facts,
            compared={
                one: known.get(one) or shelf.compare(facts, one) for one in sorted(ids) if shelf.has(one)
            },
            missing=tuple(sorted(missing)),
            near=scores,
        )

    def settled(self) -> Mapping[LineKey, Match]:
        """What each demand is in the POS, in the order first judged, once those that clash are sent to review."""
        return settle(self._found, dict(self._matches))


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
    ladder = Ladder(links, verdicts, objections, vocabulary)
    ladder.judge(demands, hits, products, near)
    return ladder.settled()
