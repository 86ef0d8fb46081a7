"""What the page shows of a review."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Final

from attrs import frozen

from ..models.wholesale_order import WholesaleOrder
from ..planning.change_text import count
from ..planning.plan import Plan
from ..planning.review import Review, ReviewLine
from .line_view import LineView, Pictures, line_view, picture_of
from .purchase_view import PurchaseView, purchases_of
from .wording import DASH, total_of, window_of

_GROUPS: Final = (
    ("needs-review", "Needs review", "Signs are missing or disagree: a person links, creates or skips."),
    ("matched", "Matched", "Exactly one product of the store fits, and nothing speaks against it."),
    ("new", "New", "Nothing in the store resembles these; they become drafts."),
    ("left-out", "Left out", "A person decided to leave these out."),
)


@frozen(kw_only=True)
class OrderView:
    """One wholesale order."""

    number: str
    """Its number."""
    key: str
    """Its key."""
    brand: str
    """Name of the portal."""
    status: str
    """Where it stands with the brand."""
    units: str
    """Units in all."""
    total: str
    """Its own total with the currency."""
    window: str
    """Ship window."""
    lines: str
    """How many lines are matched, need review, are new or left out."""
    purchases: tuple[PurchaseView, ...]
    """The purchase orders it became or is to become."""


@frozen(kw_only=True)
class StyleView:
    """Lines of one style and colour, which share a name and a picture."""

    name: str
    """Name."""
    number: str
    """Style number."""
    color: str
    """Colour as written."""
    order: str
    """Number of the order, empty where the review has only one."""
    picture: str | None
    """Data URI, None for a placeholder."""
    lines: tuple[LineView, ...]
    """One for each size."""


@frozen(kw_only=True)
class GroupView:
    """Lines of one judgement."""

    anchor: str
    """Id of the section."""
    word: str
    """Heading."""
    meaning: str
    """What the judgement means."""
    number: int
    """How many lines."""
    units: str
    """How many units."""
    styles: tuple[StyleView, ...]
    """In the orders' order."""


@frozen(kw_only=True)
class ReviewView:
    """A review, ready to be shown."""

    source: str
    """Label of the wholesale platform."""
    store: str
    """The store."""
    orders: tuple[OrderView, ...]
    """The orders."""
    groups: tuple[GroupView, ...]
    """Needs review first; left out only where there is any."""


def review_view(review: Review, pictures: Pictures, plan: Plan | None = None) -> ReviewView:
    """Prepare a review for the page; the plan, where given, tells what the orders are to become."""
    found = (review.needs_review, review.matched, review.new, review.skipped)
    return ReviewView(
        source=review.source,
        store=review.facts.store,
        orders=tuple(_order(review, order, plan) for order in review.orders),
        groups=tuple(
            _group(review, heading, lines, pictures)
            for heading, lines in zip(_GROUPS, found, strict=True)
            if lines or heading[0] != "left-out"
        ),
    )


def _order(review: Review, order: WholesaleOrder, plan: Plan | None) -> OrderView:
    return OrderView(
        number=order.number,
        key=str(order.key),
        brand=order.key.portal,
        status=order.status_word or order.status.value,
        units=count(order.units),
        total=total_of(order),
        window=window_of(order),
        lines=_counts(review, order),
        purchases=purchases_of(order.key, plan, review),
    )


def _counts(review: Review, order: WholesaleOrder) -> str:
    groups = (
        ("matched", review.matched),
        ("to decide", review.needs_review),
        ("new", review.new),
        ("left out", review.skipped),
    )
    counted = ((word, sum(line.order == order.key for line in lines)) for word, lines in groups)
    return ", ".join(f"{number} {word}" for word, number in counted if number)


def _group(
    review: Review, heading: tuple[str, str, str], lines: Sequence[ReviewLine], pictures: Pictures
) -> GroupView:
    anchor, word, meaning = heading
    return GroupView(
        anchor=anchor,
        word=word,
        meaning=meaning,
        number=len(lines),
        units=count(sum((line.units for line in lines), Decimal(0))),
        styles=tuple(_styles(review, lines, pictures)),
    )


def _styles(review: Review, lines: Sequence[ReviewLine], pictures: Pictures) -> Iterator[StyleView]:
    numbers = {order.key: order.number for order in review.orders}
    for _, grouped in groupby(
        lines, lambda line: (line.order, line.key.portal, line.key.style_id, line.key.color)
    ):
        sizes = tuple(grouped)
        first = sizes[0]
        yield StyleView(
            name=_name(first),
            number=first.lines[0].style_number,
            color=first.key.color,
            order=numbers[first.order] if len(numbers) > 1 else "",
            picture=picture_of(first, pictures),
            lines=tuple(line_view(review, line) for line in sizes),
        )


def _name(line: ReviewLine) -> str:
    if line.style and line.style.name:
        return line.style.name
    lent = line.product.name if line.product else ""
    return lent or line.lines[0].style_number or line.key.style_id or DASH
