"""What two sides' colours and sizes say about each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..models.pos_product import OptionValue
from .demand_facts import DemandFacts
from .options import color_key, size_key
from .product_facts import ProductFacts
from .sign import Agreement, Said, Sign, said


def _agreement(ours: str, theirs: str, *, equal: bool) -> Agreement:
    if not ours and not theirs:
        return Agreement.NEITHER
    if not ours or not theirs:
        return Agreement.SILENT
    return Agreement.AGREES if equal else Agreement.DIFFERS


def _taken(others: list[OptionValue], fits: Callable[[str], bool]) -> OptionValue | None:
    """Take out the option of an unknown name whose value fits."""
    for other in others:
        if fits(other.value):
            others.remove(other)
            return other
    return None


def _color(demand: DemandFacts, product: ProductFacts, others: list[OptionValue]) -> Said:
    key = product.options.color
    ours = demand.demand.key.color or next(iter(demand.colors.values()), "")
    stated = ours if demand.colors else ""
    if stated and not key:
        other = _taken(others, lambda value: color_key(value, demand.vocabulary) in demand.colors)
        if other:
            return said(Sign.COLOR, Agreement.AGREES, ours, other.value)
    return said(
        Sign.COLOR,
        _agreement(stated, key, equal=key in demand.colors),
        ours,
        product.options.color_written,
    )


def _size(demand: DemandFacts, product: ProductFacts, others: list[OptionValue]) -> Said:
    keys = product.options.sizes
    ours = demand.demand.key.size
    if demand.size and demand.size in keys[1:]:
        return said(Sign.SIZE, Agreement.UNCLEAR, ours, product.options.size_written)
    if demand.size and not keys:
        other = _taken(others, lambda value: size_key(value, demand.vocabulary) == demand.size)
        if other:
            return said(Sign.SIZE, Agreement.AGREES, ours, other.value)
    return said(
        Sign.SIZE,
        _agreement(demand.size, product.options.size, equal=demand.size == product.options.size),
        ours,
        product.options.size_written,
    )


def option_signs(demand: DemandFacts, product: ProductFacts) -> Iterator[Said]:
    """Yield what colour, size and other options say."""
    others = list(product.options.others)
    yield _color(demand, product, others)
    yield _size(demand, product, others)
    theirs = ", ".join(f"{other.name} {other.value}" for other in others)
    agreement = Agreement.UNCLEAR if others else Agreement.NEITHER
    yield said(Sign.OTHER, agreement, "", theirs, "the order does not state it")
