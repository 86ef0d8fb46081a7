"""A review as grids: its lines, the products to choose from, and the signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, assert_never

from ..matching.result import Evidence, Matched, NeedsReview, New, Skipped
from ..planning.review import Review, ReviewLine
from .grid import Grid, amount, flag, grid, text, whole
from .wording import product_name, why, written_codes

_LINES = (
    *text("order", "line_key", "style_number", "name", "color", "size", "code"),
    *amount("units", "unit_price"),
    *text("judgement", "rung", "why", "product_id", "product"),
    *whole("candidates"),
)
_CANDIDATES = (
    *text("line_key"),
    *whole("rank"),
    *text("product_id", "product", "rung"),
    *whole("agree", "against"),
)
_SIGNS = (*text("line_key", "product_id", "sign", "ours", "theirs"), *flag("agrees"), *text("note"))


def lines_grid(review: Review) -> Grid:
    """One row for each line of each order."""
    numbers = {order.key: order.number for order in review.orders}
    return grid(_LINES, (_line(line, numbers[line.order]) for line in review.lines))


def _line(line: ReviewLine, order: str) -> tuple[Any, ...]:
    prices = {one.unit_price for one in line.lines}
    match = line.match
    return (
        order,
        str(line.key),
        line.lines[0].style_number,
        line.style.name if line.style else None,
        line.key.color,
        line.key.size,
        next(iter(written_codes(line)), None),
        line.units,
        prices.pop() if len(prices) == 1 else None,
        _judgement(line),
        match.rung.value if isinstance(match, Matched) else None,
        "; ".join(why(line)),
        match.product_id if isinstance(match, Matched) else None,
        product_name(line.product) if line.product else None,
        len(match.candidates) if isinstance(match, NeedsReview) else 0,
    )


def _judgement(line: ReviewLine) -> str:
    match line.match:
        case Matched():
            return "matched"
        case NeedsReview():
            return "needs review"
        case New():
            return "new"
        case Skipped():
            return "left out"
        case _:
            assert_never(line.match)


def candidates_grid(review: Review) -> Grid:
    """One row for each product that a person may choose, the best of a line first."""
    return grid(_CANDIDATES, (row for line in review.needs_review for row in _candidates(line)))


def _candidates(line: ReviewLine) -> Iterator[tuple[Any, ...]]:
    candidates = line.match.candidates if isinstance(line.match, NeedsReview) else ()
    for rank, one in enumerate(candidates, start=1):
        agree = sum(sign.agrees for sign in one.evidence)
        against = sum(bool(sign.theirs) and not sign.agrees for sign in one.evidence)
        yield (str(line.key), rank, one.product_id, one.name, one.rung.value, agree, against)


def evidence_grid(review: Review) -> Grid:
    """One row for each sign of each line, and of each product to choose from."""
    return grid(_SIGNS, (row for line in review.lines for row in _signs(line)))


def _signs(line: ReviewLine) -> Iterator[tuple[Any, ...]]:
    match line.match:
        case Matched():
            yield from (_sign(line, line.match.product_id, sign) for sign in line.match.evidence)
        case NeedsReview():
            yield from (_sign(line, None, sign) for sign in line.match.evidence)
            for one in line.match.candidates:
                yield from (_sign(line, one.product_id, sign) for sign in one.evidence)
        case New():
            yield from (_sign(line, None, sign) for sign in line.match.evidence)
        case Skipped():
            return
        case _:
            assert_never(line.match)


def _sign(line: ReviewLine, product_id: str | None, sign: Evidence) -> tuple[Any, ...]:
    return (
        str(line.key),
        product_id,
        sign.sign,
        sign.ours,
        sign.theirs or None,
        sign.agrees,
        sign.note or None,
    )
