"""What answers hold that no table knows: members and words of later years, told instead of passed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from ...mapping.xseries import ORDER, PRODUCT
from ...models.pos_product import CodeKind
from ...models.purchase_order import PurchaseStatus

_KINDS: Final = frozenset(kind.value for kind in CodeKind)
_STATUSES: Final = frozenset(status.value.upper() for status in PurchaseStatus) - {"OTHER"}


def strange_products(document: Mapping[str, Any]) -> frozenset[str]:
    """Unknown members of a page's first product, and unknown kinds of codes of all; those count as CUSTOM."""
    rows = _rows(document)
    kinds = (code.get("type") for row in rows for code in _rows(row, "product_codes"))
    members = PRODUCT.unknown({"data": rows[:1]}, context={"system": ""})
    return frozenset((*_named("product", members), *_words("kind of product code", kinds, _KINDS)))


def strange_orders(document: Mapping[str, Any]) -> frozenset[str]:
    """Unknown members of a page's first purchase order, and unknown statuses of all; those cannot be edited."""
    rows = _rows(document)
    statuses = (row.get("status") for row in rows)
    members = ORDER.unknown({"data": rows[:1]}, context={"system": ""})
    return frozenset((*_named("purchase order", members), *_words("status", statuses, _STATUSES)))


def _rows(document: Mapping[str, Any], key: str = "data") -> list[dict[str, Any]]:
    return [row for row in document.get(key) or () if isinstance(row, dict)]


def _named(what: str, paths: Iterable[str]) -> Iterator[str]:
    return (f"member of a {what}: {path.rpartition('].')[2]}" for path in paths)


def _words(what: str, told: Iterable[Any], known: frozenset[str]) -> Iterator[str]:
    return (f"{what}: {word}" for word in told if isinstance(word, str) and word.upper() not in known)
