"""Small stores and orders whose parts repeat, so that every kind of answer and clash comes up."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from po_bridge.matching.demand import Demand
from po_bridge.models.keys import LineKey
from po_bridge.models.pos_product import CodeKind, OptionValue, PosProduct, ProductCode, ProductSupplier
from po_bridge.models.style_document import StyleDocument
from po_bridge.models.wholesale_order import OrderLine

STYLES = ("AB100", "AB-100", "100", "1001", "100-1", "1-11", "11-1", "")
COLORS = ("Red", "Navy", "Dark Navy", "dk nvy", "1", "")
SIZES = ("S", "M", "Medium", "10", "0", "1", "OS", "32x34")
NAMES = ("Tee", "Harbour Tee", "AB100 Tee", "100")
CODES = (
    "072314100158",
    "0072314100158",
    "72314100158",
    "844277100014",
    "84427710001",
    "10844277100011",
    "844277100012",
    "201234567899",
    "000000000000",
    "TBD",
    "INT-1",
)
SUPPLIERS = ("s-north", "s-south")
BRANDS = ("b-north", "b-south", None)


@st.composite
def supplier_codes(draw: st.DrawFn) -> str:
    """A supplier code joined of parts of the pools, or nothing."""
    parts = [draw(st.sampled_from(pool)) for pool in (STYLES, COLORS, SIZES)]
    return draw(st.sampled_from(("-", "", " ", "/"))).join(parts[: draw(st.integers(0, 3))])


@st.composite
def products(draw: st.DrawFn, product_id: str) -> PosProduct:
    """A POS product of the pools."""
    names = draw(st.sets(st.sampled_from(("Color", "Size", "Fit"))))
    pools = {"Color": COLORS, "Size": SIZES, "Fit": ("Slim", "Red", "M")}
    suppliers = draw(st.lists(st.sampled_from(SUPPLIERS), max_size=2, unique=True))
    return PosProduct(
        id=product_id,
        name=draw(st.sampled_from(NAMES)),
        sku=draw(st.sampled_from(("", "10013", "AB100-Red-M"))),
        codes=tuple(
            ProductCode(kind=CodeKind.CUSTOM, text=text)
            for text in draw(st.lists(st.sampled_from(CODES), max_size=2, unique=True))
        ),
        suppliers=tuple(
            ProductSupplier(supplier_id=supplier, code=draw(supplier_codes())) for supplier in suppliers
        ),
        options=tuple(
            OptionValue(name=name, value=draw(st.sampled_from(pools[name]))) for name in sorted(names)
        ),
        brand_id=draw(st.sampled_from(BRANDS)),
        deleted=draw(st.sampled_from((False, False, False, True))),
        composite=draw(st.sampled_from((False, False, False, True))),
    )


@st.composite
def stores(draw: st.DrawFn) -> tuple[PosProduct, ...]:
    """A few products, each with its own id."""
    return tuple(draw(products(f"p{number}")) for number in range(draw(st.integers(0, 6))))


@st.composite
def demands(draw: st.DrawFn) -> Demand:
    """A demand of the pools."""
    style, color, size = (draw(st.sampled_from(pool)) for pool in (STYLES, COLORS, SIZES))
    season = draw(st.sampled_from(("fall", "spring")))
    key = LineKey(portal="north", style_id=f"{season}-{style}-{color}", color=color, size=size)
    name = draw(st.sampled_from(("", *NAMES)))
    line = OrderLine(
        key=key,
        style_number=style,
        color_code=draw(st.sampled_from(("", "600"))),
        quantity=Decimal(draw(st.integers(1, 5))),
        upc=draw(st.sampled_from((None, *CODES))),
    )
    document = StyleDocument(portal="north", style_id=key.style_id, number=style, name=name)
    return Demand(
        key=key,
        lines=(line,),
        style=document if name else None,
        supplier_id=draw(st.sampled_from(("s-north", "s-north", "s-south", None))),
        brand_id=draw(st.sampled_from(BRANDS)),
    )


orders = st.lists(demands(), max_size=5, unique_by=lambda demand: demand.key).map(tuple)
"""Demands, each with its own key."""
