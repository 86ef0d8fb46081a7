"""What a plan will most likely ask the store about, told without planning: it saves planning twice."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from ..matching.demand import Demand
from ..matching.options import color_key, size_key
from ..matching.result import Matched, New
from ..matching.style_numbers import style_key
from ..models.setup import Setup
from .codes import fit_code
from .lookups import Lookups
from .names import spellings
from .review import Review
from .snapshot import Collection


def foreseen(review: Review, setup: Setup) -> Lookups:
    """Names and codes of what is new, names of its style's matched products, and the lists it will be put into.

    A guess: what is left out is asked for later, what is too much was read for nothing.
    """
    fresh = [demand for demand in review.demands if isinstance(review.matches[demand.key], New)]
    orders = any(order.key not in review.book.applied for order in review.orders)
    collections = {Collection.SUPPLIERS} if fresh or orders else set[Collection]()
    if not fresh:
        return Lookups(collections=frozenset(collections))
    collections.add(Collection.BRANDS)
    if setup.tags and review.capabilities.tags:
        collections.add(Collection.TAGS)
    if any(color_key(demand.key.color) or size_key(demand.key.size) for demand in fresh):
        collections.add(Collection.OPTIONS)
    asked = {
        (demand.style.name if demand.style else "", line.style_number)
        for demand in fresh
        for line in demand.lines
    }
    names = {spelling for name, number in asked for spelling in (name, *spellings(name, number))}
    names |= _names_beside(review, {_style(demand) for demand in fresh})
    return Lookups(
        names=frozenset(names - {""}),
        codes=frozenset(code for one in fresh for code in (*one.codes, fit_code(one.codes))) - {""},
        collections=frozenset(collections),
    )


def _names_beside(review: Review, styles: AbstractSet[tuple[str, str]]) -> set[str]:
    """Names of products that lines of these styles are matched with."""
    matches = (review.matches[demand.key] for demand in review.demands if _style(demand) in styles)
    ids = (match.product_id for match in matches if isinstance(match, Matched))
    found = (review.snapshot.products.get(product_id) for product_id in ids)
    return {product.name for product in found if product}


def _style(demand: Demand) -> tuple[str, str]:
    return demand.key.portal, style_key(demand.lines[0].style_number)
