"""A review as rows that a colleague fills in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from attrs import frozen

from ..matching.demand import Demand
from ..matching.result import Match, Matched, NeedsReview, New, Skipped
from ..models.keys import LineKey
from .change_text import count
from .review import Review, ReviewLine


@frozen(kw_only=True)
class SheetCandidate:
    """A product to choose from."""

    product_id: str
    """Its id in the POS."""
    name: str = ""
    """Its name with options, on one line."""


@frozen(kw_only=True)
class SheetRow:
    """One line of one order, and what is decided about it."""

    order: str = ""
    """Order number."""
    line: str
    """The line key as text; the row is known by it alone."""
    style: str = ""
    """Style number."""
    name: str = ""
    """Product name."""
    color: str = ""
    """Colour as written."""
    size: str = ""
    """Size as written."""
    code: str = ""
    """Code as the brand wrote it, the first where there are several."""
    quantity: str = ""
    """Units."""
    state: str = ""
    """Matched, needs review, new or skipped."""
    reasons: str = ""
    """Why a person must look."""
    candidates: tuple[SheetCandidate, ...] = ()
    """Products to choose from, numbered from 1; of a matched line its product."""
    decision: str = ""
    """Link, create, skip or the number of a candidate; empty where nothing is decided."""
    product_id: str = ""
    """The product to link."""
    why: str = ""
    """The reason, kept with the decision."""


def sheet_rows(review: Review, *, only_open: bool = False) -> tuple[SheetRow, ...]:
    """Give a row for each line of each order, in the orders' order, or only for lines that a person must decide."""
    lines = review.needs_review if only_open else review.lines
    numbers = {order.key: order.number for order in review.orders}
    demands: Mapping[LineKey, Demand] = {demand.key: demand for demand in review.demands}
    return tuple(_row(line, demands[line.key], numbers[line.order]) for line in lines)


def _row(line: ReviewLine, demand: Demand, order: str) -> SheetRow:
    reasons = line.match.reasons if isinstance(line.match, NeedsReview) else ()
    return SheetRow(
        order=order,
        line=str(line.key),
        style=demand.style_number,
        name=line.style.name if line.style else "",
        color=line.key.color,
        size=line.key.size,
        code=next(iter(demand.codes), ""),
        quantity=count(line.units),
        state=_state(line.match),
        reasons="; ".join(reason.value for reason in reasons),
        candidates=tuple(_candidates(line)),
    )


def _state(match: Match) -> str:
    match match:
        case Matched():
            return "matched"
        case NeedsReview():
            return "needs review"
        case New():
            return "new"
        case Skipped():
            return "skipped"
        case _:
            assert_never(match)


def _candidates(line: ReviewLine) -> Iterator[SheetCandidate]:
    match line.match:
        case NeedsReview(candidates=candidates):
            for one in candidates:
                yield SheetCandidate(product_id=one.product_id, name=" ".join(one.name.split()))
        case Matched(product_id=product_id):
            product = line.product
            name = (product.variant_name or product.name) if product else ""
            yield SheetCandidate(product_id=product_id, name=" ".join(name.split()))
        case New() | Skipped():
            return
        case _:
            assert_never(line.match)
