from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

from po_bridge.errors import BadDocument, Misuse
from po_bridge.mapping.codec import Unreadable
from po_bridge.mapping.json_text import parse_json, write_json
from po_bridge.mapping.rule import Field, Rows, Rule
from po_bridge.mapping.xseries import (
    LINE,
    NAMED,
    ORDER,
    OUTLET,
    PRODUCT,
    RETAILER,
    read_lines,
    read_outlets,
    read_products,
    write_line,
    write_order,
)
from po_bridge.mapping.xseries.wire_form import STAMPED
from po_bridge.models.origin import Origin
from po_bridge.models.pos_product import (
    CodeKind,
    OptionValue,
    PosImage,
    PosProduct,
    ProductCode,
    ProductSupplier,
)
from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from po_bridge.models.store import TaxForm

SAMPLES = Path(__file__).parents[4] / "shared" / "reference" / "samples" / "xseries"
SYSTEM = {"system": "X"}
IDS = st.text("0123456789abcdef-", min_size=1, max_size=36)
TEXTS = st.text(max_size=20)
AMOUNTS = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=5)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001  # the zone is given beside
    lambda moment: moment.replace(microsecond=0)
)


def sample(name: str) -> Any:
    """Read a published or recorded payload; they are not part of this project."""
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the payloads are not here")
    return parse_json(path.read_bytes())


def ruled(rules: tuple[Rule, ...]) -> Iterator[tuple[str | None, str, str | None]]:
    """Yield label, attribute and where it is written."""
    for rule in rules:
        written = str(rule.writes) if isinstance(rule, Field) and rule.writes else None
        yield getattr(rule, "label", None), rule.attribute.name, written


def test_labels_of_orders_are_the_merchants_own() -> None:
    """Each label of the order table that has a field stands at it."""
    labelled = {label: written for label, _, written in ruled(ORDER.rules) if label}
    assert labelled == {
        "Created": "consignment_date",
        "Supplier": "supplier_id",
        "Delivery Date": "due_at",
        "Order Number": "reference",
        "Note": "name",
    }
    assert {label for label, _, _ in ruled(LINE.rules) if label} == {"Total Qty.", "Total Cost"}


def test_labels_of_products_are_the_merchants_own() -> None:
    """Each label of the product table stands at what is read for it."""
    labels = {label for label, _, _ in ruled(PRODUCT.rules) if label}
    assert labels == {
        "Name",
        "Description",
        "Brand",
        "Supplier Price",
        "Retail Price",
        "Images",
        "Supplier Code",
        "UPC",
    }
    assert any(isinstance(rule, Rows) for rule in PRODUCT.rules)


@given(
    order=st.builds(
        PurchaseOrder,
        id=IDS,
        number=TEXTS,
        note=TEXTS,
        supplier_id=st.none() | IDS,
        outlet_id=TEXTS,
        status=st.sampled_from([status for status in PurchaseStatus if status is not PurchaseStatus.OTHER]),
        created_at=st.none() | MOMENTS,
        due_at=st.none() | MOMENTS,
    )
)
def test_order_written_is_the_order_read(order: PurchaseOrder) -> None:
    """Nothing is lost on the way there and back, to the second."""
    wire = {**parse_json(write_json(write_order(order))), "id": order.id}
    assert wire["type"] == "SUPPLIER"
    (read,) = ORDER.read_all({"data": [wire]}, context=SYSTEM)
    assert read == order


@given(line=st.builds(PurchaseLine, product_id=IDS, count=AMOUNTS, cost=st.none() | AMOUNTS))
def test_line_written_is_the_line_read(line: PurchaseLine) -> None:
    """Numbers go out as numbers, and come back equal as text too."""
    wire = parse_json(write_json(write_line(line)))
    assert read_lines({"data": [wire]}) == (line,)
    texts = {name: f"{value:.5f}" if name != "product_id" else value for name, value in wire.items()}
    assert read_lines({"data": [texts]}) == (line,)
    assert not any(isinstance(value, str) for name, value in wire.items() if name != "product_id")


def test_unknown_status_cannot_be_written() -> None:
    """A status of later years is read as OTHER, and nobody may send that."""
    with pytest.raises(Misuse, match="status"):
        write_order(PurchaseOrder(id="o", status=PurchaseStatus.OTHER))


