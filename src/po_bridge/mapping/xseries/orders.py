"""Wire tables of purchase orders and their lines, the same in every version so far."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import fields

from ...models.purchase_order import PurchaseLine, PurchaseOrder
from ..codec import optional
from ..rule import part, rule, wire_constant
from ..table import table
from ..words import ID, OPTIONAL_TEXT, TEXT
from .wire_form import AMOUNT, INSTANT, NEW_STATUS, NULL, ORIGIN, STAMPED, STATUS

_PO: Final = fields(PurchaseOrder)
_PL: Final = fields(PurchaseLine)

ORDER: Final = table(
    PurchaseOrder,
    (
        rule(_PO.id, read="id", codec=ID),
        rule(
            _PO.created_at,
            read=("consignment_date", "created_at"),
            write="consignment_date",
            codec=optional(INSTANT),
            default=None,
            absent=NULL,
            label="Created",
        ),
        rule(_PO.supplier_id, "supplier_id", OPTIONAL_TEXT, default=None, label="Supplier"),
        rule(_PO.due_at, "due_at", optional(INSTANT), default=None, label="Delivery Date"),
        rule(_PO.number, "reference", TEXT, default="", absent=NULL, label="Order Number"),
        rule(_PO.note, "name", TEXT, default="", absent=NULL, always_written=True, label="Note"),
        rule(_PO.outlet_id, "outlet_id", TEXT),
        rule(_PO.status, "status", STATUS),
        rule(_PO.status_word, read="status", codec=NEW_STATUS),
        rule(_PO.deleted, read="deleted_at", codec=STAMPED, default=False),
        part(_PO.origin, ".", ORIGIN),
    ),
    over=("data",),
    ignored=(
        "^version",
        "type",
        "source_outlet_id",
        "received_at",
        "show_inactive",
        "supplier_invoice",
        "total_count_gain",
        "total_cost_gain",
        "total_count_loss",
        "total_cost_loss",
        "updated_at",
        "product_count",
        "filters",
    ),
    left_out=(_PO.charges, _PO.lines),
    wire_constants=(wire_constant("type", "SUPPLIER"),),
    title="Purchase order",
    note="Ordered By has no field. Total Qty. and Total Cost follow from the lines.",
)
"""A list of orders to suppliers."""

LINE: Final = table(
    PurchaseLine,
    (
        rule(_PL.product_id, "product_id", ID),
        rule(
            _PL.count,
            "count",
            AMOUNT,
            default=Decimal(0),
            absent=NULL,
            always_written=True,
            label="Total Qty.",
            note="null on a line that was received without having been ordered",
        ),
        rule(_PL.cost, "cost", optional(AMOUNT), default=None, label="Total Cost"),
        rule(
            _PL.received,
            read="received",
            codec=optional(AMOUNT),
            default=None,
            note="never written: any value, zero too, dispatches the order",
        ),
    ),
    over=("data",),
    ignored=(
        "^version",
        "product_sku",
        "is_included",
        "status",
        "created_at",
        "updated_at",
        "deleted_at",
        "version",
    ),
    left_out=(_PL.line_id,),
    title="Purchase order line",
    note="The product is a line's identity.",
)
"""A list of order lines."""


def read_lines(document: Mapping[str, Any]) -> tuple[PurchaseLine, ...]:
    """Read a list of lines without the removed ones; raises BadDocument."""
    read = LINE.read_all(document, name="purchase order lines")
    return tuple(line for line, row in zip(read, document["data"], strict=True) if not row.get("deleted_at"))


def write_order(order: PurchaseOrder) -> dict[str, Any]:
    """Write a new order; its id and lines have no place."""
    document: dict[str, Any] = ORDER.write_all((order,))["data"][0]
    return document


def write_line(line: PurchaseLine) -> dict[str, Any]:
    """Write one line; the bulk call takes a bare list of them."""
    document: dict[str, Any] = LINE.write_all((line,))["data"][0]
    return document
