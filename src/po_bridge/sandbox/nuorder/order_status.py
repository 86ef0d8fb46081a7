"""Order statuses, and how a caller changes one."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType

from ..message import Response
from .answer import forbidden, not_found, problem, unchanged
from .call import Call
from .orders import order_with_number
from .state import Document

STATUSES = ("draft", "review", "pending", "approved", "processed", "shipped", "cancelled")
"""The words of the life cycle."""
PATH_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **{word: word for word in STATUSES},
        "approve": "approved",
        "cancel": "cancelled",
        "process": "processed",
        "ship": "shipped",
    }
)
"""Status by the word in the path: older callers use the verb, newer ones the status itself."""


def change_by_id(call: Call) -> Response:
    """Change the status of the order with this id."""
    return _change(call, call.shelf.orders.get(call.params["id"]))


def change_by_number(call: Call) -> Response:
    """Change the status of the order with this number."""
    return _change(call, order_with_number(call.shelf, call.params["number"]))


def _change(call: Call, order: Document | None) -> Response:
    status = PATH_WORDS.get(call.params["status"].lower())
    if call.is_retailer:
        return forbidden()
    if order is None:
        return not_found("order")
    if status is None:
        return problem(HTTPStatus.BAD_REQUEST, f"unknown status {call.params['status']}")
    if str(order["status"]).lower() == status:
        return unchanged()
    # modified_on stays as it is: recordings show it so.
    order["status"] = status
    return Response.json(order)
