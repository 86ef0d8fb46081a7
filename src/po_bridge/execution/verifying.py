"""Reads back what a plan wrote and compares it with what was planned."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ..errors import NotFound
from ..models.purchase_order import PurchaseLine, PurchaseOrder
from ..planning.outcome import Difference
from ..planning.plan import Goal
from ..planning.refs import Known, Slot, resolve
from ..ports.exchange import Exchange
from ..ports.target import Target


def verify(target: Target, goal: Goal, ids: Mapping[Slot, str]) -> Exchange[tuple[Difference, ...]]:
    """Differences between a goal and the POS; empty where all is as planned."""
    if goal.purchase_order is None:
        return ()
    order_id = resolve(goal.purchase_order, ids)
    try:
        order = yield from target.read_order(order_id)
    except NotFound:
        return (Difference(where=f"purchase order {order_id}", planned="there", found="not found"),)
    return compare(goal, order, ids)


def compare(goal: Goal, order: PurchaseOrder, ids: Mapping[Slot, str]) -> tuple[Difference, ...]:
    """Lines, counts, costs and totals of one order against its goal."""
    found = {line.product_id: line for line in order.lines or ()}
    wanted = {resolve(line.product, ids): line for line in goal.lines}
    differences: list[Difference] = []
    for product, line in wanted.items():
        differences += _line(product, line.count, line.cost, found.get(product))
    if isinstance(goal.purchase_order, Known):
        return tuple(differences)
    extra = [line for product, line in found.items() if product not in wanted and line.count != 0]
    differences += [
        Difference(where=f"line {line.product_id}", planned="no line", found=f"{line.count} units")
        for line in extra
    ]
    return (*differences, *_totals(goal, order))


def _line(product: str, count: Decimal, cost: Decimal | None, found: PurchaseLine | None) -> list[Difference]:
    if found is None:
        return [Difference(where=f"line {product}", planned=f"{count} units", found="no line")]
    differences = []
    if found.count != count:
        differences.append(
            Difference(where=f"line {product} count", planned=str(count), found=str(found.count))
        )
    if cost is not None and found.cost is not None and found.cost != cost:
        differences.append(Difference(where=f"line {product} cost", planned=str(cost), found=str(found.cost)))
    return differences


def _totals(goal: Goal, order: PurchaseOrder) -> tuple[Difference, ...]:
    planned = sum((line.count for line in goal.lines), Decimal(0))
    found = sum((line.count for line in order.lines or ()), Decimal(0))
    if planned == found:
        return ()
    return (Difference(where="total quantity", planned=str(planned), found=str(found)),)
