"""Which new products stand together: by style number and name, then within what a target takes.

Styles of one portal that share style number and name and differ in colour are one family with colour and size.
Beyond what a family may have it is divided: first into one family a colour where it may have one option only
(one a product where it may have none), then off go products whose options are there already, then colours
that are too many to stand together, then whatever exceeds the members a family may have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from attrs import evolve, frozen

from ..matching.options import color_key, size_key
from ..matching.style_numbers import style_key
from ..models.capabilities import Capabilities
from ..models.keys import LineKey
from ..models.named_record import name_key
from ..models.style_document import StyleDocument
from .new_product import COLOR, SIZE, NewProduct

Group = tuple[str, str, str, str]
"""Portal, style number, name; the style id where number or style document are missing."""

Combination = tuple[str, str]
"""Keys of colour and size."""


def group_of(key: LineKey, style_number: str, style: StyleDocument | None) -> Group:
    """Give what new products that become one family have in common."""
    number = style_key(style_number)
    if style is None or not number:
        return key.portal, number, "", key.style_id
    return key.portal, number, name_key(style.name), ""


def group_of_product(product: NewProduct) -> Group:
    """Give the group of a new product."""
    return group_of(product.key, product.style_number, product.style)


def combination(product: NewProduct) -> Combination:
    """Give what tells the members of a family apart."""
    return color_key(product.key.color), size_key(product.key.size)


def in_order(products: Iterable[NewProduct]) -> tuple[NewProduct, ...]:
    """Sort by colour, then by the place of the size in its style document, then by size."""

    def place(product: NewProduct) -> tuple[str, int, str, str]:
        sizes = [size_key(one.size) for one in product.style.sizes] if product.style else []
        own = size_key(product.key.size)
        found = sizes.index(own) if own in sizes else len(sizes)
        return color_key(product.key.color), found, product.key.size, product.key.style_id

    return tuple(sorted(products, key=place))


@frozen(kw_only=True)
class Part:
    """Products that become one family."""

    products: tuple[NewProduct, ...]
    """In order."""
    options: tuple[str, ...]
    """Names of the options that tell them apart; none for a standard product."""
    added: str = ""
    """What stands behind the name, where the name alone would be that of another part."""


def divided(products: Sequence[NewProduct], capabilities: Capabilities) -> tuple[Part, ...]:
    """Divide a group into families that the target takes; one part where nothing must be divided."""
    stated = tuple(name for name in (COLOR, SIZE) if any(name in product.values for product in products))
    whole = Part(products=tuple(products), options=stated)
    parts = tuple(
        part
        for one in _by_options(whole, capabilities.max_options)
        for other in _by_combination(one)
        for part in _by_members(other, max(capabilities.max_members, 1))
    )
    return tuple(_numbered(parts))


def _by_options(part: Part, most: int) -> Iterator[Part]:
    """Give a part as it is, or a part a colour, or a part a product."""
    if len(part.options) <= most:
        yield part
        return
    kept = part.options[len(part.options) - most :]
    groups: dict[tuple[str, ...], list[NewProduct]] = {}
    for product in part.products:
        dropped = (product.values.get(name, "") for name in part.options if name not in kept)
        groups.setdefault(tuple(dropped), []).append(product)
    for values, some in groups.items():
        yield Part(products=tuple(some), options=kept, added=" ".join(filter(None, values)))


def _by_combination(part: Part) -> Iterator[Part]:
    """Put products whose colour and size are there already into further parts."""
    rows: list[dict[Combination, NewProduct]] = []
    for product in part.products:
        own = combination(product)
        row = next((one for one in rows if own not in one), None)
        if row is None:
            row = {}
            rows.append(row)
        row[own] = product
    return (evolve(part, products=tuple(row.values())) for row in rows)


def _by_members(part: Part, most: int) -> Iterator[Part]:
    if len(part.products) <= most:
        yield part
        return
    colors: dict[str, list[NewProduct]] = {}
    for product in part.products:
        colors.setdefault(combination(product)[0], []).append(product)
    held: list[NewProduct] = []
    for some in colors.values():
        if held and len(held) + len(some) > most:
            yield evolve(part, products=tuple(held))
            held = []
        held += some
        while len(held) > most:
            yield evolve(part, products=tuple(held[:most]))
            held = held[most:]
    if held:
        yield evolve(part, products=tuple(held))


def _numbered(parts: Sequence[Part]) -> Iterator[Part]:
    """Put a number behind the second part of equal names and later ones."""
    seen: dict[str, int] = {}
    for part in parts:
        number = seen[part.added] = seen.get(part.added, 0) + 1
        behind = f"({number})" if number > 1 else ""
        yield evolve(part, added=" ".join(filter(None, (part.added, behind))))
