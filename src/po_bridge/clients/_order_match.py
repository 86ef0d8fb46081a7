"""Which of a store's new orders is the one that a plan made: known by number, else note, supplier and place."""

from __future__ import annotations

from collections.abc import Iterable

from ..models.named_record import name_key
from ..models.purchase_order import PurchaseOrder
from ..planning.question import Question, Stops
from ..planning.receipt import Absent, Done, Probed, Receipt, Unclear
from ..planning.refs import Ids, resolve
from ..planning.write import CreateOrder


def matched_order(orders: Iterable[PurchaseOrder], write: CreateOrder, ids: Ids, noun: str) -> Probed:
    """Say whether one of the orders is ours; several are a question, in which the store calls them *noun*.

    Orders that were there at the intent, and those of the plan's other steps, are none of ours.
    """
    supplier = resolve(write.supplier, ids)
    strange = {*write.known, *(resolve(ref, ids) for ref in write.others)}
    ours = tuple(order for order in orders if _is_ours(order, write, supplier) and order.id not in strange)
    if len(ours) > 1:
        return Unclear(question=_which(write, ours, noun))
    return Done(receipt=Receipt(made={write.slot: ours[0].id}, found=True)) if ours else Absent()


def _is_ours(order: PurchaseOrder, write: CreateOrder, supplier: str) -> bool:
    # A store may give a number of its own to an order that has none, so its note has to do.
    draft = write.draft
    named = order.number_key == name_key(draft.number) if draft.number else order.note == draft.note
    place = order.supplier_id == supplier and order.outlet_id == write.outlet_id
    return named and place and not order.deleted


def _which(write: CreateOrder, orders: tuple[PurchaseOrder, ...], noun: str) -> Question:
    ids = tuple(order.id for order in orders)
    text = f"{len(ids)} new {noun} bear the number {write.draft.number!r}: {', '.join(ids)}; which one is it?"
    return Question(key=f"which {write.slot}", text=text, stops=Stops.ORDER, answers=ids)
