from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.sandbox.xseries.shop import Shop
from tests.sandbox.xseries.test_image import PNG, upload

SAMPLES = Path(__file__).parents[4] / "shared" / "reference" / "samples" / "xseries"

pytestmark = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the recorded payloads are not on this machine")


def sample(name: str) -> Any:
    """Read a recorded payload."""
    return json.loads((SAMPLES / f"{name}.json").read_text(encoding="utf-8"), parse_float=Decimal)


def differences(recorded: Any, ours: Any, path: str = "$") -> list[str]:
    """List where our answer has not the form of a recorded one: members that are missing, other types.

    Null fits everything, and a whole number fits one with a fraction.
    """
    if recorded is None or ours is None:
        return []
    if isinstance(recorded, dict) and isinstance(ours, dict):
        missing = [f"{path}.{name} is missing" for name in recorded if name not in ours]
        shared = [name for name in recorded if name in ours]
        return missing + [
            d for name in shared for d in differences(recorded[name], ours[name], f"{path}.{name}")
        ]
    if isinstance(recorded, list) and isinstance(ours, list):
        return differences(recorded[0], ours[0], f"{path}[0]") if recorded and ours else []
    numbers = (int, Decimal)
    same = type(recorded) is type(ours) or (isinstance(recorded, numbers) and isinstance(ours, numbers))
    return [] if same else [f"{path}: {type(recorded).__name__} recorded, {type(ours).__name__} here"]


class Full(Shop):
    """A store in which every kind of record has every member filled that it can have."""

    def __init__(self) -> None:
        super().__init__()
        self.tag = self.sandbox.add_tag("summer")
        self.harbour = self.sandbox.add_outlet("Harbour", reference_prefix="156")
        source = {"supplier_id": self.supplier, "code": "77", "price": 19}
        self.products = self.family(
            "Tee", "SM", brand_id=self.brand, tag_ids=[self.tag], product_suppliers=[source], description="d"
        )
        upload(self, self.products[0], PNG)
        self.clock.tick(5)
        self.po = self.order(due_at="2026-09-30T00:00:00Z")
        self.add(self.po, self.products[0])
        self.add(self.po, self.products[1])
        self.closed = self.merchant.create_order(self.harbour, self.supplier, {self.products[0]: (3, 1)})
        self.merchant.receive(self.closed)

    def rows(self, path: str) -> Any:
        """Read an answer whole."""
        return self.ask("GET", path).read_json()


@pytest.fixture(scope="module")
def full() -> Full:
    """Give such a store."""
    return Full()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("products_list_full_nulls.api2-2019", "products"),
        ("products_list.api2", "products"),
        ("brands_list_full_nulls.api2-2019", "brands"),
        ("suppliers_list_full_nulls.api2-2019", "suppliers"),
        ("tags_list.api2", "tags"),
        ("taxes_list.api2", "taxes"),
        ("consignments_list_full_nulls.api2-2019", "consignments"),
        ("purchase_orders_list.2026-07", "purchase_orders"),
    ],
)
def test_list_has_the_recorded_form(full: Full, name: str, path: str) -> None:
    """A list has the members and types that were recorded or printed, nulls included."""
    assert differences(sample(name), full.rows(path)) == []


def test_single_records_have_the_recorded_form(full: Full) -> None:
    """Products, orders, lines and outlets read alone have the recorded members and types."""
    product = full.rows(f"products/{full.products[0]}")
    assert differences(sample("product_get_variant.api2"), product) == []
    member = [full.rows(f"products/{full.products[1]}")["data"]]
    assert differences(sample("product_variant_member.api2")["data"], member) == []
    assert differences(sample("recorded_product_composite_deleted.2018"), product["data"]) == []
    closed = full.rows(f"consignments/{full.closed}")["data"]
    assert differences(sample("recorded_consignment_supplier_received.2018"), closed) == []
    assert closed["reference"] == "156-1"
    outlet = full.rows(f"outlets/{full.harbour}")["data"]
    assert differences(sample("recorded_outlet.2018"), outlet) == []
    assert [each["key"] for each in outlet["attributes"]] == ["order_reference", "order_reference_prefix"]


