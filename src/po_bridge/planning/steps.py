"""From changes to steps: the only place where a change becomes several remote writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain
from typing import TypeVar, assert_never

from attrs import evolve, frozen

from ..errors import Misuse
from ..models.capabilities import Capabilities
from ..models.keys import OrderKey
from ..models.purchase_order import PurchaseStatus
from .change import (
    Change,
    MoreMembers,
    NewFamily,
    NewOrder,
    NewPicture,
    NewRecord,
    OrderRevision,
    ProductChange,
    change_key,
)
from .refs import Kind, Slot
from .refs_of import made_by, used_by
from .step import Step, step_key
from .write import (
    AddLines,
    AddMembers,
    AttachImage,
    CreateBrand,
    CreateFamily,
    CreateOptions,
    CreateOrder,
    CreateSupplier,
    CreateTag,
    LineAdd,
    OptionDraft,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
    Write,
)

T = TypeVar("T")


@frozen(kw_only=True)
class _Part:
    """A write before it has a key: the change, the part's name, and what else must come first."""

    change: str
    name: str
    orders: tuple[OrderKey, ...]
    write: Write
    last: bool = False
    """Waits for every other part of its change."""


def steps_of(changes: Sequence[Change], capabilities: Capabilities) -> tuple[Step, ...]:
    """Every remote write that the changes come to, each after what it needs.

    Pure: equal changes and capabilities give equal steps with equal keys.
    """
    makers: dict[Slot, str] = {}
    of_change: dict[str, list[str]] = {}
    steps: list[Step] = []
    for part in _parts(changes, capabilities):
        key = step_key(part.change, part.name)
        siblings = of_change.setdefault(part.change, [])
        needed = (makers[slot] for slot in used_by(part.write) if slot in makers)
        needs = tuple(dict.fromkeys(chain(needed, siblings if part.last else ())))
        steps.append(Step(key=key, change=part.change, orders=part.orders, write=part.write, needs=needs))
        siblings.append(key)
        makers.update(dict.fromkeys(made_by(part.write), key))
    return tuple(steps)


def _parts(changes: Sequence[Change], capabilities: Capabilities) -> Iterator[_Part]:
    options = tuple(change for change in changes if _is_option(change))
    others = tuple(change for change in changes if not _is_option(change))
    yield from _option_parts(tuple(c for c in options if isinstance(c, NewRecord)), capabilities)
    for change in others:
        yield from _parts_of(change, capabilities)


def _is_option(change: Change) -> bool:
    return isinstance(change, NewRecord) and change.slot.kind is Kind.OPTION


def _parts_of(change: Change, capabilities: Capabilities) -> Iterable[_Part]:
    match change:
        case NewRecord():
            return (_record_part(change),)
        case NewFamily():
            return _family_parts(change, capabilities)
        case MoreMembers():
            everything = AddMembers(
                family=change.family,
                family_name=change.family_name,
                supplier=change.supplier,
                brand=change.brand,
                options=change.options,
                members=change.members,
                active=change.active,
            )
            return _member_parts(change_key(change), change.orders, everything, capabilities)
        case ProductChange():
            write = UpdateProduct(product=change.product, before=change.before, after=change.after)
            return (_Part(change=change_key(change), name="set", orders=change.orders, write=write),)
        case NewPicture():
            attach = AttachImage(product=change.product, address=change.image.address, slot=change.image.slot)
            return (_Part(change=change_key(change), name="create", orders=change.orders, write=attach),)
        case NewOrder():
            return _order_parts(change, capabilities)
        case OrderRevision():
            return _revision_parts(change, capabilities)
        case _:
            assert_never(change)


def _slices(items: tuple[T, ...], size: int) -> Iterator[tuple[T, ...]]:
    if items and size < 1:
        raise Misuse("this target takes none of what the plan adds")
    for start in range(0, len(items), max(size, 1)):
        yield items[start : start + size]


def _option_parts(records: tuple[NewRecord, ...], capabilities: Capabilities) -> Iterator[_Part]:
    for some in _slices(records, capabilities.options_per_create):
        orders = tuple(dict.fromkeys(order for record in some for order in record.orders))
        drafts = tuple(OptionDraft(slot=record.slot, name=record.name) for record in some)
        write = CreateOptions(options=drafts)
        yield _Part(change=change_key(some[0]), name="create", orders=orders, write=write)


