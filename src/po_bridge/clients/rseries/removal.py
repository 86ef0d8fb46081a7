"""Taking away what steps of ours made; most of it is archived, and what is gone already is as wanted."""

from __future__ import annotations

from typing import Any, Final

from ...errors import NotFound
from ...mapping.rseries import TAG, rows_of, set_and_slot, tag_key
from ...models.purchase_order import PurchaseStatus
from ...planning.receipt import Absent, Done, Probed, Receipt, Rest
from ...planning.refs import Ids, Kind, resolve
from ...planning.snapshot import Collection
from ...planning.write import Remove
from ...ports.exchange import Exchange
from .lines import is_line_gone, remove_line
from .named_records import LISTS
from .orders import order_with_lines
from .pages import List, sweep
from .store import StoreMemory, read_attribute_sets
from .wire import Wire

_ENTITIES: Final = {
    Kind.SUPPLIER: "Vendor",
    Kind.PRODUCT: "Item",
    Kind.FAMILY: "ItemMatrix",
    Kind.IMAGE: "Image",
    Kind.ORDER: "Order",
}
_LIVE_ITEMS: Final = List(entity="Item", stamped=False, archives=False)


def remove(wire: Wire, memory: StoreMemory, write: Remove, ids: Ids) -> Exchange[Receipt | Rest]:
    """Take away a record or an order line.

    A brand cannot be deleted through the API, and a matrix stays that has items which are not ours; both are told.
    """
    if write.within is not None:
        return (yield from remove_line(wire, write, write.within, ids))
    target = resolve(write.target, ids)
    match write.kind:
        case Kind.BRAND:
            return Receipt(found=True, notes=(f"brand {target} stays: the store lets nobody delete brands",))
        case Kind.TAG:
            return (yield from _remove_tag(wire, target))
        case Kind.OPTION:
            return (yield from _archive_set(wire, memory, target))
        case Kind.ORDER:
            return (yield from _archive_order(wire, target))
        case Kind.FAMILY if (yield from _has_items(wire, target)):
            return Receipt(found=True, notes=(f"matrix {target} stays: it has items",))
        case _:
            return (yield from _delete(wire, _ENTITIES[write.kind], target))


def _delete(wire: Wire, entity: str, target: str) -> Exchange[Receipt]:
    try:
        yield from wire.delete(entity, target)
    except NotFound:
        return Receipt(found=True)
    return Receipt()


def _tag_id(wire: Wire, name: str) -> Exchange[str]:
    records = TAG.read((yield from sweep(wire, LISTS[Collection.TAGS].pages)), wire.label)
    return next((record.id for record in records if tag_key(record.name) == name), "")


def _remove_tag(wire: Wire, name: str) -> Exchange[Receipt]:
    found = yield from _tag_id(wire, name)
    return (yield from _delete(wire, "Tag", found)) if found else Receipt(found=True)


def _archive_set(wire: Wire, memory: StoreMemory, option: str) -> Exchange[Receipt]:
    """Options of one set go together: the first of them takes the set along."""
    set_id, _ = set_and_slot(option)
    if (yield from _is_set_gone(wire, memory, set_id)):
        return Receipt(found=True)
    yield from wire.update("ItemAttributeSet", set_id, {"archived": "true"})
    memory.sets = None
    return Receipt()


def _is_set_gone(wire: Wire, memory: StoreMemory, set_id: str) -> Exchange[bool]:
    sets = yield from read_attribute_sets(wire, memory)
    return all(one.archived for one in sets if one.id == set_id)


def _archive_order(wire: Wire, target: str) -> Exchange[Receipt]:
    """An order is put away only while it is open; from then on it can be cancelled."""
    try:
        order, _ = yield from order_with_lines(wire, target)
    except NotFound:
        return Receipt(found=True)
    if order.status is not PurchaseStatus.OPEN:
        words = f"the order is {order.status.value}"
        mend = "archive it in the store if it is not wanted; only open orders are taken back"
        raise wire.refused(f"DELETE /Order/{target}", words, mend)
    return (yield from _delete(wire, "Order", target))


def _has_items(wire: Wire, matrix: str) -> Exchange[bool]:
    return bool((yield from sweep(wire, _LIVE_ITEMS, "", (("itemMatrixID", matrix),)))["Item"])


def probe_removal(wire: Wire, memory: StoreMemory, write: Remove, ids: Ids) -> Exchange[Probed]:
    """Look whether it is gone; a brand counts as gone, since nothing can be done about it."""
    gone = yield from _is_gone(wire, memory, write, ids)
    return Done(receipt=Receipt()) if gone else Absent()


def _is_gone(wire: Wire, memory: StoreMemory, write: Remove, ids: Ids) -> Exchange[bool]:
    target = resolve(write.target, ids)
    if write.within is not None:
        return (yield from is_line_gone(wire, write, write.within, ids))
    match write.kind:
        case Kind.BRAND:
            return True
        case Kind.TAG:
            return not (yield from _tag_id(wire, target))
        case Kind.OPTION:
            return (yield from _is_set_gone(wire, memory, set_and_slot(target)[0]))
        case _:
            return (yield from _is_dead(wire, _ENTITIES[write.kind], target))


def _is_dead(wire: Wire, entity: str, target: str) -> Exchange[bool]:
    try:
        rows: list[Any] = rows_of((yield from wire.one(entity, target)), entity)[entity]
    except NotFound:
        return True
    return all(isinstance(row, dict) and row.get("archived") == "true" for row in rows)
