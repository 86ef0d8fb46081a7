"""What the page shows of one line of a review: the brand's product beside the store's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from attrs import frozen

from ..matching.result import Candidate, Matched, NeedsReview, New, Skipped
from ..models.pos_product import PosProduct
from ..planning.change_text import amount
from ..planning.review import Review, ReviewLine
from .picture import data_uri
from .sign_view import SignView, signs_view
from .wording import DASH, codes_of, price, product_name, standing, units, written_codes

Pictures = Mapping[str, bytes]
"""Pictures by the address that the style documents name."""


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
    signs: tuple[SignView, ...]
    """Why it is named here."""


@frozen(kw_only=True)
class LineView:
    """One brand product in one size, beside what the store has."""

    size: str
    """Size as written."""
    key: str
    """What a decision is stored under."""
    codes: tuple[str, ...]
    """Codes as the brand wrote them."""
    units: str
    """Units."""
    price: str
    """Unit price."""
    reasons: tuple[str, ...]
    """Why a person must look."""
    said: str
    """What decided, in a few words."""
    signs: tuple[SignView, ...]
    """Why it was judged so."""
    theirs: tuple[Theirs, ...]
    """The product, or the candidates."""
    open: bool
    """Whether a person must decide."""


def line_view(review: Review, line: ReviewLine) -> LineView:
    """Prepare a line for the page."""
    match = line.match
    return LineView(
        size=line.key.size or DASH,
        key=str(line.key),
        codes=written_codes(line),
        units=units(line),
        price=price(line),
        reasons=tuple(reason.value for reason in match.reasons) if isinstance(match, NeedsReview) else (),
        said=_said(line),
        signs=() if isinstance(match, Skipped) else signs_view(match.evidence),
        theirs=_theirs(review, line),
        open=isinstance(match, NeedsReview),
    )


def picture_of(line: ReviewLine, pictures: Pictures) -> str | None:
    """The first picture of a line's style that may stand on a page, as a data URI."""
    addresses = line.style.images if line.style else ()
    uris = (data_uri(pictures[address]) for address in addresses if address in pictures)
    return next((uri for uri in uris if uri), None)


def _said(line: ReviewLine) -> str:
    match line.match:
        case Matched():
            return f"by {line.match.rung.value}"
        case NeedsReview():
            return ""
        case New():
            return "a person said so" if line.match.rung else ""
        case Skipped():
            return line.match.why or "a person said so"
        case _:
            assert_never(line.match)


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
    return _product(candidate.product_id, product, signs_view(candidate.evidence), candidate.name)


def _product(id: str, product: PosProduct | None, signs: tuple[SignView, ...], name: str) -> Theirs:
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
