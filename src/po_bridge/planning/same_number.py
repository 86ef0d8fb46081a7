"""Purchase orders of the store that bear a wholesale order's number and that the book does not know.

Typed by hand, or made by another connection: nobody but a person knows whether they are the same goods.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from ..models.named_record import name_key
from ..models.purchase_order import PurchaseOrder, PurchaseStatus
from ..models.wholesale_order import WholesaleOrder
from .book import Book
from .notes import Notes
from .question import Stops
from .refs import Known, Ref

ADOPT: Final = "adopt"
CREATE_ANOTHER: Final = "create another"
SKIP: Final = "skip"
"""Answers to a purchase order that is there already; *adopt* is followed by its id."""
LEAVE: Final = "leave it"
"""Answer to a purchase order of ours that is gone."""


def already_there(
    order: WholesaleOrder, supplier: Ref | None, orders: Iterable[PurchaseOrder], notes: Notes
) -> tuple[PurchaseOrder, ...]:
    """Give the orders of this supplier that bear the number, however typed, by id; deleted ones are none."""
    there: tuple[PurchaseOrder, ...] = ()
    if isinstance(supplier, Known):
        number = name_key(order.number)
        found = (one for one in orders if one.number_key == number and one.supplier_id == supplier.id)
        there = tuple(sorted((one for one in found if not one.deleted), key=lambda one: one.id))
    notes.rely(f"orders numbered {order.number}", ",".join(one.id for one in there) or "none")
    return there


def ask_there(order: WholesaleOrder, there: Sequence[PurchaseOrder], notes: Notes) -> str | None:
    """Ask what becomes of an order that was never applied and whose number stands in the store."""
    return notes.ask(
        f"already there:{order.key}",
        f"the POS has {len(there)} purchase order(s) numbered {order.number} for this supplier that "
        f"po_bridge did not make: {_listed(there)}",
        Stops.ORDER,
        order=order.key,
        answers=(*_adoptions(there), CREATE_ANOTHER, SKIP),
    )


def replacements(there: Iterable[PurchaseOrder], book: Book) -> tuple[PurchaseOrder, ...]:
    """Those that may stand in place of one that was deleted: open to work with, and nobody's in the book."""
    known = {key for applied in book.applied.values() for key in applied.purchase_orders}
    return tuple(one for one in there if one.id not in known and one.status is not PurchaseStatus.CANCELLED)


def ask_gone(order: WholesaleOrder, gone: str, there: Sequence[PurchaseOrder], notes: Notes) -> str | None:
    """Ask what becomes of an order whose purchase order was deleted or cancelled; *there* may be typed in its place."""
    # an answer given before another order was typed does not say anything about that one
    seen = "".join(f":{one.id}" for one in there)
    beside = f"; not made by po_bridge and of the same number: {_listed(there)}" if there else ""
    return notes.ask(
        f"gone:{order.key}:{gone}{seen}",
        f"the purchase order of {order.number} ({gone}) was deleted or cancelled in the POS{beside}",
        Stops.ORDER,
        order=order.key,
        answers=(*_adoptions(there), CREATE_ANOTHER, LEAVE),
    )


def adopted(answer: str | None) -> str:
    """Give the id of the order that an answer adopts, empty where it adopts none."""
    return answer.removeprefix(ADOPT).strip() if answer is not None and answer.startswith(ADOPT) else ""


def _adoptions(there: Iterable[PurchaseOrder]) -> tuple[str, ...]:
    return tuple(f"{ADOPT} {one.id}" for one in there)


def _listed(there: Iterable[PurchaseOrder]) -> str:
    return ", ".join(f"{one.id} ({one.standing})" for one in there)
