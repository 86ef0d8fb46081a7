"""Changes as a planner makes them: families of slots and known records, orders of both, revisions."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from po_bridge.models.capabilities import Capabilities
from po_bridge.models.keys import OrderKey
from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.planning.change import (
    Change,
    LineSet,
    MoreMembers,
    NewFamily,
    NewImage,
    NewOrder,
    NewRecord,
    OrderLineDraft,
    OrderRevision,
    ProductChange,
)
from po_bridge.planning.refs import Kind, Known, Ref, Slot
from po_bridge.planning.write import FamilyOption, LineAdd, Member, ProductFields

A, B = OrderKey(portal="north", order_id="a"), OrderKey(portal="north", order_id="b")

COARSE = Capabilities(members_per_create=200, members_per_add=1, lines_per_add=500)
FINE = Capabilities(members_per_create=0, members_per_add=1, lines_per_add=1, options_per_create=3)
ODD = Capabilities(
    members_per_create=3, members_per_add=2, lines_per_add=4, options_per_create=2, statuses=False
)
GRAINS = st.sampled_from([COARSE, FINE, ODD])


def slot(kind: Kind, name: str) -> Slot:
    """A slot."""
    return Slot(kind=kind, name=name)


def record(kind: Kind, name: str) -> NewRecord:
    """A new record."""
    return NewRecord(slot=slot(kind, name), name=name, orders=(A,))


RECORDS = (
    record(Kind.SUPPLIER, "north"),
    record(Kind.BRAND, "north"),
    record(Kind.TAG, "new in"),
    record(Kind.OPTION, "color"),
    record(Kind.OPTION, "size"),
    record(Kind.OPTION, "width"),
)


def _ref(made: NewRecord, *, new: bool) -> Ref:
    return made.slot if new else Known(id=f"{made.slot.kind.value}-1")


def member(family: int, number: int) -> Member:
    """A variant."""
    return Member(
        slot=slot(Kind.PRODUCT, f"f{family}/{number}"),
        codes=(ProductCode(kind=CodeKind.CUSTOM, text=f"F{family}X{number}"),),
        values=(f"{number}",),
    )


@st.composite
def families(draw: st.DrawFn, number: int, *, new: bool) -> NewFamily | MoreMembers:
    """A family of some members, new or to be added to; *new* says whether its records are made in this plan."""
    count = draw(st.integers(1, 7))
    options = tuple(
        FamilyOption(ref=_ref(one, new=new), name=one.name)
        for one in RECORDS[3 : 3 + draw(st.integers(0, 3))]
        if one.slot.kind is Kind.OPTION
    )
    members = tuple(member(number, place) for place in range(count if options else 1))
    supplier, brand = _ref(RECORDS[0], new=new), _ref(RECORDS[1], new=new)
    if draw(st.booleans()) and options:
        return MoreMembers(
            family=Known(id=f"family-{number}"),
            family_name=f"family {number}",
            supplier=supplier,
            brand=draw(st.sampled_from([brand, None])),
            options=options,
            members=members,
            active=draw(st.booleans()),
            orders=(A,),
        )
    images = tuple(
        NewImage(slot=slot(Kind.IMAGE, f"f{number}/{place}"), address=f"https://images.example/{place}.jpg")
        for place in range(draw(st.integers(0, 2)))
    )
    return NewFamily(
        slot=slot(Kind.FAMILY, f"f{number}"),
        name=f"family {number}",
        description="",
        supplier=supplier,
        brand=draw(st.sampled_from([brand, None])),
        tags=(_ref(RECORDS[2], new=new),) if draw(st.booleans()) else (),
        options=options,
        members=members,
        active=draw(st.booleans()),
        source_id="",
        images=images,
        orders=(A,),
    )


@st.composite
def purchases(
    draw: st.DrawFn, products: tuple[Ref, ...], order: OrderKey, supplier: Ref
) -> NewOrder | OrderRevision:
    """A new purchase order of these products, or a revision that adds some and changes others."""
    if draw(st.booleans()):
        adds = tuple(LineAdd(product=one, before=Decimal(0), count=Decimal(2), cost=None) for one in products)
        known = [_set(number, draw(st.integers(0, 3))) for number in range(draw(st.integers(0, 4)))]
        return OrderRevision(
            order=Known(id=f"order-{order.order_id}"),
            number=order.order_id,
            added=adds,
            names=tuple(str(one) for one in products),
            changed=tuple(one for one in known if one.count),
            removed=tuple(one for one in known if not one.count),
            orders=(order,),
        )
    lines = tuple(
        OrderLineDraft(product=one, name=str(one), count=Decimal(place + 1), cost=Decimal("2.5"))
        for place, one in enumerate(products)
    )
    return NewOrder(
        slot=slot(Kind.ORDER, str(order)),
        draft=OrderDraft(number=order.order_id),
        supplier=supplier,
        outlet_id="outlet-1",
        outlet="Main",
        due_at=None,
        lines=lines,
        status=draw(st.sampled_from([PurchaseStatus.OPEN, PurchaseStatus.SENT])),
        known=(),
        orders=(order,),
    )


def _set(number: int, count: int) -> LineSet:
    return LineSet(
        product=Known(id=f"line-{number}"),
        name="",
        before=Decimal(5),
        count=Decimal(count),
        cost_before=None,
        cost=None,
    )


@st.composite
def changes(draw: st.DrawFn) -> tuple[Change, ...]:
    """A plan's changes in the planner's order: records, families, products, purchase orders."""
    new = draw(st.booleans())
    made = [draw(families(number, new=new)) for number in range(draw(st.integers(0, 4)))]
    fresh = [one.slot for family in made for one in family.members]
    known: list[Ref] = [Known(id=f"product-{number}") for number in range(draw(st.integers(0, 5)))]
    updates = tuple(
        ProductChange(
            product=Known(id=f"product-{number}"),
            name="",
            before=ProductFields(name="before"),
            after=ProductFields(name="after"),
            orders=(A,),
        )
        for number in range(draw(st.integers(0, 2)))
    )
    wanted = tuple(draw(st.permutations([*fresh, *known])))
    orders = [
        draw(purchases(wanted, order, _ref(RECORDS[0], new=new)))
        for order in (A, B)[: draw(st.integers(0, 2))]
        if wanted
    ]
    return (*(RECORDS if new else ()), *made, *updates, *orders)
