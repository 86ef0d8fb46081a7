"""What the page shows of a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from attrs import frozen

from ..matching.result import Candidate, Matched, NeedsReview
from ..models.pos_product import PosProduct
from ..models.wholesale_order import WholesaleOrder
from ..planning.change_text import amount, count
from ..planning.review import Review, ReviewLine
from .picture import data_uri
from .wording import (
    codes_of,
    evidence_words,
    price,
    product_name,
    standing,
    total_of,
    units,
    why,
    window_of,
    written_codes,
)

Pictures = Mapping[str, bytes]
"""Pictures by the address that the style documents name."""

_GROUPS: Final = (
    ("matched", "Matched", "Exactly one product of the store fits, and nothing speaks against it."),
    ("needs-review", "Needs review", "Signs are missing or disagree: a person links, creates or skips."),
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
    became: tuple[str, ...]
    """Ids of the purchase orders it became."""


@frozen(kw_only=True)
class Theirs:
    """A product of the store, matched or to choose from."""

    id: str
    """Its id."""
    name: str
    """Its name with options."""
    codes: tuple[str, ...]
    """Its codes."""
    standing: str
    """A word where it is not simply on sale."""
    price: str
    """Supplier price and retail price."""
    signs: tuple[str, ...]
    """Why it is named here."""


@frozen(kw_only=True)
class LineView:
    """One brand product in one size, beside what the store has."""

    name: str
    """Name with colour and size."""
    key: str
    """What a decision is stored under."""
    style: str
    """Style number."""
    codes: tuple[str, ...]
    """Codes as the brand wrote them."""
    units: str
    """Units."""
    price: str
    """Unit price."""
    picture: str | None
    """Data URI, None for a placeholder."""
    why: tuple[str, ...]
    """Why it was judged so."""
    theirs: tuple[Theirs, ...]
    """The product, or the candidates."""


@frozen(kw_only=True)
class GroupView:
    """Lines of one judgement."""

    anchor: str
    """Id of the section."""
    word: str
    """Heading."""
    meaning: str
    """What the judgement means."""
    lines: tuple[LineView, ...]
    """In the orders' order."""


@frozen(kw_only=True)
class ReviewView:
    """A review, ready to be shown."""

    orders: tuple[OrderView, ...]
    """The orders."""
    groups: tuple[GroupView, ...]
    """Matched, needs review, new; left out only where there is any."""


def review_view(review: Review, pictures: Pictures) -> ReviewView:
    """Prepare a review for the page."""
    found = (review.matched, review.needs_review, review.new, review.skipped)
    return ReviewView(
        orders=tuple(_order(review, order) for order in review.orders),
        groups=tuple(
            GroupView(anchor=anchor, word=word, meaning=meaning, lines=_lines(review, lines, pictures))
            for (anchor, word, meaning), lines in zip(_GROUPS, found, strict=True)
            if lines or anchor != "left-out"
        ),
    )


def _order(review: Review, order: WholesaleOrder) -> OrderView:
    applied = review.book.applied.get(order.key)
    return OrderView(
        number=order.number,
        key=str(order.key),
        brand=order.key.portal,
        status=order.status_word or order.status.value,
        units=count(order.units),
        total=total_of(order),
        window=window_of(order),
        became=applied.purchase_orders if applied else (),
    )


def _lines(review: Review, lines: Sequence[ReviewLine], pictures: Pictures) -> tuple[LineView, ...]:
    return tuple(_line(review, line, pictures) for line in lines)


def _line(review: Review, line: ReviewLine, pictures: Pictures) -> LineView:
    addresses = line.style.images if line.style else ()
    uris = (data_uri(pictures[address]) for address in addresses if address in pictures)
    return LineView(
        name=line.name,
        key=str(line.key),
        style=line.lines[0].style_number,
        codes=written_codes(line),
        units=units(line),
        price=price(line),
        picture=next((uri for uri in uris if uri), None),
        why=why(line),
        theirs=_theirs(review, line),
    )


def _theirs(review: Review, line: ReviewLine) -> tuple[Theirs, ...]:
    match line.match:
        case Matched():
            return (_product(line.match.product_id, line.product, (), ""),)
        case NeedsReview():
            return tuple(_candidate(review, candidate) for candidate in line.match.candidates)
        case _:
            return ()


def _candidate(review: Review, candidate: Candidate) -> Theirs:
    product = review.snapshot.products.get(candidate.product_id)
    signs = tuple(map(evidence_words, candidate.evidence))
    return _product(candidate.product_id, product, signs, candidate.name)


def _product(id: str, product: PosProduct | None, signs: tuple[str, ...], name: str) -> Theirs:
    if product is None:
        return Theirs(id=id, name=name or id, codes=(), standing="", price="", signs=signs)
    prices = f"costs {amount(product.supply_price)}, sells at {amount(product.retail_price)}"
    return Theirs(
        id=id,
        name=product_name(product),
        codes=codes_of(product),
        standing=standing(product),
        price=prices,
        signs=signs,
    )
