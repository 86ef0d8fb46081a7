"""Consignments, of which purchase orders are the type SUPPLIER, and the rules of their status."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from attrs import evolve

from ..message import Response
from .body import moment
from .call import Call, data, stamp
from .order_body import ORDER, read_either
from .records import Consignment, Line
from .refusal import Refusal, rejected
from .shelf import Shelf
from .state import State

FLOW = ("OPEN", "SENT", "DISPATCHED", "RECEIVED")
"""The way of an order; it only goes forward, and CANCELLED leaves it from any but the last."""
FROZEN = ("RECEIVED", "CANCELLED")
"""Nothing of such an order changes any more."""

_SCOPES = {
    "SUPPLIER": "consignments:write:stock_order",
    "RETURN": "consignments:write:stock_order",
    "OUTLET": "consignments:write:stock_transfer",
    "STOCKTAKE": "consignments:write:inventory_count",
}


def consignment_wire(state: State, order: Consignment) -> dict[str, Any]:
    """Write a consignment, null members included."""
    lines = len(lines_of(state, order.id).all_live())
    return {
        "id": order.id,
        "outlet_id": order.outlet_id,
        "name": order.name,
        "due_at": stamp(order.due_at),
        "type": order.type,
        "status": order.status,
        "supplier_id": order.supplier_id,
        "source_outlet_id": order.source_outlet_id,
        "consignment_date": stamp(order.consignment_date),
        "received_at": stamp(order.received_at),
        "show_inactive": order.show_inactive,
        "supplier_invoice": order.supplier_invoice,
        "reference": order.reference,
        "total_count_gain": None,
        "total_cost_gain": None,
        "total_count_loss": None,
        "total_cost_loss": None,
        "created_at": stamp(order.created_at),
        "updated_at": stamp(order.updated_at),
        "deleted_at": stamp(order.deleted_at),
        "product_count": lines or None,
        "version": order.version,
        "filters": [],
    }


def lines_of(state: State, key: str) -> Shelf[Line]:
    """Give the lines of a consignment."""
    return state.lines.setdefault(key, Shelf())


def write_order(call: Call, order: Consignment) -> None:
    """Raise 403 unless the token may write consignments of this type."""
    call.need(_SCOPES[order.type])


def thawed(order: Consignment) -> Consignment:
    """Give the order back unless it is frozen."""
    if order.status in FROZEN:
        raise rejected(f"a consignment in status {order.status} cannot be changed")
    return order


def list_consignments(call: Call) -> Response:
    """Answer a page, filtered by type, status and outlet; deleted ones never show."""
    wanted = {name: call.request.first(name) for name in ("type", "status", "outlet_id")}
    asked = {name: value for name, value in wanted.items() if value}

    def keep(order: Consignment) -> bool:
        return order.deleted_at is None and all(
            getattr(order, name) == value for name, value in asked.items()
        )

    return call.page(call.state.consignments, lambda order: consignment_wire(call.state, order), keep)


def get_consignment(call: Call) -> Response:
    """Answer one consignment."""
    return data(consignment_wire(call.state, call.one(call.state.consignments, "consignment")))


def create_consignment(call: Call) -> Response:
    """Make a consignment, OPEN unless told SENT; answers it whole with 201."""
    body = read_either(call, ORDER)
    call.need(_SCOPES[body["type"]])
    state = call.state
    status = _first_status(call, body)
    fields = _fields(state, body)
    key = state.new_id()
    if fields.get("reference") is None and call.switches.reference_generated:
        fields["reference"] = next_reference(state, body["outlet_id"])
    order = Consignment(
        id=key,
        version=state.new_version(),
        order_id=key if call.switches.order_ids_equal else state.new_id(),
        status=status,
        consignment_date=fields.pop("consignment_date", call.now),
        created_at=call.now,
        updated_at=call.now,
        **fields,
    )
    state.consignments.put(order)
    return data(consignment_wire(state, order), HTTPStatus.CREATED)


def _first_status(call: Call, body: Mapping[str, Any]) -> str:
    stocktake = body["type"] == "STOCKTAKE"
    status: str = body.get("status") or ("STOCKTAKE_SCHEDULED" if stocktake else "OPEN")
    if stocktake and status.startswith("STOCKTAKE"):
        return status
    if status == "OPEN" or (status == "SENT" and call.switches.create_as_sent):
        return status
    raise rejected(f"a consignment cannot be created with status {status!r}")


def next_reference(state: State, outlet_id: str) -> str:
    """Give the outlet's next order number and move its counter."""
    outlet = state.outlets.by_id[outlet_id]
    state.outlets.put(evolve(outlet, reference_next=outlet.reference_next + 1, version=state.new_version()))
    prefix = f"{outlet.reference_prefix}-" if outlet.reference_prefix else ""
    return f"{prefix}{outlet.reference_next}"


