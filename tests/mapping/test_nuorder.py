from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, fields

from po_bridge.errors import BadDocument
from po_bridge.mapping import markdown, parse_json, rule
from po_bridge.mapping.nuorder import DEFAULT, LINE, ORDER, STYLE, Tables
from po_bridge.mapping.words import TEXT
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import Address, ShipWindow, WholesaleOrder, WholesaleStatus

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "nuorder"
CONTEXT = {"portal": "acme"}


def wire(name: str) -> Any:
    """Parse a fixture."""
    return parse_json((FIXTURES / f"{name}.json").read_bytes())


def order(name: str) -> WholesaleOrder:
    """Read an order of the fixtures."""
    return ORDER.read(wire(name), context=CONTEXT)


def style(name: str) -> StyleDocument:
    """Read a style document of the fixtures."""
    return STYLE.read(wire(name), context=CONTEXT)


# --- three generations ----------------------------------------------------------------------------


def test_2014_lines_have_the_orders_days() -> None:
    """A document without line dates, codes and brand ids reads; its lines ship when the order ships."""
    read = ORDER.read(wire("orders_2014_split_dup_upc")[0], context=CONTEXT)
    assert read.key == OrderKey(portal="acme", order_id="540000000000000000000001")
    assert (read.number, read.status, read.currency, read.total) == (
        "200101",
        WholesaleStatus.PENDING,
        "EUR",
        Decimal(360),
    )
    assert read.customer_po_number is None
    assert read.total_quantity is None
    assert read.ship_to == Address(
        code="77",
        name="12 Harbour Rd",
        lines=("12 Harbour Rd",),
        city="Bergen",
        postcode="5003",
        country="Norway",
        reference="5420000000000000000000a1",
    )
    (line,) = read.lines
    assert line.window == read.window == ShipWindow(start=date(2014, 9, 30), end=date(2014, 10, 30))
    assert (line.upc, line.brand_item_id, line.line_id, line.season, line.warehouse) == (None, "", "", "", "")


def test_2014_split_orders_are_orders() -> None:
    """Split siblings are orders of their own; one code on two products stays on both."""
    first, second = (ORDER.read(one, context=CONTEXT) for one in wire("orders_2014_split_dup_upc")[1:])
    assert (first.number, second.number) == ("200107-1", "200107-2")
    assert [line.upc for line in first.lines] == ["KNIT-A-BASE", "KNIT-A-S", "KNIT-A-BASE"]
    assert [line.size for line in first.lines] == ["default", "S", "default"]
    assert [line.warehouse for line in first.lines] == ["", "", "default"]
    assert second.lines[0].unit_price == Decimal("40.5")


def test_2014_order_may_have_no_address() -> None:
    """An order without addresses and without a customer's number reads."""
    read = order("order_2014_no_addresses")
    assert (read.ship_to, read.customer_po_number, read.status, read.edited) == (
        None,
        None,
        WholesaleStatus.CANCELLED,
        True,
    )


def test_2023_order_is_read() -> None:
    """Numbers and decimal text stand side by side; display text is never read for money."""
    read = order("order_2023")
    assert (read.creator, read.buyer, read.retailer) == ("Rep F. Four", "Buyer Five", "Larder & Loom")
    assert read.created_at == datetime(2023, 9, 18, 18, 58, 48, 161000, tzinfo=UTC)
    assert read.group == "6430000000000000000000a1"
    assert (read.total, read.total_quantity, read.units) == (Decimal("120.5"), Decimal(5), Decimal(5))
    assert [(line.quantity, line.unit_price, line.upc) for line in read.lines] == [
        (Decimal(3), Decimal(24), "036000291452"),
        (Decimal(2), Decimal("24.25"), None),
    ]
    assert read.lines[0].color == "TEAL, SAND"
    assert dict(read.extra) == {}


