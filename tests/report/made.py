"""Reviews, plans and outcomes in which every foreign text is made by one function."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

from po_bridge.execution.flows import OrderRow
from po_bridge.execution.status import OrderState, OrderStatus
from po_bridge.matching.demand import Demand
from po_bridge.matching.result import (
    Candidate,
    Evidence,
    Match,
    Matched,
    NeedsReview,
    New,
    Reason,
    Rung,
    Skipped,
)
from po_bridge.models.capabilities import Capabilities
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.milestone import Milestone, Reached
from po_bridge.models.named_record import NamedRecord
from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.models.shipment import Shipment, ShippedLine
from po_bridge.models.store import StoreFacts, TaxForm
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import OrderLine, ShipWindow, WholesaleOrder, WholesaleStatus
from po_bridge.planning.book import Applied, Book
from po_bridge.planning.canonical import sealed
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
from po_bridge.planning.outcome import (
    Cause,
    Difference,
    Differs,
    Halted,
    Held,
    OrderOutcome,
    Outcome,
    Summary,
    Synced,
    Undone,
)
from po_bridge.planning.plan import Estimate, Goal, Loss, Plan
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.review import Review
from po_bridge.planning.snapshot import Snapshot
from po_bridge.planning.steps import steps_of
from po_bridge.planning.timeline import LineProgress, Parcel, Timeline
from po_bridge.planning.write import FamilyOption, LineAdd, Member, ProductFields

Word = Callable[[str], str]
"""Makes a foreign text out of the name of its field."""

AT = datetime(2027, 2, 1, 12, 30, tzinfo=UTC)
PICTURE = "https://pictures.example/one.png"
CAPABILITIES = Capabilities(members_per_create=200, members_per_add=1, lines_per_add=500)


def plain(name: str) -> str:
    """Give the field's own name."""
    return name


def order_key(word: Word) -> OrderKey:
    """Name the wholesale order."""
    return OrderKey(portal=word("portal"), order_id=word("order-id"))


def line_key(word: Word, number: int) -> LineKey:
    """Name one brand product."""
    return LineKey(portal=word("portal"), style_id=f"style-{number}", color=word("color"), size=word("size"))


def order_line(word: Word, number: int) -> OrderLine:
    """Make one line."""
    return OrderLine(
        key=line_key(word, number),
        style_number=word("style-number"),
        quantity=Decimal(6),
        unit_price=Decimal("12.50"),
        upc=word("line-upc"),
    )


def wholesale_order(word: Word, lines: int = 4) -> WholesaleOrder:
    """Make an order of as many lines."""
    return WholesaleOrder(
        key=order_key(word),
        number=word("order-number"),
        status=WholesaleStatus.APPROVED,
        status_word=word("status-word"),
        currency=word("currency"),
        window=ShipWindow(start=date(2027, 2, 15)),
        lines=tuple(order_line(word, number) for number in range(lines)),
        total=Decimal(300),
    )


def style(word: Word, number: int, picture: str = PICTURE) -> StyleDocument:
    """Make a style document."""
    return StyleDocument(
        portal=word("portal"),
        style_id=f"style-{number}",
        name=word("style-name"),
        description=word("style-description"),
        sizes=(StyleSize(size=word("size"), upc=word("style-upc")),),
        images=(picture,),
    )


def product(word: Word, id: str, *, active: bool = True, deleted: bool = False) -> PosProduct:
    """Make a product of the store."""
    return PosProduct(
        id=id,
        name=word("product-name"),
        variant_name=word("variant-name"),
        sku=word("sku"),
        codes=(ProductCode(kind=CodeKind.UPC, text=word("product-code")),),
        options=(OptionValue(name=word("option-name"), value=word("option-value")),),
        active=active,
        deleted=deleted,
        supply_price=Decimal("12.00"),
    )


def evidence(word: Word) -> tuple[Evidence, ...]:
    """Make a sign for, a sign against, and one of nothing found."""
    sign, ours, theirs = word("sign"), word("ours"), word("theirs")
    return (
        Evidence(sign=sign, ours=ours, theirs=theirs, agrees=True, note=word("evidence-note")),
        Evidence(sign=sign, ours=ours, theirs=theirs, agrees=False),
        Evidence(sign=sign, ours=ours, theirs="", agrees=False),
    )


def matches(word: Word) -> tuple[Match, ...]:
    """Make one of each judgement."""
    candidates = (
        Candidate(product_id="p1", name=word("candidate"), rung=Rung.CODE, evidence=evidence(word)),
        Candidate(product_id=word("gone-id"), name=word("gone-name"), rung=Rung.NEAR),
    )
    return (
        Matched(product_id="p1", rung=Rung.CODE, evidence=evidence(word)),
        NeedsReview(reasons=(Reason.SEVERAL_PRODUCTS,), candidates=candidates, evidence=evidence(word)),
        New(rung=Rung.DECISION, evidence=evidence(word)),
        Skipped(why=word("skip-reason")),
    )


