"""Three ages of the order document."""

from __future__ import annotations

from copy import deepcopy
from enum import Enum
from typing import assert_never

from .state import Document


class Generation(Enum):
    """The year from which a form of the order document is known."""

    Y2014 = "2014"
    """No dates, brand ids or UPC on the lines, hardly any sums."""
    Y2023 = "2023"
    """Sums as text; no line ids, retail prices, packs or unrounded prices."""
    Y2025 = "2025"
    """Line ids, `price_precise`, `units_per_pack` and `retail`."""


_AFTER_2023 = frozenset(
    {"edited_by", "edited_on", "external_id", "order_surcharges", "order_type", "use_advanced_promotions"}
)
_AFTER_2014 = _AFTER_2023 | {
    "buyer_submitted",
    "collaborative_draft",
    "creator_name",
    "easy_order_viewed",
    "is_drop_ship",
    "legal_file",
    "locked",
    "order_discounts",
    "order_group_id",
    "payment_status",
    "rep_email",
    "selected_shipping_locations",
    "shipments",
    "shipping_information",
    "style_number",
    "total_quantity",
    "__cancelled_total",
    "__cancelled_units",
    "__configure_to_order_items",
    "__includes_cancelled",
    "__is_rtp",
    "__shipment_status",
    "__split_overrides",
    "__uninitiated_order",
}
_PRODUCT_2014 = frozenset({"_id", "style_number", "color", "color_code"})
_SIZE_2014 = frozenset({"size", "quantity", "price"})


def rendered(order: Document, generation: Generation) -> Document:
    """Give a copy of an order of the current generation as an older server would have written it.

    Custom fields of the header stay.
    """
    copy = deepcopy(order)
    match generation:
        case Generation.Y2014:
            return _in_2014(copy)
        case Generation.Y2023:
            return _in_2023(copy)
        case Generation.Y2025:
            return copy
        case _:
            assert_never(generation)


def aged_line(line: Document, order: Document) -> Document:
    """Give a line of the current generation in the generation of an order."""
    others = order["line_items"]
    if any("id" in other for other in others):
        return line
    return _line_2023(line) if any("ship_start" in other for other in others) else _line_2014(line)


def _in_2023(order: Document) -> Document:
    header = _without(order, _AFTER_2023)
    header["line_items"] = [_line_2023(line) for line in order["line_items"]]
    return header


def _line_2023(line: Document) -> Document:
    return {
        **_without(line, frozenset({"id", "discount", "notes"})),
        "product": _without(line["product"], frozenset({"brand_id", "division"})),
        "sizes": [
            _without(size, frozenset({"price_precise", "retail", "units_per_pack"})) for size in line["sizes"]
        ],
    }


def _in_2014(order: Document) -> Document:
    header = _without(order, _AFTER_2014)
    header["retailer"] = _without(order["retailer"], frozenset({"buyer_email"}))
    header["line_items"] = [_line_2014(line) for line in order["line_items"]]
    return header


def _line_2014(line: Document) -> Document:
    return {
        "product": _only(line["product"], _PRODUCT_2014),
        "sizes": [_only(size, _SIZE_2014) for size in line["sizes"]],
    }


def _without(document: Document, names: frozenset[str]) -> Document:
    return {name: value for name, value in document.items() if name not in names}


def _only(document: Document, names: frozenset[str]) -> Document:
    return {name: value for name, value in document.items() if name in names}
