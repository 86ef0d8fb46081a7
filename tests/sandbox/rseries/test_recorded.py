from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox.rseries import Goods, Switches

SAMPLES = Path(__file__).parents[4] / "shared" / "reference" / "samples" / "rseries"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded payloads are not on this machine")

OLD = {
    "itemECommerceID",
    "itemAttributesID",
    "m",
    "noteID",
    "CustomFieldValues",
    "catalogVendorItemID",
    "b2bCatalogUUID",
    "Employee",
}
"""Members of recordings that are older than V3 or belong to parts that are not emulated."""


def sample(name: str) -> Any:
    """Read a recorded payload."""
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"))


def differences(recorded: Any, ours: Any, path: str = "$") -> list[str]:
    """List where our answer lacks a member of a recorded one, or has a scalar of another kind.

    One record and several are the same here: which of them comes depends on their number.
    """
    if isinstance(recorded, list):
        recorded = recorded[0]
    if isinstance(ours, list):
        ours = ours[0]
    if isinstance(recorded, dict) and isinstance(ours, dict):
        names = [name for name in recorded if name not in OLD and not name.startswith("integration")]
        lacking = [f"{path}.{name} is missing" for name in names if name not in ours]
        return lacking + [
            found
            for name in names
            if name in ours
            for found in differences(recorded[name], ours[name], f"{path}.{name}")
        ]
    if "" in (recorded, ours):
        return []
    same = type(recorded) is type(ours)
    return [] if same else [f"{path}: {type(recorded).__name__} recorded, {type(ours).__name__} here"]


class Full(Store):
    """An account in which every kind of record has what it can have."""

    def __init__(self) -> None:
        super().__init__(Switches(order_note=True))
        for place in range(1, 4):
            self.sandbox.add_vendor(f"Vendor {place}", currency="CAD")
        self.sandbox.add_shop("Kiosk")
        self.take("POST", "Category", {"name": "Tops"})
        self.take("POST", "Manufacturer", {"name": "Northwind"})
        self.tee = self.matrix(manufacturerID=1, categoryID=1, taxClassID=1)
        self.shirt = self.variant(
            self.tee,
            "White",
            "S",
            manufacturerID=1,
            categoryID=1,
            ItemVendorNums={"ItemVendorNum": {"vendorID": 1, "value": "CT", "cost": "19.5"}},
            Note={"note": "Hi"},
            Tags={"tag": {"name": "fw26"}},
        )["itemID"]
        self.upload("Image", {"itemID": self.shirt, "description": "Front"})
        self.mug = str(self.sandbox.add_item(Goods(description="Mug")))
        self.po = self.order(arrivalDate="2026-09-01", Note={"note": "Call"})
        self.add(self.po, self.shirt)
        self.take("PUT", f"Order/{self.po}", {"orderedDate": "2026-08-01"})
        self.merchant.receive(int(self.po), {int(self.shirt): 2})


@pytest.fixture(scope="module")
def full() -> Full:
    """Give such an account."""
    return Full()


READ = [
    ("order_get.docs", "Order/1"),
    ("order_list.docs", "Order"),
    ("order_list_load_all.recorded-2016", "Order?load_relations=all"),
    ("reconstructed/order_get_with_lines_note.v3", 'Order/1?load_relations=["OrderLines","Note"]'),
    ("order_line_list.docs", "OrderLine"),
    ("order_shipment_list.docs", "Order/1/Shipment"),
    ("order_shipment_item_list.docs", "Order/1/Shipment/1/Item"),
    ("item_get.docs", "Item/1"),
    ("item_list.docs", "Item"),
    ("reconstructed/item_variant_get_load_all.v3", "Item/1?load_relations=all"),
    ("item_matrix_list.docs", "ItemMatrix"),
    ("item_matrix_get_load_all.recorded-2016", "ItemMatrix/1?load_relations=all"),
    ("item_attribute_set_list.docs", "ItemAttributeSet"),
    ("item_shop_get.docs", "ItemShop/1"),
    ("vendor_get.docs", "Vendor/2"),
    ("vendor_list.docs", "Vendor?archived=true&name=Vendor%201"),
    ("manufacturer_list.docs", "Manufacturer"),
    ("category_get.docs", "Category/1"),
    ("tag_get.docs", "Tag/1"),
    ("image_get.docs", "Image/1"),
    ("item_image_get.docs", "Item/1/Image/1"),
    ("shop_get.docs", "Shop/1"),
    ("price_level_list.docs", "PriceLevel"),
    ("account_list.recorded-2016", "/API/V3/Account.json"),
    ("account_get.docs", "/API/V3/Account/123456.json"),
    ("count_only.docs", "Item?count=1"),
]


@pytest.mark.parametrize(("name", "path"), READ, ids=[row[0] for row in READ])
def test_answers_have_the_recorded_members(full: Full, name: str, path: str) -> None:
    """What is read has every member that was recorded or printed, in the same kinds of values."""
    recorded = sample(name)
    if "@attributes" in recorded and "offset" in recorded["@attributes"]:
        recorded["@attributes"] = {"next": "", "previous": ""}
    if name == "shop_get.docs":
        recorded["Shop"]["gatewayConfigID"] = ""
    if name == "order_list_load_all.recorded-2016":
        del recorded["Order"][0]["Shop"]["vendorID"]
    assert differences(recorded, full.ask("GET", path).read_json()) == []


def test_session_has_the_recorded_members(full: Full) -> None:
    """The session tells rights by the recorded names, as text."""
    recorded, ours = sample("session_get.docs"), full.ask("GET", "/API/Session.json").read_json()
    assert set(ours["Rights"]) <= set(recorded["Rights"])
    recorded["Rights"] = dict.fromkeys(ours["Rights"], "true")
    assert differences(recorded, ours) == []


