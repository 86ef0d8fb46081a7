"""How a living order changes: edited, split, cancelled in part."""

from __future__ import annotations

from decimal import Decimal

from .dates import midnight, moment
from .deed import CancelUnits, Edit, Item, Split
from .entry_lines import entered_line
from .generation import aged_line
from .stage import ScriptError, Stage, entry_with, lines_with, style_with
from .state import Document
from .totals import gross, number, retotal


def edit(order: Document, deed: Edit, stage: Stage) -> None:
    """Set the quantity of an item, add it or take it off; sums and the edited flag follow."""
    before, entry = gross(order), entry_with(order, deed.item)
    if entry is not None:
        entry["quantity"] = deed.item.units
    else:
        _add(order, deed.item, stage)
    _drop_empty(order)
    retotal(order, before)
    order.update({"edited": True, "modified_on": moment(stage.now)})
    if any("id" in line for line in order["line_items"]):
        order.update({"edited_on": moment(stage.now), "edited_by": deed.by})


def _add(order: Document, item: Item, stage: Stage) -> None:
    body = {
        "product": {"_id": style_with(stage.shelf, item)["_id"]},
        "sizes": [{"size": item.size, "quantity": item.units}],
    }
    header = {**order, "ship_start": order["start_ship"], "ship_end": order["end_ship"]}
    line = aged_line(entered_line(body, header, stage.shelf, stage.state), order)
    present = lines_with(order, item)
    if present:
        present[0]["sizes"] += line["sizes"]
    else:
        order["line_items"].append(line)


def _drop_empty(order: Document) -> None:
    for line in order["line_items"]:
        line["sizes"] = [size for size in line.get("sizes", ()) if size["quantity"]]
    order["line_items"] = [line for line in order["line_items"] if line["sizes"]]


def split(order: Document, deed: Split, stage: Stage) -> None:
    """Move some styles to a new order; both numbers get a suffix and either order lives on alone."""
    leaves = [line["product"].get("style_number") in deed.styles for line in order["line_items"]]
    if not any(leaves) or all(leaves):
        raise ScriptError(f"order {deed.order!r} cannot be split by the styles {deed.styles}")
    before, parted = gross(order), list(zip(leaves, order["line_items"], strict=True))
    sibling: Document = {**order, "_id": stage.state.new_id(), "total": Decimal(0)}
    if "order_discounts" in order:
        sibling["order_discounts"] = dict(order["order_discounts"])
    order["line_items"] = [line for leaving, line in parted if not leaving]
    sibling["line_items"] = [line for leaving, line in parted if leaving]
    retotal(order, before)
    retotal(sibling, Decimal(0))
    for name, day in (("start_ship", deed.start_ship), ("end_ship", deed.end_ship)):
        sibling[name] = order[name] if day is None else midnight(day)
    order["order_number"], sibling["order_number"] = f"{deed.order}-1", f"{deed.order}-2"
    order["modified_on"] = sibling["modified_on"] = moment(stage.now)
    stage.shelf.orders[sibling["_id"]] = sibling


def cancel(order: Document, deed: CancelUnits, stage: Stage) -> None:
    """Count cancelled units on the order, and by switch take them off the item."""
    entry = entry_with(order, deed.item)
    if entry is None or deed.item.units > entry["quantity"]:
        raise ScriptError(f"order {deed.order!r} has too few of {deed.item}")
    before, units = gross(order), deed.item.units
    order["__includes_cancelled"] = True
    order["__cancelled_units"] = order.get("__cancelled_units", 0) + units
    order["__cancelled_total"] = number(order.get("__cancelled_total")) + number(entry["price"]) * units
    if stage.switches.cancelled_units_leave:
        entry["quantity"] -= units
        retotal(order, before)
    order["modified_on"] = moment(stage.now)
