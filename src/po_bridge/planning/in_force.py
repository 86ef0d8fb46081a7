"""What decisions, rules and taken-back links say about each line, before any sign is looked at.

A line's own decision goes before its style's, and that before rules. To create is done once:
a link that came after the decision is what was created, so from then on the decision stands for that product.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import evolve, field, frozen

from ..matching.result import Choice, Objection, Reason, Verdict
from ..models.checks import frozen_mapping
from ..models.keys import LineKey
from ..models.wholesale_order import OrderLine
from .book import Book, Decision, line_decision, style_decision
from .rule import Rule
from .subject import subject_of

Lines = Mapping[LineKey, Sequence[OrderLine]]
"""Order lines by brand product and size."""


@frozen(kw_only=True)
class InForce:
    """Decisions as matching takes them."""

    verdicts: Mapping[LineKey, Verdict] = field(factory=dict, converter=frozen_mapping)
    """What is decided."""
    objections: Mapping[LineKey, Objection] = field(factory=dict, converter=frozen_mapping)
    """Why a person must look, whatever the signs say; never together with a verdict."""


_GENERAL: Final = {Choice.CREATE, Choice.SKIP}
"""What can be decided for many lines: a style or a rule covers several sizes, so it cannot be one product."""


@frozen(kw_only=True)
class _Ruled:
    """A rule with its decision."""

    rule: Rule
    decision: Decision

    def __str__(self) -> str:
        return f"{self.decision.choice.value if self.decision.choice else ''} {self.rule}"


def in_force(lines: Lines, book: Book) -> InForce:
    """Say for each line what is decided, or what speaks against deciding it by signs."""
    rules = _rules(book)
    verdicts: dict[LineKey, Verdict] = {}
    objections: dict[LineKey, Objection] = {}
    for key, some in lines.items():
        match _said(key, [one for one in rules if one.rule.applies(key, some)], book):
            case Verdict() as verdict:
                verdicts[key] = verdict
            case Objection() as objection:
                objections[key] = objection
            case None:
                if key in book.revoked and key not in book.links:
                    objections[key] = Objection(reason=Reason.TAKEN_BACK, product_ids=book.revoked[key])
    return InForce(verdicts=verdicts, objections=objections)


def _said(key: LineKey, rules: Sequence[_Ruled], book: Book) -> Verdict | Objection | None:
    decision = _governing(key, book)
    if decision is None:
        return _by_rules(rules, key, book)
    return _verdict(decision, decision.by, key, book)


def _rules(book: Book) -> tuple[_Ruled, ...]:
    found = ((subject_of(key), decision) for key, decision in sorted(book.decisions.items()))
    return tuple(
        _Ruled(rule=subject, decision=decision)
        for subject, decision in found
        if isinstance(subject, Rule) and decision.choice in _GENERAL
    )


def _governing(key: LineKey, book: Book) -> Decision | None:
    """Give the decision about the line itself, else the one about its style."""
    own = book.decisions.get(line_decision(key))
    if own is not None and own.choice is not None:
        return own
    style = book.decisions.get(style_decision(key.portal, key.style_id))
    return style if style is not None and style.choice in _GENERAL else None


def _verdict(decision: Decision, by: str, key: LineKey, book: Book) -> Verdict | None:
    """Give what a decision means now: what it had created is linked, and what a person untied since is asked about."""
    if decision.choice is None:
        return None
    verdict = Verdict(choice=decision.choice, product_id=decision.product_id, why=decision.why, by=by)
    if decision.choice is not Choice.CREATE:
        return verdict
    link = book.links.get(key)
    if link is not None and link.at >= decision.at:
        return evolve(verdict, choice=Choice.LINK, product_id=link.product_id)
    untied = link is None and key in book.revoked and decision.key != line_decision(key)
    return None if untied else verdict


def _by_rules(rules: Sequence[_Ruled], key: LineKey, book: Book) -> Verdict | Objection | None:
    fitting = [one for one in rules if _fits(one.decision, key, book)]
    narrowest = [one for one in fitting if not any(other.rule.is_narrower(one.rule) for other in fitting)]
    if len({one.decision.choice for one in narrowest}) > 1:
        return Objection(reason=Reason.RULES_DISAGREE, by=tuple(map(str, narrowest)))
    first = next(iter(narrowest), None)
    return _verdict(first.decision, f"the rule for {first.rule}", key, book) if first else None


def _fits(decision: Decision, key: LineKey, book: Book) -> bool:
    """Whether a rule says anything about a line: it creates nothing that was ordered before the rule was made."""
    link = book.links.get(key)
    if decision.choice is Choice.SKIP:
        return True
    return link.at >= decision.at if link else key not in book.revoked
