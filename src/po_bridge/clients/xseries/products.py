"""Products as version 2026-07 lists them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from ...errors import NotFound
from ...mapping.xseries import read_products
from ...models.pos_product import PosProduct
from ...planning.snapshot import Page
from ...ports.exchange import Exchange
from .cursor import Rows, page, sweep
from .named_records import DELETED
from .strange import note_products
from .wire import Query, Wire, path_of, rows_of

PATH = "products"
"""Path of the list."""


def product_page(wire: Wire, since: str) -> Exchange[Page]:
    """One page of products, deleted ones included."""
    raw = yield from page(wire, PATH, since, DELETED)
    return Page(records=_read(wire, raw.document), position=raw.position, more=raw.more)


def _read(wire: Wire, document: Mapping[str, Any]) -> tuple[PosProduct, ...]:
    note_products(wire, document)
    return read_products(document, wire.label, own_families=wire.own_families)


def find_product(wire: Wire, product_id: str) -> Exchange[PosProduct | None]:
    """One product, None where the store has none of that id; a deleted one is told as deleted."""
    try:
        document = yield from wire.read(path_of(PATH, product_id))
    except NotFound:
        return None
    (product,) = _read(wire, rows_of(document))
    return product


def products_where(wire: Wire, query: Query) -> Exchange[tuple[PosProduct, ...]]:
    """Products by name or code; the store ignores every other parameter and tells all in one page."""
    document = yield from wire.read(PATH, query)
    return _read(wire, rows_of(document))


def products_since(
    wire: Wire, since: str, enough: Callable[[Rows], bool]
) -> Exchange[tuple[PosProduct, ...]]:
    """Products that changed after a version, deleted ones included, until the rows are *enough*."""
    document = yield from sweep(wire, PATH, since, DELETED, enough)
    return _read(wire, document)


def codes_of_row(row: Mapping[str, Any]) -> set[str]:
    """Every code of a row as it came."""
    codes = row.get("product_codes") or ()
    listed = {code.get("code") for code in codes if isinstance(code, dict)}
    return {code for code in (*listed, row.get("sku")) if isinstance(code, str)}


def holders(products: Iterable[PosProduct], codes: Iterable[str]) -> tuple[PosProduct, ...]:
    """Products that have one of these codes."""
    wanted = set(codes)
    return tuple(p for p in products if not wanted.isdisjoint({p.sku, *(code.text for code in p.codes)}))
