"""Orders that the brand split after they were applied: the goods of a part stand on the whole's purchase order.

The first part keeps the key, and its review asks what becomes of the lines that left.
The other parts are new orders for everybody; without a look at the whole they would order the same goods again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

from ..models.wholesale_order import WholesaleOrder
from .book import Applied, Book
from .notes import Notes
from .purchase import Wanted
from .question import Stops
from .siblings import is_part_of

AGAIN: Final = "order it again"
LEAVE_OUT: Final = "leave it out"
"""Answers to a part whose goods stand on the purchase order of the whole."""


def split_from(order: WholesaleOrder, every: Iterable[Applied]) -> tuple[Applied, ...]:
    """Applied orders that bore this one's number before the brand added a suffix, oldest first."""
    return tuple(
        one
        for one in every
        if one.order != order.key
        and one.order.portal == order.key.portal
        and is_part_of(order.number, one.number)
    )


def left_out(order: WholesaleOrder, wanted: Sequence[Wanted], book: Book, notes: Notes) -> bool:
    """Whether a new order is left out, since its goods stand on the whole's purchase order; asks while they do."""
    keys = {one.want.key for one in wanted}
    answers: list[str | None] = []
    for whole in split_from(order, book.applied.values()):
        units = sum((line.count for line in whole.lines if line.line in keys), Decimal(0))
        notes.rely(f"order {order.key} units with {whole.order}", f"{units.normalize():f}")
        if units and whole.purchase_orders:
            answers.append(_asked(order, whole, units, notes))
    return LEAVE_OUT in answers


def _asked(order: WholesaleOrder, whole: Applied, units: Decimal, notes: Notes) -> str | None:
    return notes.ask(
        f"split since:{order.key}:{whole.order}",
        f"order {order.number} was split from {whole.number} after that was applied; {units.normalize():f} units of "
        f"its lines stand on purchase order {whole.purchase_orders[-1]} already: review {whole.order} first and take "
        "them off there, or they are ordered twice",
        Stops.ORDER,
        order=order.key,
        answers=(AGAIN, LEAVE_OUT),
    )