def test_2025_order_is_read() -> None:
    """Line ids, unrounded prices, packs, retail prices, discounts and windows of lines are read."""
    read = order("order_2025")
    assert read.lines[0].key == LineKey(
        portal="acme", style_id="6810000000000000000000e1", color="PINE", size="S"
    )
    assert [line.unit_price for line in read.lines] == [
        Decimal(price) for price in ("12.33333", "12.5", "12.5", "9", "48")
    ]
    assert [line.retail_price for line in read.lines] == [30, 30, None, 25, None]
    assert [line.units_per_pack for line in read.lines] == [1, 1, 1, 1, 12]
    assert [line.upc for line in read.lines] == ["036000291452", "4006381333931", None, "96385074", "N/A"]
    assert [line.line_id[-3:] for line in read.lines] == ["c01", "c01", "c01", "c02", "c03"]
    cap = read.lines[3]
    assert (cap.discount_percent, cap.original_price) == (Decimal(10), Decimal(10))
    assert (cap.prebook, cap.notes) == (True, "fold flat")
    assert cap.window == ShipWindow(start=date(2025, 4, 1), end=date(2025, 4, 30))
    assert cap.path == "$.line_items[1].sizes[0]"
    assert (read.freight, read.surcharge, read.cancelled_units) == (Decimal("15.5"), Decimal(2), Decimal(2))
    assert (read.customer_po_number, read.tags, read.edited) == ("PO-40", ("pre-season",), True)


def test_custom_fields_are_kept() -> None:
    """What a portal adds anywhere is kept under its path and reported."""
    assert dict(order("order_2025").extra) == {
        "country_program": "north",
        "shipping_address.dock": "4",
        "line_items[0].sizes[1].dye_lot": "7",
    }
    assert ORDER.unknown(wire("order_2025"), context=CONTEXT) == (
        "$.country_program",
        "$.shipping_address.dock",
        "$.line_items[].sizes[].dye_lot",
    )


def test_2014_style_is_read() -> None:
    """Empty text for a price or a date is nothing."""
    read = style("style_2014")
    assert (read.name, read.number, read.color, read.season) == ("moss cape", "7", "moss", "winter")
    assert (dict(read.wholesale), dict(read.retail)) == ({"EUR": Decimal(12)}, {})
    assert (read.images, read.brand) == ((), "")
    assert read.sizes == (StyleSize(size="M"),)


def test_2025_style_is_read() -> None:
    """Prices by currency leave out what is turned off; codes come from either key, numbers as digits."""
    read = style("style_2025")
    assert (read.portal, read.style_id) == ("acme", "6810000000000000000000e1")
    assert dict(read.wholesale) == {"USD": Decimal("12.5"), "CAD": 17}
    assert dict(read.retail) == {"USD": 30}
    assert [size.upc for size in read.sizes] == ["036000291452", "4006381333931", "36000291452"]
    assert [dict(size.retail) for size in read.sizes] == [{"USD": 31}, {}, {}]
    assert (read.brand, read.description) == ("pine & pike", "<p>Warm & light</p>")
    assert read.images == ("0f0e0d0c0b0a09080706050403020100",)
    assert dict(read.extra) == {"country_of_origin": "PT", "sizes[2].item_number": "X-3"}


# --- what is refused, what is not -----------------------------------------------------------------


def test_bad_fields_are_named() -> None:
    """Five bad fields give one error with five paths, what was seen and what was expected."""
    document = wire("order_2025")
    document["order_number"] = 160000377
    document["total"] = "$361.67"
    document["line_items"][0]["sizes"][0]["quantity"] = 2.5
    document["line_items"][1]["ship_end"] = "2025-04-30T18:00:00.000Z"
    del document["line_items"][2]["product"]["_id"]
    with pytest.raises(BadDocument) as caught:
        ORDER.read(document, name="order 160000377-1", context=CONTEXT)
    assert {(issue.path, issue.seen) for issue in caught.value.issues} == {
        ("$.order_number", "160000377"),
        ("$.total", "'$361.67'"),
        ("$.line_items[0].sizes[0].quantity", "2.5"),
        ("$.line_items[1].ship_end", "'2025-04-30T18:00:00.000Z'"),
        ("$.line_items[2].product._id", "nothing"),
    }