def test_built_in_sets_are_the_recorded_ones(full: Full) -> None:
    """The built-in attribute sets are those of the recording, name by name."""
    ours = full.rows("ItemAttributeSet")
    for recorded, made in zip(
        sample("item_attribute_sets.recorded-2016")["ItemAttributeSet"], ours, strict=True
    ):
        assert recorded.items() <= made.items()


WRITTEN = [
    ("Order", "order_create_request.tutorial", "order_create_response.tutorial"),
    ("Order", "reconstructed/order_create_request", "reconstructed/order_create_response.v3"),
    ("OrderLine", "order_line_create_request.docs", "order_line_create_response.docs"),
    ("Item", "item_create_request.docs", "item_create_response.docs"),
    ("Item", "item_create_request.recorded-2016", "item_create_response.recorded-2016"),
    ("Item", "item_in_matrix_create_request.tutorial", "item_in_matrix_create_response.tutorial"),
    ("Item", "reconstructed/item_variant_create_request", "reconstructed/item_variant_create_response.v3"),
    ("ItemMatrix", "item_matrix_create_request.tutorial", "item_matrix_create_response.tutorial"),
    ("ItemAttributeSet", "item_attribute_set_create_request.docs", "item_attribute_set_create_response.docs"),
    ("Vendor", "vendor_create_request.docs", "vendor_create_response.docs"),
    ("Vendor", "vendor_create_request.recorded-2016", "vendor_create_response.recorded-2016"),
    ("Vendor", "reconstructed/vendor_create_request", "vendor_create_response.docs"),
    ("Manufacturer", "manufacturer_create_request.docs", "manufacturer_create_response.docs"),
    ("Category", "category_create_request.docs", "category_create_response.docs"),
    ("Category", "category_create_request.recorded-2016", "category_create_response.recorded-2016"),
    ("Tag", "tag_create_request.docs", "tag_create_response.docs"),
]
LINKS = {
    "vendorID": "1",
    "defaultVendorID": "1",
    "itemMatrixID": "1",
    "itemID": "2",
    "orderID": "1",
    "manufacturerID": "1",
    "categoryID": "1",
    "shopID": "1",
    "parentID": "0",
}


def linked(value: Any) -> Any:
    """Point the links of a request at records that our account has."""
    if isinstance(value, list):
        return [linked(each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {name: part if part == "0" else LINKS.get(name, linked(part)) for name, part in value.items()}


@pytest.mark.parametrize(("path", "request_name", "answer_name"), WRITTEN, ids=[row[1] for row in WRITTEN])
def test_published_requests_are_taken(path: str, request_name: str, answer_name: str) -> None:
    """A published request is taken as it stands, and its answer has every member of the published one."""
    full = Full()
    answer = full.plain("POST", path, linked(sample(request_name)))
    assert answer.status == 200, answer.body
    recorded = sample(answer_name)
    # An order shows no dates and notes that it has not.
    for name in ("orderedDate", "receivedDate", "Note"):
        recorded[path].pop(name, None)
    assert differences(recorded, answer.read_json()) == []


def test_defaults_are_the_recorded_ones() -> None:
    """Whatever the recorded new item left to the vendor has the recorded value here."""
    store = Store()
    recorded = sample("item_create_response.recorded-2016")["Item"]
    made = store.plain("POST", "Item", sample("item_create_request.recorded-2016")).read_json()["Item"]
    own = {"itemID", "systemSku", "createTime", "timeStamp", "itemECommerceID", "ItemShops", "Prices"}
    assert {name: made[name] for name in recorded if name not in own} == {
        name: value for name, value in recorded.items() if name not in own
    }


def test_variant_is_named_as_in_the_tutorial() -> None:
    """The tutorial's variant gets the name of its matrix, in the matrix's spelling, and no price of it."""
    store = Store()
    matrix = sample("item_in_matrix_create_response.tutorial")["Item"]["ItemMatrix"]
    store.matrix(matrix["description"])
    body = {**sample("item_in_matrix_create_request.tutorial"), "itemMatrixID": "1"}
    made = store.plain("POST", "Item", body).read_json()["Item"]
    recorded = sample("item_in_matrix_create_response.tutorial")["Item"]
    assert made["description"] == recorded["description"]
    assert made["ItemAttributes"] == recorded["ItemAttributes"]
    assert made["ItemMatrix"]["attribute1Values"] == recorded["ItemMatrix"]["attribute1Values"]


@pytest.mark.parametrize(
    ("name", "method", "path", "body"),
    [
        ("error_400_item_create.recorded-2016", "POST", "Item", {"description": ""}),
        ("error_400_item_update.recorded-2016", "PUT", "Item/2", {"description": ""}),
        ("error_400_category_create.recorded-2016", "POST", "Category", {"name": ""}),
        ("error_401_token_unverified.docs", "GET", "/API/V3/Account.json", None),
    ],
)
def test_refusals_are_the_recorded_ones(full: Full, name: str, method: str, path: str, body: object) -> None:
    """A recorded refusal is repeated word for word."""
    request = full.request(method, path, body, token="x" if "401" in name else None)
    answer = full.send(request)
    assert answer.read_json() == sample(name)


def test_headers_are_the_published_ones(full: Full) -> None:
    """Every published header stands on an answer, letter case aside."""
    given = set(full.ask("GET", "Shop").headers)
    assert {name.lower() for name in sample("rate_limit_headers_200.docs")} <= given
