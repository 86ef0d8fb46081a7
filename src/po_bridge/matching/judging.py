"""One demand on the ladder: which rung answers, and what objects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, assert_never

from attrs import frozen

from .candidates import candidates_of, shown_name
from .code_sign import code_evidence
from .comparison import Comparison
from .demand_facts import DemandFacts
from .judgement import NoCode, Rounded, Scientific, WrongCheckDigit
from .result import (
    Choice,
    Evidence,
    Match,
    Matched,
    NeedsReview,
    New,
    Objection,
    Reason,
    Rung,
    Skipped,
    Verdict,
)
from .rungs import BY_SIGNS, RungRule
from .sign import Agreement, Sign

ASK_FROM: Final = 85.0
"""Resemblance from which a person is asked before a product is called new; never a match by itself."""

_FAR: Final[Mapping[str, float]] = MappingProxyType({})

_CONTRADICTIONS: Final = (Sign.STYLE, Sign.COLOR, Sign.SIZE, Sign.BRAND)

_STRONG: Final = (Rung.CODE, Rung.SUPPLIER_CODE)
"""Rungs that may speak against a confirmed link."""


@frozen(kw_only=True)
class Found:
    """One demand with every POS product that may be it."""

    demand: DemandFacts
    """What the demand states."""
    compared: Mapping[str, Comparison]
    """Products by id, dead ones included."""
    missing: tuple[str, ...] = ()
    """Ids that answered by a code and whose products are gone, sorted."""
    near: Mapping[str, float] = _FAR
    """Resemblance by product id, 0 to 100."""

    @property
    def live(self) -> tuple[Comparison, ...]:
        """Products that may be matched."""
        return tuple(one for one in self.compared.values() if one.product.alive)

    @property
    def dead(self) -> tuple[Comparison, ...]:
        """Deleted products."""
        return tuple(one for one in self.compared.values() if not one.product.alive)


@frozen(kw_only=True)
class _Answer:
    """The products that answer on one row of the ladder."""

    rule: RungRule
    products: Mapping[str, Comparison]

    def objections(self) -> Iterator[Reason]:
        if len(self.products) > 1:
            yield Reason.SEVERAL_PRODUCTS
        for one in self.products.values():
            yield from self.rule.objections(one)


def _answers(compared: Sequence[Comparison]) -> tuple[_Answer, ...]:
    """Give the rows that are answered, first to last."""
    rows = ((rule, {one.product.id: one for one in compared if rule.answered_by(one)}) for rule in BY_SIGNS)
    return tuple(_Answer(rule=rule, products=products) for rule, products in rows if products)


def ordered(reasons: Iterable[Reason]) -> tuple[Reason, ...]:
    """Give each reason once, in the order in which they are declared."""
    found = set(reasons)
    return tuple(reason for reason in Reason if reason in found)


def _unfit(demand: DemandFacts) -> tuple[Evidence, ...]:
    """Report the codes that say nothing by themselves, as far as there are any."""
    return tuple(
        code_evidence(read)
        for read in demand.codes
        if read.plain is None and not isinstance(read.judgement, NoCode)
    )


def _deleted(found: Found, dead: Iterable[str]) -> tuple[Evidence, ...]:
    names = {key: shown_name(one.product) for key, one in found.compared.items()}
    return tuple(
        Evidence(sign="deleted product", ours="", theirs=names.get(key, key), agrees=False)
        for key in sorted(dead)
    )


def _review(found: Found, reasons: Iterable[Reason], dead: Iterable[str] = ()) -> NeedsReview:
    return NeedsReview(
        reasons=ordered(reasons),
        candidates=candidates_of(_worth_showing(found), found.near),
        evidence=(*_deleted(found, dead), *_unfit(found.demand)),
    )


def _worth_showing(found: Found) -> Iterator[Comparison]:
    """Yield products that answer, are similar or resemble; other variants of the style are left out."""
    answered = {key for answer in _answers(found.live) for key in answer.products}
    for one in found.live:
        if (
            one.product.id in answered
            or one.product.id in found.near
            or _hints(one)
            or _similar(one, found.near)
        ):
            yield one


def _hints(one: Comparison) -> set[Reason]:
    """Give the reasons why a product that answers on no row may still be the one."""
    hints: set[Reason] = set()
    if Agreement.AGREES in {one.says(Sign.READING), one.says(Sign.CASE)}:
        hints.add(Reason.ONLY_A_READING)
    if one.says(Sign.TEXT) is Agreement.AGREES:
        hints.add(Reason.UNFIT_CODE)
    return hints


def _similar(one: Comparison, near: Mapping[str, float]) -> bool:
    """Tell whether nothing contradicts a product and its style number, or its text, resembles."""
    if one.differs(_CONTRADICTIONS):
        return False
    # Another valid code means another variant, unless colour and size say that it is this one.
    if one.says(Sign.CODE) is Agreement.DIFFERS and not one.agrees(Sign.COLOR, Sign.SIZE):
        return False
    ours = one.says(Sign.SUPPLIER) is not Agreement.DIFFERS or one.says(Sign.BRAND) is Agreement.AGREES
    styled = one.says(Sign.STYLE) in {Agreement.AGREES, Agreement.UNCLEAR} and ours
    return styled or near.get(one.product.id, 0.0) >= ASK_FROM


def _weak_reasons(found: Found) -> Iterator[Reason]:
    for one in found.live:
        yield from _hints(one)
        if _similar(one, found.near):
            yield Reason.NEAR_PRODUCT


def _is_damaged(demand: DemandFacts) -> bool:
    """Tell whether the brand gave a code whose digits are wrong or lost, and no right one."""
    damaged = (isinstance(read.judgement, WrongCheckDigit | Rounded | Scientific) for read in demand.codes)
    return not demand.numbers.plain and any(damaged)


def _looked_for(demand: DemandFacts) -> tuple[Evidence, ...]:
    """Say what was looked for in vain."""
    key = demand.demand.key
    options = " / ".join(filter(None, (key.color, key.size)))
    style = (
        Evidence(
            sign=Sign.STYLE.value, ours=demand.demand.style_number, theirs="", agrees=False, note=options
        ),
    )
    return (*map(code_evidence, demand.codes), *(style if demand.style else ()))


def _without_answer(found: Found) -> Match:
    """Judge a demand that no live product answers."""
    dead = {key for answer in _answers(found.dead) for key in answer.products} | set(found.missing)
    reasons = {Reason.DEAD_PRODUCT} if dead else set[Reason]()
    reasons |= set(_weak_reasons(found))
    if not reasons and _is_damaged(found.demand):
        reasons = {Reason.UNFIT_CODE}
    if reasons:
        return _review(found, reasons, dead)
    return New(evidence=_looked_for(found.demand))


def _climbed(found: Found) -> Match:
    answers = _answers(found.live)
    if not answers:
        return _without_answer(found)
    first, *others = answers
    reasons = set(first.objections())
    if any(first.products.keys().isdisjoint(other.products) for other in others):
        reasons.add(Reason.RUNGS_DISAGREE)
    if reasons:
        return _review(found, reasons)
    product_id, comparison = next(iter(first.products.items()))
    evidence = (*comparison.evidence, *_unfit(found.demand))
    return Matched(product_id=product_id, rung=first.rule.rung, evidence=evidence)


def _pointed(found: Found, product_id: str, rung: Rung, why: Evidence) -> Match:
    """Judge a pair that a person or an earlier order made."""
    comparison = found.compared.get(product_id)
    if comparison is None or not comparison.product.alive:
        return _review(found, {Reason.DEAD_LINK}, (product_id,))
    if comparison.product.composite:
        return _review(found, {Reason.COMPOSITE})
    return Matched(product_id=product_id, rung=rung, evidence=(why, *comparison.evidence))


def _decided(found: Found, verdict: Verdict) -> Match:
    theirs = verdict.product_id or "a new product"
    why = Evidence(sign=Rung.DECISION.value, ours=verdict.by, theirs=theirs, agrees=True, note=verdict.why)
    match verdict.choice:
        case Choice.SKIP:
            return Skipped(why=verdict.why, by=verdict.by)
        case Choice.CREATE:
            return New(rung=Rung.DECISION, evidence=(why,))
        case Choice.LINK:
            return _pointed(found, verdict.product_id, Rung.DECISION, why)
        case _:
            assert_never(verdict.choice)


def _linked(found: Found, product_id: str) -> Match:
    why = Evidence(sign=Rung.LINK.value, ours="", theirs=product_id, agrees=True, note="confirmed before")
    linked = _pointed(found, product_id, Rung.LINK, why)
    strong = [answer for answer in _answers(found.live) if answer.rule.rung in _STRONG]
    against = any(product_id not in answer.products and not set(answer.objections()) for answer in strong)
    if isinstance(linked, Matched) and against:
        return _review(found, {Reason.RUNGS_DISAGREE})
    return linked


def _objected(found: Found, objection: Objection) -> Match:
    """Ask a person, whatever the signs say; what they say is shown beside it."""
    untied = (found.compared[key] for key in objection.product_ids if key in found.compared)
    shown = {one.product.id: one for one in (*_worth_showing(found), *untied)}
    climbed = _climbed(found)
    also = climbed.reasons if isinstance(climbed, NeedsReview) else ()
    taken = (
        Evidence(sign=Rung.LINK.value, ours="", theirs=key, agrees=False, note="taken back")
        for key in objection.product_ids
    )
    rules = (Evidence(sign=Rung.DECISION.value, ours="", theirs=rule, agrees=False) for rule in objection.by)
    return NeedsReview(
        reasons=ordered((objection.reason, *also)),
        candidates=candidates_of(shown.values(), found.near),
        evidence=(*taken, *rules, *_unfit(found.demand)),
    )


def judge(
    found: Found,
    *,
    link: str | None = None,
    verdict: Verdict | None = None,
    objection: Objection | None = None,
) -> Match:
    """Judge one demand by itself: decision first, then what speaks on record, a link, the rungs."""
    if verdict is not None:
        return _decided(found, verdict)
    if objection is not None:
        return _objected(found, objection)
    if link is not None:
        return _linked(found, link)
    return _climbed(found)
