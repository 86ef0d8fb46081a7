"""Purchase orders: consignments of type SUPPLIER."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve

from ...errors import NotFound, Refused
from ...mapping.xseries import ORDER, write_order
from ...models.purchase_order import PurchaseOrder, PurchaseStatus
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Probed, Receipt, Unclear
from ...planning.refs import Ids, resolve
from ...planning.snapshot import Page
from ...planning.write import CreateOrder, SetStatus
from ...ports.exchange import Exchange
from .._order_match import matched_order
from .body_form import FormMemory, write_formed
from .cursor import page, sweep
from .lines import gone, read_lines_of
from .strange import note_orders
from .wire import Query, Wire, content_of, id_of, path_of, rows_of

PATH: Final = "consignments"
"""Path of the list."""
TO_SUPPLIERS: Final[Query] = (("type", "SUPPLIER"),)
"""Leaves transfers, returns and stocktakes out."""

_SENT_BACK: Final = (
    "name",
    "outlet_id",
    "type",
    "supplier_id",
    "reference",
    "supplier_invoice",
    "due_at",
    "consignment_date",
)
_FORWARD: Final = (
    PurchaseStatus.OPEN,
    PurchaseStatus.SENT,
    PurchaseStatus.DISPATCHED,
    PurchaseStatus.RECEIVED,
)


def _read(wire: Wire, document: Mapping[str, Any]) -> tuple[PurchaseOrder, ...]:
    note_orders(wire, document)
    return ORDER.read_all(document, name="purchase orders", context={"system": wire.label})


def order_page(wire: Wire, since: str) -> Exchange[Page]:
    """One page of purchase orders without lines; deleted ones vanish from the list."""
    raw = yield from page(wire, PATH, since, TO_SUPPLIERS)
    return Page(records=_read(wire, raw.document), position=raw.position, more=raw.more)


def read_order(wire: Wire, order_id: str, kept: PurchaseOrder | None = None) -> Exchange[PurchaseOrder]:
    """A purchase order with all its lines, those of a *kept* one that did not move since; raises ``NotFound``."""
    document = yield from wire.read(path_of(PATH, order_id))
    (order,) = _read(wire, rows_of(document))
    if kept is not None and order.revision and order.revision == kept.revision:
        return evolve(order, lines=kept.lines)
    return evolve(order, lines=(yield from read_lines_of(wire, order_id)))


def find_order(wire: Wire, order_id: str) -> Exchange[PurchaseOrder | None]:
    """A purchase order without its lines, None where it is gone."""
    try:
        document = yield from wire.read(path_of(PATH, order_id))
    except NotFound:
        return None
    (order,) = _read(wire, rows_of(document))
    return None if order.deleted else order


def create_order(wire: Wire, forms: FormMemory, step: str, write: CreateOrder, ids: Ids) -> Exchange[Receipt]:
    """Make a purchase order without lines, OPEN."""
    draft = write.draft
    order = PurchaseOrder(
        id=str(write.slot),
        number=draft.number,
        note=draft.note or draft.number or "Purchase order",
        supplier_id=resolve(write.supplier, ids),
        outlet_id=write.outlet_id,
        created_at=draft.created_at,
        due_at=write.due_at,
    )
    answer = yield from write_formed(wire, forms, step, "POST", PATH, write_order(order))
    return Receipt(made={write.slot: id_of(answer, wire, f"POST /{PATH}")})


def probe_order(wire: Wire, write: CreateOrder, ids: Ids, since: str) -> Exchange[Probed]:
    """Look among the orders that changed since the intent for one of our number, supplier and outlet."""
    orders = _read(wire, (yield from sweep(wire, PATH, since, TO_SUPPLIERS)))
    return matched_order(orders, write, ids, "purchase orders")


# --- status -----------------------------------------------------------------------------------


def set_status(wire: Wire, forms: FormMemory, step: str, write: SetStatus, ids: Ids) -> Exchange[Receipt]:
    """Move an order; everything it says of itself is sent back with the new status.

    Refused where the order stands neither at *before* nor at *after*: somebody moved it meanwhile.
    """
    order_id = resolve(write.order, ids)
    path = path_of(PATH, order_id)
    document = yield from wire.read(path)
    (order,) = _read(wire, rows_of(document))
    if order.status is write.after:
        return Receipt(found=True)
    if order.status is not write.before:
        words = f"the order is {order.standing}, expected {write.before.value}"
        mend = "review the order again: what people change in the store is kept"
        raise Refused(wire.label, 0, words, what=f"PUT /{path}", mend=mend)
    moved = {**_own_words(content_of(document)), "status": write.after.value.upper()}
    yield from write_formed(wire, forms, step, "PUT", path, moved)
    return Receipt()


def _own_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """What an order says of itself, as it was told: PUT may clear what is left out."""
    own = {name: content[name] for name in _SENT_BACK if content.get(name) is not None}
    if own.get("consignment_date") == content.get("created_at"):
        own.pop("consignment_date", None)  # the date of an order that was given none
    return {"name": "", **own}


def probe_status(wire: Wire, write: SetStatus, ids: Ids) -> Exchange[Probed]:
    """Look at the status; an order that went on from *after* has been there."""
    order = yield from find_order(wire, resolve(write.order, ids))
    if order is None:
        return Unclear(question=gone(write.order))
    if order.status is write.after or _beyond(order.status, write.after):
        return Done(receipt=Receipt())
    if order.status is write.before:
        return Absent()
    named = order.number or order.id
    text = f"purchase order {named} is {order.standing} now, it was to be {write.after.value}"
    return Unclear(question=Question(key=f"status {write.order}", text=text, stops=Stops.ORDER))


def _beyond(status: PurchaseStatus, wanted: PurchaseStatus) -> bool:
    known = status in _FORWARD and wanted in _FORWARD
    return known and _FORWARD.index(status) > _FORWARD.index(wanted)
