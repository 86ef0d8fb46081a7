"""The purchase order that a wholesale order becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import define, frozen

from ..mapping.views import OrderView
from ..models.keys import LineKey
from ..models.money import cost
from ..models.purchase_order import PurchaseOrder
from ..models.setup import Setup
from ..models.store import Outlet
from ..models.wholesale_order import WholesaleOrder
from .change import NewOrder, OrderLineDraft
from .notes import Notes
from .outlets import noon
from .plan import TargetLine
from .question import Stops
from .refs import Kind, Known, Ref, Slot
from .review import Review
from .wants import Want

CREATE_ANOTHER = "create another"
"""Answer to an order of the same number that is there already."""


@frozen(kw_only=True)
class Wanted:
    """One want with the product it goes to."""

    want: Want
    """Units and cost."""
    product: Ref
    """The product."""
    name: str
    """Its name, for people."""


def target_lines(wanted: Sequence[Wanted]) -> tuple[TargetLine, ...]:
    """Lines of the purchase order: each product once, units summed, cost weighted by count."""
    by_product: dict[Ref, list[Wanted]] = {}
    for one in wanted:
        by_product.setdefault(one.product, []).append(one)
    return tuple(_line(product, some) for product, some in by_product.items())


def _line(product: Ref, some: Sequence[Wanted]) -> TargetLine:
    units = sum((one.want.units for one in some), Decimal(0))
    spent = [one.want.units * one.want.cost for one in some if one.want.cost is not None]
    known = len(spent) == len(some)
    return TargetLine(
        product=product,
        count=units,
        cost=cost(sum(spent, Decimal(0)) / units) if known else None,
        lines=tuple((one.want.key, one.want.units) for one in some),
    )


@define(kw_only=True)
class Purchases:
    """Makes purchase orders from wholesale orders."""

    review: Review
    setup: Setup
    notes: Notes

    def new_order(
        self, order: WholesaleOrder, outlet: Outlet, supplier: Ref, wanted: Sequence[Wanted]
    ) -> NewOrder:
        """A purchase order with every line that is wanted."""
        lines = target_lines(wanted)
        names: Mapping[Ref, str] = {one.product: one.name for one in wanted}
        view = OrderView(
            order=order,
            setup=self.setup,
            source=self.review.source,
            units=sum((line.count for line in lines), Decimal(0)),
            cost=_total(lines),
        )
        draft = self.review.tables.order.read(view)
        return NewOrder(
            slot=Slot(kind=Kind.ORDER, name=str(order.key)),
            draft=draft,
            supplier=supplier,
            outlet_id=outlet.id,
            outlet=outlet.name,
            due_at=noon(draft.due_on, outlet),
            lines=tuple(
                OrderLineDraft(product=x.product, name=names[x.product], count=x.count, cost=x.cost)
                for x in lines
            ),
            status=self.setup.order_status,
            known=self._known(order, supplier),
            orders=(order.key,),
        )

    def _known(self, order: WholesaleOrder, supplier: Ref) -> tuple[str, ...]:
        """Live orders of this supplier that bear this number and that the book does not know."""
        applied = self.review.book.applied.get(order.key)
        ours = set(applied.purchase_orders) if applied else set[str]()
        there = tuple(sorted(found.id for found in self._bearing(order, supplier) if found.id not in ours))
        self.notes.rely(f"orders of number {order.number} for {supplier}", ",".join(there) or "none")
        if there:
            self.notes.ask(
                f"already there:{order.key}",
                f"the POS has {len(there)} purchase order(s) numbered {order.number} for this supplier "
                f"({', '.join(there)}) that po_bridge did not make; answer '{CREATE_ANOTHER}' to make one more",
                Stops.ORDER,
                order=order.key,
                answers=(CREATE_ANOTHER,),
            )
        return there

    def _bearing(self, order: WholesaleOrder, supplier: Ref) -> tuple[PurchaseOrder, ...]:
        if not isinstance(supplier, Known):
            return ()
        return tuple(
            found
            for found in self.review.snapshot.orders.values()
            if found.number == order.number and found.supplier_id == supplier.id and not found.deleted
        )


def _total(lines: Sequence[TargetLine]) -> Decimal | None:
    known = [line.count * line.cost for line in lines if line.cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(lines) else None


def shares(lines: Sequence[TargetLine]) -> Mapping[LineKey, Decimal]:
    """Units by wholesale line."""
    return {key: units for line in lines for key, units in line.lines}