def test_lines_have_the_recorded_form(full: Full) -> None:
    """Lines, totals and bulk answers look as recorded, down to the number of decimals."""
    lines = full.rows(f"consignments/{full.closed}/products")
    for name in ("recorded_consignment_products.2018", "consignment_products_full_nulls.api2-2019"):
        recorded = sample(name)
        assert differences(recorded, lines) == []
        assert recorded["data"][0]["status"] == lines["data"][0]["status"]
        assert _places(recorded["data"][0]["count"]) == _places(lines["data"][0]["count"])
    totals, recorded = full.rows(f"consignments/{full.po}/totals"), sample("consignment_totals.api2")
    assert differences(recorded, totals) == []
    for member, value in recorded["data"][0].items():
        assert _places(value) == _places(totals["data"][0][member])
    items = full.rows(f"purchase_orders/{full.po}/line_items")
    assert differences(sample("purchase_order_line_items.2026-07"), items) == []


def _places(number: str) -> int:
    return len(number.partition(".")[2])


def test_created_records_have_the_recorded_form(full: Full) -> None:
    """The answers to creates look as in the tutorial and in the printed examples."""
    body = {"name": "Test", "outlet_id": full.outlet, "type": "SUPPLIER", "status": "OPEN"}
    made = full.take("POST", "consignments", body)
    recorded = sample("consignment_create_response.tutorial")
    assert differences(recorded, made) == []
    assert [name for name in recorded if recorded[name] is None] == [
        name for name in recorded if made[name] is None
    ]
    printed = sample("variant_attribute_create.docs")
    assert (
        differences(printed["response"], full.ask("POST", "variant_attributes", {"name": "Fit"}).read_json())
        == []
    )
    rows = [{"product_id": key, "count": 1} for key in full.products]
    answer = full.ask("POST", f"consignments/{full.po}/bulk", rows).read_json()
    (printed_total, *_), (total, *_) = (
        list(each["data"].values()) for each in (sample("consignment_products_bulk_response.api2"), answer)
    )
    assert set(printed_total) == set(total) == {"count"}


def test_recorded_requests_are_taken(full: Full) -> None:
    """The vendor's own example requests are accepted, with our ids in the place of theirs."""
    order = {**sample("consignment_create_request.tutorial"), "outlet_id": full.outlet}
    key = full.take("POST", "consignments", order)["id"]
    rows = sample("consignment_products_bulk_request.postman")
    for row, product in zip(rows, full.products, strict=True):
        row["product_id"] = product
    assert full.ask("POST", f"consignments/{key}/bulk", rows).status == 200
    assert full.rows(f"consignments/{key}")["data"]["status"] == "DISPATCHED"
    family = sample("product_create_variants_request_minimal.docs-2.0")
    for definition, attribute in zip(
        family["variants"][0]["variant_definitions"], (full.colour, full.size), strict=True
    ):
        definition["attribute_id"] = attribute
    answer = full.ask("POST", "/api/2.0/products", family)
    assert (answer.status, len(answer.read_json()["data"])) == (200, 1)


def test_supplier_of_2026_07_is_taken(full: Full) -> None:
    """The supplier request put together from the 2026-07 schema is accepted."""
    request = sample("reconstructed/supplier_create.2026-07")
    body = request.get("request", request) if isinstance(request, dict) else request
    assert full.ask("POST", "suppliers", body).status == 200


def test_current_user_has_the_recorded_form(full: Full) -> None:
    """The current user has those printed members that matter here, in a list."""
    recorded = sample("user_current.api2")["data"][0]
    ours = full.rows("user")["data"][0]
    assert set(ours) <= set(recorded)
    assert differences({name: recorded[name] for name in ours}, ours) == []
