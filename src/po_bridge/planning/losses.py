"""What no target has a field for: named in the plan, kept on our record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from ..models.capabilities import Capabilities
from ..models.keys import OrderKey
from ..models.named_record import name_key
from ..models.purchase_order import PurchaseOrder, PurchaseStatus
from ..models.store import Outlet
from ..models.wholesale_order import OrderLine, WholesaleOrder
from .book import Applied
from .change import Change, NewOrder
from .notes import Notes
from .windows import Placed

_KEPT: Final = "kept on our record; a purchase order bears goods only"
_SHOWN: Final = 80
_SETTLED: Final = {PurchaseStatus.RECEIVED, PurchaseStatus.CANCELLED}
_ONE_DATE: Final = "one purchase order has one delivery date, {day}"


def lose_all(order: WholesaleOrder, places: Sequence[Placed], notes: Notes) -> None:
    """Name what of an order is lost: made-to-order lines, further dates."""
    for line in order.lines:
        _lose_customization(order, line, notes)
    for placed in places:
        _lose_dates(order, placed, notes)


def lose_moves(
    order: WholesaleOrder,
    outlet: Outlet | None,
    applied: Applied | None,
    orders: Mapping[str, PurchaseOrder],
    notes: Notes,
) -> None:
    """Name what the brand changed since and purchase orders that were made keep: their number, and their outlet."""
    if applied is None or not applied.purchase_orders:
        return
    if name_key(applied.number) != name_key(order.number):
        why = f"its purchase order keeps {applied.number}; change it in the POS"
        notes.lose(order.key, "order number", order.number, why)
    for one in filter(None, map(orders.get, applied.purchase_orders)):
        moved = outlet is not None and one.outlet_id not in {"", outlet.id}
        if outlet and moved and not one.deleted and one.status not in _SETTLED:
            why = f"purchase order {one.id} keeps the outlet it has; change it in the POS"
            notes.lose(order.key, f"outlet of purchase order {one.id}", outlet.name or outlet.id, why)


def lose_unheld(
    order: WholesaleOrder, changes: Sequence[Change], capabilities: Capabilities, notes: Notes
) -> None:
    """Name what new purchase orders would have in fields that the target has not, or not while they are open."""
    made = [change for change in changes if isinstance(change, NewOrder)]
    why = capabilities.unheld.get("discount", "")
    if why and made and order.discount_percent:
        notes.lose(order.key, "order discount", f"{order.discount_percent} %", why)
    why = capabilities.unheld.get("created_at", "")
    dates = [one.draft.created_at for one in made if one.status is PurchaseStatus.OPEN]
    for moment in filter(None, dates if why else ()):
        notes.lose(order.key, "order date", moment.date().isoformat(), f"kept on our record; {why}")


def lose_description(
    order: OrderKey, family: str, description: str, capabilities: Capabilities, notes: Notes
) -> None:
    """Name the description of a new family where the target has no place for it."""
    why = capabilities.unheld.get("description", "")
    if why and description:
        shown = " ".join(description.split())[:_SHOWN]
        notes.lose(order, f"description of {family}", shown, f"left out; {why}")


def lose_source_id(
    order: OrderKey, family: str, source_id: str, capabilities: Capabilities, notes: Notes
) -> None:
    """Name the id that ties a new family to the source where the target has no place for it."""
    why = capabilities.unheld.get("source_id", "")
    if why and source_id:
        notes.lose(order, f"product id of {family}", source_id, f"kept on our record; {why}")


def _lose_customization(order: WholesaleOrder, line: OrderLine, notes: Notes) -> None:
    if line.customizations:
        named = " ".join(filter(None, (line.style_number, line.color, line.size)))
        notes.lose(order.key, f"made to order: {named}", "; ".join(line.customizations), _KEPT)


def _lose_dates(order: WholesaleOrder, placed: Placed, notes: Notes) -> None:
    """Delivery dates other than the one that the purchase order has, and one that moved since it was made."""
    part, kept = placed.part, placed.part.due_on
    others = {one.line.window.end for one in part.lines if one.line.window.end} - {kept}
    if others and kept:
        listed = ", ".join(day.isoformat() for day in sorted(filter(None, others)))
        notes.lose(order.key, "ship windows", listed, _ONE_DATE.format(day=kept.isoformat()))
    if placed.moved:
        was = placed.applied_on.isoformat() if placed.applied_on else "unknown"
        now = kept.isoformat() if kept else "unknown"
        why = f"purchase order {placed.purchase_order} keeps {was}, it may be the merchant's own; change it in the POS"
        notes.lose(order.key, f"delivery date moved from {was}", now, why)
