"""Reads back what a plan wrote and compares it with what was planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..errors import NotFound
from ..models.charges import Charges
from ..models.purchase_order import PurchaseLine, PurchaseOrder
from ..planning.outcome import Difference
from ..planning.plan import Expected, Goal
from ..planning.refs import Ref, Slot, resolve
from ..ports.exchange import Exchange
from ..ports.target import Target


def verify(target: Target, goal: Goal, ids: Mapping[Slot, str]) -> Exchange[tuple[Difference, ...]]:
    """Differences between what the plan wrote for an order and the POS; empty where all is as planned."""
    by_order: dict[Ref, list[Expected]] = {}
    for line in goal.expected:
        by_order.setdefault(line.order, []).append(line)
    differences: list[Difference] = []
    for ref, lines in by_order.items():
        order_id = resolve(ref, ids)
        try:
            order = yield from target.read_order(order_id)
        except NotFound:
            differences.append(
                Difference(where=f"purchase order {order_id}", planned="there", found="not found")
            )
            continue
        whole = isinstance(ref, Slot)
        differences += compare(lines, order, ids, whole=whole)
        if whole:
            differences += _charges(goal.charges, order.charges)
    return tuple(differences)


def compare(
    lines: Sequence[Expected], order: PurchaseOrder, ids: Mapping[Slot, str], *, whole: bool
) -> tuple[Difference, ...]:
    """Lines of one order against what was planned; *whole* where the plan wrote every line of it."""
    found = {line.product_id: line for line in order.lines or ()}
    wanted = {resolve(line.product, ids): line for line in lines}
    differences = [d for product, line in wanted.items() for d in _line(product, line, found.get(product))]
    if not whole:
        return tuple(differences)
    extra = [line for product, line in found.items() if product not in wanted and line.count != 0]
    differences += [
        Difference(where=f"line {line.product_id}", planned="no line", found=f"{line.count} units")
        for line in extra
    ]
    return (*differences, *_totals(lines, order))


def _line(product: str, wanted: Expected, found: PurchaseLine | None) -> list[Difference]:
    if found is None:
        if wanted.count == 0:
            return []
        return [Difference(where=f"line {product}", planned=f"{wanted.count} units", found="no line")]
    differences = []
    if found.count != wanted.count:
        pair = (str(wanted.count), str(found.count))
        differences.append(Difference(where=f"line {product} count", planned=pair[0], found=pair[1]))
    if wanted.count and wanted.cost is not None and found.cost is not None and found.cost != wanted.cost:
        pair = (str(wanted.cost), str(found.cost))
        differences.append(Difference(where=f"line {product} cost", planned=pair[0], found=pair[1]))
    return differences


def _totals(lines: Sequence[Expected], order: PurchaseOrder) -> tuple[Difference, ...]:
    """Total quantity and total cost, as far as every cost is known."""
    planned = sum((line.count for line in lines), Decimal(0))
    found = sum((line.count for line in order.lines or ()), Decimal(0))
    differences = []
    if planned != found:
        differences.append(Difference(where="total quantity", planned=str(planned), found=str(found)))
    costs = [(line.count, line.cost) for line in order.lines or ()]
    if all(line.cost is not None for line in lines) and all(cost is not None for _, cost in costs):
        due = sum((line.count * (line.cost or 0) for line in lines), Decimal(0))
        has = sum((count * (cost or 0) for count, cost in costs), Decimal(0))
        if due != has:
            differences.append(Difference(where="total cost", planned=str(due), found=str(has)))
    return tuple(differences)


def _charges(planned: Charges, found: Charges | None) -> Iterator[Difference]:
    """Freight and surcharge of an order that the plan made, where the POS has fields for them."""
    if found is None:
        return
    pairs = (("freight", planned.freight, found.freight), ("surcharge", planned.surcharge, found.surcharge))
    for where, wanted, held in pairs:
        if wanted != held:
            yield Difference(where=where, planned=str(wanted), found=str(held))
