"""What answers hold that no table knows: members and words of later years, told instead of passed over.

Every row of every page is looked at, but only for the names of its members, and once for each set of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, Final

from ...mapping.xseries import FAMILY_MEMBERS, FAMILY_SHARED, ORDER, PRODUCT
from ...models.pos_product import CodeKind
from ...models.purchase_order import PurchaseStatus
from .wire import Wire

_KINDS: Final = frozenset(kind.value for kind in CodeKind)
_STATUSES: Final = frozenset(status.value.upper() for status in PurchaseStatus) - {"OTHER"}
_CLASSES: Final = frozenset({"STANDARD", "VARIANT", "COMPOSITE"})
_LISTS: Final = ("product_codes", "product_suppliers", "images", "variant_options")

Row = Mapping[str, Any]


def note_products(wire: Wire, document: Row) -> None:
    """Note unknown members of products and of their lists, and unknown kinds of codes, which count as CUSTOM."""
    rows = _rows(document)
    some = {name: _names(one for row in rows for one in _rows(row, name)) for name in _LISTS}
    whole = {**_names(rows), **{name: [inner] for name, inner in some.items() if inner}}
    wire.unknown.update(_named("product", PRODUCT.unknown({"data": [whole]}, context={"system": ""})))
    _note_kinds(wire, ((row.get("id"), code) for row in rows for code in _rows(row, "product_codes")))


def note_orders(wire: Wire, document: Row) -> None:
    """Note unknown members of purchase orders, and unknown statuses, which cannot be edited."""
    rows = _rows(document)
    unknown = ORDER.unknown({"data": [_names(rows)]}, context={"system": ""})
    wire.unknown.update(_named("purchase order", unknown))
    wire.unknown.update(_words("status", (row.get("status") for row in rows), _STATUSES))


def note_families(wire: Wire, document: Row) -> None:
    """Note the same of what 2026-10 tells: one family with its products, or rows with their families beside them."""
    data, beside = document.get("data"), document.get("includes")
    families = _rows(beside, "families") if isinstance(beside, dict) else []
    families += [data] if isinstance(data, dict) else []
    members = [*_rows(document), *(one for family in families for one in _rows(family, "products"))]
    strange_family = _names(families).keys() - FAMILY_SHARED
    strange_member = _names(members).keys() - FAMILY_MEMBERS
    wire.unknown.update(_named("family", strange_family), _named("product", strange_member))
    classes = (family.get("classification") for family in families)
    wire.unknown.update(_words("classification", classes, _CLASSES))
    _note_kinds(wire, ((row.get("id"), code) for row in members for code in _rows(row, "codes")))


def _note_kinds(wire: Wire, codes: Iterable[tuple[Any, Row]]) -> None:
    for product, code in codes:
        kind = code.get("type")
        if isinstance(kind, str) and kind.upper() not in _KINDS:
            wire.unknown.add(f"kind of product code: {kind}")
            wire.kinds[(str(product), str(code.get("code")))] = kind


def _rows(document: Row, key: str = "data") -> list[Row]:
    listed = document.get(key)
    return [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []


def _names(rows: Iterable[Row]) -> dict[str, Any]:
    """A row that has every member of these, all null; rows of one list mostly have the same."""
    return dict.fromkeys(chain.from_iterable({tuple(row) for row in rows}))


def _named(what: str, paths: Iterable[str]) -> Iterator[str]:
    return (f"member of a {what}: {path.rpartition('.')[2]}" for path in paths)


def _words(what: str, told: Iterable[Any], known: frozenset[str]) -> Iterator[str]:
    return (f"{what}: {word}" for word in told if isinstance(word, str) and word.upper() not in known)
