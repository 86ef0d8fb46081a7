"""Writing order lines: one call each."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from attrs import evolve

from ..message import Response
from .body import Body
from .call import Call, single
from .order_wire import line_wire, rate_of
from .paper import Order, OrderLine
from .refusal import malformed
from .state import State

_PERCENT = Decimal("0.01")


def narrowed_lines(call: Call) -> Sequence[OrderLine]:
    """Give the lines that a list can hold at most: those of one order where its filter names one."""
    order_id = call.request.first("orderID")
    if order_id is not None and order_id.isdecimal():
        return call.state.lines_of(int(order_id))
    return list(call.state.lines)


def create_line(call: Call) -> Response:
    """Put an item on an order."""
    body = call.body()
    line = write_line(call, body, None)
    call.note_ignored(body)
    return single("OrderLine", line_wire(call, line))


def update_line(call: Call) -> Response:
    """Change the named fields of a line."""
    body, old = call.body(), call.one(call.state.lines)
    line = write_line(call, body, old)
    call.note_ignored(body)
    return single("OrderLine", line_wire(call, old if call.switches.line_put_stale else line))


def delete_line(call: Call) -> Response:
    """Take a line off its order for good."""
    line = call.one(call.state.lines)
    _open_order(call, line.order_id)
    call.state.drop_line(line)
    touch_order(call, line.order_id)
    return single("OrderLine", line_wire(call, line))


def priced(line: OrderLine, discount: Decimal) -> OrderLine:
    """Give a line with the price that a discount leaves of the original one."""
    return evolve(line, price=line.original_price * (1 - discount * _PERCENT))


def write_line(call: Call, body: Body, old: OrderLine | None, order_id: int = 0) -> OrderLine:
    """Make or change a line; raises 400 where the vendor refuses."""
    state = call.state
    order = _open_order(call, order_id or body.whole("orderID", old.order_id if old else 0))
    item_id = call.linked(state.items, body, "itemID", old.item_id if old else 0)
    if not item_id:
        raise malformed("itemID is required.")
    _check_item(call, order, item_id, old)
    quantity = body.whole("quantity", old.quantity if old else 0)
    received = body.whole("numReceived", old.received if old else 0)
    if quantity < 0 or received < 0:
        raise malformed("quantity and numReceived must not be negative.")
    line = old or OrderLine(
        id=state.lines.new_id(),
        order_id=order.id,
        item_id=item_id,
        quantity=0,
        price=Decimal(0),
        original_price=Decimal(0),
        create_time=call.now,
        time_stamp=call.now,
    )
    line = evolve(line, item_id=item_id, quantity=quantity, received=received, time_stamp=call.now)
    written = state.put_line(_costed(call, body, order, line))
    touch_order(call, order.id)
    return written


def _open_order(call: Call, order_id: int) -> Order:
    order = call.state.orders.get(order_id)
    if order is None:
        raise malformed(f"orderID: there is no record {order_id}")
    if order.complete and call.switches.finished_closed:
        raise malformed("The Order is finished.")
    return order


def _check_item(call: Call, order: Order, item_id: int, old: OrderLine | None) -> None:
    if old is not None and old.item_id == item_id:
        return
    if call.state.items.by_id[item_id].archived and not call.switches.archived_orderable:
        raise malformed("An archived Item can not be ordered.")
    if call.switches.second_line_refused and has_item(call.state, order.id, item_id):
        raise malformed("The Item is already on this Order.")


def has_item(state: State, order_id: int, item_id: int) -> bool:
    """Tell whether an order has a line for an item."""
    return any(line.item_id == item_id for line in state.lines_of(order_id))


def _costed(call: Call, body: Body, order: Order, line: OrderLine) -> OrderLine:
    price, original, vendor = (body.number(name) for name in ("price", "originalPrice", "vendorCost"))
    if min(price, original, vendor) < 0:
        raise malformed("price, originalPrice and vendorCost must not be negative.")
    if vendor and "originalPrice" in body:
        raise malformed("Send vendorCost or originalPrice, not both.")
    if vendor:
        line = evolve(line, vendor_cost=vendor, original_price=vendor * rate_of(call, order))
    elif "originalPrice" in body:
        line = evolve(line, original_price=original)
    elif "price" in body:
        return evolve(line, price=price, original_price=price)
    if "price" in body and (call.switches.line_price_kept or not order.discount):
        return evolve(line, price=price)
    costed = vendor or "originalPrice" in body
    return priced(line, order.discount) if costed else line


def touch_order(call: Call, order_id: int) -> None:
    """Give an order a new timeStamp where changes of its lines do so."""
    if call.switches.line_moves_order:
        order = call.state.orders.by_id[order_id]
        call.state.orders.put(evolve(order, time_stamp=call.now))