def review(word: Word, picture: str = PICTURE) -> Review:
    """Make a review of one order with one line of each judgement."""
    order = wholesale_order(word)
    demands = tuple(
        Demand(key=line.key, lines=(line,), style=style(word, number))
        for number, line in enumerate(order.lines)
    )
    applied = Applied(
        order=order.key,
        number=order.number,
        plan="0" * 64,
        round=1,
        at=AT,
        content="",
        status="synced",
        purchase_orders=(word("became"),),
    )
    brand = NamedRecord(id="b1", name=word("brand-name"))
    return Review(
        source=word("source"),
        orders=(order,),
        styles={(word("portal"), f"style-{number}"): style(word, number, picture) for number in range(4)},
        demands=demands,
        matches={line.key: match for line, match in zip(order.lines, matches(word), strict=True)},
        snapshot=Snapshot(products={"p1": product(word, "p1", active=False)}, brands=(brand,)),
        book=Book(applied={order.key: applied}),
        facts=StoreFacts(store=word("store"), tax_form=TaxForm.EXCLUSIVE),
        capabilities=CAPABILITIES,
    )


def member(word: Word) -> Member:
    """Make a variant."""
    return Member(
        slot=Slot(kind=Kind.PRODUCT, name=word("slot")),
        codes=(ProductCode(kind=CodeKind.UPC, text=word("member-code")),),
        supplier_code=word("supplier-code"),
        supply_price=Decimal("12.50"),
        values=(word("member-value"),),
    )


def changes(word: Word) -> tuple[Change, ...]:
    """Make one change of each kind."""
    orders = (order_key(word),)
    supplier = Slot(kind=Kind.SUPPLIER, name=word("supplier-slot"))
    option = FamilyOption(ref=Known(id="o1"), name=word("family-option"))
    family = NewFamily(
        slot=Slot(kind=Kind.FAMILY, name=word("family-slot")),
        name=word("family-name"),
        description=word("description"),
        supplier=supplier,
        brand=Known(id="b1"),
        tags=(Known(id=word("tag-id")),),
        options=(option,),
        members=(member(word),),
        active=False,
        source_id="",
        images=(NewImage(slot=Slot(kind=Kind.IMAGE, name="one"), address=word("image-address")),),
        orders=orders,
    )
    more = MoreMembers(
        family=Known(id="f1"),
        family_name=word("grown-family"),
        supplier=supplier,
        brand=None,
        options=(option,),
        members=(member(lambda name: word(f"more-{name}")),),
        active=False,
        orders=orders,
    )
    fields = ProductFields(name=word("name-before"), active=True)
    after = ProductFields(name=word("name-after"), active=False, supply_price=Decimal(3))
    touched = ProductChange(
        product=Known(id="p1"), name=word("touched"), before=fields, after=after, orders=orders
    )
    return (
        NewRecord(slot=supplier, name=word("record-name"), orders=orders),
        family,
        more,
        touched,
        _purchase(word, supplier),
        _revision(word),
    )


def _purchase(word: Word, supplier: Slot) -> NewOrder:
    line = OrderLineDraft(
        product=Known(id="p1"), name=word("order-line"), count=Decimal(6), cost=Decimal("12.50000")
    )
    return NewOrder(
        slot=Slot(kind=Kind.ORDER, name=word("purchase-slot")),
        draft=OrderDraft(
            created_at=AT,
            supplier=word("supplier"),
            ordered_by=word("buyer"),
            total_quantity=Decimal(6),
            total_cost=Decimal(75),
            due_on=date(2027, 3, 15),
            number=word("purchase-number"),
            note=word("purchase-note"),
        ),
        supplier=supplier,
        outlet_id="outlet",
        outlet=word("outlet-name"),
        due_at=AT,
        lines=(line,),
        status=PurchaseStatus.SENT,
        known=(),
        orders=(order_key(word),),
    )


def _revision(word: Word) -> OrderRevision:
    def line(name: str, before: int, count: int) -> LineSet:
        return LineSet(
            product=Known(id=name),
            name=word(name),
            before=Decimal(before),
            count=Decimal(count),
            cost_before=Decimal("1.5"),
            cost=Decimal("1.25"),
        )

    return OrderRevision(
        order=Known(id="po-1"),
        number=word("revised-number"),
        added=(LineAdd(product=Known(id="p2"), before=Decimal(0), count=Decimal(2), cost=None),),
        names=(word("added-line"),),
        changed=(line("changed-line", 3, 5),),
        removed=(line("removed-line", 4, 0),),
        orders=(order_key(word),),
    )