def test_full_product_is_read() -> None:
    """Every member has its attribute; amounts are plain, codes of any spelling."""
    row = {
        "id": "p",
        "family_id": "f",
        "variant_parent_id": "parent",
        "name": "Tee",
        "variant_name": "Tee / M",
        "description": "<p>x</p>",
        "active": True,
        "is_active": False,
        "deleted_at": "2026-01-01T00:00:00+00:00",
        "is_composite": True,
        "sku": "1",
        "product_codes": [
            {"id": "c", "type": "upc", "code": "1"},
            {"code": "2"},
            {"type": "RFID", "code": "3"},
        ],
        "product_suppliers": [
            {"supplier_id": "s", "code": None, "price": None},
            {"supplier_id": None, "price": Decimal("19.50000")},
        ],
        "brand_id": "b",
        "tag_ids": ["t"],
        "variant_options": [{"id": "o", "name": "Size", "value": "M"}],
        "supply_price": Decimal("10.00"),
        "price_including_tax": None,
        "price_excluding_tax": Decimal("34.78261"),
        "images": [{"id": "i", "url": "https://x/i.png", "sizes": {}}],
        "source_id": "style",
        "version": 2**40,
        "something_new": {"x": 1},
    }
    (read,) = read_products({"data": [row]}, "X")
    assert read == PosProduct(
        id="p",
        family_id="parent",
        name="Tee",
        variant_name="Tee / M",
        description="<p>x</p>",
        active=False,
        deleted=True,
        composite=True,
        sku="1",
        codes=(
            ProductCode(kind=CodeKind.UPC, text="1"),
            ProductCode(kind=CodeKind.CUSTOM, text="2"),
            ProductCode(kind=CodeKind.CUSTOM, text="3"),
        ),
        suppliers=(
            ProductSupplier(supplier_id="s"),
            ProductSupplier(supplier_id="", price=Decimal("19.5")),
        ),
        brand_id="b",
        tag_ids=("t",),
        options=(OptionValue(name="Size", value="M", option_id="o"),),
        supply_price=Decimal(10),
        retail_price=Decimal("34.78261"),
        images=(PosImage(image_id="i", address="https://x/i.png"),),
        source_id="style",
    )
    assert read.origin == Origin(system="X", record="p", revision=str(2**40))
    assert str(read.supply_price) == "10"


@pytest.mark.parametrize(
    "nulls",
    [
        "product_codes",
        "product_suppliers",
        "tag_ids",
        "variant_options",
        "images",
        "name",
        "version",
        "is_active",
    ],
)
def test_lists_may_be_null(nulls: str) -> None:
    """Null is as good as missing."""
    assert read_products({"data": [{"id": "p", nulls: None}]}, "X") == (PosProduct(id="p"),)


@pytest.mark.parametrize(
    ("row", "family"),
    [
        ({}, None),
        ({"family_id": "f"}, None),
        ({"variant_parent_id": "q", "has_variants": False}, "q"),
        ({"has_variants": True}, "p"),
        ({"variant_options": [{"id": "o", "name": "Size", "value": "M"}]}, "p"),
    ],
    ids=["alone", "alone in 2026-07", "variant", "first variant", "only variant"],
)
def test_family_is_its_first_product(row: dict[str, Any], family: str | None) -> None:
    """Every version up to 2026-07 tells that; a product that stands alone has no family."""
    assert read_products({"data": [{"id": "p", **row}]}, "X")[0].family_id == family


def test_old_payloads_are_filled_up() -> None:
    """Before product codes and several suppliers there was one of each."""
    row = {"id": "p", "sku": "10114", "supplier_id": "s", "supplier_code": "C", "supply_price": 4}
    (read,) = read_products({"data": [row]}, "X")
    assert read.codes == (ProductCode(kind=CodeKind.CUSTOM, text="10114"),)
    assert read.suppliers == (ProductSupplier(supplier_id="s", code="C", price=Decimal(4)),)
    (bare,) = read_products({"data": [{**row, "supplier_code": None}]}, "X")
    assert bare.suppliers[0].code == ""


def test_every_bad_field_is_told_with_its_path() -> None:
    """One error for a page, with what stood there."""
    rows = [
        {"id": "a", "price_including_tax": "12 $"},
        {"id": None, "version": "7"},
        {"id": "c", "product_codes": [{"code": 5}], "tag_ids": [""]},
    ]
    with pytest.raises(BadDocument) as raised:
        read_products({"data": rows}, "X")
    assert {issue.path for issue in raised.value.issues} == {
        "$.data[0].price_including_tax",
        "$.data[1].id",
        "$.data[1].version",
        "$.data[2].product_codes[0].code",
        "$.data[2].tag_ids[0]",
    }


