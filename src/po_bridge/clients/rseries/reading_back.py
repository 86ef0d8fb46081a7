"""Reads back the items that steps made or set: their ids are known, so a hundred take one call."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import ceil

from attrs import evolve

from ...models.pos_product import PosProduct
from ...planning.refs import Ids, Ref, Slot
from ...planning.seen import Found, wanted_by
from ...planning.step import Step
from ...planning.write import AddMembers, CreateFamily, UpdateProduct, Write
from ...ports.exchange import Exchange
from .._standing import is_plain
from .items import items_by_id
from .pages import PAGE
from .store import StoreMemory
from .wire import Wire


def read_back(wire: Wire, memory: StoreMemory, steps: Sequence[Step], ids: Ids) -> Exchange[Found]:
    """The items of these steps as they are now."""
    named = {ref: _id(ref, ids) for step in steps for ref in wanted_by(step.write)}
    items = yield from items_by_id(wire, memory, filter(None, named.values()))
    found: dict[Ref, PosProduct] = {ref: items[one] for ref, one in named.items() if one in items}
    for step in steps:
        found |= {ref: _held(step.write, found[ref]) for ref in wanted_by(step.write) if ref in found}
    return found


def _held(write: Write, product: PosProduct) -> PosProduct:
    """The item with what the store has no place for as it was wanted: that is a named loss and no difference."""
    match write:
        case CreateFamily():
            return evolve(product, active=write.active, description=write.description)
        case AddMembers():
            return evolve(product, active=write.active)
        case UpdateProduct(after=after):
            text = product.description if after.description is None else after.description
            active = product.active if after.active is None else after.active
            return evolve(product, active=active, description=text)
        case _:
            return product


def _id(ref: Ref, ids: Ids) -> str:
    return ids.get(ref, "") if isinstance(ref, Slot) else ref.id


def reads(writes: Iterable[Write]) -> int:
    """Calls that reading all of these back takes."""
    items = {ref for write in writes if is_read_back(write) for ref in wanted_by(write)}
    return ceil(len(items) / PAGE)


def is_read_back(write: Write) -> bool:
    """Whether items of a write are read back: all that are made, and fields beyond being on sale."""
    if isinstance(write, UpdateProduct):
        return not is_plain(write.after)
    return bool(wanted_by(write))
