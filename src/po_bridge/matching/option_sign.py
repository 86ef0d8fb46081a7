"""What two sides' colours and sizes say about each other."""

from __future__ import annotations

from collections.abc import Callable

from ..models.pos_product import OptionValue
from .demand_facts import DemandFacts
from .options import color_key, size_key
from .product_facts import ProductFacts
from .sign import Agreement, Said, Sign, said, unshown


def _agreement(ours: str, theirs: str, *, equal: bool) -> Agreement:
    if not ours and not theirs:
        return Agreement.NEITHER
    if not ours or not theirs:
        return Agreement.SILENT
    return Agreement.AGREES if equal else Agreement.DIFFERS


def _taken(others: list[OptionValue], fits: Callable[[str], bool]) -> str:
    """Take out the option of an unknown name whose value fits, and give the value."""
    for other in others:
        if fits(other.value):
            others.remove(other)
            return other.value
    return ""


def _color(demand: DemandFacts, product: ProductFacts, others: list[OptionValue]) -> Said:
    key = product.options.color
    ours = demand.demand.key.color or next(iter(demand.colors.values()), "")
    stated = ours if demand.colors else ""
    if stated and not key:
        value = _taken(others, lambda value: color_key(value, demand.vocabulary) in demand.colors)
        if value:
            return said(Sign.COLOR, Agreement.AGREES, ours, value)
    agreement = _agreement(stated, key, equal=key in demand.colors)
    return said(Sign.COLOR, agreement, ours, product.options.color_written)


def _size(demand: DemandFacts, product: ProductFacts, others: list[OptionValue]) -> Said:
    keys = product.options.sizes
    ours = demand.demand.key.size
    if demand.size and demand.size in keys[1:]:
        return said(Sign.SIZE, Agreement.UNCLEAR, ours, product.options.size_written)
    if demand.size and not keys:
        value = _taken(others, lambda value: size_key(value, demand.vocabulary) == demand.size)
        if value:
            return said(Sign.SIZE, Agreement.AGREES, ours, value)
    agreement = _agreement(demand.size, product.options.size, equal=demand.size == product.options.size)
    return said(Sign.SIZE, agreement, ours, product.options.size_written)


def _halves(one: Said, others: list[OptionValue], ours: str) -> Said:
    """Let what is left of an option that holds colour and size speak for the one that did not agree."""
    if one.agreement is not Agreement.SILENT or not others:
        return one
    theirs = " / ".join(other.value for other in others)
    return said(one.sign, Agreement.DIFFERS, ours, theirs)


def option_signs(demand: DemandFacts, product: ProductFacts) -> tuple[Said, Said, Said]:
    """Give what colour, size and other options say."""
    others = list(product.options.others)
    color = _color(demand, product, others)
    size = _size(demand, product, others)
    if product.options.in_one:
        key = demand.demand.key
        color, size = _halves(color, others, key.color), _halves(size, others, key.size)
        others = [] if Agreement.DIFFERS in {color.agreement, size.agreement} else others
    if not others:
        return color, size, unshown(Sign.OTHER, Agreement.NEITHER)
    theirs = ", ".join(f"{other.name} {other.value}" for other in others)
    return color, size, said(Sign.OTHER, Agreement.UNCLEAR, "", theirs, "the order does not state it")
