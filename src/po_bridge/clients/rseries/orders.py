"""Orders to vendors; their status is derived from dates, and a date counts once there is a line."""

from __future__ import annotations

from typing import Any, Final, NoReturn

from attrs import evolve

from ...errors import NotFound
from ...mapping.rseries import (
    merged_lines,
    nested_lines,
    read_lines,
    read_orders,
    rows_of,
    write_order,
)
from ...models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Probed, Receipt, Unclear
from ...planning.refs import Ids, Ref, resolve
from ...planning.snapshot import Page
from ...planning.write import CreateOrder, SetStatus
from ...ports.exchange import Exchange, now
from .._order_match import matched_order
from .pages import List, page, sweep
from .settings import OrderNote
from .store import StoreMemory, zone_of
from .wire import Wire, id_in

ORDERS: Final = List(entity="Order", relations=("Note",))
"""Orders by change."""
LINES: Final = List(entity="OrderLine", stamped=False, archives=False)
"""Lines of an order."""

_FORWARD: Final = (
    PurchaseStatus.OPEN,
    PurchaseStatus.SENT,
    PurchaseStatus.DISPATCHED,
    PurchaseStatus.RECEIVED,
)


def order_page(wire: Wire, since: str) -> Exchange[Page]:
    """One page of orders without lines, archived ones included."""
    raw = yield from page(wire, ORDERS, since)
    return Page(records=read_orders(raw.document, wire.label), position=str(raw.place), more=raw.more)


def read_order(wire: Wire, order_id: str) -> Exchange[PurchaseOrder]:
    """An order with all its lines, each product once; raises ``NotFound``."""
    order, lines = yield from order_with_lines(wire, order_id)
    return evolve(order, lines=merged_lines(lines))


def order_with_lines(wire: Wire, order_id: str) -> Exchange[tuple[PurchaseOrder, tuple[PurchaseLine, ...]]]:
    """An order, and its lines as they stand; raises ``NotFound``, also for one that was archived.

    Lines come with the order. Where they do not make up its total, the list of lines is read.
    """
    document = yield from wire.one("Order", order_id, ("OrderLines", "Note"))
    orders = read_orders(document, wire.label)
    if not orders or orders[0].deleted:
        _gone(wire, order_id)
    lines = read_lines(nested_lines(document))
    total = rows_of(document, "Order")["Order"][0].get("totalQuantity")
    if isinstance(total, str) and total.isdecimal() and sum(line.count for line in lines) != int(total):
        lines = read_lines((yield from sweep(wire, LINES, "", (("orderID", order_id),))))
    return orders[0], lines


def _gone(wire: Wire, order_id: str) -> NoReturn:
    mend = "it was archived in the store; review the order again"
    raise NotFound(wire.label, 404, "no such order", what=f"GET /Order/{order_id}", mend=mend)


def gone(order: Ref) -> Question:
    """What to ask where an order vanished while it was being written."""
    text = f"purchase order {order} was archived in the store while it was being written; write it anew?"
    return Question(key=f"gone {order}", text=text, stops=Stops.ORDER)


# --- making -----------------------------------------------------------------------------------


def create_order(wire: Wire, memory: StoreMemory, write: CreateOrder, ids: Ids) -> Exchange[Receipt]:
    """Make an order without lines, open: an ordered date before the first line may be dropped."""
    draft = write.draft
    order = PurchaseOrder(
        id=str(write.slot),
        number=draft.number,
        note=draft.note,
        supplier_id=resolve(write.supplier, ids),
        outlet_id=write.outlet_id,
        due_at=write.due_at,
        charges=write.charges,
    )
    zone = yield from zone_of(wire, memory, write.outlet_id)
    body = write_order(order, zone, as_note=memory.settings.order_note is OrderNote.NOTE)
    return Receipt(
        made={write.slot: id_in((yield from wire.create("Order", body)), "Order", "orderID", wire)}
    )


def probe_order(wire: Wire, write: CreateOrder, ids: Ids, since: str) -> Exchange[Probed]:
    """Look among the vendor's orders that changed since the intent for one of our number and shop.

    Whether the store filters by number is not known, so that is compared here.
    """
    asked = (("vendorID", resolve(write.supplier, ids)),)
    document = yield from sweep(wire, ORDERS, since, asked)
    return matched_order(read_orders(document, wire.label), write, ids, "orders")


# --- status -----------------------------------------------------------------------------------


def set_status(wire: Wire, memory: StoreMemory, write: SetStatus, ids: Ids) -> Exchange[Receipt]:
    """Give an order its ordered date, or archive it where it is cancelled.

    Refused where the order stands neither at *before* nor at *after*, and where it goes on to be open because it
    has no line.
    """
    order_id = resolve(write.order, ids)
    if write.after is PurchaseStatus.CANCELLED:
        return (yield from _cancel(wire, order_id))
    what = f"PUT /Order/{order_id}"
    order, _ = yield from order_with_lines(wire, order_id)
    if order.status is write.after:
        return Receipt(found=True)
    if order.status is not write.before or write.after is not PurchaseStatus.SENT:
        words = f"the order is {order.status.value}, expected {write.before.value}"
        raise wire.refused(what, words, "review the order again: what people change in the store is kept")
    zone = yield from zone_of(wire, memory, order.outlet_id)
    day = (write.on or (yield from now())).astimezone(zone).date()
    answer = yield from wire.update("Order", order_id, {"orderedDate": day.isoformat()})
    if _stays_open(wire, answer):
        raise wire.refused(what, "the order stays open", "it has no line: add one, then resume")
    return Receipt()


def _stays_open(wire: Wire, answer: Any) -> bool:
    told = read_orders(answer, wire.label) if isinstance(answer, dict) else ()
    return bool(told) and told[0].status is PurchaseStatus.OPEN


def _cancel(wire: Wire, order_id: str) -> Exchange[Receipt]:
    try:
        yield from wire.delete("Order", order_id)
    except NotFound:
        return Receipt(found=True)
    return Receipt()


def probe_status(wire: Wire, write: SetStatus, ids: Ids) -> Exchange[Probed]:
    """Look at the status; an order that went on from *after* has been there."""
    order_id = resolve(write.order, ids)
    try:
        order, _ = yield from order_with_lines(wire, order_id)
    except NotFound:
        cancelled = write.after is PurchaseStatus.CANCELLED
        return Done(receipt=Receipt()) if cancelled else Unclear(question=gone(write.order))
    if order.status is write.after or _beyond(order.status, write.after):
        return Done(receipt=Receipt())
    if order.status is write.before:
        return Absent()
    named = order.number or order.id
    text = f"purchase order {named} is {order.status.value} now, it was to be {write.after.value}"
    return Unclear(question=Question(key=f"status {write.order}", text=text, stops=Stops.ORDER))


def _beyond(status: PurchaseStatus, wanted: PurchaseStatus) -> bool:
    known = status in _FORWARD and wanted in _FORWARD
    return known and _FORWARD.index(status) > _FORWARD.index(wanted)
