"""Wire tables of orders and their lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import tzinfo
from decimal import Decimal
from typing import Any, Final

from attrs import evolve, fields

from ...models.charges import NO_CHARGES, Charges
from ...models.money import cost as rounded
from ...models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from ..codec import optional
from ..rule import part, rule, wire_constant
from ..table import table
from ..words import TEXT
from .collections import rows_of
from .wire_form import AMOUNT, BLANK, FLAG, ID, REF, SHOP_DAY, UNITS, origin_by

_CH: Final = fields(Charges)
_PO: Final = fields(PurchaseOrder)
_PL: Final = fields(PurchaseLine)

CHARGES: Final = table(
    Charges,
    (
        rule(_CH.freight, "shipCost", AMOUNT, default=Decimal(0), absent=BLANK, label="Shipping"),
        rule(
            _CH.surcharge,
            "otherCost",
            AMOUNT,
            default=Decimal(0),
            absent=BLANK,
            label="Other",
            note="may be below zero",
        ),
    ),
    title="Costs of an order",
)
"""Freight and surcharge, beside an order's own fields."""

ORDER: Final = table(
    PurchaseOrder,
    (
        rule(_PO.id, read="orderID", codec=ID),
        rule(
            _PO.created_at,
            read=("orderedDate", "createTime"),
            codec=optional(SHOP_DAY),
            default=None,
            absent=BLANK,
            label="Ordered",
            note="written once the lines are there, and only where the order is to count as ordered",
        ),
        rule(_PO.supplier_id, "vendorID", REF, default=None, absent=BLANK, label="Vendor"),
        rule(
            _PO.due_at,
            "arrivalDate",
            optional(SHOP_DAY),
            default=None,
            absent=BLANK,
            label="Expected",
            note="a day of the shop's calendar",
        ),
        rule(_PO.number, "refNum", TEXT, default="", absent=BLANK, label="Reference"),
        rule(
            _PO.note,
            read=("Note.note", "stockInstructions"),
            write="stockInstructions",
            codec=TEXT,
            default="",
            absent=BLANK,
            label="Stock instructions",
        ),
        rule(_PO.outlet_id, "shopID", ID),
        rule(_PO.deleted, read="archived", codec=FLAG, default=False, absent=BLANK),
        part(_PO.charges, ".", CHARGES),
        part(_PO.origin, ".", origin_by("orderID")),
    ),
    over=("Order",),
    ignored=("Note.*", "*"),
    left_out=(_PO.lines, _PO.status, _PO.status_word),
    wire_constants=(
        wire_constant("discount", "0", note="lines bear discounted costs; both would count twice"),
    ),
    title="Order",
    note=(
        "The status is derived: no ordered date is open, an ordered date is ordered, a received date is being "
        "checked in, complete is finished. Totals follow from the lines."
    ),
)
"""A list of orders."""

LINE: Final = table(
    PurchaseLine,
    (
        rule(_PL.line_id, read="orderLineID", codec=ID),
        rule(_PL.product_id, "itemID", ID),
        rule(_PL.count, "quantity", UNITS, label="Quantity"),
        rule(
            _PL.cost,
            "price",
            optional(AMOUNT),
            default=None,
            absent=BLANK,
            label="Unit cost",
            note="after the order's discount; originalPrice, before it, is the same since the discount is 0",
        ),
        rule(
            _PL.received,
            read="numReceived",
            codec=optional(AMOUNT),
            default=None,
            absent=BLANK,
            label="Received",
            note="never written: the line would count as received",
        ),
    ),
    over=("OrderLine",),
    ignored=("orderID", "originalPrice", "*"),
    title="Order line",
)
"""A list of order lines."""


def read_orders(document: Any, system: str) -> tuple[PurchaseOrder, ...]:
    """Read orders with their derived status and without their lines; raises BadDocument."""
    rows = rows_of(document, "Order")
    read = ORDER.read_all(rows, name="orders", context={"system": system})
    return tuple(evolve(order, status=status_of(row)) for order, row in zip(read, rows["Order"], strict=True))


def status_of(row: Mapping[str, Any]) -> PurchaseStatus:
    """Derive where an order stands; an ordered date counts only once the order has a line."""
    if row.get("complete") == "true":
        return PurchaseStatus.RECEIVED
    if row.get("receivedDate"):
        return PurchaseStatus.DISPATCHED
    if row.get("orderedDate") and row.get("totalQuantity") != "0":
        return PurchaseStatus.SENT
    return PurchaseStatus.OPEN


def nested_lines(document: Any) -> dict[str, Any]:
    """The lines that came with one order, as a list document."""
    rows = rows_of(document, "Order")["Order"]
    inside = rows[0].get("OrderLines") if rows and isinstance(rows[0], dict) else None
    return rows_of(inside, "OrderLine")


def read_lines(document: Any) -> tuple[PurchaseLine, ...]:
    """Read lines as they stand, an item as often as it has lines; raises BadDocument."""
    return LINE.read_all(rows_of(document, "OrderLine"), name="order lines")


def merged_lines(lines: Iterable[PurchaseLine]) -> tuple[PurchaseLine, ...]:
    """Each product once; several lines of one product are summed, their cost weighted by count."""
    merged: dict[str, PurchaseLine] = {}
    for line in lines:
        known = merged.get(line.product_id)
        merged[line.product_id] = _sum(known, line) if known else line
    return tuple(merged.values())


def _sum(one: PurchaseLine, other: PurchaseLine) -> PurchaseLine:
    count = one.count + other.count
    cost = one.cost if one.cost is not None else other.cost
    if one.cost is not None and other.cost is not None and count:
        cost = rounded((one.count * one.cost + other.count * other.cost) / count)
    unknown = one.received is None and other.received is None
    received = (one.received or Decimal(0)) + (other.received or Decimal(0))
    return evolve(one, count=count, cost=cost, received=None if unknown else received)


def write_order(order: PurchaseOrder, zone: tzinfo, *, as_note: bool = False) -> dict[str, Any]:
    """Write a new order, open and without lines; its delivery date is a day in the zone of its shop."""
    due_at = order.due_at.astimezone(zone) if order.due_at else None
    local = evolve(order, due_at=due_at, charges=order.charges or NO_CHARGES)
    document: dict[str, Any] = ORDER.write_all((local,))["Order"][0]
    if as_note and "stockInstructions" in document:
        document["Note"] = {"note": document.pop("stockInstructions"), "isPublic": "false"}
    return document


def write_line(line: PurchaseLine) -> dict[str, Any]:
    """Write a line's item, units and cost; both prices are the discounted one."""
    document: dict[str, Any] = LINE.write_all((line,))["OrderLine"][0]
    if "price" in document:
        document["originalPrice"] = document["price"]
    return document
