"""One or many: a single record is an object, several are a list, none is empty text or no key at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

COLLECTIONS: Final = {
    "OrderLines": "OrderLine",
    "Prices": "ItemPrice",
    "ItemVendorNums": "ItemVendorNum",
    "Images": "Image",
    "Tags": "tag",
}
"""Nested collections that are read, with what stands in them."""

RELATIONS: Final = ("Note", "ItemAttributes", "purchasingCurrency")
"""Nested single records that are read; empty text where there is none."""


def many(value: Any) -> list[Any]:
    """What stands in a place for one or many, as a list."""
    if value is None or value == "":
        return []
    return list(value) if isinstance(value, list) else [value]


def rows_of(document: Any, entity: str) -> dict[str, Any]:
    """The records of an answer as a list document that tables read; no key of the entity is no record."""
    found = document.get(entity) if isinstance(document, dict) else None
    return {entity: [_evened(row) for row in many(found)]}


def _evened(row: Any) -> Any:
    """A record with its nested collections as lists, and without empty ones."""
    if not isinstance(row, Mapping):
        return row
    told: dict[str, Any] = {}
    for key, value in row.items():
        if key in COLLECTIONS or key in RELATIONS:
            if not value:
                continue
            child = COLLECTIONS.get(key)
            if child and isinstance(value, Mapping):
                told[key] = {**value, child: [_evened(one) for one in many(value.get(child))]}
                continue
            told[key] = _evened(value)
            continue
        told[key] = value
    return told