def questions(word: Word) -> tuple[Question, ...]:
    """Make a question with answers, one about a line, and one that only the setup can answer."""
    key = line_key(word, 1)
    return (
        Question(
            key=word("question-key"),
            text=word("question"),
            stops=Stops.ORDER,
            answers=(word("answer-one"), word("answer-two")),
        ),
        Question(key=f"line:{key}", text=word("line-question"), stops=Stops.LINE, line=key),
        Question(key=word("setup-key"), text=word("setup-question"), stops=Stops.NOTHING),
    )


def plan(word: Word, *, empty: bool = False) -> Plan:
    """Make a sealed plan with every kind of change, or with none."""
    made = () if empty else changes(word)
    goal = Goal(
        order=order_key(word),
        number=word("goal-number"),
        content="",
        round=1,
        purchase_orders=(),
        expected=(),
        lines=(),
        matched=1,
        created=2,
        skipped=3,
    )
    loss = Loss(order=order_key(word), what=word("loss"), value=word("loss-value"), why=word("loss-reason"))
    return sealed(
        Plan(
            store=word("plan-store"),
            goals=(goal,),
            changes=made,
            steps=steps_of(made, CAPABILITIES),
            basis=(),
            losses=() if empty else (loss,),
            questions=() if empty else questions(word),
            estimate=Estimate(calls=12, seconds=3.6),
        )
    )


def outcomes(word: Word) -> dict[OrderKey, OrderOutcome]:
    """Make one order of each outcome."""
    cause = Cause(step="s", what=word("cause"), words=word("remote-words"), mend=word("mend"))
    difference = Difference(where=word("where"), planned=word("planned"), found=word("found"))
    every: tuple[OrderOutcome, ...] = (
        Synced(purchase_orders=("1",), notes=(word("note"),)),
        Differs(purchase_orders=("2",), differences=(difference,)),
        Held(purchase_orders=(), causes=(cause,)),
        Halted(purchase_orders=(), questions=questions(word)),
        Undone(kept=(word("kept"),)),
    )
    return {
        OrderKey(portal=word("portal"), order_id=f"{word('order-id')}-{number}"): one
        for number, one in enumerate(every)
    }


def outcome(word: Word, address: str = "po-1") -> Outcome:
    """Make an outcome with one order of each kind."""
    summary = Summary(
        items=Decimal(65),
        lines=11,
        products_updated=1,
        drafts_created=5,
        purchase_orders=(address,),
        wholesale_orders=(word("wholesale-address"),),
    )
    return Outcome(plan="0" * 64, orders=outcomes(word), summary=summary)


def order_rows(word: Word) -> tuple[OrderRow, ...]:
    """Make one row of a list of orders."""
    return (OrderRow(order=wholesale_order(word), state=OrderState.CHANGED, offered=True),)


def status_rows(word: Word) -> tuple[OrderStatus, ...]:
    """Make one row of a status."""
    return (
        OrderStatus(
            order=order_key(word),
            number=word("order-number"),
            state=OrderState.ATTENTION,
            plan="0" * 64,
            at=AT,
            purchase_orders=(word("purchase-order"),),
            reasons=(word("reason"),),
        ),
    )


def milestones(word: Word) -> tuple[Milestone, ...]:
    """Make one that is stated, one that is inferred and one that was taken back."""
    source = word("milestone-source")
    return (
        Milestone(reached=Reached.APPROVED, at=AT, whole_day=True, source=source, seen_at=AT),
        Milestone(
            reached=Reached.SHIPPED,
            in_part=True,
            source=source,
            seen_at=AT,
            inferred=True,
            why=word("milestone-why"),
        ),
        Milestone(reached=Reached.RECEIVED, at=AT, source=source, seen_at=AT, taken_back_at=AT),
    )


def timeline(word: Word) -> Timeline:
    """Make a timeline with a parcel that can be followed, and units known and unknown."""
    parcel = Shipment(
        carrier=word("carrier"),
        tracking=(word("tracking"), word("lost-tracking")),
        status_word=word("parcel-status"),
        shipped_on=date(2027, 2, 20),
        lines=(ShippedLine(style_number=word("shipped-style"), quantity=Decimal(4)),),
    )
    line = LineProgress(
        key=line_key(word, 0),
        name=word("progress-name"),
        ordered=Decimal(6),
        on_order=Decimal(6),
        shipped=Decimal(4),
        received=None,
    )
    return Timeline(
        order=order_key(word),
        number=word("order-number"),
        status=word("brand-status"),
        purchase_orders=(word("purchase-order"),),
        milestones=milestones(word),
        lines=(line,),
        parcels=(Parcel(shipment=parcel, pages=("https://carrier.example/1?a=b&c", "javascript:alert(0)")),),
        siblings=(word("sibling"),),
        notes=(word("timeline-note"),),
        at=AT,
    )
