"""How a plan is taken back: each done step has a compensation, or a reason why it stays.

Nothing is deleted that the plan did not make, or that is no longer as the plan left it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import assert_never

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from .agenda import Agenda
from .history import History
from .mark import Mark
from .progress import Progress
from .receipt import Receipt
from .refs import Ids, Kind, Known, Ref, Slot, resolve
from .step import Step
from .title import title
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
    Member,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
    Write,
)


@frozen(kw_only=True)
class TakeBack:
    """Writes that take one step back, in order; each may be repeated after a probe."""

    step: Step
    """The step."""
    writes: tuple[Write, ...]
    """What is written; empty where another compensation takes it along."""


@frozen(kw_only=True)
class Keep:
    """A step that stays."""

    step: Step
    """The step."""
    why: str
    """Why, and what would change it."""

    def __str__(self) -> str:
        return f"{title(self.step.write)} stays: {self.why}"


Compensation = TakeBack | Keep
"""What undoing does about one step."""


@frozen(kw_only=True)
class Present:
    """What the POS holds now of what a plan wrote."""

    ids: Ids
    """Remote ids of what the plan made."""
    orders: Mapping[str, PurchaseOrder] = field(converter=frozen_mapping)
    """Purchase orders the plan touched, with lines; one that is gone is left out."""
    products: Mapping[str, PosProduct] = field(converter=frozen_mapping)
    """Products the plan made, by id."""
    users: Mapping[str, tuple[str, ...]] = field(converter=frozen_mapping)
    """Ids of live products that use a record the plan made, by the record's id."""
    delete_products: bool = False
    """A person said that products and records made by the plan are to be deleted."""
    cancel: bool = False
    """A person said that an order that cannot be deleted is to be cancelled."""


def compensations(agenda: Agenda, history: History, present: Present) -> tuple[Compensation, ...]:
    """What undoing does about every done step, the last step first."""
    progress = Progress(agenda=agenda, history=history)
    done = [leaf for leaf in progress.leaves() if history.mark(leaf.key) in {Mark.DONE, Mark.UNDOING}]
    return tuple(_of(leaf, history, present, agenda) for leaf in reversed(done))


def _of(step: Step, history: History, present: Present, agenda: Agenda) -> Compensation:
    entry = history.last[step.key]
    if isinstance(entry.detail, Receipt) and entry.detail.found:
        return Keep(step=step, why="it was found after a lost answer and may not be ours")
    result = _writes(step.write, present, agenda)
    return (
        Keep(step=step, why=result) if isinstance(result, str) else TakeBack(step=step, writes=tuple(result))
    )


def _writes(write: Write, present: Present, agenda: Agenda) -> Iterable[Write] | str:
    match write:
        case CreateSupplier() | CreateBrand() | CreateTag() | CreateOptions():
            return _record(write, present)
        case CreateFamily() | AddMembers():
            return _products(write.members, present)
        case AttachImage():
            return () if present.delete_products else "the product it shows stays"
        case UpdateProduct():
            return _product(write, present)
        case CreateOrder():
            return _order(write, present, agenda)
        case AddLines() | SetLine() | Remove() | SetStatus() if (
            create := _creation(write, agenda)
        ) is not None:
            stays = _order(create, present, agenda)
            return "its purchase order stays" if isinstance(stays, str) else ()
        case AddLines():
            return _added(write, present)
        case SetLine():
            return _set(write, present)
        case Remove():
            return _removed(write, present)
        case SetStatus():
            return "a status is not taken back"
        case _:
            assert_never(write)


def _creation(write: AddLines | SetLine | Remove | SetStatus, agenda: Agenda) -> CreateOrder | None:
    """The creation of the order it writes to, where the plan made that: the write goes with the order."""
    order = write.within if isinstance(write, Remove) else write.order
    if not isinstance(order, Slot) or order not in agenda.makers:
        return None
    made = agenda.by_key[agenda.makers[order]].write
    return made if isinstance(made, CreateOrder) else None


def touched_orders(agenda: Agenda, ids: Ids) -> tuple[str, ...]:
    """Ids of the purchase orders that a plan made or wrote to."""
    found: list[str] = []
    for step in agenda.steps:
        write = step.write
        ref = write.slot if isinstance(write, CreateOrder) else getattr(write, "order", None)
        if isinstance(write, Remove):
            ref = write.within
        if isinstance(ref, Known):
            found.append(ref.id)
        elif isinstance(ref, Slot) and ref in ids:
            found.append(ids[ref])
    return tuple(dict.fromkeys(found))


