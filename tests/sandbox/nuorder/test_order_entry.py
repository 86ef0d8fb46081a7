"""Entering and updating orders."""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from typing import Any

import pytest
from tests.sandbox.nuorder.signing import REP, SHOP, Caller, Hands, answered, at, brand, message


def body(**more: Any) -> dict[str, Any]:
    """Make a create body."""
    return {
        "order_number": "PO-1",
        "external_id": "EXT-1",
        "customer_po_number": "PO-1",
        "currency_code": "USD",
        "ship_start": "2027/03/01",
        "ship_end": "2027/3/31",
        "discount": 10,
        "retailer": {"retailer_code": "CS-1", "buyer_email": "dana@example.com"},
        "shipping_address": {"code": "ST-1"},
        "billing_address": {"code": "unknown"},
        "shipping_information": {"final_amount": 15},
        "line_items": [
            {
                "product": {"brand_id": "TEE-1_NVY"},
                "discount": 20,
                "sizes": [
                    {"size": "S", "quantity": 4, "price": 10, "original_price": 12.5},
                    {"size": "L", "quantity": 1},
                ],
            },
            {
                "product": {"season": "ss27", "style_number": "cap-1", "color": "red"},
                "sizes": [{"size": "OS", "quantity": 2}],
            },
        ],
        **more,
    }


def test_created_order() -> None:
    """A new order is answered with 201 and the stored document, which is then read back."""
    sandbox = brand()
    answer = Caller(sandbox, REP).send("PUT", "/api/order/new", body())
    assert answer.status == 201
    order = answer.read_json()
    assert Caller(sandbox, REP).read(f"/api/order/{order['_id']}") == order
    assert Caller(sandbox, REP).read("/api/order/number/PO-1") == order
    assert len(order["_id"]) == 24
    assert order["status"] == "pending"
    assert (order["start_ship"], order["end_ship"]) == (at("2027-03-01"), at("2027-03-31"))
    assert order["created_on"] == "2027-02-01T12:00:00.000Z"
    assert "ship_start" not in order
    assert order["retailer"]["buyer_name"] == "Dana Reyes"
    assert order["shipping_address"] == {
        "line_1": "1 Main St",
        "city": "Springfield",
        "ref": "ad1",
        "code": "ST-1",
    }
    assert order["billing_address"] == {"code": "unknown"}


def test_created_sums() -> None:
    """Lines 40 + 12.5 + 18, less 10 percent, and 15 freight."""
    order = Caller(brand(), REP).send("PUT", "/api/order/new", body()).read_json()
    assert order["total"] == Decimal("78.45")
    assert order["total_quantity"] == 7
    sums = order["order_discounts"]
    assert (sums["original_total"], sums["total_after_line_item_discount"]) == ("80.5", "70.5")
    assert (sums["total_order_level_discount"], sums["discounted_total"]) == ("7.05", "63.45")
    assert sums["shipping_final_amount"] == "15"


def test_created_lines() -> None:
    """Lines are filled up from the style documents: reference, UPC, price, retail, packs."""
    order = Caller(brand(), REP).send("PUT", "/api/order/new", body()).read_json()
    tee, cap = order["line_items"]
    assert tee["product"]["_id"] == "e1"
    assert (tee["original_total"], tee["effective_subtotal"], tee["total_applied"]) == ("62.5", "52.5", "10")
    small, large = tee["sizes"]
    assert (small["upc"], small["price"], small["price_precise"]) == ("614141000012", 10, "10")
    assert small["discounts"]["total_discount"] == 10
    assert "upc" not in large
    assert (large["price"], large["retail"], large["units_per_pack"]) == (Decimal("12.5"), 25, 1)
    assert (cap["product"]["_id"], cap["item_price_after_discount"]) == ("e2", "$9.00")
    assert cap["ship_end"] == at("2027-03-31")


@pytest.mark.parametrize(
    ("change", "text"),
    [
        pytest.param(
            {"order_number": "", "currency_code": None}, "missing: order_number, currency_code", id="missing"
        ),
        pytest.param({"retailer": {"retailer_code": "?"}}, "no company has the code '?'", id="company"),
        pytest.param({"retailer": "Corner Shop"}, "no company has the code ''", id="retailer as text"),
        pytest.param({"ship_start": "03/01/2027"}, "not a day: 03/01/2027", id="US date"),
        pytest.param({"ship_end": "2027/02/30"}, "not a day: 2027/02/30", id="no such day"),
        pytest.param({"line_items": {"a": 1}}, "line_items must be a list of objects", id="no list"),
        pytest.param({"line_items": [{"product": 3}]}, "product not found: 3", id="no reference"),
    ],
)
def test_refused_body(change: dict[str, Any], text: str) -> None:
    """A body that lacks something or names what is not there is refused, and nothing is stored."""
    sandbox = brand()
    assert message(Caller(sandbox, REP).send("PUT", "/api/order/new", body(**change))) == (400, text)
    assert len(sandbox.shelf().orders) == 2


