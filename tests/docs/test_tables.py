"""The page of the tables says what the code does."""

from __future__ import annotations

from types import ModuleType

import attrs
import pytest
from tests.docs.page_text import DOCS
from tests.docs.scripts import script

from po_bridge import ORDER_TABLE, PRODUCT_TABLE

ROWS = {
    "Order Date": ("created_on", "Created", "consignment_date"),
    "Brand Portal": ("@portal", "Supplier", "supplier_id"),
    "Buyer": ("retailer.buyer_name", "Ordered By", "kept on our record"),
    "Total Quantity": ("line_items[].sizes[].quantity", "Total Qty.", "count"),
    "Total": ("line_items[].sizes[].price", "Total Cost", "cost"),
    "Ship End": ("end_ship", "Delivery Date", "due_at"),
    "Order Number": ("order_number", "Order Number", "reference"),
    "Customer PO Number": ("customer_po_number", "Note", "name"),
    "Product Name": ("style: `name`", "Name", "name"),
    "Product Description": ("style: `description`", "Description", "description"),
    "Product Brand": ("__brand_name", "Brand", "brand_id"),
    "Item Price": ("line_items[].sizes[].price", "Supplier Price", "product_suppliers[].price"),
    "MSRP": ("line_items[].sizes[].retail", "Retail Price", "price_excluding_tax"),
    "Image": ("style: `images`", "Images", "upload"),
    "Style Number": ("product.style_number", "Supplier Code (standard product)", "product_suppliers[].code"),
    "Style Number + Variant Options": (
        "product.color",
        "Supplier Code (variant)",
        "product_suppliers[].code",
    ),
    "UPCs": ("line_items[].sizes[].upc", "UPC", "product_codes[].code"),
    "Product ID": ("product._id", "not shown", "source_id"),
}
"""The customer's rows: label, a place it is read from, label over there, a place it is written to."""


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that writes the page."""
    return script("make_tables")


def test_the_committed_page_is_current(maker: ModuleType) -> None:
    """After a change of a table, run: python docs/make_tables.py."""
    assert (DOCS / "reference" / "tables.md").read_text(encoding="utf-8") == maker.page()


@pytest.mark.parametrize("label", ROWS)
def test_every_row_of_the_customer_stands_on_the_page(maker: ModuleType, label: str) -> None:
    """Its label, where it is read, its name over there, and where it is written."""
    lines = (maker.business(ORDER_TABLE) + maker.business(PRODUCT_TABLE)).splitlines()
    (line,) = [line for line in lines if line.startswith(f"| {label} |")]
    cells = [cell.strip() for cell in line.strip("|").split(" | ")]
    read, theirs, written = ROWS[label]
    assert read in cells[1]
    assert cells[2] == theirs
    assert written in cells[3]
    assert cells[4]


def test_the_page_has_no_other_rows(maker: ModuleType) -> None:
    """What stands on the page is what syncs, and nothing else."""
    lines = (maker.business(ORDER_TABLE) + maker.business(PRODUCT_TABLE)).splitlines()
    labels = [line.strip("|").split(" | ")[0].strip() for line in lines if line.startswith("| ")]
    assert [label for label in labels if label not in {"NuORDER", "---"}] == list(ROWS)


def test_an_attribute_without_a_place_is_noticed(maker: ModuleType) -> None:
    """A draft that grows an attribute must say where that goes, or there is no page."""
    names = [one.name for table in (ORDER_TABLE, PRODUCT_TABLE) for one in attrs.fields(table.draft)]
    assert set(names) == set(maker.WRITES)
