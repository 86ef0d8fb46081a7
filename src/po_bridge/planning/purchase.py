"""The purchase order that a wholesale order becomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from attrs import define, frozen

from ..mapping.views import OrderView
from ..models.money import cost
from ..models.setup import Setup
from ..models.store import Outlet
from ..models.wholesale_order import WholesaleOrder
from .change import NewOrder, OrderLineDraft
from .outlets import noon
from .plan import TargetLine
from .refs import Kind, Ref, Slot
from .review import Review
from .wants import Want


@frozen(kw_only=True)
class Wanted:
    """One want with the product it goes to."""

    want: Want
    """Units and cost."""
    product: Ref
    """The product."""
    name: str
    """Its name, for people."""


def target_lines(wanted: Sequence[Wanted], due_on: date | None = None) -> tuple[TargetLine, ...]:
    """Lines of the purchase order: each product once, units summed, cost weighted by count."""
    by_product: dict[Ref, list[Wanted]] = {}
    for one in wanted:
        by_product.setdefault(one.product, []).append(one)
    return tuple([_line(product, some, due_on) for product, some in by_product.items()])


def _line(product: Ref, some: Sequence[Wanted], due_on: date | None) -> TargetLine:
    if len(some) == 1:
        only = some[0].want
        return TargetLine(
            product=product,
            count=only.units,
            cost=only.cost,
            lines=((only.key, only.units),),
            due_on=due_on,
        )
    units = sum((one.want.units for one in some), Decimal(0))
    spent = [one.want.units * one.want.cost for one in some if one.want.cost is not None]
    known = len(spent) == len(some)
    return TargetLine(
        product=product,
        count=units,
        cost=cost(sum(spent, Decimal(0)) / units) if known else None,
        lines=tuple((one.want.key, one.want.units) for one in some),
        due_on=due_on,
    )


@define(kw_only=True)
class Purchases:
    """Makes purchase orders from wholesale orders."""

    review: Review
    """What a person saw."""
    setup: Setup
    """The merchant's choices."""

    def new_order(
        self,
        order: WholesaleOrder,
        outlet: Outlet,
        supplier: Ref,
        names: Mapping[Ref, str],
        lines: Sequence[TargetLine],
        known: tuple[str, ...],
        others: tuple[Ref, ...] = (),
        part: str = "",
    ) -> NewOrder:
        """A purchase order of these lines; *part* names which of several it is."""
        view = OrderView(
            order=order,
            setup=self.setup,
            source=self.review.source,
            units=sum((line.count for line in lines), Decimal(0)),
            cost=_total(lines),
        )
        draft = self.review.tables.order.read(view)
        round_ = self.review.round_of(order.key)
        return NewOrder(
            slot=Slot(kind=Kind.ORDER, name="/".join(filter(None, (f"{order.key}/{round_}", part)))),
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
            known=known,
            others=others,
            orders=(order.key,),
        )


def _total(lines: Sequence[TargetLine]) -> Decimal | None:
    known = [line.count * line.cost for line in lines if line.cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(lines) else None
