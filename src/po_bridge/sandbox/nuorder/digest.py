"""A canonical text of what the portals hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from .state import State
from .totals import plain

_PASSING = frozenset(
    {
        "_id",
        "created_on",
        "edited_on",
        "id",
        "modified_on",
        "order_group_id",
        "period_end",
        "period_start",
        "ref",
        "schema_id",
        "shipment_date",
        "sku_id",
        "warehouse_id",
    }
)
"""Keys whose values are generated: ids and moments."""


def digest(state: State) -> str:
    """Write the business state as canonical JSON, without generated ids and moments.

    Hand-shakes, tokens and scripts are no business state; the order in which documents came does not count.
    """
    shelves = {
        name: {
            "orders": _sorted(shelf.orders.values()),
            "styles": _sorted(shelf.styles.values()),
            "companies": _sorted(shelf.companies.values()),
            "replenishments": _sorted(shelf.replenishments),
            "stock": _sorted(
                {"style": shelf.styles.get(id, {}), "inventory": entries}
                for id, entries in shelf.stock.items()
            ),
        }
        for name, shelf in state.shelves.items()
    }
    return _text({"portals": shelves, "pictures": sorted(state.pictures)})


def _sorted(documents: Any) -> list[Any]:
    return sorted((_lasting(document) for document in documents), key=_text)


def _lasting(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _lasting(each) for name, each in value.items() if name not in _PASSING}
    if isinstance(value, list | tuple):
        return [_lasting(each) for each in value]
    return value


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, default=_number)


def _number(value: Decimal) -> int | str:
    return int(value) if value == value.to_integral_value() else plain(value)
