"""Wire tables of the read-only purchase orders, from version 2026-07 on.

Source: the vendor's 2026-07 document. Of deliveries only the addresses are stated: their members are assumed to be
named as those of order lines.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import fields

from ...models.purchase_order import PurchaseLine, PurchaseOrder
from ..codec import optional
from ..rule import part, rule
from ..table import table
from ..words import ID, OPTIONAL_TEXT, TEXT
from .wire_form import AMOUNT, INSTANT, NEW_STATUS, NULL, ORIGIN, STAMPED, STATUS

_PO: Final = fields(PurchaseOrder)
_PL: Final = fields(PurchaseLine)

PURCHASE_ORDER: Final = table(
    PurchaseOrder,
    (
        rule(_PO.id, read="id", codec=ID),
        rule(_PO.number, read="order_number", codec=TEXT, default="", absent=NULL, label="Order Number"),
        rule(_PO.note, read="notes", codec=TEXT, default="", absent=NULL, label="Note"),
        rule(_PO.supplier_id, read="supplier_id", codec=OPTIONAL_TEXT, default=None, label="Supplier"),
        rule(_PO.outlet_id, read="delivery_outlet_id", codec=TEXT),
        rule(_PO.status, read="status", codec=STATUS),
        rule(_PO.status_word, read="status", codec=NEW_STATUS),
        rule(_PO.created_at, read="created_at", codec=optional(INSTANT), default=None, label="Created"),
        rule(_PO.due_at, read="due_at", codec=optional(INSTANT), default=None, label="Delivery Date"),
        rule(_PO.deleted, read="deleted_at", codec=STAMPED, default=False),
        part(_PO.origin, ".", ORIGIN),
    ),
    over=("data",),
    ignored=(
        "^version",
        "user_id",
        "allocation_outlet_ids",
        "supplier_invoice",
        "cost_price_total",
        "quantity_total",
        "costs",
        "discounts",
        "updated_at",
    ),
    left_out=(_PO.charges, _PO.lines),
    title="Purchase order, read only",
)
"""A list of purchase orders."""

ORDERED: Final = table(
    PurchaseLine,
    (
        rule(_PL.product_id, read="product_id", codec=ID),
        rule(_PL.count, read="quantity", codec=AMOUNT, label="Total Qty."),
        rule(_PL.cost, read="cost_price", codec=optional(AMOUNT), default=None, label="Total Cost"),
        rule(_PL.line_id, read="id", codec=TEXT, default="", absent=NULL),
    ),
    over=("data",),
    ignored=(
        "^version",
        "version",
        "purchase_order_id",
        "delivery_id",
        "allocations",
        "components",
        "created_at",
        "updated_at",
    ),
    left_out=(_PL.received,),
    title="Purchase order line, read only",
    note="What was received stands in the deliveries.",
)
"""A list of lines, of an order or of one of its deliveries."""


def read_quantities(document: Mapping[str, Any]) -> Mapping[str, Decimal]:
    """Units by product of a list of lines; raises BadDocument."""
    found: dict[str, Decimal] = {}
    for line in ORDERED.read_all(document, name="delivery lines"):
        found[line.product_id] = found.get(line.product_id, Decimal(0)) + line.count
    return found
