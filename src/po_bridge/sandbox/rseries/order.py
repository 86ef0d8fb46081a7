"""Writing orders; their status follows from their dates and needs a line."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from attrs import evolve

from ..message import Response
from .body import Body
from .call import Call, single
from .item import note_of
from .kind import Wire
from .order_line import priced, write_line
from .order_wire import ORDER, RECEPTION, order_wire
from .paper import Order, Reception
from .refusal import malformed, missing
from .switches import EarlyDate
from .text import figure, moment, one_or_many, stamp

_WHOLE = Decimal(100)


def create_order(call: Call) -> Response:
    """Make an order without lines; it needs a shop."""
    body, shelf = call.body(), call.state.orders
    fresh = Order(id=0, vendor_id=0, shop_id=0, create_time=call.now, time_stamp=call.now)
    made = _order(call, body, fresh)
    order = shelf.put(evolve(made, id=shelf.new_id()))
    return _finish(call, body, order)


def update_order(call: Call) -> Response:
    """Change the named fields of an order; another discount prices its lines anew."""
    body, old = call.body(), call.one(call.state.orders)
    if old.complete and call.switches.finished_closed:
        raise malformed("Order not updated. The Order is finished.")
    order = call.state.orders.put(_order(call, body, old))
    if order.discount != old.discount:
        for line in call.state.lines_of(order.id):
            call.state.put_line(priced(line, order.discount))
    return _finish(call, body, order)


def archive_order(call: Call) -> Response:
    """Put an order away."""
    order = evolve(call.one(call.state.orders), archived=True, time_stamp=call.now)
    return single("Order", _with_note(call, call.state.orders.put(order)))


def _finish(call: Call, body: Body, order: Order) -> Response:
    if call.switches.nested_lines:
        for part in body.parts("OrderLines", "OrderLine") or []:
            write_line(call, part, None, order_id=order.id)
    call.note_ignored(body)
    return single("Order", _with_note(call, order))


def _with_note(call: Call, order: Order) -> Wire:
    return ORDER.loaded(call, order, ["Note"])


def _order(call: Call, body: Body, old: Order) -> Order:
    shop_id = _shop(call, body, old.shop_id)
    zone = call.state.shops.by_id[shop_id].time_zone
    order = evolve(
        old,
        vendor_id=call.linked(call.state.vendors, body, "vendorID", old.vendor_id),
        shop_id=shop_id,
        ref_num=call.line(body, "refNum", old.ref_num),
        ordered_at=_status_date(call, body, "orderedDate", old, zone),
        received_at=_status_date(call, body, "receivedDate", old, zone),
        arrives_at=_date(body, "arrivalDate", old.arrives_at, zone),
        ship_instructions=body.text("shipInstructions", old.ship_instructions),
        stock_instructions=body.text("stockInstructions", old.stock_instructions),
        ship_cost=body.number("shipCost", old.ship_cost),
        other_cost=body.number("otherCost", old.other_cost),
        discount=body.number("discount", old.discount),
        b2b_uid=body.text("b2bOrderUID", old.b2b_uid),
        b2b_number=body.text("b2bOrderNumber", old.b2b_number),
        time_stamp=call.now,
    )
    if not order.vendor_id and call.switches.vendor_required:
        raise malformed("vendorID is required.")
    if order.ship_cost < 0 or not 0 <= order.discount <= _WHOLE:
        raise malformed("shipCost must not be negative, discount must be 0 to 100.")
    return _switched(call, body, order)


def _switched(call: Call, body: Body, order: Order) -> Order:
    if call.switches.complete_writable and "complete" in body:
        order = evolve(order, complete=body.flag("complete"))
    if not call.switches.order_note:
        return order
    note = note_of(call, body, order.note)
    if note is not None and not note.id:
        note = evolve(note, id=call.state.new_sub_id())
    return evolve(order, note=note)


def _shop(call: Call, body: Body, old: int) -> int:
    shop_id = call.linked(call.state.shops, body, "shopID", old)
    if shop_id:
        return shop_id
    open_shops = [shop.id for shop in call.state.shops if not shop.archived]
    if call.switches.shop_required or not open_shops:
        raise malformed("shopID is required.")
    return open_shops[0]


def _date(body: Body, name: str, old: datetime | None, zone: str) -> datetime | None:
    return moment(body.text(name), zone, name) if name in body else old


def _status_date(call: Call, body: Body, name: str, old: Order, zone: str) -> datetime | None:
    before = old.ordered_at if name == "orderedDate" else old.received_at
    asked = _date(body, name, before, zone)
    early = asked is not None and not call.state.order_lines.get(old.id)
    return before if early and call.switches.early_date is EarlyDate.DROPPED else asked


def order_receptions(call: Call) -> list[Reception]:
    """Give the deliveries of the order that the path names; raises 404 for an unknown order."""
    order = call.one(call.state.orders)
    return [each for each in call.state.receptions if each.order_id == order.id]


def get_reception(call: Call) -> Response:
    """Answer one delivery of an order."""
    return single(RECEPTION.entity, RECEPTION.wire(call, _reception(call)))


def _reception(call: Call) -> Reception:
    reception = call.one(call.state.receptions, "reception")
    if reception not in order_receptions(call):
        raise missing()
    return reception


def list_received(call: Call) -> Response:
    """Answer what came with one delivery."""
    reception = _reception(call)
    rows = [_received(call, reception, place, *each) for place, each in enumerate(reception.counts, 1)]
    content: Wire = {"@attributes": {"next": "", "previous": ""}}
    if rows:
        content["OrderShipmentItem"] = one_or_many(rows)
    return Response.json(content)


def _received(call: Call, reception: Reception, place: int, item_id: int, count: int, cost: Decimal) -> Wire:
    order = call.state.orders.by_id[reception.order_id]
    item = call.state.items.by_id[item_id]
    numbers = {each.vendor_id: each.value for each in item.vendor_nums}
    head = order_wire(call, order)
    return {
        "orderShipmentItemID": f"{reception.id}{place}",
        "orderShipmentID": str(reception.id),
        "qtyReceived": str(count),
        "vendorCost": figure(cost),
        "cost": figure(cost),
        "totalVendorCost": figure(cost * count),
        "totalCost": figure(cost * count),
        "shippingCost": "0",
        "shippingVendorCost": "0",
        "discountMoneyValue": "0",
        "discountMoneyVendorValue": "0",
        "discountPercentValue": "0",
        "currencyCode": call.state.account.currency,
        "vendorCurrencyCode": head["vendorCurrencyCode"],
        "vendorCurrencyRate": head["vendorCurrencyRate"],
        "createTime": stamp(reception.create_time),
        "timeStamp": stamp(reception.create_time),
        "employeeID": "1",
        "itemID": str(item_id),
        "itemVendorID": numbers.get(order.vendor_id, ""),
        "itemDescription": item.description,
    }
