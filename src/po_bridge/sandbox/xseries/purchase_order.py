"""The read-only resource `/purchase_orders`, since 2026-07: SUPPLIER consignments in newer clothes."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ..message import Response
from .call import Call, data, zulu
from .consignment import lines_of
from .product_read import hide_costs
from .records import Consignment, Line
from .refusal import missing

MAX_PAGE = 1000
"""Largest page of this resource."""


def _plain(value: Decimal) -> str:
    """Write a number without padding."""
    return f"{value.normalize():f}"


def _money(value: Decimal) -> str:
    """Write money with two decimals, more only where they are needed."""
    cents = value.quantize(Decimal("0.01"))
    return f"{cents:f}" if cents == value else _plain(value)


def order_wire(call: Call, order: Consignment) -> dict[str, Any]:
    """Write a purchase order."""
    lines = lines_of(call.state, order.id).all_live()
    total = Decimal(sum((line.count or 0) * line.cost for line in lines))
    wire = {
        "id": order.order_id,
        "version": order.version,
        "user_id": None,
        "order_number": order.reference,
        "notes": order.name,
        "delivery_outlet_id": order.outlet_id,
        "allocation_outlet_ids": [],
        "supplier_id": order.supplier_id,
        "supplier_invoice": order.supplier_invoice,
        "status": order.status,
        "due_at": zulu(order.due_at),
        "cost_price_total": _money(total) if lines else None,
        "quantity_total": _plain(Decimal(sum(line.count or 0 for line in lines))),
        "costs": [],
        "discounts": [],
        "created_at": zulu(order.created_at),
        "updated_at": zulu(order.updated_at),
    }
    return hide_costs(call, wire, "cost_price_total")


def line_item_wire(call: Call, order: Consignment, line: Line) -> dict[str, Any]:
    """Write a line of a purchase order."""
    quantity = _plain(line.count or Decimal(0))
    wire = {
        "id": line.line_id,
        "version": line.version,
        "purchase_order_id": order.order_id,
        "product_id": line.id,
        "quantity": quantity,
        "cost_price": _money(line.cost),
        "allocations": [{"outlet_id": order.outlet_id, "quantity": quantity}],
        "components": [],
        "created_at": zulu(line.created_at),
        "updated_at": zulu(line.updated_at),
    }
    return hide_costs(call, wire, "cost_price")


def _is_order(order: Consignment) -> bool:
    return order.type == "SUPPLIER" and order.deleted_at is None


def _find(call: Call) -> Consignment:
    wanted = call.params["id"]
    for order in call.state.consignments.all_live():
        if order.order_id == wanted and _is_order(order):
            return order
    raise missing(f"purchase order {wanted}")


def list_orders(call: Call) -> Response:
    """Answer a page of purchase orders, at most 1000."""
    return call.page(
        call.state.consignments, lambda order: order_wire(call, order), _is_order, ceiling=MAX_PAGE
    )


def get_order(call: Call) -> Response:
    """Answer one purchase order."""
    return data(order_wire(call, _find(call)))


def list_line_items(call: Call) -> Response:
    """Answer a page of the lines of a purchase order."""
    order = _find(call)
    return call.page(
        lines_of(call.state, order.id), lambda line: line_item_wire(call, order, line), ceiling=MAX_PAGE
    )


def _received(call: Call, order: Consignment) -> list[Line]:
    return [line for line in lines_of(call.state, order.id).all_live() if line.received]


def _delivery_wire(order: Consignment) -> dict[str, Any]:
    # An order has one delivery here, as soon as anything was counted in.
    return {
        "id": f"{order.order_id[:-4]}de11",
        "version": order.version,
        "purchase_order_id": order.order_id,
        "created_at": zulu(order.created_at),
        "updated_at": zulu(order.updated_at),
    }


def list_deliveries(call: Call) -> Response:
    """Answer what arrived for an order, as one delivery; only the address is stated by the vendor."""
    order = _find(call)
    received = bool(_received(call, order))
    return call.page(
        call.state.consignments,
        _delivery_wire,
        lambda each: received and each.id == order.id,
        ceiling=MAX_PAGE,
    )


def list_delivery_lines(call: Call) -> Response:
    """Answer the lines of a delivery, in the form of order lines, which is assumed."""
    order = _find(call)
    if call.params["delivery_id"] != _delivery_wire(order)["id"]:
        raise missing(f"delivery {call.params['delivery_id']}")
    return call.page(
        lines_of(call.state, order.id),
        lambda line: line_item_wire(call, order, line) | {"quantity": _plain(line.received or Decimal(0))},
        lambda line: line.deleted_at is None and bool(line.received),
        ceiling=MAX_PAGE,
    )
