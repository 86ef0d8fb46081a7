"""Lines of a purchase order: the bulk call adds, PUT sets, and the product is a line's identity."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import evolve

from ...errors import Misuse, NotFound, Refused
from ...mapping.xseries import read_lines, write_line
from ...models.money import cost as rounded
from ...models.purchase_order import PurchaseLine
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from ...planning.refs import Ids, Ref, resolve
from ...planning.write import AddLines, LineAdd, SetLine
from ...ports.exchange import Exchange
from .._line_standing import LineStanding, line_standing
from .body_form import FormMemory, write_formed
from .cursor import sweep
from .settings import Settings
from .wire import Wire, after_write, content_of, path_of

ORDERS: Final = "consignments"
"""Path of the orders that lines belong to."""
LINES_PER_CALL: Final = 500
"""The vendor's advice for the bulk call; more run into its time limit."""

_NOT_TOUCHED: Final = frozenset({401, 403, 429})
"""Refusals at the door, which no line passed."""


def _path(order_id: str, *more: str) -> str:
    return path_of(ORDERS, order_id, *more)


def read_lines_of(wire: Wire, order_id: str) -> Exchange[tuple[PurchaseLine, ...]]:
    """Every line of an order, a product once; raises ``NotFound``."""
    document = yield from sweep(wire, _path(order_id, "products"), "")
    merged: dict[str, PurchaseLine] = {}
    for line in read_lines(document):
        known = merged.get(line.product_id)
        merged[line.product_id] = _sum(known, line) if known else line
    return tuple(merged.values())


def _sum(one: PurchaseLine, other: PurchaseLine) -> PurchaseLine:
    """One line from two of a product, which old orders hold."""
    count = one.count + other.count
    cost = one.cost if one.cost is not None else other.cost
    if one.cost is not None and other.cost is not None and count:
        cost = rounded((one.count * one.cost + other.count * other.cost) / count)
    received = (one.received or 0) + (other.received or 0)
    unknown = one.received is None and other.received is None
    return evolve(one, count=count, cost=cost, received=None if unknown else Decimal(received))


# --- adding -----------------------------------------------------------------------------------


def _look(wire: Wire, write: AddLines, ids: Ids) -> Exchange[LineStanding | None]:
    """The lines as they are, None where their order is gone."""
    try:
        lines = yield from read_lines_of(wire, resolve(write.order, ids))
    except NotFound:
        return None
    return line_standing(write, {line.product_id: line.count for line in lines}, ids)


def add_lines(wire: Wire, settings: Settings, write: AddLines, ids: Ids) -> Exchange[Receipt | Rest]:
    """Add lines in one bulk call, whose answer tells the new counts.

    Where the store may have kept a part of a refused call, the lines are read: a part that was taken is
    a ``Rest``, nothing taken is the refusal. Raises Misuse for a line that is not to grow.
    """
    order_id = resolve(write.order, ids)
    rows = [_row(line, ids) for line in write.lines]
    try:
        answer = yield from wire.write("POST", _path(order_id, "bulk"), rows)
    except Refused as refused:
        if refused.status in _NOT_TOUCHED or settings.bulk_atomic:
            raise
        return (yield from _after_refusal(wire, write, ids, refused))
    told = _told(wire, answer)
    left_out = [line for line in write.lines if resolve(line.product, ids) not in told]
    if left_out:
        return (yield from _after_gaps(wire, write, ids, len(left_out)))
    return Receipt(notes=tuple(_surprises(write.lines, told, ids)))


def _row(line: LineAdd, ids: Ids) -> dict[str, Any]:
    grows = line.count - line.before
    if grows <= 0:
        raise Misuse(f"a line from {line.before} to {line.count} is set, not added to")
    return write_line(PurchaseLine(product_id=resolve(line.product, ids), count=grows, cost=line.cost))


def _told(wire: Wire, answer: Any) -> Mapping[str, Decimal]:
    content = content_of(answer)
    if not isinstance(content, dict):
        raise wire.broken(f"POST /{ORDERS}/bulk", "the answer holds no counts")
    rows = [{"product_id": key, **row} for key, row in content.items() if isinstance(row, dict)]
    return {line.product_id: line.count for line in read_lines({"data": rows})}


def _surprises(lines: Iterable[LineAdd], told: Mapping[str, Decimal], ids: Ids) -> Iterable[str]:
    for line in lines:
        now = told[resolve(line.product, ids)]
        if now != line.count:
            yield f"line {line.product} holds {now}, not {line.count}: it was changed meanwhile"


def _after_refusal(wire: Wire, write: AddLines, ids: Ids, refused: Refused) -> Exchange[Receipt | Rest]:
    standing = yield from after_write(_look(wire, write, ids))
    if standing is None or standing.untouched:
        raise refused
    return Receipt() if standing.complete else standing.rest(LINES_PER_CALL)


def _after_gaps(wire: Wire, write: AddLines, ids: Ids, gaps: int) -> Exchange[Receipt | Rest]:
    """Some stores answer 200 and leave bad lines out."""
    standing = yield from after_write(_look(wire, write, ids))
    if standing is None or standing.untouched:
        words = f"the answer is a success, yet {gaps} of {len(write.lines)} lines were not taken"
        mend = "look at these products in the store: deleted and composite ones cannot be ordered"
        what = f"POST /api/{wire.version}/{_path(resolve(write.order, ids), 'bulk')}"
        raise Refused(wire.label, 200, words, what=what, mend=mend)
    return Receipt() if standing.complete else standing.rest(LINES_PER_CALL)


def probe_lines(wire: Wire, write: AddLines, ids: Ids) -> Exchange[Probed]:
    """Hold the lines against before and after: the call adds, so nothing is sent again blindly."""
    standing = yield from _look(wire, write, ids)
    if standing is None:
        return Unclear(question=gone(write.order))
    if standing.complete:
        return Done(receipt=Receipt())
    return Absent() if standing.untouched else Partly(rest=standing.rest(LINES_PER_CALL))


def gone(order: Ref) -> Question:
    """What to ask where a purchase order vanished while it was being written."""
    text = f"purchase order {order} was deleted in the store while it was being written; write it anew?"
    return Question(key=f"gone {order}", text=text, stops=Stops.ORDER)


# --- setting ----------------------------------------------------------------------------------


def set_line(wire: Wire, forms: FormMemory, step: str, write: SetLine, ids: Ids) -> Exchange[Receipt]:
    """Set count and cost of one line."""
    product_id = resolve(write.product, ids)
    path = _path(resolve(write.order, ids), "products", product_id)
    line = PurchaseLine(product_id=product_id, count=write.count, cost=write.cost)
    yield from write_formed(wire, forms, step, "PUT", path, write_line(line))
    return Receipt()


def probe_line(wire: Wire, write: SetLine, ids: Ids) -> Exchange[Probed]:
    """Look at the line; setting it again is harmless wherever it stands."""
    try:
        lines = yield from read_lines_of(wire, resolve(write.order, ids))
    except NotFound:
        return Unclear(question=gone(write.order))
    product_id = resolve(write.product, ids)
    line = next((each for each in lines if each.product_id == product_id), None)
    if line is None or line.count != write.count:
        return Absent()
    priced = write.cost is None or line.cost is None or line.cost == rounded(write.cost)
    return Done(receipt=Receipt()) if priced else Absent()
