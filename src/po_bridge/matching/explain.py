"""A result in a few lines that a merchant understands: what, why, and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, assert_never

from ..models.pos_product import PosProduct
from .candidates import shown_name
from .demand import Demand
from .result import Evidence, Match, Matched, NeedsReview, New, Reason, Rung, Skipped

_WHY_MATCHED: Final = {
    Rung.DECISION: "you decided so",
    Rung.LINK: "it was matched before",
    Rung.CODE: "it is the only product with this code, and nothing speaks against it",
    Rung.SUPPLIER_CODE: "it is the only product of this supplier with this supplier code",
    Rung.STYLE_OPTIONS: "it is the only product of this supplier with this style number, colour and size",
    Rung.NEAR: "its text resembles",
}

_CHANGES: Final = {
    Reason.SEVERAL_PRODUCTS: "link the right one, or merge the products in the POS",
    Reason.RUNGS_DISAGREE: "link the right one, or mend the code or supplier code in the POS",
    Reason.DEAD_PRODUCT: "restore the deleted product, link another one, or create a new one",
    Reason.DEAD_LINK: "link another product, or create a new one",
    Reason.CONTRADICTION: "link it if it is the same all the same, or create a new product, or ask the brand",
    Reason.SHARED_PRODUCT: "link each line to its own product, or create a new one for the other",
    Reason.SHARED_CODE: "ask the brand which line the code belongs to; link, create or skip the others",
    Reason.COMPOSITE: "link the product it is made of, or create a new one",
    Reason.CODE_ALONE: "link it if it is the same; brands use a code again at times, and then create a new one",
    Reason.ONLY_A_READING: "link it if it is the same, or have the code mended by the brand or in the POS",
    Reason.UNFIT_CODE: "ask the brand for the right code, or link or create the product yourself",
    Reason.NEAR_PRODUCT: "link it if it is the same, else create a new product",
    Reason.TAKEN_BACK: "link the right product, create a new one, or skip the line",
    Reason.RULES_DISAGREE: "decide the line itself, or take one of the rules back",
}

_MOST_CANDIDATES = 5
"""More than a person compares in a few lines."""


def _line(demand: Demand) -> str:
    """Name a demand: style number, colour, size, units, codes."""
    key = demand.key
    name = " / ".join(filter(None, (demand.style_number or key.style_id, key.color, key.size)))
    codes = f", code {', '.join(demand.codes)}" if demand.codes else ", no code"
    return f"{name}, {demand.units} units{codes}"


def _product(product_id: str, products: Mapping[str, PosProduct]) -> str:
    product = products.get(product_id)
    return f"{shown_name(product)} ({product_id})" if product else product_id


def _sign(evidence: Evidence) -> str:
    """Write one sign as ``size: M = Medium`` or ``size: M, there L``."""
    if not evidence.theirs:
        words = f"{evidence.sign}: {evidence.ours or 'none'}, not found"
    elif not evidence.ours:
        words = f"{evidence.sign}: {evidence.theirs}"
    else:
        words = f"{evidence.sign}: {evidence.ours}{' = ' if evidence.agrees else ', there '}{evidence.theirs}"
    return f"{words} ({evidence.note})" if evidence.note else words


def _signs(evidence: Iterable[Evidence], indent: str = "  ") -> Iterator[str]:
    for one in evidence:
        yield f"{indent}{'+' if one.agrees else '-'} {_sign(one)}"


def _matched(match: Matched, products: Mapping[str, PosProduct]) -> Iterator[str]:
    yield f"  matched with {_product(match.product_id, products)}: {_WHY_MATCHED[match.rung]}"
    yield from _signs(match.evidence)
    yield "  To change it: link another product, create a new one, or skip the line."


def _reviewed(match: NeedsReview) -> Iterator[str]:
    yield f"  needs review: {'; '.join(reason.value for reason in match.reasons)}"
    yield from _signs(match.evidence)
    for candidate in match.candidates[:_MOST_CANDIDATES]:
        yield f"  candidate {candidate.name} ({candidate.product_id}), by {candidate.rung.value}"
        yield from _signs(candidate.evidence, "    ")
    more = len(match.candidates) - _MOST_CANDIDATES
    if more > 0:
        yield f"  and {more} more"
    yield f"  To settle it: {'; or '.join(_CHANGES[reason] for reason in match.reasons)}."


def _new(match: New) -> Iterator[str]:
    decided = match.rung is Rung.DECISION
    yield f"  new: {'you decided so' if decided else 'nothing in the POS resembles it'}"
    yield from _signs(match.evidence)
    if decided:
        yield "  To change it: take the decision back, or link a product."
    else:
        yield "  To change it: link a product, or give one in the POS this code or supplier code."


def _body(match: Match, products: Mapping[str, PosProduct]) -> Iterator[str]:
    match match:
        case Matched():
            yield from _matched(match, products)
        case NeedsReview():
            yield from _reviewed(match)
        case New():
            yield from _new(match)
        case Skipped(why=why, by=by):
            yield f"  skipped: {f'decided by {by}' if by else 'you decided so'}{f' ({why})' if why else ''}"
            yield "  To change it: take the decision back."
        case _:
            assert_never(match)


def explain(demand: Demand, match: Match, products: Mapping[str, PosProduct]) -> str:
    """Say why a line was matched, sent to review, called new or skipped, and what would change it.

    Plain text of several lines without a line end; values are as written, so a page must escape them.
    """
    return "\n".join((_line(demand), *_body(match, products)))
