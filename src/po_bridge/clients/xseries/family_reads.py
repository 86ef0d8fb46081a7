"""Products as 2026-10 tells them: families are read whole, list rows may tell no more than an id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from ...errors import NotFound
from ...mapping.xseries import read_family, read_rows
from ...models.pos_product import PosProduct
from ...planning.snapshot import Page
from ...ports.exchange import Exchange
from .cursor import page
from .named_records import DELETED
from .products import PATH
from .strange import note_families
from .wire import Query, Wire, path_of

FAMILIES: Final = "product_families"
"""Path of families."""

_BESIDE: Final[Query] = (("includes[]", "variant_attributes"),)
_ROWS: Final[Query] = (*DELETED, ("includes[]", "families"), *_BESIDE)


def family_products(wire: Wire, family_id: str) -> Exchange[tuple[PosProduct, ...]]:
    """Every product of a family, deleted ones included; raises ``NotFound``."""
    document = yield from wire.read(path_of(FAMILIES, family_id), _BESIDE)
    return _read(wire, _document(document))


def siblings_of(wire: Wire, product_id: str) -> Exchange[tuple[str, tuple[PosProduct, ...]]]:
    """Id and products of the family that a product belongs to; raises ``NotFound``."""
    path = f"{path_of(PATH, product_id)}/family"
    document = _document((yield from wire.read(path, _BESIDE)))
    family = document.get("data")
    key = family.get("id") if isinstance(family, dict) else None
    if not isinstance(key, str):
        raise wire.broken(f"GET /{path}", "the answer names no family")
    return key, _read(wire, document)


def find_member(wire: Wire, product_id: str) -> Exchange[PosProduct | None]:
    """One product by its family, None where there is none."""
    try:
        _, products = yield from siblings_of(wire, product_id)
    except NotFound:
        return None
    return next((product for product in products if product.id == product_id), None)


def row_page(wire: Wire, since: str) -> Exchange[Page]:
    """One page of products; where a row tells only ids its family is read, once for the page."""
    raw = yield from page(wire, PATH, since, _ROWS)
    wanted = {row.get("id") for row in raw.document["data"] if isinstance(row, dict)}
    whole, families = _read_rows(wire, raw.document)
    found = list(whole)
    for family in families:
        try:
            found += [
                product for product in (yield from family_products(wire, family)) if product.id in wanted
            ]
        except NotFound:
            continue
    return Page(records=tuple(found), position=raw.position, more=raw.more)


def whole_rows(wire: Wire, since: str) -> Exchange[Page]:
    """One page of products told whole; it is the last one where rows tell only ids: families are read then."""
    raw = yield from page(wire, PATH, since, _ROWS)
    whole, families = _read_rows(wire, raw.document)
    return Page(records=whole, position=raw.position, more=raw.more and not families)


def products_until(
    pages: Callable[[str], Exchange[Page]], since: str, enough: Callable[[tuple[PosProduct, ...]], bool]
) -> Exchange[tuple[PosProduct, ...]]:
    """Products that changed after a version, deleted ones included, until they are *enough*."""
    found: dict[str, PosProduct] = {}
    position = since
    while True:
        some = yield from pages(position)
        position = some.position
        for product in some.records:
            if isinstance(product, PosProduct):
                found[product.id] = product
        products = tuple(found.values())
        if not some.more or enough(products):
            return products


def _read(wire: Wire, document: dict[str, Any]) -> tuple[PosProduct, ...]:
    note_families(wire, document)
    return read_family(document, wire.label)


def _read_rows(wire: Wire, document: dict[str, Any]) -> tuple[tuple[PosProduct, ...], tuple[str, ...]]:
    note_families(wire, document)
    return read_rows(document, wire.label)


def _document(document: object) -> dict[str, Any]:
    return document if isinstance(document, dict) else {}
