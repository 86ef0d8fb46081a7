"""From drafts that an order made to products that are sold: a plan of its own, with nothing else in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from attrs import frozen

from ..models.capabilities import Capabilities
from ..models.pos_product import PosProduct
from .book import Applied, AppliedLine
from .canonical import sealed
from .change import ProductChange
from .plan import Basis, Expected, Goal, Plan, TargetLine
from .refs import Known, Ref
from .steps import steps_of
from .write import ProductFields

_DRAFT = ProductFields(active=False)
_SOLD = ProductFields(active=True)


@frozen(kw_only=True)
class Publishable:
    """What a plan that publishes is made from."""

    store: str
    """The store it is for."""
    applied: Applied
    """The order, as it was applied last."""
    basis: tuple[Basis, ...]
    """What the order's last plan relied on; what it says of the order goes on to hold."""
    round: int
    """Round of the plan."""
    drafts: tuple[PosProduct, ...]
    """The order's products that po_bridge made."""
    capabilities: Capabilities
    """Grain and limits of the target."""


def publishing(what: Publishable) -> Plan:
    """One change for each draft that is alive and not sold yet; nothing of the order itself changes.

    Pure: the same drafts give the same bytes.
    """
    drafts = sorted(_open(what.drafts), key=lambda product: product.id)
    changes = tuple(
        ProductChange(
            product=Known(id=product.id),
            name=product.variant_name or product.name,
            before=_DRAFT,
            after=_SOLD,
            orders=(what.applied.order,),
        )
        for product in drafts
    )
    ordered = f"order {what.applied.order} "
    kept = [basis for basis in what.basis if basis.where.startswith(ordered)]
    relied = (Basis(where=f"product {product.id} active", value="False") for product in drafts)
    unsealed = Plan(
        store=what.store,
        goals=(_goal(what),),
        changes=changes,
        steps=steps_of(changes, what.capabilities),
        basis=tuple(sorted((*kept, *relied), key=lambda basis: basis.where)),
        losses=(),
        questions=(),
    )
    return sealed(unsealed)


def _open(drafts: Iterable[PosProduct]) -> Iterable[PosProduct]:
    return (product for product in drafts if product.alive and not product.active)


def _goal(what: Publishable) -> Goal:
    """The order as it was applied, so that the book remembers the same of it afterwards."""
    applied = what.applied
    return Goal(
        order=applied.order,
        number=applied.number,
        content=applied.content,
        round=what.round,
        purchase_orders=tuple(Known(id=each) for each in applied.purchase_orders),
        lines=tuple(_target(line) for line in applied.lines),
        expected=_expected(applied),
        matched=len(applied.lines),
        created=0,
        skipped=0,
    )


def _target(line: AppliedLine) -> TargetLine:
    return TargetLine(
        product=Known(id=line.product_id),
        count=line.count,
        cost=line.cost,
        lines=((line.line, line.count),),
        order=Known(id=line.purchase_order) if line.purchase_order else None,
        due_on=line.due_on,
    )


def _expected(applied: Applied) -> tuple[Expected, ...]:
    """An order that differs goes on to differ, so it is compared again; a synced one is the merchant's own."""
    if applied.status == "synced" or not applied.purchase_orders:
        return ()
    sums: dict[tuple[str, str], list[AppliedLine]] = {}
    for line in applied.lines:
        order = line.purchase_order or applied.purchase_orders[0]
        sums.setdefault((order, line.product_id), []).append(line)
    return tuple(_line(Known(id=order), product, lines) for (order, product), lines in sums.items())


def _line(order: Ref, product: str, lines: Sequence[AppliedLine]) -> Expected:
    return Expected(
        order=order,
        product=Known(id=product),
        count=sum((line.count for line in lines), Decimal(0)),
        cost=lines[0].cost,
    )
