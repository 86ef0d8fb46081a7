"""What a plan will most likely ask the store about, told without planning: it saves planning twice."""

from __future__ import annotations

from ..matching.options import color_key, size_key
from ..matching.style_numbers import style_key
from ..models.setup import Setup
from .lookups import Lookups
from .names import spellings
from .review import Review, ReviewLine
from .snapshot import Collection


def foreseen(review: Review, setup: Setup) -> Lookups:
    """Names and codes of what is new, names of its style's matched products, and the lists it will be put into.

    A guess: what is left out is asked for later, what is too much was read for nothing.
    """
    fresh = review.new
    orders = any(order.key not in review.book.applied for order in review.orders)
    collections = {Collection.SUPPLIERS} if fresh or orders else set[Collection]()
    if not fresh:
        return Lookups(collections=frozenset(collections))
    collections.add(Collection.BRANDS)
    if setup.tags and review.capabilities.tags:
        collections.add(Collection.TAGS)
    if any(color_key(line.key.color) or size_key(line.key.size) for line in fresh):
        collections.add(Collection.OPTIONS)
    keys = {line.key for line in fresh}
    styles = {_style(line) for line in fresh}
    asked = {(line.style.name if line.style else "", line.lines[0].style_number) for line in fresh}
    names = {spelling for name, number in asked for spelling in (name, *spellings(name, number))}
    names |= {line.product.name for line in review.matched if line.product and _style(line) in styles}
    return Lookups(
        names=frozenset(names - {""}),
        codes=frozenset(code for demand in review.demands if demand.key in keys for code in demand.codes),
        collections=frozenset(collections),
    )


def _style(line: ReviewLine) -> tuple[str, str]:
    return line.key.portal, style_key(line.lines[0].style_number)
