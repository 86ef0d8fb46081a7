"""The bodies of consignment calls, which come bare or in `data`."""

from __future__ import annotations

from typing import Any

from .body import Check, amount, flag, members, nullable, one_of, text, word
from .call import Call
from .refusal import Refusal
from .switches import BodyForm

TYPES = ("SUPPLIER", "OUTLET", "RETURN", "STOCKTAKE")
"""The kinds of consignments."""

_REST = {
    "status": text,
    "supplier_id": nullable(text),
    "source_outlet_id": nullable(text),
    "due_at": nullable(text),
    "consignment_date": nullable(text),
    "supplier_invoice": nullable(text),
    "reference": nullable(text),
    "show_inactive": flag,
}
ORDER = members({"name": word, "outlet_id": word, "type": one_of(*TYPES)}, _REST, closed=False)
"""Body of a consignment, created or updated; open, since the vendor's own collection sends the read model."""

_FIGURES = {"count": nullable(amount), "received": nullable(amount), "cost": nullable(amount)}
LINE = members({"product_id": word}, _FIGURES, closed=False)
"""Body of an added line, and row of a bulk call."""
LINE_CHANGE = members(optional={"product_id": word, **_FIGURES}, closed=False)
"""Body of a changed line; the path names the product."""


def read_either(call: Call, check: Check) -> Any:
    """Read a body in the form that the store takes, bare or in `data`; raises 400 or 422 for the other."""
    body = call.parse()
    wrapped = isinstance(body, dict) and set(body) == {"data"}
    form = call.switches.body_form
    if form is not BodyForm.BOTH and wrapped != (form is BodyForm.WRAPPED):
        raise Refusal(call.switches.wrong_form_status, f"the body must come {form.value}")
    content = body["data"] if wrapped else body
    check(content, "data" if wrapped else "body")
    return content