def _fields(state: State, body: Mapping[str, Any]) -> dict[str, Any]:
    plain = ("name", "outlet_id", "type", "supplier_id", "source_outlet_id", "supplier_invoice", "reference")
    fields: dict[str, Any] = {name: body[name] for name in (*plain, "show_inactive") if name in body}
    if state.outlets.live(body["outlet_id"]) is None:
        raise rejected(f"unknown outlet_id {body['outlet_id']!r}")
    if body.get("supplier_id") and state.suppliers.live(body["supplier_id"]) is None:
        raise rejected(f"unknown supplier_id {body['supplier_id']!r}")
    if "due_at" in body:
        fields["due_at"] = _when(body, "due_at")
    if body.get("consignment_date"):
        fields.update(consignment_date=_when(body, "consignment_date"), dated=True)
    return fields


def _when(body: Mapping[str, Any], name: str) -> datetime | None:
    return None if body[name] is None else moment(body[name], name)


def update_consignment(call: Call) -> Response:
    """Change an order, or move its status; name, outlet and type have to come along."""
    order = call.one(call.state.consignments, "consignment")
    write_order(call, order)
    body = read_either(call, ORDER)
    thawed(order)
    if body["type"] != order.type:
        raise rejected("the type of a consignment cannot be changed")
    status = body.get("status", order.status)
    fields = _fields(call.state, body)
    if status != order.status:
        _check_move(call.state, order, status)
    changed = evolve(order, **fields, status=status, version=call.state.new_version(), updated_at=call.now)
    if status == "RECEIVED":
        changed = receive(call.state, changed, call.now)
    return data(consignment_wire(call.state, call.state.consignments.put(changed)))


def _check_move(state: State, order: Consignment, status: str) -> None:
    lines = lines_of(state, order.id).all_live()
    if not lines:
        raise rejected("the status cannot change while the consignment has no products")
    forward = status in FLOW and order.status in FLOW and FLOW.index(status) > FLOW.index(order.status)
    if status != "CANCELLED" and not forward:
        raise rejected(f"a consignment cannot go from {order.status} to {status!r}")
    if status == "RECEIVED" and not any((line.received or 0) > 0 for line in lines):
        raise rejected("nothing was received")


def receive(state: State, order: Consignment, now: datetime) -> Consignment:
    """Close an order as received: what was received is stock now."""
    for line in lines_of(state, order.id).all_live():
        place = (line.id, order.outlet_id)
        state.stock[place] = state.stock.get(place, Decimal(0)) + (line.received or 0)
        done = evolve(line, status="RECEIVE_SUCCESS", version=state.new_version(), updated_at=now)
        lines_of(state, order.id).put(done)
    return evolve(order, status="RECEIVED", received_at=now)


def delete_consignment(call: Call) -> Response:
    """Delete an order that is OPEN or SENT; it vanishes from every list and answers 404."""
    order = call.one(call.state.consignments, "consignment")
    write_order(call, order)
    if order.status in ("DISPATCHED", *FROZEN):
        raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, f"a consignment in status {order.status} stays")
    gone = evolve(order, version=call.state.new_version(), deleted_at=call.now)
    call.state.consignments.put(gone)
    return Response(status=HTTPStatus.NO_CONTENT)


def totals(call: Call) -> Response:
    """Answer counts with five and costs with ten decimals."""
    order = call.one(call.state.consignments, "consignment")
    lines = lines_of(call.state, order.id).all_live()
    sent = Decimal(sum(line.count or 0 for line in lines))
    received = Decimal(sum(line.received or 0 for line in lines))
    sent_cost = Decimal(sum((line.count or 0) * line.cost for line in lines))
    received_cost = Decimal(sum((line.received or 0) * line.cost for line in lines))
    return data(
        [
            {
                "total_sent_count": f"{sent:.5f}",
                "total_sent_cost": f"{sent_cost:.10f}",
                "total_received_count": f"{received:.5f}",
                "total_received_cost": f"{received_cost:.10f}",
            }
        ]
    )
