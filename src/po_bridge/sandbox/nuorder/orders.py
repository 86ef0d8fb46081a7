"""Reading orders: one, by status, by date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from http import HTTPStatus

from ..message import Response
from .answer import not_found, problem
from .call import Call
from .state import Document, Shelf

_PAYMENTS = "__payments"
_SPAN = ("start_date", "end_date")


def order_with_number(shelf: Shelf, number: str) -> Document | None:
    """Find the order with this number, the oldest where loaded documents share one."""
    return next((order for order in shelf.orders.values() if order.get("order_number") == number), None)


def read_order(call: Call) -> Response:
    """Answer with one order by id."""
    order = call.shelf.orders.get(call.params["id"])
    return not_found("order") if order is None else Response.json(_populated(call, order))


def read_numbered(call: Call) -> Response:
    """Answer with one order by number, suffix included."""
    if call.is_retailer and not call.switches.retailer_finds_numbers:
        return _not_offered(call)
    order = order_with_number(call.shelf, call.params["number"])
    return not_found("order") if order is None else Response.json(_populated(call, order))


def list_ids(call: Call) -> Response:
    """Answer with the ids of all orders of one status; a status of none gives an empty list."""
    return Response.json([order["_id"] for order in _with_status(call)])


def list_orders(call: Call) -> Response:
    """Answer with all orders of one status, whole."""
    return Response.json([_populated(call, order) for order in _with_status(call)])


def list_dated(call: Call) -> Response:
    """Answer with the ids of the orders of a span of days, over all statuses."""
    if call.is_retailer and not call.switches.retailer_finds_dates:
        return _not_offered(call)
    try:
        first, last = (date.fromisoformat(call.request.first(name) or "") for name in _SPAN)
    except ValueError:
        return problem(HTTPStatus.BAD_REQUEST, "start_date and end_date must be YYYY-MM-DD")
    field = call.switches.dates.value
    days = ((order["_id"], str(order.get(field, ""))[:10]) for order in call.shelf.orders.values())
    return Response.json([id for id, day in days if first.isoformat() <= day <= last.isoformat()])


def _with_status(call: Call) -> Iterator[Document]:
    # The word counts in any case: one integration capitalises it.
    wanted = call.params["status"].lower()
    return (order for order in call.shelf.orders.values() if str(order.get("status")).lower() == wanted)


def _populated(call: Call, order: Document) -> Document:
    if _PAYMENTS not in (value for name, value in call.request.query if name == "__populate"):
        return order
    payments = {
        "credit_card_on_file": None,
        "payment_status": order.get("payment_status", "Not Paid"),
        "payment_methods_allowed": [],
    }
    return {**order, "__metadata": {"payments": payments, **order.get("__metadata", {})}}


def _not_offered(call: Call) -> Response:
    return problem(call.switches.retailer_refusal, "this is not available")