def _record(
    write: CreateSupplier | CreateBrand | CreateTag | CreateOptions, present: Present
) -> Iterable[Write] | str:
    if not present.delete_products:
        return "records stay; undo with delete_products=True deletes those that nothing uses"
    slots = [option.slot for option in write.options] if isinstance(write, CreateOptions) else [write.slot]
    used = [slot for slot in slots if _users(present.ids[slot], present)]
    if used:
        return f"{', '.join(map(str, used))} is used by products of the store"
    return [Remove(kind=slot.kind, target=Known(id=present.ids[slot])) for slot in slots]


def _users(record_id: str, present: Present) -> set[str]:
    return set(present.users.get(record_id, ())) - set(present.ids.values())


def _products(members: tuple[Member, ...], present: Present) -> Iterable[Write] | str:
    if not present.delete_products:
        return (
            "drafts stay, since codes of deleted products may stay taken; delete_products=True deletes them"
        )
    changed = [member for member in members if not _as_left(member, present)]
    if changed:
        return f"{len(changed)} of its products were changed since"
    return [Remove(kind=Kind.PRODUCT, target=Known(id=present.ids[member.slot])) for member in members]


def _as_left(member: Member, present: Present) -> bool:
    product = present.products.get(present.ids.get(member.slot, ""))
    if product is None or not product.alive:
        return False
    return {code.text for code in member.codes} <= {code.text for code in product.codes}


def _product(write: UpdateProduct, present: Present) -> Iterable[Write] | str:
    if resolve(write.product, present.ids) not in present.products:
        return "the product is gone"
    return [UpdateProduct(product=write.product, before=write.after, after=write.before)]


def _order(write: CreateOrder, present: Present, agenda: Agenda) -> Iterable[Write] | str:
    order = present.orders.get(present.ids.get(write.slot, ""))
    if order is None or order.deleted or order.status is PurchaseStatus.CANCELLED:
        return ()
    if any((line.received or 0) > 0 for line in order.lines or ()):
        return "goods were received on it"
    if order.status is PurchaseStatus.OPEN and _untouched(write.slot, order, present, agenda):
        return [Remove(kind=Kind.ORDER, target=Known(id=order.id))]
    if not present.cancel:
        return "it was sent or changed since; undo with cancel=True cancels it"
    return [SetStatus(order=Known(id=order.id), before=order.status, after=PurchaseStatus.CANCELLED)]


def _untouched(slot: Slot, order: PurchaseOrder, present: Present, agenda: Agenda) -> bool:
    """Whether every line is one the plan wrote, with the plan's count."""
    adds = [s.write for s in agenda.steps if isinstance(s.write, AddLines) and s.write.order == slot]
    planned = {
        present.ids.get(line.product, "") if isinstance(line.product, Slot) else line.product.id: line.count
        for add in adds
        for line in add.lines
    }
    return all(planned.get(line.product_id) == line.count for line in order.lines or ())


def _now(order: Ref, product: Ref, present: Present) -> PurchaseLine | None:
    found = present.orders.get(resolve(order, present.ids))
    product_id = resolve(product, present.ids)
    return next(
        (line for line in (found.lines if found else None) or () if line.product_id == product_id), None
    )


def _added(write: AddLines, present: Present) -> Iterable[Write] | str:
    writes: list[Write] = []
    for line in write.lines:
        now = _now(write.order, line.product, present)
        if now is None or now.count != line.count:
            return "the merchant changed a line since"
        writes.append(_back(write.order, line.product, now, line.before))
    return writes


def _back(order: Ref, product: Ref, now: PurchaseLine, before: Decimal) -> Write:
    if before == 0:
        return Remove(kind=Kind.PRODUCT, target=product, within=order, before=now.count)
    return SetLine(
        order=order, product=product, before=now.count, count=before, cost_before=now.cost, cost=now.cost
    )


def _set(write: SetLine, present: Present) -> Iterable[Write] | str:
    now = _now(write.order, write.product, present)
    if now is None or now.count != write.count:
        return "the merchant changed the line since"
    back = SetLine(
        order=write.order,
        product=write.product,
        before=now.count,
        count=write.before,
        cost_before=now.cost,
        cost=write.cost_before,
    )
    return [back]


def _removed(write: Remove, present: Present) -> Iterable[Write] | str:
    if write.within is None or write.before is None:
        return "a deleted record cannot be brought back"
    if _now(write.within, write.target, present) is not None:
        return "the merchant added the line again"
    line = LineAdd(product=write.target, before=Decimal(0), count=write.before, cost=None)
    return [AddLines(order=write.within, lines=(line,))]
