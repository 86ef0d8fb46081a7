"""Reviews for tests, matched by the real ladder: lines, style documents, a store, a book; nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve

from po_bridge.matching.demand import Demand
from po_bridge.matching.keys_of import keys_of
from po_bridge.matching.ladder import match
from po_bridge.matching.memory_index import MemoryIndex
from po_bridge.models.capabilities import Capabilities
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.named_record import NamedRecord, name_key
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from po_bridge.models.setup import Setup
from po_bridge.models.store import Outlet, StoreFacts, TaxForm
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import OrderLine, WholesaleOrder, WholesaleStatus
from po_bridge.planning.book import Book
from po_bridge.planning.change import Change, MoreMembers, NewFamily
from po_bridge.planning.in_force import in_force
from po_bridge.planning.plan import Plan
from po_bridge.planning.planner import lookups, plan
from po_bridge.planning.review import Review
from po_bridge.planning.snapshot import Snapshot

PORTAL = "North"
SUPPLIER = NamedRecord(id="s-north", name="North")
ORDER = OrderKey(portal=PORTAL, order_id="o1")
COARSE = Capabilities(members_per_create=200, members_per_add=1, lines_per_add=500)
FACTS = StoreFacts(
    store="shop",
    name="Shop",
    tax_form=TaxForm.EXCLUSIVE,
    currency="USD",
    outlets=(Outlet(id="outlet-1", name="Main", currency="USD", zone="UTC"),),
)


def line(
    style: str = "AB100",
    color: str = "Navy",
    size: str = "M",
    *,
    style_id: str = "",
    portal: str = PORTAL,
    **more: Any,
) -> OrderLine:
    """An order line; a style id is made of number and colour where none is given."""
    key = LineKey(portal=portal, style_id=style_id or f"{style}-{color}", color=color, size=size)
    given: dict[str, Any] = {
        "key": key,
        "style_number": style,
        "quantity": Decimal(2),
        "unit_price": Decimal(10),
        "path": f"$.{key}",
    }
    return OrderLine(**(given | more))


def document(
    line: OrderLine, name: str = "Cable Tee", sizes: Iterable[str] = ("S", "M", "L")
) -> StyleDocument:
    """The style document of a line."""
    key = line.key
    return StyleDocument(
        portal=key.portal,
        style_id=key.style_id,
        number=line.style_number,
        name=name,
        brand="North",
        color=key.color,
        sizes=tuple(StyleSize(size=size) for size in sizes),
        images=(f"https://pictures.example/{key.style_id}.png",),
    )


def product(
    product_id: str,
    code: str = "",
    *,
    options: Mapping[str, str] | None = None,
    upc: str = "",
    supplier: str | None = SUPPLIER.id,
    **more: Any,
) -> PosProduct:
    """A POS product of a family, named by its options; ``family_id=None`` for one that stands alone."""
    values = {"Color": "Navy", "Size": "M"} if options is None else options
    suppliers = (ProductSupplier(supplier_id=supplier, code=code),) if supplier else ()
    given: dict[str, Any] = {
        "id": product_id,
        "family_id": "f1",
        "name": "Cable Tee",
        "codes": (ProductCode(kind=CodeKind.UPC, text=upc),) if upc else (),
        "suppliers": suppliers,
        "options": tuple(
            OptionValue(name=name, value=value, option_id=f"option-{name}") for name, value in values.items()
        ),
        "brand_id": "b-north",
    }
    return PosProduct(**(given | more))


def order_of(*lines: OrderLine, key: OrderKey = ORDER) -> WholesaleOrder:
    """An approved order."""
    return WholesaleOrder(
        key=key, number=f"PO-{key.order_id}", status=WholesaleStatus.APPROVED, currency="USD", lines=lines
    )


def reviewed(
    lines: Sequence[OrderLine],
    products: Sequence[PosProduct] = (),
    *,
    names: Mapping[str, str] | str = "Cable Tee",
    sizes: Iterable[str] = ("S", "M", "L"),
    suppliers: Sequence[NamedRecord] = (SUPPLIER,),
    options: Sequence[NamedRecord] = (),
    book: Book | None = None,
    capabilities: Capabilities = COARSE,
    undocumented: Iterable[str] = (),
) -> Review:
    """Review one order against a store, as the flows do; *names* is the style name, or that of each style id."""
    book, lacking = book or Book(), set(undocumented)
    by_key: dict[LineKey, list[OrderLine]] = {}
    for one in lines:
        by_key.setdefault(one.key, []).append(one)
    styles = {
        (key.portal, key.style_id): None
        if key.style_id in lacking
        else document(some[0], names if isinstance(names, str) else names[key.style_id], sizes)
        for key, some in by_key.items()
    }
    said = in_force(by_key, book)
    demands = tuple(
        Demand(
            key=key,
            lines=tuple(some),
            style=styles[key.portal, key.style_id],
            supplier_id=next((one.id for one in suppliers if one.key == name_key(key.portal)), None),
        )
        for key, some in by_key.items()
    )
    index = MemoryIndex()
    index.upsert(products)
    hits = {found.key: found for found in index.lookup([keys_of(demand) for demand in demands])}
    known = {one.id: one for one in products}
    links = {key: link.product_id for key, link in book.links.items()}
    return Review(
        source="Wholesale",
        orders=(order_of(*lines, key=OrderKey(portal=lines[0].key.portal, order_id="o1")),),
        styles=styles,
        demands=demands,
        matches=match(demands, hits, known, links, said.verdicts, objections=said.objections),
        snapshot=Snapshot(products=known, suppliers=tuple(suppliers), options=tuple(options)),
        book=book,
        facts=FACTS,
        capabilities=capabilities,
    )


def looked_up(review: Review, setup: Setup) -> Review:
    """Fill in what a plan asks about, from the review's own products, as the flows do."""
    wanted = lookups(review, setup)
    while True:
        products = review.snapshot.products.values()
        names = {name_key(name) for name in wanted.names}
        families = {
            name: found
            for name in names
            if (found := tuple(one for one in products if name_key(one.name) == name))
        }
        codes = {
            code: owners
            for code in wanted.codes
            if (owners := tuple(one.id for one in products if code in {c.text for c in one.codes}))
        }
        review = evolve(review, snapshot=evolve(review.snapshot, families=families, codes=codes))
        more = wanted | lookups(review, setup)
        if more <= wanted:
            return review
        wanted = more


def planned(review: Review, setup: Setup | None = None) -> Plan:
    """Plan a review once everything is looked up."""
    setup = setup or Setup()
    return plan(looked_up(review, setup), setup)


def families(changes: Iterable[Change]) -> tuple[NewFamily, ...]:
    """The new families among changes."""
    return tuple(change for change in changes if isinstance(change, NewFamily))


def additions(changes: Iterable[Change]) -> tuple[MoreMembers, ...]:
    """The families that get variants among changes."""
    return tuple(change for change in changes if isinstance(change, MoreMembers))
