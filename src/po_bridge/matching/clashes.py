"""Demands that cannot all be right: several on one POS product, or one code on several new variants."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from attrs import evolve

from ..models.keys import LineKey, in_key_order
from .candidates import candidate_of
from .demand_facts import DemandFacts
from .judging import Found
from .result import Evidence, Match, Matched, NeedsReview, New, Reason, Rung, Skipped

_MOST_NAMED: Final = 5
"""A brand that prints one code on a thousand lines is seen by the first few."""

_Identity = tuple[str, ...]


def _identity(demand: DemandFacts) -> _Identity:
    """Give what makes two demands the same brand product: a style carried over has another id each season."""
    key = demand.demand.key
    if not demand.style:
        return (str(key),)
    return key.portal, demand.style, next(iter(demand.colors), ""), demand.size


def _are_one(one: DemandFacts, other: DemandFacts) -> bool:
    """Tell whether two demands ask for the same brand product; valid codes must not speak against it."""
    codes = one.numbers.plain.keys(), other.numbers.plain.keys()
    return _identity(one) == _identity(other) and (not all(codes) or not codes[0].isdisjoint(codes[1]))


def _grouped(pairs: Iterable[tuple[Hashable, LineKey]]) -> Iterator[tuple[LineKey, ...]]:
    """Yield groups of two keys or more, each sorted."""
    groups: dict[Hashable, set[LineKey]] = {}
    for name, key in pairs:
        groups.setdefault(name, set()).add(key)
    yield from (in_key_order(keys) for keys in groups.values() if len(keys) > 1)


def _others(key: LineKey, group: Sequence[LineKey], note: str) -> tuple[Evidence, ...]:
    """Name the other lines of a group, the first few of many."""
    others = [other for other in group[: _MOST_NAMED + 1] if other != key][:_MOST_NAMED]
    more = len(group) - 1 - len(others)
    note = f"{note}; so do {more} more" if more else note
    return tuple(
        Evidence(sign="line", ours=str(key), theirs=str(other), agrees=False, note=note) for other in others
    )


def _shared_products(
    found: Mapping[LineKey, Found], matches: Mapping[LineKey, Match]
) -> Mapping[LineKey, NeedsReview]:
    """Send matches on one product to review; a person's own decision stands."""
    reviews: dict[LineKey, NeedsReview] = {}
    matched = {key: one for key, one in matches.items() if isinstance(one, Matched)}
    for group in _grouped((one.product_id, key) for key, one in matched.items()):
        first = found[group[0]].demand
        if all(_are_one(first, found[key].demand) for key in group[1:]):
            continue
        for key in group:
            one = matched[key]
            if one.rung is not Rung.DECISION:
                candidate = candidate_of(found[key].compared[one.product_id], one.rung)
                reviews[key] = NeedsReview(
                    reasons=(Reason.SHARED_PRODUCT,),
                    candidates=(candidate,),
                    evidence=(*_others(key, group, "points to the same product"), *one.evidence),
                )
    return reviews


def _codes_of(demand: DemandFacts) -> Iterator[Hashable]:
    yield from demand.numbers.plain
    yield from demand.numbers.hints
    if demand.style:
        yield _identity(demand)


def _shared_codes(
    found: Mapping[LineKey, Found], matches: Mapping[LineKey, Match]
) -> Mapping[LineKey, NeedsReview]:
    """Send new products to review whose code, or style with options, stands on another line as well."""
    wanted = {key: one for key, one in matches.items() if not isinstance(one, Skipped)}
    pairs = ((code, key) for key in wanted for code in _codes_of(found[key].demand))
    reviews: dict[LineKey, NeedsReview] = {}
    for group in _grouped(pairs):
        for key in group:
            one = wanted[key]
            if isinstance(one, New) and one.rung is not Rung.DECISION:
                before = reviews[key].evidence if key in reviews else one.evidence
                known = set(before)
                more = (line for line in _others(key, group, "bears the same code") if line not in known)
                reviews[key] = NeedsReview(reasons=(Reason.SHARED_CODE,), evidence=(*before, *more))
    return {
        key: evolve(one, evidence=tuple(sorted(one.evidence, key=_place))) for key, one in reviews.items()
    }


def _place(evidence: Evidence) -> tuple[bool, str, str]:
    return evidence.sign != "line", evidence.theirs, evidence.ours


def settle(found: Mapping[LineKey, Found], matches: Mapping[LineKey, Match]) -> Mapping[LineKey, Match]:
    """Send to review what cannot all be right; the others stay as they are, in their order."""
    reviews = {**_shared_codes(found, matches), **_shared_products(found, matches)}
    return {key: reviews.get(key, one) for key, one in matches.items()}
