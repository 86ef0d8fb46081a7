"""Small plans to try a target, a journal or a runner with."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from ..models.capabilities import Capabilities
from ..models.keys import LineKey, OrderKey
from ..models.order_draft import OrderDraft
from ..models.pos_product import CodeKind, ProductCode
from ..models.purchase_order import PurchaseStatus
from ..planning.canonical import sealed
from ..planning.change import Change, NewFamily, NewImage, NewOrder, NewRecord, OrderLineDraft
from ..planning.plan import Expected, Goal, Plan, TargetLine
from ..planning.refs import Kind, Slot
from ..planning.steps import steps_of
from ..planning.write import FamilyOption, Member

COST = Decimal("12.35")
"""Cost of one unit: an amount that comes back otherwise where it went through a float."""

DUE_ON = date(2026, 11, 2)
"""A delivery day, the first weekday after the clocks went back in America and in Europe."""

ORDER = OrderKey(portal="sample", order_id="order-1")
"""The wholesale order that the sample plan is for."""

_SUPPLIER = Slot(kind=Kind.SUPPLIER, name="Sample Supplier")
_BRAND = Slot(kind=Kind.BRAND, name="Sample Brand")
_SIZE = Slot(kind=Kind.OPTION, name="Size")
_COLOR = Slot(kind=Kind.OPTION, name="Color")
_FAMILY = Slot(kind=Kind.FAMILY, name="Sample Coat")
_PURCHASE = Slot(kind=Kind.ORDER, name="sample/order-1")
_PICTURE = NewImage(slot=Slot(kind=Kind.IMAGE, name="coat"), address="https://images.example/coat.png")


def _member(size: str, number: int) -> Member:
    return Member(
        slot=Slot(kind=Kind.PRODUCT, name=f"coat/{size}"),
        codes=(ProductCode(kind=CodeKind.CUSTOM, text=f"SAMPLECOAT{size}{number}"),),
        supplier_code=f"COAT-{size}",
        supply_price=COST,
        retail_price=Decimal("29.99"),
        values=(size, "Red"),
    )


def _line(slot: Slot, count: int) -> OrderLineDraft:
    return OrderLineDraft(product=slot, name=slot.name, count=Decimal(count), cost=COST)


def sample_changes(
    *, sizes: tuple[str, ...] = ("S", "M"), outlet_id: str = "outlet-1", pictures: bool = True
) -> tuple[Change, ...]:
    """A supplier, a brand, two options, one family with a picture, and a purchase order of it, marked as sent."""
    orders = (ORDER,)
    members = tuple(_member(size, number) for number, size in enumerate(sizes))
    family = NewFamily(
        slot=_FAMILY,
        name="Sample Coat",
        description="A coat.",
        supplier=_SUPPLIER,
        brand=_BRAND,
        tags=(),
        options=(FamilyOption(ref=_SIZE, name="Size"), FamilyOption(ref=_COLOR, name="Color")),
        members=members,
        active=False,
        source_id="style-1",
        images=(_PICTURE,) if pictures else (),
        orders=orders,
    )
    total = Decimal(sum(range(2, 2 + len(sizes))))
    draft = OrderDraft(
        supplier="Sample Supplier",
        total_quantity=total,
        total_cost=total * COST,
        number="PO-1",
        note="n",
    )
    purchase = NewOrder(
        slot=_PURCHASE,
        draft=draft,
        supplier=_SUPPLIER,
        outlet_id=outlet_id,
        outlet="Main",
        due_at=None,
        lines=tuple(_line(member.slot, number + 2) for number, member in enumerate(members)),
        status=PurchaseStatus.SENT,
        known=(),
        orders=orders,
    )
    records = ((_SUPPLIER, "Sample Supplier"), (_BRAND, "Sample Brand"), (_SIZE, "Size"), (_COLOR, "Color"))
    return (*(NewRecord(slot=slot, name=name, orders=orders) for slot, name in records), family, purchase)


def sample_plan(
    capabilities: Capabilities,
    *,
    store: str = "toy",
    sizes: tuple[str, ...] = ("S", "M"),
    outlet_id: str = "outlet-1",
    pictures: bool = True,
) -> Plan:
    """The changes above as a sealed plan."""
    changes = sample_changes(sizes=sizes, outlet_id=outlet_id, pictures=pictures)
    order = next(change for change in changes if isinstance(change, NewOrder))
    goal = Goal(
        order=ORDER,
        number="PO-1",
        content="content-1",
        round=1,
        purchase_orders=(order.slot,),
        lines=tuple(
            TargetLine(
                product=line.product, count=line.count, cost=line.cost, lines=((_line_key(line), line.count),)
            )
            for line in order.lines
        ),
        expected=tuple(
            Expected(order=order.slot, product=line.product, count=line.count, cost=line.cost)
            for line in order.lines
        ),
        matched=0,
        created=len(order.lines),
        skipped=0,
    )
    steps = steps_of(changes, capabilities)
    return sealed(
        Plan(store=store, goals=(goal,), changes=changes, steps=steps, basis=(), losses=(), questions=())
    )


def _line_key(line: OrderLineDraft) -> LineKey:
    return LineKey(portal=ORDER.portal, style_id="style-1", color="Red", size=line.name.rpartition("/")[2])