def test_unknown_status_is_kept() -> None:
    """A status of later years reads as OTHER, and its word is kept."""
    read = ORDER.read({**wire("order_2023"), "status": "on hold"}, context=CONTEXT)
    assert (read.status, read.status_word, read.status.offered) == (WholesaleStatus.OTHER, "on hold", False)


@pytest.mark.parametrize("status", [one for one in WholesaleStatus if one is not WholesaleStatus.OTHER])
def test_known_status_is_read(status: WholesaleStatus) -> None:
    """Every word of the vendor's list is known."""
    assert ORDER.read({**wire("order_2023"), "status": status.value}, context=CONTEXT).status is status


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("currency_code", None),
        ("currency_code", ""),
        ("end_ship", ""),
        ("total", None),
        ("shipping_address", None),
        ("line_items", []),
        ("order_discounts", None),
    ],
    ids=str,
)
def test_unset_is_unknown(key: str, value: Any) -> None:
    """What is not set is unknown and never invented."""
    read = ORDER.read({**wire("order_2023"), key: value}, context=CONTEXT)
    assert {
        "currency_code": read.currency is None,
        "end_ship": read.window.end is None,
        "total": read.total is None,
        "shipping_address": read.ship_to is None,
        "line_items": read.lines == (),
        "order_discounts": read.freight == 0,
    }[key]


def test_missing_price_is_not_zero() -> None:
    """A size without a price has none; a price of zero is zero."""
    document = wire("order_2025")
    sizes = document["line_items"][0]["sizes"]
    del sizes[0]["price"], sizes[0]["price_precise"]
    sizes[1].update(price=0, price_precise="0")
    assert [line.unit_price for line in ORDER.read(document, context=CONTEXT).lines][:2] == [None, 0]


@pytest.mark.parametrize(
    ("pricing", "path"),
    [
        ([], "$.pricing"),
        ({"USD": 12}, "$.pricing.USD"),
        ({"USD": {"wholesale": 1, "retail": "$3"}}, "$.pricing.USD.retail"),
        ({"": {"wholesale": 1, "retail": "$3"}}, "$.pricing.retail"),
        ({"USD": {"wholesale": Decimal("sNaN")}}, "$.pricing.USD.wholesale"),
    ],
    ids=["list", "number", "display text", "no currency", "NaN"],
)
def test_bad_prices_are_named(pricing: Any, path: str) -> None:
    """A bad price is named by currency."""
    with pytest.raises(BadDocument) as caught:
        STYLE.read({**wire("style_2014"), "pricing": pricing}, context=CONTEXT)
    assert path in {issue.path for issue in caught.value.issues}


def test_tables_can_be_changed() -> None:
    """A caller can read an attribute from a field of its own portal."""
    notes = rule(fields(WholesaleOrder).notes, "country_program", TEXT, default="")
    tables = evolve(DEFAULT, order=ORDER.replaced(notes))
    read = tables.order.read(wire("order_2025"), context=CONTEXT)
    assert read.notes == "north"
    assert "country_program" not in read.extra
    assert Tables() == DEFAULT


def test_labels_are_the_customers() -> None:
    """The rendered page carries the customer's labels."""
    page = markdown(ORDER) + markdown(STYLE)
    for label in (
        "Order Date",
        "Brand Portal",
        "Buyer",
        "Total Quantity",
        "Total",
        "Ship End",
        "Order Number",
        "Customer PO Number",
        "Product Name",
        "Product Description",
        "Product Brand",
        "Item Price",
        "MSRP",
        "Image",
        "Style Number",
        "Variant Options",
        "UPCs",
        "Product ID",
    ):
        assert f"| {label} |" in page
    assert "`line_items[].ship_end`, else `end_ship`" in page
    assert LINE.title in page
