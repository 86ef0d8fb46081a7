"""How orders, lines and deliveries are written."""

from __future__ import annotations

from decimal import Decimal

from .call import Call
from .goods_wire import note_wire
from .kind import Kind, Relation, Wire
from .named import vendor_wire
from .paper import Order, OrderLine, Reception
from .shop import shop_wire
from .switches import EarlyDate
from .text import dated, figure, stamp, truth


def order_wire(call: Call, order: Order) -> Wire:
    """Write an order without relations; its totals follow from its lines."""
    lines = call.state.lines_of(order.id)
    after = sum((line.total for line in lines), Decimal(0))
    before = sum((line.original_price * line.quantity for line in lines), Decimal(0))
    waits = call.switches.early_date is EarlyDate.WAITS and not lines
    return {
        "orderID": str(order.id),
        **dated(
            orderedDate=None if waits else order.ordered_at,
            receivedDate=order.received_at,
            arrivalDate=order.arrives_at,
        ),
        "shipInstructions": order.ship_instructions,
        "stockInstructions": order.stock_instructions,
        "shipCost": figure(order.ship_cost),
        "shipVendorCost": figure(order.ship_cost),
        "otherCost": figure(order.other_cost),
        "otherVendorCost": figure(order.other_cost),
        "complete": truth(order.complete),
        "archived": truth(order.archived),
        "discount": figure(order.discount),
        "totalDiscount": figure(before - after),
        "totalQuantity": str(sum(line.quantity for line in lines)),
        "subTotalCost": figure(after),
        "totalCost": figure(after + order.ship_cost + order.other_cost),
        "timeStamp": stamp(order.time_stamp),
        "refNum": order.ref_num,
        "createTime": stamp(order.create_time),
        **_currency(call, order),
        "shippingCostMethod": "evenly",
        "hasShipments": truth(any(each.order_id == order.id for each in call.state.receptions)),
        "discountMethod": "evenly",
        "discountMoneyValue": "0",
        "discountMoneyVendorValue": "0",
        "discountIsPercent": "true",
        "discountPercentValue": figure(order.discount),
        "costsModifiedAfterShipment": "false",
        "b2bOrderUID": order.b2b_uid,
        "b2bOrderNumber": order.b2b_number,
        "vendorID": str(order.vendor_id),
        "noteID": str(order.note.id if order.note else 0),
        "shopID": str(order.shop_id),
        "createdByEmployeeID": "1",
    }


def rate_of(call: Call, order: Order) -> Decimal:
    """Give the units of the account's currency for one of the vendor's."""
    vendor = call.state.vendors.get(order.vendor_id)
    return Decimal(call.state.account.rates.get(vendor.currency, "1")) if vendor else Decimal(1)


def _currency(call: Call, order: Order) -> Wire:
    vendor = call.state.vendors.get(order.vendor_id)
    code = (vendor.currency if vendor else "") or call.state.account.currency
    return {"vendorCurrencyRate": figure(rate_of(call, order)), "vendorCurrencyCode": code}


def line_wire(call: Call, line: OrderLine) -> Wire:
    """Write an order line."""
    return {
        "orderLineID": str(line.id),
        "quantity": str(line.quantity),
        "price": figure(line.price),
        "originalPrice": figure(line.original_price),
        "vendorCost": figure(line.vendor_cost),
        "checkedIn": str(line.checked_in),
        "numReceived": str(line.received),
        "timeStamp": stamp(line.time_stamp),
        "total": figure(line.total),
        "createTime": stamp(line.create_time),
        "shippingCost": "0",
        "shippingVendorCost": "0",
        "discountMoneyValue": "0",
        "discountMoneyVendorValue": "0",
        "discountPercentValue": "0",
        "orderID": str(line.order_id),
        "itemID": str(line.item_id),
    }


def _vendor(call: Call, order: Order) -> Wire | None:
    vendor = call.state.vendors.get(order.vendor_id)
    return None if vendor is None else {**vendor_wire(call, vendor), "contactID": str(vendor.id)}


