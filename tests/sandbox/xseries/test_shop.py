from __future__ import annotations

from decimal import Decimal

import pytest
from tests.sandbox.xseries.shop import HOST, Shop

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import Retailer


def test_retailer_tells_tax_form_and_sequence() -> None:
    """The retailer says which price to send, which currency counts and whether codes are generated."""
    shop = Shop(retailer=Retailer(tax_exclusive=True, currency="CAD", sku_sequence=False))
    read = shop.take("GET", "retailer")
    assert (read["tax_exclusive"], read["currency"]["code"]) == (True, "CAD")
    assert read["sku_sequence"]["enabled"] is False


@pytest.mark.parametrize(("exclusive", "shown"), [(False, "inclusive"), (True, "exclusive")])
def test_outlet_has_zone_currency_and_prices(exclusive: bool, shown: str) -> None:
    """An outlet tells its zone, currency and price display, and the counter behind its order numbers."""
    shop = Shop(retailer=Retailer(tax_exclusive=exclusive))
    key = shop.sandbox.add_outlet(
        "Harbour", time_zone="Pacific/Auckland", currency="NZD", reference_prefix="156"
    )
    read = shop.take("GET", f"outlets/{key}")
    assert (read["time_zone"], read["currency"], read["display_prices"]) == ("Pacific/Auckland", "NZD", shown)
    assert read["attributes"] == [
        {"key": "order_reference", "value": "1"},
        {"key": "order_reference_prefix", "value": "156"},
    ]
    assert [row["name"] for row in shop.take("GET", "outlets")] == ["Main Outlet", "Harbour"]


def test_registers_taxes_and_users(shop: Shop) -> None:
    """The store's registers, taxes and users can be read; the single user comes in a list."""
    (register,) = shop.take("GET", "registers")
    assert shop.take("GET", f"registers/{register['id']}") == register
    (tax,) = shop.take("GET", "taxes")
    assert (str(tax["rates"][0]["rate"]), tax["is_default"]) == ("0.15", True)
    assert shop.take("GET", "users") == shop.take("GET", "user")


@pytest.mark.parametrize("version", ["2.0", "2026-01", "2026-04", "2026-07", "2026-10"])
def test_unchanged_resources_answer_in_every_version(shop: Shop, version: str) -> None:
    """Suppliers, consignments and so on are there in each version."""
    for path in ("suppliers", "consignments", "outlets", "variant_attributes"):
        assert shop.ask("GET", f"/api/{version}/{path}").status == 200


@pytest.mark.parametrize(
    ("version", "expected"),
    [("2.0", 400), ("2026-07", 400), ("2025-04", 400), ("2026-10", 405), ("2027-01", 404), ("2.1", 400)],
)
def test_products_of_the_old_kind_end_before_2026_10(shop: Shop, version: str, expected: int) -> None:
    """Products are legacy up to 2026-07; an expired version is silently answered by the oldest one."""
    assert shop.ask("POST", f"/api/{version}/products", {}).status == expected


@pytest.mark.parametrize(("version", "expected"), [("2026-04", 404), ("2026-07", 200), ("2026-10", 200)])
def test_purchase_orders_came_with_2026_07(shop: Shop, version: str, expected: int) -> None:
    """The read-only purchase orders exist from 2026-07 on."""
    assert shop.ask("GET", f"/api/{version}/purchase_orders").status == expected


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [("GET", "/", 404), ("GET", "/api/2026-07/shoes", 404), ("PATCH", "/api/2026-07/brands", 405)],
)
def test_unknown_paths_and_methods(shop: Shop, method: str, path: str, expected: int) -> None:
    """An unknown path is 404, a known one with another method 405."""
    answer = shop.sandbox.handle(Request(method=method, address=HOST + path))
    assert isinstance(answer, Response)
    assert answer.status == expected


def test_broken_json_is_400(shop: Shop) -> None:
    """A body that is no JSON is refused."""
    request = Request(
        method="POST",
        address=f"{HOST}/api/2026-07/brands",
        headers={"authorization": f"Bearer {shop.token}", "content-type": "application/json"},
        body=b'{"name": ',
    )
    assert shop.send(request).status == 400


def test_ids_have_the_form_of_a_uuid_but_are_none(shop: Shop) -> None:
    """Ids are 8-4-4-4-12 in lower case, not valid by RFC 4122, and do not sort by age."""
    made = [shop.sandbox.add_tag(f"tag {place}") for place in range(20)]
    assert all([len(part) for part in key.split("-")] == [8, 4, 4, 4, 12] for key in made)
    assert all(key.split("-")[3].startswith("f") for key in made)
    assert made != sorted(made)


def test_tax_decides_the_other_price(shop: Shop) -> None:
    """The first default tax makes the exclusive price; further taxes are listed only."""
    shop.sandbox.add_tax("VAT", Decimal("0.2"))
    (key,) = shop.take("POST", "products", {"name": "Mug", "price_including_tax": 23})
    assert shop.take("GET", f"products/{key}")["price_excluding_tax"] == 20
    assert [row["name"] for row in shop.take("GET", "taxes")] == ["GST", "VAT"]
