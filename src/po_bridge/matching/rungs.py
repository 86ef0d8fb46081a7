"""The ladder: from hits to matches, as a table that one can print.

A rung answers with the live products on which all its signs agree. The first rung that answers decides,
and the rungs below it must not name another product. Nothing here depends on any order of what is given.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from attrs import frozen

from .comparison import Comparison
from .result import Reason, Rung
from .sign import Agreement, Sign


@frozen(kw_only=True)
class RungRule:
    """One row of the ladder."""

    rung: Rung
    """The rung it belongs to."""
    needs: tuple[Sign, ...] = ()
    """Signs that must all agree; rows without any are not answered by signs."""
    beside: tuple[Sign, ...] = ()
    """Second signs of which one must agree too; none are needed where it is empty."""
    against: Mapping[Sign, Reason] = MappingProxyType({})
    """Signs that send an answer to review where they differ, with the reason."""
    alone: bool = True
    """Whether its signs are enough where style and options say nothing and the name is another."""
    when: str
    """When it matches, for people."""
    reasons: tuple[Reason, ...] = ()
    """Why it may be sent to review instead."""

    def answered_by(self, comparison: Comparison) -> bool:
        """Tell whether a product answers on this row."""
        if not self.needs or not comparison.agrees(*self.needs):
            return False
        return not self.beside or any(comparison.says(sign) is Agreement.AGREES for sign in self.beside)

    def objections(self, comparison: Comparison) -> Iterator[Reason]:
        """Yield a reason for each sign that contradicts an answer, and for what makes it no order item."""
        for sign, reason in self.against.items():
            if comparison.says(sign) is Agreement.DIFFERS:
                yield reason
        if not self.alone and _is_doubtful(comparison):
            yield Reason.CODE_ALONE
        if comparison.says(Sign.CASE) is Agreement.AGREES:
            yield Reason.ONLY_A_READING
        if comparison.product.composite:
            yield Reason.COMPOSITE


def _is_doubtful(comparison: Comparison) -> bool:
    """Tell whether a name is another, and neither style number nor all options that are stated agree."""
    if comparison.says(Sign.WORDS) is not Agreement.DIFFERS:
        return False
    if Agreement.AGREES in {comparison.says(Sign.STYLE), comparison.says(Sign.SUPPLIER_CODE)}:
        return False
    options = {comparison.says(Sign.COLOR), comparison.says(Sign.SIZE)}
    return not (Agreement.AGREES in options and options <= {Agreement.AGREES, Agreement.NEITHER})


_VARIANT: Final = {
    Sign.STYLE: Reason.CONTRADICTION,
    Sign.COLOR: Reason.CONTRADICTION,
    Sign.SIZE: Reason.CONTRADICTION,
    Sign.BRAND: Reason.CONTRADICTION,
}

_ANY_ANSWER: Final = (
    Reason.SEVERAL_PRODUCTS,
    Reason.RUNGS_DISAGREE,
    Reason.DEAD_PRODUCT,
    Reason.SHARED_PRODUCT,
    Reason.COMPOSITE,
)

LADDER: Final = (
    RungRule(
        rung=Rung.DECISION,
        when="a person or a rule decided, and a product to link is alive and no composite",
        reasons=(Reason.DEAD_LINK, Reason.COMPOSITE, Reason.RULES_DISAGREE),
    ),
    RungRule(
        rung=Rung.LINK,
        when="a confirmed link exists, and its product is alive and no composite",
        reasons=(
            Reason.DEAD_LINK,
            Reason.RUNGS_DISAGREE,
            Reason.SHARED_PRODUCT,
            Reason.COMPOSITE,
            Reason.TAKEN_BACK,
        ),
    ),
    RungRule(
        rung=Rung.CODE,
        needs=(Sign.CODE,),
        against=_VARIANT,
        alone=False,
        when="exactly one live product has the code as it stands, and nothing says another style, colour or size",
        reasons=(Reason.CONTRADICTION, Reason.CODE_ALONE, *_ANY_ANSWER),
    ),
    RungRule(
        rung=Rung.CODE,
        needs=(Sign.READING,),
        beside=(Sign.SUPPLIER_CODE, Sign.STYLE),
        against=_VARIANT,
        when="exactly one live product has the code in another reading, and its style number agrees too",
        reasons=(Reason.ONLY_A_READING, Reason.CONTRADICTION, *_ANY_ANSWER),
    ),
    RungRule(
        rung=Rung.SUPPLIER_CODE,
        needs=(Sign.SUPPLIER, Sign.SUPPLIER_CODE),
        against={
            Sign.COLOR: Reason.CONTRADICTION,
            Sign.SIZE: Reason.CONTRADICTION,
            Sign.CODE: Reason.RUNGS_DISAGREE,
            Sign.MAKER: Reason.NEAR_PRODUCT,
        },
        when="exactly one live product of this supplier has style number and options as its supplier code",
        reasons=(Reason.CONTRADICTION, Reason.NEAR_PRODUCT, *_ANY_ANSWER),
    ),
    RungRule(
        rung=Rung.STYLE_OPTIONS,
        needs=(Sign.SUPPLIER, Sign.STYLE, Sign.COLOR, Sign.SIZE, Sign.OTHER),
        against={Sign.CODE: Reason.RUNGS_DISAGREE, Sign.MAKER: Reason.NEAR_PRODUCT},
        when="exactly one live variant of this supplier has the style number and the same colour and size",
        reasons=(Reason.NEAR_PRODUCT, *_ANY_ANSWER),
    ),
    RungRule(
        rung=Rung.NEAR,
        when="never by itself: it ranks candidates for a person",
        reasons=(Reason.NEAR_PRODUCT, Reason.UNFIT_CODE, Reason.SHARED_CODE),
    ),
)
"""Rungs from the first to the last; codes that are no identity answer on none."""

BY_SIGNS: Final = tuple(rule for rule in LADDER if rule.needs)
"""Rows that are answered by signs."""

ORDER: Final = tuple(dict.fromkeys(rule.rung for rule in LADDER))
"""The rungs, first to last."""


def ladder_text() -> str:
    """Write the ladder as a Markdown table: rung, needs, when it matches, reasons for review."""
    rows = ["| rung | needs | matches when | sent to review when |", "| --- | --- | --- | --- |"]
    for rule in LADDER:
        needs = " and ".join(sign.value for sign in rule.needs)
        second = " or ".join(sign.value for sign in rule.beside)
        reasons = "; ".join(reason.value for reason in rule.reasons)
        rows.append(
            f"| {rule.rung.value} | {needs}{f', with {second}' if second else ''} | {rule.when} | {reasons} |"
        )
    return "\n".join(rows)
