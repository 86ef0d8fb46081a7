"""Shipments of an order: what left the brand and what arrived."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from .dates import midnight, moment
from .deed import Deliver, Item, Ship
from .stage import ScriptError, Stage, entry_with, style_with
from .state import Document
from .switches import Switches

_Place = tuple[str, str, str]


def ship(order: Document, deed: Ship, stage: Stage) -> None:
    """Add a parcel; its lines name styles by the brand's own id and by season, number and colour."""
    for item in deed.items:
        if entry_with(order, item) is None:
            raise ScriptError(f"order {deed.order!r} has no such item: {item}")
    parcel = {
        "type": deed.carrier,
        "tracking_numbers": [deed.tracking],
        "status": stage.switches.shipped_word,
        "shipment_date": midnight(stage.now),
        "line_items": [
            _line(list(items), stage)
            for _, items in groupby(deed.items, key=lambda item: (item.style_number, item.color))
        ],
    }
    order.setdefault("shipments", []).append(parcel)
    _note(order, stage)


def deliver(order: Document, deed: Deliver, stage: Stage) -> None:
    """Mark the parcel with this tracking number as arrived; raises ScriptError when there is none."""
    parcels = [each for each in order.get("shipments", ()) if deed.tracking in each["tracking_numbers"]]
    if not parcels:
        raise ScriptError(f"order {deed.order!r} has no parcel {deed.tracking!r}")
    parcels[0]["status"] = stage.switches.delivered_word
    _note(order, stage)


def _note(order: Document, stage: Stage) -> None:
    order["__shipment_status"] = [_word(order, stage.switches)]
    order["modified_on"] = moment(stage.now)


def _line(items: list[Item], stage: Stage) -> Document:
    style = style_with(stage.shelf, items[0])
    known = {size["size"]: size for size in style["sizes"]}
    names = ("brand_id", "season", "style_number", "color")
    return {
        **{name: style[name] for name in names if name in style},
        "sizes": [
            {
                "size": item.size,
                **({"upc": upc} if (upc := known[item.size].get("upc")) else {}),
                "quantity": item.units,
            }
            for item in items
        ],
    }


def _word(order: Document, switches: Switches) -> str:
    if _ordered(order) - _shipped(order):
        return switches.partial_word
    arrived = all(each["status"] == switches.delivered_word for each in order["shipments"])
    return switches.delivered_word if arrived else switches.shipped_word


def _ordered(order: Document) -> Counter[_Place]:
    count: Counter[_Place] = Counter()
    for line in order["line_items"]:
        for size in line["sizes"]:
            count[_place(line["product"], size)] += size["quantity"]
    return count


def _shipped(order: Document) -> Counter[_Place]:
    count: Counter[_Place] = Counter()
    for parcel in order["shipments"]:
        for line in parcel["line_items"]:
            for size in line["sizes"]:
                count[_place(line, size)] += size["quantity"]
    return count


def _place(style: Document, size: Document) -> _Place:
    return (style.get("style_number", ""), style.get("color", ""), size["size"])
