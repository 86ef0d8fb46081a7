"""Lines of a consignment: added, set, removed one by one, and added up in bulk."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from attrs import evolve

from ..message import Response
from .body import five, members
from .call import Call, data, stamp
from .consignment import lines_of, thawed, write_order
from .order_body import LINE, LINE_CHANGE, read_either
from .records import Consignment, Line
from .refusal import Refusal, malformed, missing, rejected
from .state import State
from .switches import BadRow

_OBJECT = members(closed=False)


def line_wire(line: Line) -> dict[str, Any]:
    """Write a line; numbers are text with five decimals."""
    return {
        "product_id": line.id,
        "product_sku": None,
        "count": _padded(line.count),
        "received": _padded(line.received),
        "cost": _padded(line.cost),
        "is_included": True,
        "status": line.status,
        "created_at": stamp(line.created_at),
        "updated_at": stamp(line.updated_at),
        "deleted_at": stamp(line.deleted_at),
        "version": line.version,
    }


def _padded(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:.5f}"


def list_lines(call: Call) -> Response:
    """Answer a page of lines by the version cursor."""
    order = call.one(call.state.consignments, "consignment")
    return call.page(lines_of(call.state, order.id), line_wire)


def _order(call: Call) -> Consignment:
    order = call.one(call.state.consignments, "consignment")
    write_order(call, order)
    return thawed(order)


def add_line(call: Call) -> Response:
    """Add a product; one that is on the order already is added up, or refused by the switch."""
    order = _order(call)
    body = read_either(call, LINE)
    if call.switches.second_line_refused and lines_of(call.state, order.id).live(body["product_id"]):
        raise rejected("the product is on the consignment already")
    line = _added(call, order, body)
    return data(line_wire(line), call.switches.added_line_status)


def set_line(call: Call) -> Response:
    """Set count (OPEN, SENT), received, or cost of a line to what is sent."""
    order = _order(call)
    body = read_either(call, LINE_CHANGE)
    line = lines_of(call.state, order.id).live(call.params["product_id"])
    if line is None:
        raise missing(f"product {call.params['product_id']} on this consignment")
    if body.get("product_id", line.id) != line.id:
        raise rejected("product_id differs from the path")
    figures = _figures(body)
    order = _begin_receiving(call, order, figures)
    if "count" in figures and order.status == "DISPATCHED":
        raise rejected("the count is fixed once the consignment is dispatched")
    wire = line_wire(_put(call, order, evolve(line, **figures)))
    return data({"data": [wire]} if call.switches.put_line_nested else wire)


def delete_line(call: Call) -> Response:
    """Remove a product from an order that is OPEN or SENT."""
    order = _order(call)
    if order.status == "DISPATCHED":
        raise rejected("a line of a dispatched consignment stays")
    line = lines_of(call.state, order.id).live(call.params["product_id"])
    if line is None:
        raise missing(f"product {call.params['product_id']} on this consignment")
    _put(call, order, evolve(line, deleted_at=call.now))
    return Response(status=HTTPStatus.NO_CONTENT)


def bulk(call: Call) -> Response:
    """Add up many lines; the answer holds the totals by product id.

    The call ADDS to what is there, so sending it twice doubles the order. What a bad row does is a switch.
    """
    order = _order(call)
    rows = call.parse()
    if not isinstance(rows, list) or not rows:
        raise malformed("the body must be a list that is not empty")
    for row in rows:
        _OBJECT(row, "row")
    return _bulk(call, order, rows)


def _bulk(call: Call, order: Consignment, rows: list[Mapping[str, Any]]) -> Response:
    faults = [(row, fault) for row in rows if (fault := _fault(call, order, row)) is not None]
    bad = [id(row) for row, _ in faults]
    good = [row for row in rows if id(row) not in bad]
    if faults and call.switches.bad_row is BadRow.REFUSE_ALL:
        raise faults[0][1]
    done = [_added(call, order, row) for row in good]
    if faults and call.switches.bad_row is BadRow.KEEP_GOOD:
        raise faults[0][1]
    return data({line.id: _totals(line) for line in done})


def _totals(line: Line) -> dict[str, str | None]:
    figures = {"count": _padded(line.count), "received": _padded(line.received)}
    return {name: figure for name, figure in figures.items() if figure is not None}


def _fault(call: Call, order: Consignment, row: Mapping[str, Any]) -> Refusal | None:
    try:
        LINE(row, "row")
        _check(call, order, row)
    except Refusal as refusal:
        return refusal
    return None


def _check(call: Call, order: Consignment, row: Mapping[str, Any]) -> None:
    figures = _figures(row)
    product = call.state.products.live(row["product_id"])
    if product is None:
        raise rejected(f"unknown product_id {row['product_id']!r}")
    if product.composite:
        raise rejected("a composite product cannot be ordered")
    if not product.is_active and not call.switches.inactive_orderable:
        raise rejected("an inactive product cannot be ordered")
    if "count" not in figures and "received" not in figures:
        raise malformed("count or received is required")
    if "count" in figures and order.status == "DISPATCHED":
        raise rejected("the count is fixed once the consignment is dispatched")


def _figures(body: Mapping[str, Any]) -> dict[str, Any]:
    figures = {name: five(body[name]) for name in ("count", "received", "cost") if body.get(name) is not None}
    if any(figure < 0 for figure in figures.values()):
        raise rejected("count, received and cost must not be negative")
    return figures


def _added(call: Call, order: Consignment, row: Mapping[str, Any]) -> Line:
    _check(call, order, row)
    figures = _figures(row)
    order = _begin_receiving(call, call.state.consignments.by_id[order.id], figures)
    line = lines_of(call.state, order.id).live(row["product_id"]) or _blank(call, row["product_id"])
    sums: dict[str, Any] = {
        name: (getattr(line, name) or 0) + figures[name] for name in ("count", "received") if name in figures
    }
    return _put(call, order, evolve(line, **sums, cost=figures.get("cost", line.cost)))


def _blank(call: Call, product_id: str) -> Line:
    product = call.state.products.by_id[product_id]
    return Line(
        id=product_id,
        line_id=call.state.new_id(),
        version=0,
        count=None,
        received=None,
        cost=product.cost if call.switches.cost_from_supplier else Decimal(0),
        status="PENDING",
        created_at=call.now,
        updated_at=call.now,
    )


def _begin_receiving(call: Call, order: Consignment, figures: Mapping[str, Any]) -> Consignment:
    # Any received value, zero too, moves an order to DISPATCHED by itself.
    if "received" not in figures or order.status not in ("OPEN", "SENT"):
        return order
    moved = evolve(order, status="DISPATCHED", version=call.state.new_version(), updated_at=call.now)
    return call.state.consignments.put(moved)


def _put(call: Call, order: Consignment, line: Line) -> Line:
    stamped = evolve(line, version=call.state.new_version(), updated_at=call.now)
    lines_of(call.state, order.id).put(stamped)
    if call.switches.line_edit_moves_order:
        bump(call.state, order)
    return stamped


def bump(state: State, order: Consignment) -> None:
    """Give an order a new version, and so a new place in the cursor."""
    state.consignments.put(evolve(order, version=state.new_version()))
