"""How a plan is taken back: each done step has a compensation, or a reason why it stays.

Nothing is deleted that the plan did not make, or that is no longer as the plan left it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from attrs import frozen

from ..models.purchase_order import PurchaseOrder, PurchaseStatus
from .agenda import Agenda
from .history import History
from .mark import Mark
from .present import Present
from .progress import Progress
from .receipt import Receipt
from .refs import Ids, Kind, Known, Slot, resolve
from .step import Step
from .title import title
from .undone_lines import line_added, line_removed, line_set
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
            return _record(write, present, agenda)
        case CreateFamily() if not write.members:
            return _shell(write, present, agenda)
        case CreateFamily() | AddMembers():
            return _products(write.members, present, agenda)
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
            return line_added(write, present)
        case SetLine():
            return line_set(write, present)
        case Remove():
            return line_removed(write, present)
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
    write: CreateSupplier | CreateBrand | CreateTag | CreateOptions, present: Present, agenda: Agenda
) -> Iterable[Write] | str:
    if not present.delete_products:
        return "records stay; undo with delete_products=True deletes those that nothing uses"
    slots = [option.slot for option in write.options] if isinstance(write, CreateOptions) else [write.slot]
    used = [slot for slot in slots if _is_used(present.ids[slot], present, agenda)]
    if used:
        return f"{', '.join(map(str, used))} is used by what stays in the store"
    return [Remove(kind=slot.kind, target=Known(id=present.ids[slot])) for slot in slots]


def _is_used(record_id: str, present: Present, agenda: Agenda) -> bool:
    """Whether a product that is not deleted with it uses a record, or an order that stays."""
    if set(present.users.get(record_id, ())) - _deleted(present, agenda):
        return True
    return any(order.supplier_id == record_id for order in _staying(present, agenda))


def _deleted(present: Present, agenda: Agenda) -> set[str]:
    """Ids of the products that are taken back."""
    makes = [step.write for step in agenda.steps if isinstance(step.write, CreateFamily | AddMembers)]
    back = [make for make in makes if not isinstance(_products(make.members, present, agenda), str)]
    return {present.ids[member.slot] for make in back for member in make.members}


def _products(members: tuple[Member, ...], present: Present, agenda: Agenda) -> Iterable[Write] | str:
    if not present.delete_products:
        return (
            "drafts stay, since codes of deleted products may stay taken; delete_products=True deletes them"
        )
    changed = [member for member in members if not _as_left(member, present)]
    staying = _staying(present, agenda)
    if changed:
        return f"{len(changed)} of its products were changed since"
    ordered = {line.product_id for one in staying for line in one.lines or ()}
    kept = [member for member in members if present.ids[member.slot] in ordered]
    if kept:
        return f"{len(kept)} of its products are on a purchase order that stays"
    return [Remove(kind=Kind.PRODUCT, target=Known(id=present.ids[member.slot])) for member in members]


def _shell(write: CreateFamily, present: Present, agenda: Agenda) -> Iterable[Write] | str:
    """A family that was made without variants is a record of its own, and goes after them."""
    added = [
        s.write for s in agenda.steps if isinstance(s.write, AddMembers) and s.write.family == write.slot
    ]
    if not present.delete_products or any(
        isinstance(_products(one.members, present, agenda), str) for one in added
    ):
        return "its variants stay"
    return [Remove(kind=Kind.FAMILY, target=Known(id=present.ids[write.slot]))]


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


def _staying(present: Present, agenda: Agenda) -> list[PurchaseOrder]:
    """Orders the plan made that are not taken back: what is on them is the merchant's by now."""
    creates = [step.write for step in agenda.steps if isinstance(step.write, CreateOrder)]
    kept = [create for create in creates if isinstance(_order(create, present, agenda), str)]
    ids = {present.ids.get(create.slot, "") for create in kept}
    return [one for key, one in present.orders.items() if key in ids]


def _untouched(slot: Slot, order: PurchaseOrder, present: Present, agenda: Agenda) -> bool:
    """Whether every line is one the plan wrote, with the plan's count."""
    adds = [s.write for s in agenda.steps if isinstance(s.write, AddLines) and s.write.order == slot]
    planned = {
        present.ids.get(line.product, "") if isinstance(line.product, Slot) else line.product.id: line.count
        for add in adds
        for line in add.lines
    }
    return all(planned.get(line.product_id) == line.count for line in order.lines or ())
