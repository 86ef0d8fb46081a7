"""Lines of an order: each is a record of its own, and the product is what the plan knows it by."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from attrs import evolve

from ...errors import Misuse, NotFound
from ...mapping.rseries import merged_lines, write_line
from ...models.money import cost as rounded
from ...models.purchase_order import PurchaseLine
from ...planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from ...planning.refs import Ids, Ref, resolve
from ...planning.write import AddLines, LineAdd, Remove, SetLine, Write
from ...ports.exchange import Exchange
from .._line_standing import line_standing
from .orders import gone, order_with_lines
from .wire import Wire, id_in

ENTITY: Final = "OrderLine"
"""Kind of record."""


# --- adding -----------------------------------------------------------------------------------


def add_lines(wire: Wire, write: AddLines, ids: Ids) -> Exchange[Receipt | Rest]:
    """Add one line, or raise one that is there; what is left are steps of their own."""
    line, *others = write.lines
    if line.count <= line.before:
        raise Misuse(f"a line from {line.before} to {line.count} is set, not added to")
    order_id, item_id = resolve(write.order, ids), resolve(line.product, ids)
    if line.before == 0:
        body = _body(wire, PurchaseLine(product_id=item_id, count=line.count, cost=line.cost))
        answer = yield from wire.create(ENTITY, {"orderID": order_id, **body, "numReceived": "0"})
        id_in(answer, ENTITY, "orderLineID", wire)
    else:
        yield from _set(wire, order_id, item_id, line.count, line.cost)
    return Rest(writes=tuple(_each(write, others))) if others else Receipt()


def _each(write: AddLines, lines: Iterable[LineAdd]) -> Iterable[AddLines]:
    return (evolve(write, lines=(line,)) for line in lines)


def _body(wire: Wire, line: PurchaseLine) -> dict[str, str]:
    if line.count != line.count.to_integral_value():
        words = f"{line.count} units: the store orders whole units only"
        raise wire.refused(f"POST /{ENTITY}", words, "change the count on the order, then review it again")
    return write_line(line)


def probe_lines(wire: Wire, write: AddLines, ids: Ids) -> Exchange[Probed]:
    """Hold the lines against before and after: a second line may be taken, so nothing is sent again blindly."""
    lines = yield from _lines(wire, write.order, ids)
    if lines is None:
        return Unclear(question=gone(write.order))
    counts = {line.product_id: line.count for line in merged_lines(lines)}
    standing = line_standing(write, counts, ids)
    if standing.complete:
        return Done(receipt=Receipt())
    return Absent() if standing.untouched else Partly(rest=standing.rest(1))


def _lines(wire: Wire, order: Ref, ids: Ids) -> Exchange[tuple[PurchaseLine, ...] | None]:
    """The lines as they are, None where their order is gone."""
    try:
        _, lines = yield from order_with_lines(wire, resolve(order, ids))
    except NotFound:
        return None
    return lines


# --- setting ----------------------------------------------------------------------------------


def set_line(wire: Wire, write: SetLine, ids: Ids) -> Exchange[Receipt]:
    """Set units and cost of one line, which is looked up first: a line is known there by an id of its own."""
    order_id, item_id = resolve(write.order, ids), resolve(write.product, ids)
    yield from _set(wire, order_id, item_id, write.count, write.cost)
    return Receipt()


def _set(wire: Wire, order_id: str, item_id: str, count: Decimal, cost: Decimal | None) -> Exchange[None]:
    _, lines = yield from order_with_lines(wire, order_id)
    own = [line for line in lines if line.product_id == item_id]
    what = f"PUT /{ENTITY}"
    if not own:
        words = f"the order has no line of item {item_id} any more"
        raise wire.refused(what, words, "review the order again: what people change in the store is kept")
    if len(own) > 1:
        words = f"the order has {len(own)} lines of item {item_id}"
        raise wire.refused(what, words, "make them one line in the store, then resume")
    members = _body(wire, PurchaseLine(product_id=item_id, count=count, cost=cost))
    body = {name: value for name, value in members.items() if name != "itemID"}
    yield from wire.update(ENTITY, own[0].line_id, body)


def probe_line(wire: Wire, write: SetLine, ids: Ids) -> Exchange[Probed]:
    """Look at the line; setting it again is harmless wherever it stands."""
    lines = yield from _lines(wire, write.order, ids)
    if lines is None:
        return Unclear(question=gone(write.order))
    item_id = resolve(write.product, ids)
    line = next((one for one in merged_lines(lines) if one.product_id == item_id), None)
    if line is None or line.count != write.count:
        return Absent()
    priced = write.cost is None or line.cost is None or line.cost == rounded(write.cost)
    return Done(receipt=Receipt()) if priced else Absent()


# --- removing ---------------------------------------------------------------------------------


def remove_line(wire: Wire, write: Remove, order: Ref, ids: Ids) -> Exchange[Receipt | Rest]:
    """Delete the line of an item for good; further lines of the same item are what is left."""
    item_id = resolve(write.target, ids)
    lines = yield from _lines(wire, order, ids)
    own = [line for line in lines or () if line.product_id == item_id]
    if not own:
        return Receipt(found=True)
    try:
        yield from wire.delete(ENTITY, own[0].line_id)
    except NotFound:
        return Receipt(found=True)
    again: tuple[Write, ...] = (write,) if len(own) > 1 else ()
    return Rest(writes=again) if again else Receipt()


def is_line_gone(wire: Wire, write: Remove, order: Ref, ids: Ids) -> Exchange[bool]:
    """Whether the order has no line of the item."""
    item_id = resolve(write.target, ids)
    lines = yield from _lines(wire, order, ids)
    return all(line.product_id != item_id for line in lines or ())