def _shop(call: Call, order: Order) -> Wire | None:
    shop = call.state.shops.get(order.shop_id)
    return None if shop is None else shop_wire(call, shop)


ORDER: Kind[Order] = Kind(
    entity="Order",
    key="orderID",
    shelf=lambda state: state.orders,
    wire=order_wire,
    relations={
        "Vendor": Relation[Order](load=lambda call, order, below: _vendor(call, order)),
        "Note": Relation[Order](load=lambda call, order, below: note_wire(order.note)),
        "Shop": Relation[Order](load=lambda call, order, below: _shop(call, order)),
        "OrderLines": Relation[Order](
            load=lambda call, order, below: [line_wire(call, line) for line in call.state.lines_of(order.id)],
            entity="OrderLine",
        ),
        "CustomFieldValues": Relation[Order](
            load=lambda call, order, below: [], entity="CustomFieldValue", in_all=False
        ),
    },
    sortable=("timeStamp",),
    fields=frozenset(
        [
            "orderID",
            "orderedDate",
            "receivedDate",
            "arrivalDate",
            "shipInstructions",
            "stockInstructions",
            "shipCost",
            "otherCost",
            "complete",
            "archived",
            "discount",
            "timeStamp",
            "createTime",
            "vendorID",
            "noteID",
            "shopID",
            "createdByEmployeeID",
            "refNum",
            "b2bOrderUID",
            "b2bOrderNumber",
        ]
    ),
    unsure=frozenset({"refNum", "b2bOrderUID", "b2bOrderNumber"}),
)
"""Orders."""

ORDER_LINE: Kind[OrderLine] = Kind(
    entity="OrderLine",
    key="orderLineID",
    shelf=lambda state: state.lines,
    wire=line_wire,
    sortable=("timeStamp", "orderID"),
    fields=frozenset(
        [
            "orderLineID",
            "quantity",
            "price",
            "originalPrice",
            "vendorCost",
            "checkedIn",
            "numReceived",
            "timeStamp",
            "total",
            "createTime",
            "orderID",
            "itemID",
        ]
    ),
)
"""Order lines."""


def reception_wire(call: Call, reception: Reception) -> Wire:
    """Write a delivery."""
    pieces = sum(count for _, count, _ in reception.counts)
    cost = figure(sum((count * each for _, count, each in reception.counts), Decimal(0)))
    order = call.state.orders.by_id[reception.order_id]
    own = {
        "orderShipmentID": str(reception.id),
        "orderID": str(reception.order_id),
        "sequenceNumber": str(reception.sequence),
        "totalQtyReceived": str(pieces),
        "totalVendorCost": cost,
        "totalCost": cost,
        "currencyCode": call.state.account.currency,
        **_currency(call, order),
        "createTime": stamp(reception.create_time),
        "timeStamp": stamp(reception.create_time),
        "paymentDueDate": reception.create_time.date().isoformat(),
        "shipmentPackingRefNum": f"{reception.order_id}-{reception.sequence}",
        "employeeID": "1",
        "receptionDate": stamp(reception.create_time),
        "shippingCostMethod": "evenly",
        "discountMethod": "evenly",
        "cost": cost,
        "vendorCost": cost,
        "status": "finished" if reception.finished else "received",
    }
    return own | dict.fromkeys(_ZEROS, "0")


_ZEROS = (
    "shippingVendorCost",
    "shippingCost",
    "shippingCostOrderFullValue",
    "shippingCostOrderFullVendorValue",
    "discountMoneyVendorValue",
    "discountMoneyValue",
    "discountPercentValue",
    "discountOrderFullMoneyValue",
    "discountOrderFullMoneyVendorValue",
)

RECEPTION: Kind[Reception] = Kind(
    entity="OrderShipment",
    key="orderShipmentID",
    shelf=lambda state: state.receptions,
    wire=reception_wire,
    sortable=("sequenceNumber",),
    fields=frozenset({"orderShipmentID", "orderID", "sequenceNumber", "status", "timeStamp"}),
)
"""Deliveries."""
