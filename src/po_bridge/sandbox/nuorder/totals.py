"""Sums of an order, recomputed where the document states them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .state import Document

_CENT = Decimal("0.01")
_PERCENT = Decimal(100)


def number(value: object) -> Decimal:
    """Read a number of a document; what is none counts as zero."""
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal) or value == "":
        return Decimal(0)
    return Decimal(str(value))


def plain(value: Decimal) -> str:
    """Write a number as the vendor's totals are written: without padding, `84` or `12.5`."""
    return format(value.normalize(), "f")


def sizes_of(order: Document) -> Iterator[Document]:
    """Walk through the sizes of all lines."""
    for line in order["line_items"]:
        yield from line.get("sizes", ())


def gross(order: Document) -> Decimal:
    """Sum up quantity times price over all sizes."""
    return sum((_times(size, "price") for size in sizes_of(order)), Decimal(0))


def retotal(order: Document, before: Decimal) -> None:
    """Bring the stated sums up to date after a change of the lines; `before` is the gross sum until then.

    The total moves by the difference less the order's discount, so that freight in it stays.
    """
    off, on = number(order.get("discount")), number(order.get("additional_percentage"))
    factor = (1 - off / _PERCENT) * (1 + on / _PERCENT)
    moved = (gross(order) - before) * factor
    order["total"] = (number(order.get("total")) + moved).quantize(_CENT)
    if "total_quantity" in order:
        order["total_quantity"] = sum(int(size["quantity"]) for size in sizes_of(order))
    for line in order["line_items"]:
        if "original_total" in line:
            line.update(line_sums(line))
    if "order_discounts" in order:
        order["order_discounts"].update(order_sums(order))


def line_sums(line: Document) -> Document:
    """Make the decimal strings that a line of 2023 or later carries."""
    net = sum((_times(size, "price") for size in line["sizes"]), Decimal(0))
    full = sum((_times(size, _full_price(size)) for size in line["sizes"]), Decimal(0))
    return {
        "total_applied": plain(full - net),
        "effective_subtotal": plain(net),
        "original_total": plain(full),
        "discounted_total": plain(net),
        "total_adjustment": plain(net - full),
    }


def order_sums(order: Document) -> Document:
    """Make the decimal strings of `order_discounts`."""
    net = gross(order)
    full = sum((_times(size, _full_price(size)) for size in sizes_of(order)), Decimal(0))
    level = (net * number(order.get("discount")) / _PERCENT).quantize(_CENT)
    return {
        "original_total": plain(full),
        "total_after_line_item_discount": plain(net),
        "discounted_total": plain(net - level),
        "total_applied": plain(full - net + level),
        "total_order_level_discount": plain(level),
        "total_line_items_discount": plain(full - net),
    }


def _times(size: Document, name: str) -> Decimal:
    return number(size.get(name)) * number(size.get("quantity"))


def _full_price(size: Document) -> str:
    return "original_price" if "original_price" in size else "price"