@pytest.mark.parametrize(("exclusive", "form"), [(True, TaxForm.EXCLUSIVE), (False, TaxForm.INCLUSIVE)])
def test_tax_form_is_the_retailers(exclusive: bool, form: TaxForm) -> None:
    """It decides which price is written."""
    read = RETAILER.read({"tax_exclusive": exclusive, "currency": {"code": "NZD"}}, context={"store": "s"})
    assert (read.tax_form, read.currency) == (form, "NZD")
    assert (
        RETAILER.read({"tax_exclusive": exclusive, "currency": None}, context={"store": "s"}).currency == ""
    )


def test_retailer_without_a_tax_form_is_refused() -> None:
    """Nobody guesses which price a store enters."""
    with pytest.raises(BadDocument, match="tax_exclusive"):
        RETAILER.read({"name": "Shop"}, context={"store": "s"})


def test_removed_lines_are_left_out() -> None:
    """A removed line is no line, and null counts are none."""
    rows = [
        {"product_id": "a", "count": "1.00000", "deleted_at": "2026-01-01T00:00:00+00:00"},
        {"product_id": "b", "count": None, "received": "2.00000", "cost": None},
    ]
    assert read_lines({"data": rows}) == (
        PurchaseLine(product_id="b", count=Decimal(0), received=Decimal(2)),
    )


# --- published and recorded payloads ---------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "products_list.api2.json",
        "products_list_full_nulls.api2-2019.json",
        "product_variant_member.api2.json",
    ],
)
def test_published_products_are_read_and_wholly_known(name: str) -> None:
    """No member of the published examples is unknown to the table."""
    document = sample(name)
    read = read_products(document, "X")
    assert len(read) == len(document["data"])
    assert PRODUCT.unknown(document, context=SYSTEM) == ()


def test_recorded_product_of_2018_is_read() -> None:
    """Deleted and composite, with members of its time."""
    (read,) = read_products({"data": [sample("recorded_product_composite_deleted.2018.json")]}, "X")
    assert (read.deleted, read.composite, read.active, read.sku) == (True, True, False, "10114")


def test_published_variant_is_read() -> None:
    """With codes, supplier codes and options."""
    (read,) = read_products({"data": [sample("product_get_variant.api2.json")["data"]]}, "X")
    assert read.codes == (ProductCode(kind=CodeKind.CUSTOM, text="123456"),)
    assert read.suppliers[0].price == Decimal(19)
    assert [option.value for option in read.options] == ["Black", "Cotton", "Cotton"]
    assert (read.retail_price, read.supply_price) == (Decimal("126.5"), Decimal(100))


@pytest.mark.parametrize(
    "name",
    [
        "recorded_consignment_supplier_received.2018.json",
        "consignment_create_response.tutorial.json",
        "consignment_get_supplier_received.api2.json",
        "consignment_update_outlet_response.api2.json",
        "consignments_list_full_nulls.api2-2019.json",
    ],
)
def test_published_orders_are_read(name: str) -> None:
    """Recorded ones too; nothing in them is unknown."""
    document = sample(name)
    content = document.get("data", document)
    rows = content if isinstance(content, list) else [content]
    assert len(ORDER.read_all({"data": rows}, context=SYSTEM)) == len(rows)
    assert ORDER.unknown({"data": rows}, context=SYSTEM) == ()


@pytest.mark.parametrize(
    "name",
    [
        "recorded_consignment_products.2018.json",
        "consignment_products_full_nulls.api2-2019.json",
        "consignment_products_list.api2.json",
    ],
)
def test_published_lines_are_read(name: str) -> None:
    """Nulls and text numbers."""
    document = sample(name)
    assert len(read_lines(document)) == len(document["data"])
    assert LINE.unknown(document) == ()


@pytest.mark.parametrize(
    "name",
    [
        "suppliers_list.api2.json",
        "suppliers_list_full_nulls.api2-2019.json",
        "brands_list.api2.json",
        "brands_list_full_nulls.api2-2019.json",
        "tags_list.api2.json",
    ],
)
def test_published_names_are_read(name: str) -> None:
    """Suppliers, brands and tags."""
    document = sample(name)
    assert len(NAMED.read_all(document, context=SYSTEM)) == len(document["data"])


def test_published_outlets_are_read() -> None:
    """With their zones; a recorded one stands alone."""
    zones = [outlet.zone for outlet in read_outlets(sample("outlets_list.api2.json"))]
    assert zones == ["Pacific/Auckland", "Pacific/Auckland", "Australia/Sydney"]
    (recorded,) = OUTLET.read_all({"data": [sample("recorded_outlet.2018.json")]})
    assert evolve(recorded, id="x").name == "Shop 1"


def test_stamps_are_only_read() -> None:
    """Nobody deletes a record by writing a date."""
    with pytest.raises(Unreadable):
        STAMPED.write(True)
