"""How lines that a plan added, set or removed are taken back, as long as the merchant left them alone."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from ..models.purchase_order import PurchaseLine
from .present import Present
from .refs import Kind, Ref, resolve
from .write import AddLines, LineAdd, Remove, SetLine, Write


def _now(order: Ref, product: Ref, present: Present) -> PurchaseLine | None:
    found = present.orders.get(resolve(order, present.ids))
    product_id = resolve(product, present.ids)
    return next(
        (line for line in (found.lines if found else None) or () if line.product_id == product_id), None
    )


def line_added(write: AddLines, present: Present) -> Iterable[Write] | str:
    """Take added units off, or say why they stay."""
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


def line_set(write: SetLine, present: Present) -> Iterable[Write] | str:
    """Set a line back, or say why it stays."""
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


def line_removed(write: Remove, present: Present) -> Iterable[Write] | str:
    """Put a removed line back, or say why it stays away."""
    if write.within is None or write.before is None:
        return "a deleted record cannot be brought back"
    if _now(write.within, write.target, present) is not None:
        return "the merchant added the line again"
    line = LineAdd(product=write.target, before=Decimal(0), count=write.before, cost=None)
    return [AddLines(order=write.within, lines=(line,))]