def _record_part(change: NewRecord) -> _Part:
    write: Write
    match change.slot.kind:
        case Kind.SUPPLIER:
            write = CreateSupplier(slot=change.slot, name=change.name)
        case Kind.BRAND:
            write = CreateBrand(slot=change.slot, name=change.name)
        case Kind.TAG:
            write = CreateTag(slot=change.slot, name=change.name)
        case _:
            raise Misuse(f"{change.slot} is made by a change of its own")
    return _Part(change=change_key(change), name="create", orders=change.orders, write=write)


def _family_parts(change: NewFamily, capabilities: Capabilities) -> Iterator[_Part]:
    key = change_key(change)
    first = capabilities.members_per_create if change.options else len(change.members)
    create = CreateFamily(
        slot=change.slot,
        name=change.name,
        description=change.description,
        supplier=change.supplier,
        brand=change.brand,
        tags=change.tags,
        options=change.options,
        members=change.members[:first],
        active=change.active,
        source_id=change.source_id,
    )
    yield _Part(change=key, name="create", orders=change.orders, write=create)
    later = AddMembers(
        family=change.slot,
        family_name=change.name,
        supplier=change.supplier,
        brand=change.brand,
        options=change.options,
        members=change.members[first:],
        active=change.active,
    )
    yield from _member_parts(key, change.orders, later, capabilities)
    for image in change.images:
        attach = AttachImage(product=change.members[0].slot, address=image.address, slot=image.slot)
        yield _Part(change=key, name=str(image.slot), orders=change.orders, write=attach)


def _member_parts(
    key: str, orders: tuple[OrderKey, ...], write: AddMembers, capabilities: Capabilities
) -> Iterator[_Part]:
    for some in _slices(write.members, capabilities.members_per_add):
        name = f"add {some[0].slot.name}"
        yield _Part(change=key, name=name, orders=orders, write=evolve(write, members=some))


def _order_parts(change: NewOrder, capabilities: Capabilities) -> Iterator[_Part]:
    key = change_key(change)
    create = CreateOrder(
        slot=change.slot,
        draft=change.draft,
        supplier=change.supplier,
        outlet_id=change.outlet_id,
        due_at=change.due_at,
        known=change.known,
        others=change.others,
        charges=change.charges,
    )
    yield _Part(change=key, name="create", orders=change.orders, write=create)
    lines = tuple(
        LineAdd(product=line.product, before=Decimal(0), count=line.count, cost=line.cost)
        for line in change.lines
    )
    yield from _line_parts(key, change.orders, AddLines(order=change.slot, lines=lines), capabilities)
    if change.status is not PurchaseStatus.OPEN and capabilities.statuses:
        status = SetStatus(
            order=change.slot, before=PurchaseStatus.OPEN, after=change.status, on=change.draft.created_at
        )
        yield _Part(change=key, name="status", orders=change.orders, write=status, last=True)


def _line_parts(
    key: str, orders: tuple[OrderKey, ...], write: AddLines, capabilities: Capabilities
) -> Iterator[_Part]:
    for some in _slices(write.lines, capabilities.lines_per_add):
        yield _Part(
            change=key, name=f"lines {some[0].product}", orders=orders, write=evolve(write, lines=some)
        )


def _revision_parts(change: OrderRevision, capabilities: Capabilities) -> Iterator[_Part]:
    key = change_key(change)
    for line in change.changed:
        setting = SetLine(
            order=change.order,
            product=line.product,
            before=line.before,
            count=line.count,
            cost_before=line.cost_before,
            cost=line.cost,
        )
        yield _Part(change=key, name=f"set {line.product}", orders=change.orders, write=setting)
    for line in change.removed:
        removal = Remove(kind=Kind.PRODUCT, target=line.product, within=change.order, before=line.before)
        yield _Part(change=key, name=f"remove {line.product}", orders=change.orders, write=removal)
    adding = AddLines(order=change.order, lines=change.added)
    yield from _line_parts(key, change.orders, adding, capabilities)
