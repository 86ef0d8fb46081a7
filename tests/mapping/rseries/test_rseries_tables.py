"""Documents of R-Series: text scalars, one or many, absent keys, and every recorded sample."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from po_bridge.errors import BadDocument
from po_bridge.mapping.json_text import parse_json
from po_bridge.mapping.rseries import (
    MANUFACTURER,
    TAG,
    VENDOR,
    code_places,
    many,
    merged_lines,
    nested_lines,
    read_currency,
    read_items,
    read_lines,
    read_orders,
    read_sets,
    read_shops,
    rows_of,
    set_of,
    status_of,
    tag_key,
    write_line,
    write_order,
)
from po_bridge.models.pos_product import CodeKind, ProductCode
from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus

SAMPLES = Path(__file__).parents[4] / "shared" / "reference" / "samples" / "rseries"
NO_ANSWERS = ("request", "_exchanges", "headers", "pagination", "data_part")
"""Samples that are no whole answers."""
RECORDED = [
    path for path in sorted(SAMPLES.rglob("*.json")) if not any(word in path.name for word in NO_ANSWERS)
]
SETS = read_sets(
    {"ItemAttributeSet": {"itemAttributeSetID": "1", "attributeName1": "Color", "attributeName2": "Size"}}
)
ITEM: dict[str, Any] = {"itemID": "7", "description": "Tee White S", "itemMatrixID": "4"}
ORDER: dict[str, Any] = {"orderID": "3", "shopID": "1", "vendorID": "2"}


@pytest.mark.parametrize(
    ("value", "rows"),
    [(None, 0), ("", 0), ([], 0), ({"a": 1}, 1), ([{"a": 1}, {"a": 2}], 2), ("white", 1)],
    ids=["null", "empty text", "empty list", "an object", "a list", "bare text"],
)
def test_one_or_many_are_a_list(value: object, rows: int) -> None:
    """Absent, empty text, null and an empty list are none; one comes without a list around it."""
    assert len(many(value)) == rows


@pytest.mark.parametrize("numbers", ["", {"ItemVendorNum": ""}, {}, None], ids=repr)
def test_an_empty_collection_is_empty(numbers: object) -> None:
    """No form of none is an error."""
    (product,) = read_items(
        {"Item": {**ITEM, "ItemVendorNums": numbers, "Tags": "", "Images": ""}}, SETS, "R"
    )
    assert (product.suppliers, product.tag_ids, product.images) == ((), (), ())


def test_one_tag_is_bare_text() -> None:
    """A single tag stands without a list."""
    (product,) = read_items({"Item": {**ITEM, "Tags": {"tag": "sale"}}}, SETS, "R")
    assert product.tag_ids == ("sale",)


def test_a_variant_s_name_is_that_of_its_matrix() -> None:
    """The store puts the values behind the name; what does not end so is left whole."""
    values = {"itemAttributeSetID": "1", "attribute1": "White", "attribute2": "S", "attribute3": ""}
    texts = ("Tee White S", "Tee, the white one")
    items = [{**ITEM, "description": text, "ItemAttributes": values} for text in texts]
    assert [one.name for one in read_items({"Item": items}, SETS, "R")] == ["Tee", "Tee, the white one"]


def test_zero_is_an_unknown_price() -> None:
    """The store writes 0 where nobody stated a cost or a price."""
    prices = {"ItemPrice": {"amount": "0", "useTypeID": "1", "useType": "Default"}}
    (product,) = read_items({"Item": {**ITEM, "defaultCost": "0", "Prices": prices}}, SETS, "R")
    assert (product.supply_price, product.retail_price) == (None, None)


def test_the_default_vendor_comes_first_at_the_item_s_cost() -> None:
    """A vendor number may bear no cost; the default vendor asks what the item costs."""
    numbers = [{"vendorID": "5", "value": "A"}, {"vendorID": "6", "value": "B", "cost": "2"}]
    told = {"ItemVendorNum": numbers}
    item = {**ITEM, "defaultVendorID": "6", "defaultCost": "3", "ItemVendorNums": told}
    (product,) = read_items({"Item": [item]}, SETS, "R")
    assert [(one.supplier_id, one.price) for one in product.suppliers] == [("6", Decimal(2)), ("5", None)]
    (product,) = read_items({"Item": [{**item, "defaultVendorID": "5"}]}, SETS, "R")
    assert {one.supplier_id: one.price for one in product.suppliers} == {"5": Decimal(3), "6": Decimal(2)}
    assert product.suppliers[0].supplier_id == "5"


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({}, PurchaseStatus.OPEN),
        ({"orderedDate": "2026-04-01T07:00:00+00:00", "totalQuantity": "0"}, PurchaseStatus.OPEN),
        ({"orderedDate": "2026-04-01T07:00:00+00:00", "totalQuantity": "2"}, PurchaseStatus.SENT),
        ({"orderedDate": "x", "receivedDate": "x", "complete": "false"}, PurchaseStatus.DISPATCHED),
        ({"complete": "true"}, PurchaseStatus.RECEIVED),
    ],
    ids=["no date", "no line", "ordered", "check in", "finished"],
)
def test_the_status_is_derived(row: dict[str, str], status: PurchaseStatus) -> None:
    """Dates tell it, once there is a line."""
    assert status_of(row) is status


def test_a_day_is_that_of_the_shop() -> None:
    """A moment of the evening in America is the next day in UTC, and is written as the day there."""
    order = PurchaseOrder(id="-", outlet_id="1", due_at=datetime(2026, 8, 2, 3, tzinfo=UTC))
    assert write_order(order, ZoneInfo("America/New_York"))["arrivalDate"] == "2026-08-01"
    assert write_order(order, UTC)["arrivalDate"] == "2026-08-02"


def test_money_is_text_without_meaningless_zeros() -> None:
    """Costs keep five decimals as far as they say something."""
    line = PurchaseLine(product_id="3", count=Decimal("5.000"), cost=Decimal("12.34500"))
    assert write_line(line) == {
        "itemID": "3",
        "quantity": "5",
        "price": "12.345",
        "originalPrice": "12.345",
    }


def test_lines_of_one_product_are_one() -> None:
    """Counts are summed, costs weighted by them, received units summed."""
    rows = [
        {"orderLineID": "1", "itemID": "7", "quantity": "1", "price": "10", "numReceived": "1"},
        {"orderLineID": "2", "itemID": "7", "quantity": "3", "price": "20", "numReceived": "0"},
        {"orderLineID": "3", "itemID": "8", "quantity": "2"},
    ]
    first, second = merged_lines(read_lines({"OrderLine": rows}))
    assert [first.count, first.cost, first.received] == [4, Decimal("17.50000"), 1]
    assert (second.cost, second.received) == (None, None)


WRITTEN = st.sampled_from(["012345678905", "4006381333931", "96385074", "ABC", "10012345678902"])


@given(st.lists(WRITTEN, max_size=5))
def test_a_code_s_place_holds_one_code(texts: list[str]) -> None:
    """The first code for a member stays; none is put where it would be refused."""
    kinds = {12: CodeKind.UPC, 13: CodeKind.EAN, 14: CodeKind.ITF}
    codes = [ProductCode(kind=kinds.get(len(text), CodeKind.CUSTOM), text=text) for text in texts]
    places = code_places(codes)
    assert set(places.values()) <= set(texts)
    for place in ("upc", "ean"):
        assert 11 <= len(places.get(place, "0" * 12)) <= 14


@pytest.mark.parametrize("names", [["Color", "Size"], ["size", "COLOR"]], ids=" and ".join)
def test_a_set_is_chosen_by_its_names(names: list[str]) -> None:
    """Whatever order and letter case; a set with more or fewer attributes does not fit."""
    assert set_of(SETS, names) == SETS[0]
    assert set_of(SETS, names[:1]) is None


@pytest.mark.parametrize("name", ["New In", "new in", " NEWIN "])
def test_tags_of_one_key_are_one(name: str) -> None:
    """The store keeps small letters without blanks."""
    assert tag_key(name) == "newin"


@pytest.mark.parametrize(
    "document",
    [{"Order": {"orderID": "", "shopID": "1"}}, {"Order": [1]}, {"Order": {**ORDER, "arrivalDate": "soon"}}],
    ids=["no id", "no object", "no date"],
)
def test_what_cannot_be_read_is_named(document: dict[str, Any]) -> None:
    """A bad document raises with the path, never anything else."""
    with pytest.raises(BadDocument):
        read_orders(document, "R")


@pytest.mark.skipif(not RECORDED, reason="the recorded samples are not beside this checkout")
@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_every_recorded_document_reads(path: Path) -> None:
    """Answers of every age and form are read, or hold none of the records that are asked for."""
    document = parse_json(path.read_bytes())
    sets = read_sets(document)
    lines = (*read_lines(document), *read_lines(nested_lines(document)))
    named = [one for entity in (VENDOR, MANUFACTURER, TAG) for one in entity.read(document, "R")]
    told = {
        "Order": read_orders(document, "R"),
        "Item": read_items(document, (*SETS, *sets), "R"),
        "Shop": read_shops(document),
    }
    for entity, records in told.items():
        asked = rows_of(document, entity)[entity]
        live = [row for row in asked if entity != "Shop" or row.get("archived") != "true"]
        assert len(records) == len(live)
    assert all(line.count >= 0 for line in lines)
    assert all(one.id for one in named)
    assert isinstance(read_currency(document), str)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["tag", "ItemPrice", "Image", "name"]), inner, max_size=2)
    ),
    max_leaves=4,
)
MEMBERS = (
    "itemID",
    "description",
    "ItemVendorNums",
    "Images",
    "Prices",
    "Tags",
    "ItemAttributes",
    "archived",
    "upc",
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from(MEMBERS), JUNK, max_size=4))
def test_a_hostile_item_raises_nothing_else(changes: dict[str, Any]) -> None:
    """Whatever stands in an item, it is read or named as a bad document."""
    try:
        read_items({"Item": {**ITEM, **changes}}, SETS, "R")
    except BadDocument:
        return
