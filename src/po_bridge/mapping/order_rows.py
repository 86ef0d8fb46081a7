"""How each row of the order table is read."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from ..models.one_line import one_line
from .views import OrderView


def order_date(view: OrderView) -> datetime | None:
    """The day the order was created; a submission date is not known."""
    return view.order.created_at


def brand_portal(view: OrderView) -> str:
    """The supplier that the setup names for the portal, else the portal's own name."""
    return view.setup.supplier_of(view.order.key.portal)


def buyer(view: OrderView) -> str:
    """The buyer on the order, else who entered it; kept on our record."""
    return view.order.buyer or view.order.creator


def total_quantity(view: OrderView) -> Decimal:
    """Sum of the sizes; follows from the lines, verified."""
    return view.units


def total_cost(view: OrderView) -> Decimal | None:
    """Unit cost times quantity; follows from the lines, verified."""
    return view.cost


def ship_end(view: OrderView) -> date | None:
    """End of the order's ship window, else the latest of the lines with units; never invented."""
    ends = [line.window.end for line in view.order.lines if line.window.end and line.quantity > 0]
    return view.order.window.end or max(ends, default=None)


def order_number(view: OrderView) -> str:
    """As written."""
    return view.order.number


def note(view: OrderView) -> str:
    """The note template of the setup, filled in; never a key."""
    order = view.order
    address = view.setup.wholesale_order_address.format(id=order.key.order_id, number=order.number)
    text = view.setup.note_template.format(
        customer_po=order.customer_po_number or "", source=view.source, number=order.number, address=address
    )
    return one_line(text)
