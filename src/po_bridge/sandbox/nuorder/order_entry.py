"""Entering, updating and patching orders, as the brand's side may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from ..message import Response
from .answer import forbidden, not_found, problem
from .call import BadBodyError, Call
from .companies import company_with_code
from .dates import midnight, moment
from .entry_lines import entered_line
from .state import Document, Shelf, State
from .totals import gross, number, order_sums, plain, retotal

_NEEDED = ("order_number", "currency_code", "ship_start", "ship_end", "retailer", "line_items")
_ADDRESSES = {"billing_address": "billing_code", "shipping_address": "shipping_code"}
_KEPT = frozenset({"_id", "created_on", "modified_on"})


def create(call: Call) -> Response:
    """Store a new order and answer with it; 409 when its number or external id is taken."""
    if not call.may_write:
        return forbidden()
    body = call.body()
    for name in ("order_number", "external_id"):
        if body.get(name) and any(body[name] == each.get(name) for each in call.shelf.orders.values()):
            return problem(HTTPStatus.CONFLICT, f"order with this {name} already exists")
    order = entered_order(body, call.shelf, call.state, call.now)
    call.shelf.orders[order["_id"]] = order
    return Response.json(order, HTTPStatus.CREATED.value)


def update(call: Call) -> Response:
    """Replace the fields of an order that the body names; the order counts as edited."""
    return _changed(call, call.body)


def patch(call: Call) -> Response:
    """Set one field of an order to a text."""
    return _changed(call, lambda: {call.params["field"]: call.params["value"]})


def _changed(call: Call, read_fields: Callable[[], Document]) -> Response:
    order = call.shelf.orders.get(call.params["id"])
    if not call.may_write:
        return forbidden()
    if order is None:
        return not_found("order")
    fields, before = read_fields(), gross(order)
    if not isinstance(fields.get("line_items", []), list):
        raise BadBodyError("line_items must be a list")
    order.update({name: value for name, value in fields.items() if name not in _KEPT})
    order.update({"edited": True, "modified_on": moment(call.now)})
    if "line_items" in fields and "total" not in fields:
        retotal(order, before)
    return Response.json(order)


def entered_order(body: Document, shelf: Shelf, state: State, now: datetime) -> Document:
    """Make a stored order of the current generation from a create body; unknown keys are kept.

    The company and every style must be known already. Raises BadBodyError for what is missing or wrong.
    """
    missing = [name for name in _NEEDED if not body.get(name)]
    if missing:
        raise BadBodyError(f"missing: {', '.join(missing)}")
    lines: Any = body["line_items"]
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        raise BadBodyError("line_items must be a list of objects")
    entered = [entered_line(line, body, shelf, state) for line in lines]
    order = {
        **_blank(state, now),
        **{name: value for name, value in body.items() if name not in {"ship_start", "ship_end", "total"}},
        **_parties(body, shelf),
        "start_ship": midnight(body["ship_start"]),
        "end_ship": midnight(body["ship_end"]),
        "style_number": entered[0]["product"].get("style_number", ""),
        "line_items": entered,
    }
    return _summed(order)


def _blank(state: State, now: datetime) -> Document:
    made = moment(now)
    return {
        "_id": state.new_id(),
        "status": "pending",
        "created_on": made,
        "modified_on": made,
        **dict.fromkeys(("split", "buyer_submitted", "edited", "locked", "is_drop_ship"), False),
        **dict.fromkeys(("customer_po_number", "notes", "rep_name", "rep_code", "rep_email"), ""),
        **dict.fromkeys(("discount", "additional_percentage", "__cancelled_units", "__cancelled_total"), 0),
        **{name: [] for name in ("order_tags", "shipments", "order_surcharges", "__shipment_status")},
        "__includes_cancelled": False,
        "payment_status": "Not Paid",
        "submitted_by": "web",
        "legal_file": None,
        "shipping_information": {},
    }


def _parties(body: Document, shelf: Shelf) -> Document:
    retailer = body["retailer"]
    code = str(retailer.get("retailer_code", "")) if isinstance(retailer, dict) else ""
    company = company_with_code(shelf, code)
    if company is None:
        raise BadBodyError(f"no company has the code {code!r}")
    buyers = company.get("buyers", ())
    buyer = next((each for each in buyers if each["email"] == retailer.get("buyer_email")), None)
    return {
        "retailer": {
            "_id": company["_id"],
            "retailer_name": company["name"],
            "retailer_code": company["code"],
            "buyer_name": buyer["name"] if buyer else "",
            "buyer_email": retailer.get("buyer_email", ""),
        },
        **{name: _address(company, code, body[name]) for name, code in _ADDRESSES.items() if body.get(name)},
    }


def _address(company: Document, code_name: str, wanted: Document) -> Document:
    known = next((each for each in company["addresses"] if each.get(code_name) == wanted.get("code")), None)
    if known is None:
        return wanted
    names = ("display_name", "line_1", "line_2", "city", "state", "zip", "country")
    found = {name: known[name] for name in names if name in known}
    return {**found, "ref": known["_id"], "code": known[code_name]}


def _summed(order: Document) -> Document:
    freight = number(order["shipping_information"].get("final_amount"))
    order["total"], order["total_quantity"] = freight, 0
    retotal(order, Decimal(0))
    order["order_discounts"] = {
        **order_sums(order),
        "shipping_final_amount": plain(freight),
        "surcharge": "0",
        "company_manual_discount": "0",
        "applied": [],
        "surcharges": {"total_surcharge": "0", "applied": []},
    }
    return order