@pytest.mark.parametrize(
    ("size", "text"),
    [
        ({"size": "S", "quantity": 0}, "quantity must be a positive whole number: 0"),
        ({"size": "S", "quantity": True}, "quantity must be a positive whole number: True"),
        ({"size": "S", "quantity": 1.5}, "quantity must be a positive whole number: 1.5"),
        ({"size": "S", "quantity": 1, "price": "9"}, "price must be a number: 9"),
        ({"size": "XXL", "quantity": 1}, "TEE-1 has no size XXL"),
    ],
)
def test_refused_size(size: dict[str, Any], text: str) -> None:
    """A size needs a whole quantity and a price, and must be one of the style's."""
    lines = [{"product": {"_id": "e1"}, "sizes": [size]}]
    assert message(Caller(brand(), REP).send("PUT", "/api/order/new", body(line_items=lines))) == (400, text)


@pytest.mark.parametrize("taken", ["order_number", "external_id"])
def test_conflict(taken: str) -> None:
    """A second order with the same number or external id collides."""
    caller = Caller(brand(), REP)
    assert caller.send("PUT", "/api/order/new", body()).status == 201
    again = {"order_number": "PO-2", "external_id": "EXT-2", taken: body()[taken]}
    answer = caller.send("PUT", "/api/order/new", body(**again))
    assert message(answer) == (409, f"order with this {taken} already exists")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "/api/order/new"), ("POST", "/api/order/a1"), ("POST", "/api/order/a1/set/notes/x")],
)
def test_retailer_may_not_write(method: str, path: str) -> None:
    """The retailer's side writes only where the switch says so."""
    assert Caller(brand(), SHOP).send(method, path, body()).status == 403
    assert Caller(brand(retailer_creates=True), SHOP).send(method, path, body()).status in {200, 201}


def test_update() -> None:
    """An update replaces fields, keeps id and birth, marks the order as edited and moves modified_on."""
    sandbox = brand(Hands())
    changes = {"notes": "dock B", "_id": "other", "created_on": "never", "modified_on": "never"}
    order = Caller(sandbox, REP).send("POST", "/api/order/a1", changes).read_json()
    assert (order["_id"], order["notes"], order["edited"]) == ("a1", "dock B", True)
    assert (order["created_on"], order["modified_on"]) == (at("2027-01-10"), "2027-02-01T12:00:00.000Z")


def test_update_of_lines() -> None:
    """New lines move the total by their difference unless a total is sent."""
    caller = Caller(brand(), REP)
    lines = caller.read("/api/order/a1")["line_items"][:1]
    order = caller.send(
        "POST", "/api/order/a1", json.loads(json.dumps({"line_items": lines}, default=float))
    ).read_json()
    assert (order["total"], order["total_quantity"]) == (Decimal("62.5"), 5)
    order = caller.send("POST", "/api/order/a1", {"line_items": [], "total": 7}).read_json()
    assert order["total"] == 7


def test_patched_field() -> None:
    """One field is set to a text from the path."""
    order = Caller(brand(), REP).send("POST", "/api/order/a1/set/external_id/A%2F7").read_json()
    assert order["external_id"] == "A/7"


@pytest.mark.parametrize("path", ["/api/order/none", "/api/order/none/set/notes/x"])
def test_update_of_nothing(path: str) -> None:
    """An unknown order cannot be updated."""
    assert message(Caller(brand(), REP).send("POST", path, {})) == (404, "order not found")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", "the body is not JSON"),
        (b"\xff", "the body is not JSON"),
        (b"[1]", "the body is not an object"),
        (b'{"line_items": 1}', "line_items must be a list"),
    ],
)
def test_bad_body(content: bytes, text: str) -> None:
    """A body that is no JSON object is refused with 400."""
    sandbox = brand()
    request = Caller(sandbox, REP).signed("POST", "/api/order/a1", body=content)
    assert message(answered(sandbox, request)) == (400, text)


def test_packed_body() -> None:
    """A body may be gzipped; one that only says so is refused."""
    sandbox = brand()
    caller = Caller(sandbox, REP)
    headers = {"content-encoding": "gzip"}
    packed = caller.signed("POST", "/api/order/a1", body=gzip.compress(b'{"notes": "x"}'), headers=headers)
    assert answered(sandbox, packed).read_json()["notes"] == "x"
    plain = caller.signed("POST", "/api/order/a1", body=b"{}", headers=headers)
    assert answered(sandbox, plain).status == 400
