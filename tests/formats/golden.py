"""What the golden files hold, as values: every change, every write, every detail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from po_bridge.matching.result import Choice
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.milestone import Milestone, Reached
from po_bridge.models.order_draft import OrderDraft
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.models.purchase_order import PurchaseStatus
from po_bridge.models.wholesale_order import WholesaleStatus
from po_bridge.planning.book import Applied, AppliedLine, Decision, Opened, line_decision, style_decision
from po_bridge.planning.canonical import sealed
from po_bridge.planning.change import (
    LineSet,
    MoreMembers,
    NewFamily,
    NewImage,
    NewOrder,
    NewPicture,
    NewRecord,
    OrderLineDraft,
    OrderRevision,
    ProductChange,
)
from po_bridge.planning.history import Entry
from po_bridge.planning.mark import Mark
from po_bridge.planning.plan import Basis, Estimate, Goal, Loss, Plan, TargetLine
from po_bridge.planning.question import Question, Stops
from po_bridge.planning.receipt import Doubt, Receipt, Refusal, Rest
from po_bridge.planning.refs import Kind, Known, Slot
from po_bridge.planning.sighting import LineSeen, Sighting, Stood
from po_bridge.planning.snapshot import Collection
from po_bridge.planning.step import Step
from po_bridge.planning.write import (
    AddLines,
    AddMembers,
    AttachImage,
    CreateBrand,
    CreateFamily,
    CreateOptions,
    CreateOrder,
    CreateSupplier,
    CreateTag,
    FamilyOption,
    LineAdd,
    Member,
    OptionDraft,
    ProductFields,
    Remove,
    SetLine,
    SetStatus,
    UpdateProduct,
    Write,
)

ORDER = OrderKey(portal="Fjäll & Sons", order_id="65f0/a%1")
LINE = LineKey(portal="Fjäll & Sons", style_id="5f3", color="Röd/Blå", size="M")
OTHER_LINE = LineKey(portal="Fjäll & Sons", style_id="5f4", color="", size="OS")
AT = datetime(2026, 3, 1, 9, 30, 0, 250000, tzinfo=UTC)
SUPPLIER, BRAND = Slot(kind=Kind.SUPPLIER, name="Fjäll"), Slot(kind=Kind.BRAND, name="Fjäll")
TAG, SIZE = Slot(kind=Kind.TAG, name="spring"), Slot(kind=Kind.OPTION, name="Size")
COAT, COAT_M = Slot(kind=Kind.FAMILY, name="coat"), Slot(kind=Kind.PRODUCT, name="coat/M")
COAT_L, PICTURE = Slot(kind=Kind.PRODUCT, name="coat/L"), Slot(kind=Kind.IMAGE, name="coat/1")
PURCHASE, OLD = Slot(kind=Kind.ORDER, name=str(ORDER)), Known(id="po-7")
FAMILY, PRODUCT = Known(id="family-3"), Known(id="0af7")
CODES = (
    ProductCode(kind=CodeKind.UPC, text="012345678905"),
    ProductCode(kind=CodeKind.CUSTOM, text="FJALLCOATM"),
)
OPTIONS = (FamilyOption(ref=SIZE, name="Size"), FamilyOption(ref=Known(id="option-1"), name="Color"))
DRAFT = OrderDraft(
    created_at=AT,
    supplier="Fjäll",
    ordered_by="Ann",
    total_quantity=Decimal("3.0"),
    total_cost=Decimal("37.50000"),
    due_on=date(2026, 4, 30),
    number="1318034-A",
    note='Synced, "as is"',
)
BEFORE = ProductFields(description="", codes=())
AFTER = ProductFields(
    active=True,
    name="Coat",
    description="<p>Warm</p>",
    codes=CODES,
    supplier_id="supplier-1",
    supplier_code="COAT-M",
    supply_price=Decimal("12.50"),
    retail_price=Decimal(30),
)


def member(slot: Slot, size: str) -> Member:
    """Make a variant."""
    return Member(
        slot=slot,
        codes=CODES,
        supplier_code=f"COAT-{size}",
        supply_price=Decimal("12.50"),
        retail_price=None,
        values=(size, "Röd"),
    )


def line_set(count: str) -> LineSet:
    """Make a line whose count changes."""
    return LineSet(
        product=PRODUCT,
        name="Coat M",
        before=Decimal(2),
        count=Decimal(count),
        cost_before=None,
        cost=Decimal("12.5"),
    )


ADD = LineAdd(product=COAT_L, before=Decimal(0), count=Decimal("1.5"), cost=None)
CREATE_FAMILY = CreateFamily(
    slot=COAT,
    name="Coat",
    description="<p>Warm</p>",
    supplier=SUPPLIER,
    brand=BRAND,
    tags=(TAG, Known(id="tag-1")),
    options=OPTIONS,
    members=(member(COAT_M, "M"),),
    active=False,
    source_id="5f3",
)
ADD_MEMBERS = AddMembers(
    family=FAMILY,
    family_name="Coat",
    supplier=Known(id="supplier-1"),
    brand=None,
    options=OPTIONS,
    members=(member(COAT_L, "L"),),
    active=True,
)
WRITES: tuple[Write, ...] = (
    CreateSupplier(slot=SUPPLIER, name="Fjäll"),
    CreateBrand(slot=BRAND, name="Fjäll"),
    CreateTag(slot=TAG, name="spring"),
    CreateOptions(options=(OptionDraft(slot=SIZE, name="Size"),)),
    CREATE_FAMILY,
    ADD_MEMBERS,
    UpdateProduct(product=PRODUCT, before=BEFORE, after=AFTER),
    AttachImage(product=COAT_M, address="https://images.example/coat.png?a=1&b=2", slot=PICTURE),
    CreateOrder(
        slot=PURCHASE,
        draft=DRAFT,
        supplier=SUPPLIER,
        outlet_id="outlet-1",
        due_at=AT,
        known=("po-7",),
        others=(OLD,),
    ),
    AddLines(order=PURCHASE, lines=(ADD,)),
    SetLine(order=OLD, product=PRODUCT, before=Decimal(2), count=Decimal(3), cost=Decimal("12.5")),
    SetStatus(order=PURCHASE, before=PurchaseStatus.OPEN, after=PurchaseStatus.SENT),
    Remove(kind=Kind.PRODUCT, target=PRODUCT, within=OLD, before=Decimal(2)),
)
IMAGE = NewImage(slot=PICTURE, address="https://images.example/coat.png")
CHANGES = (
    NewRecord(slot=SUPPLIER, name="Fjäll", orders=(ORDER,)),
    NewFamily(
        slot=COAT,
        name="Coat",
        description="<p>Warm</p>",
        supplier=SUPPLIER,
        brand=BRAND,
        tags=(TAG,),
        options=OPTIONS,
        members=(member(COAT_M, "M"),),
        active=False,
        source_id="5f3",
        images=(IMAGE,),
        orders=(ORDER,),
    ),
    MoreMembers(
        family=FAMILY,
        family_name="Coat",
        supplier=SUPPLIER,
        brand=None,
        options=OPTIONS,
        members=(member(COAT_L, "L"),),
        active=True,
        orders=(ORDER,),
    ),
    ProductChange(product=PRODUCT, name="Coat M", before=BEFORE, after=AFTER, orders=(ORDER,)),
    NewPicture(product=PRODUCT, name="Coat M", image=IMAGE, orders=(ORDER,)),
    NewOrder(
        slot=PURCHASE,
        draft=DRAFT,
        supplier=SUPPLIER,
        outlet_id="outlet-1",
        outlet="Main",
        due_at=None,
        lines=(OrderLineDraft(product=COAT_M, name="Coat M", count=Decimal(3), cost=Decimal("12.50000")),),
        status=PurchaseStatus.SENT,
        known=("po-7",),
        others=(OLD,),
        orders=(ORDER,),
    ),
    OrderRevision(
        order=OLD,
        number="1318034-A",
        added=(ADD,),
        names=("Coat L",),
        changed=(line_set("3"),),
        removed=(line_set("0"),),
        orders=(ORDER,),
    ),
)
QUESTION = Question(
    key="existing:1318034-A",
    text="Adopt?",
    stops=Stops.ORDER,
    order=ORDER,
    line=LINE,
    answers=("adopt", "create", "skip"),
)
GOAL = Goal(
    order=ORDER,
    number="1318034-A",
    content="c0ffee",
    round=1,
    purchase_orders=(PURCHASE,),
    expected=(),
    lines=(
        TargetLine(
            product=COAT_M,
            count=Decimal(3),
            cost=Decimal("12.50000"),
            lines=((LINE, Decimal(1)), (OTHER_LINE, Decimal("2.0"))),
            order=PURCHASE,
            due_on=date(2026, 4, 30),
        ),
        TargetLine(product=PRODUCT, count=Decimal(1), cost=None, lines=()),
    ),
    matched=1,
    created=2,
    skipped=0,
)


def plan() -> Plan:
    """Make the plan of the golden file."""
    steps = tuple(
        Step(
            key=f"{number:016x}",
            change=str(COAT),
            orders=(ORDER,),
            write=write,
            needs=(f"{number - 1:016x}",) if number else (),
        )
        for number, write in enumerate(WRITES)
    )
    return sealed(
        Plan(
            format=1,
            store="store-1",
            goals=(GOAL,),
            changes=CHANGES,
            steps=steps,
            basis=(Basis(where="product 0af7 alive", value="true"),),
            losses=(Loss(order=ORDER, what="freight", value="4.20", why="no field"),),
            questions=(QUESTION,),
            estimate=Estimate(calls=17, seconds=12.5),
        )
    )


FIVE = timedelta(minutes=5)
OPENED = Opened(plan=plan(), at=AT, since={Collection.PRODUCTS: "42", Collection.ORDERS: ""})


def entry(step: int, mark: Mark, seconds: int, **more: object) -> Entry:
    """Make an entry of a step of the plan."""
    at = AT + timedelta(seconds=seconds)
    return Entry(step=f"{step:016x}", mark=mark, at=at, sent_at=AT, **more)  # type: ignore[arg-type]  # as given


ENTRIES = (
    entry(0, Mark.INTENDED, 0),
    entry(0, Mark.DONE, 1, detail=Receipt(made={SUPPLIER: "supplier-9"}, found=True, notes=("was there",))),
    entry(1, Mark.INTENDED, 1),
    entry(
        1,
        Mark.REFUSED,
        2,
        detail=Refusal(
            status=429, words="langsam", mend="wait", again=True, retry_at=AT + timedelta(minutes=5)
        ),
        not_before=AT + FIVE,
    ),
    entry(1, Mark.INTENDED, 301, attempt=2),
    entry(1, Mark.UNKNOWN, 302, attempt=2, detail=Doubt(why="no answer")),
    entry(1, Mark.ASKED, 400, attempt=2, detail=QUESTION),
    entry(9, Mark.SPLIT, 401, detail=Rest(writes=WRITES, receipt=Receipt(made={COAT_M: "p-1"}))),
)
APPLIED = Applied(
    order=ORDER,
    number="1318034-A",
    plan=plan().digest,
    round=1,
    at=AT + timedelta(hours=1),
    content="c0ffee",
    status="halted",
    purchase_orders=("po-8",),
    lines=(
        AppliedLine(
            line=LINE,
            product_id="p-1",
            count=Decimal(1),
            cost=Decimal("12.50000"),
            purchase_order="po-8",
            due_on=date(2026, 4, 30),
        ),
        AppliedLine(line=OTHER_LINE, product_id="p-1", count=Decimal("2.0")),
    ),
    causes=("a question is open",),
)
SIGHTING = Sighting(
    order=ORDER,
    revision=2,
    at=AT + timedelta(days=9),
    plan=plan().digest,
    furthest=Stood(status=WholesaleStatus.SHIPPED, at=AT + timedelta(days=7)),
    changes=("went back from shipped to approved; ask the brand",),
    milestones=(
        Milestone(reached=Reached.CREATED, at=AT, source="Märke", seen_at=AT),
        Milestone(
            reached=Reached.APPROVED,
            source="Märke",
            seen_at=AT + timedelta(days=1),
            inferred=True,
            why="the order is shipped",
        ),
        Milestone(
            reached=Reached.SHIPPED,
            in_part=True,
            at=AT,
            whole_day=True,
            source="Märke",
            seen_at=AT + timedelta(days=7),
            taken_back_at=AT + timedelta(days=9),
        ),
    ),
    lines=(
        LineSeen(key=LINE, shipped=Decimal("2.0"), received=Decimal(1)),
        LineSeen(key=OTHER_LINE, received=Decimal(0)),
    ),
)
DECISIONS = (
    Decision(key=line_decision(LINE), choice=Choice.LINK, product_id="p-2", at=AT, by="Ann", why="gesehen"),
    Decision(key=style_decision("Fjäll & Sons", "5f4"), choice=Choice.CREATE, at=AT, by="rule: new"),
    Decision(key="line:gone", choice=Choice.SKIP, at=AT),
    Decision(key="existing:1318034-A", answer="adopt", at=AT, by="Ann"),
)
