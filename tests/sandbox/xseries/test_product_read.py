from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import ALL_SCOPES, Goods, HiddenCosts, Switches


def skus(rows: list[Any]) -> list[str]:
    """List the SKUs of products."""
    return [row["sku"] for row in rows]


def test_any_code_finds_its_product(shop: Shop) -> None:
    """`sku=` finds a product by any of its codes, whole and exact."""
    body = {"name": "Mug", "sku": "MUG", "product_codes": [{"type": "UPC", "code": "036000291452"}]}
    shop.take("POST", "products", body)
    for code in ("MUG", "036000291452"):
        assert skus(shop.take("GET", f"products?sku={code}")) == ["MUG"]
    for code in ("MU", "36000291452", "", "mug"):
        assert shop.take("GET", f"products?sku={code}") == []


def test_code_look_up_ignores_everything_else(shop: Shop) -> None:
    """With `sku=` cursor, page size and `deleted` count for nothing; deleted products are never found."""
    ids = shop.family("Tee", "SM")
    assert skus(shop.take("GET", "products?sku=TEE-S&after=99999999999&page_size=1")) == ["TEE-S"]
    shop.ask("DELETE", f"products/{ids[0]}")
    assert shop.take("GET", "products?sku=TEE-S&deleted=true") == []


@pytest.mark.parametrize("parameter", ["name", "family_name"])
def test_name_finds_the_whole_family(shop: Shop, parameter: str) -> None:
    """`name=` and `family_name=` give all live members of the family."""
    ids = shop.family("Tee", "SML")
    shop.family("Tee Two", "S")
    shop.ask("DELETE", f"products/{ids[2]}")
    assert skus(shop.take("GET", f"products?{parameter}=Tee&page_size=1")) == ["TEE-S", "TEE-M"]


def test_cursor_shows_deleted_products_when_asked(shop: Shop) -> None:
    """A deleted product moves to the end of the cursor and keeps its codes in the answer."""
    ids = shop.family("Tee", "SM")
    shop.ask("DELETE", f"products/{ids[0]}")
    assert skus(shop.take("GET", "products")) == ["TEE-M"]
    assert skus(shop.take("GET", "products?deleted=true")) == ["TEE-M", "TEE-S"]


@pytest.mark.parametrize("hidden", list(HiddenCosts), ids=str)
def test_costs_need_their_own_scope(hidden: HiddenCosts) -> None:
    """Without `products:read:costs` the cost members are missing or null, by the switch; prices stay."""
    shop = Shop(Switches(hidden_costs=hidden))
    source = {"supplier_id": shop.supplier, "code": "77", "price": 5}
    (key,) = shop.family("Tee", "S", product_suppliers=[source])
    order = shop.order()
    shop.add(order, key)
    token = shop.sandbox.add_token(ALL_SCOPES - {"products:read:costs"})

    def seen(path: str) -> Any:
        return shop.ask("GET", path, token=token).read_json()["data"]

    product = seen(f"products/{key}")
    places = [(product, "supply_price"), (product["product_suppliers"][0], "price")]
    if hidden is HiddenCosts.NULL:
        places += [(seen("purchase_orders")[0], "cost_price_total")]
        assert all(place[name] is None for place, name in places)
    else:
        assert all(name not in place for place, name in places)
    assert (product["price_including_tax"], product["supplier_code"]) == (40, "77")


def test_exclusive_price_is_not_round(shop: Shop) -> None:
    """Prices are JSON numbers with up to five decimals."""
    shop.family("Tee", "S")
    body = shop.ask("GET", "products").body
    assert b'"price_including_tax": 40,' in body
    assert b'"price_excluding_tax": 34.78261,' in body


def test_null_members_are_printed(shop: Shop) -> None:
    """Members without a value are there, as null."""
    shop.take("POST", "products", {"name": "Mug"})
    (row,) = shop.take("GET", "products")
    empty = {name for name, value in row.items() if value is None}
    assert {"deleted_at", "description", "brand", "supplier_id", "source_id", "loyalty_amount"} <= empty


def test_seeded_product_reads_like_any_other(shop: Shop) -> None:
    """A product put in by a test is read as if it had been there for years."""
    goods = Goods(
        name="Tee",
        codes=["TEE-S", ("UPC", "036000291452")],
        options={"Colour": "Red", "Size": "S"},
        supplier_id=shop.supplier,
        supplier_code="77-RED-S",
        supply_price="12.5",
        price="40",
        brand_id=shop.brand,
        active=False,
    )
    row = shop.take("GET", f"products/{shop.sandbox.add_product(goods)}")
    assert (row["variant_name"], row["sku"], row["supplier_code"]) == ("Tee / Red / S", "TEE-S", "77-RED-S")
    assert (row["supply_price"], row["price_excluding_tax"]) == (Decimal("12.5"), Decimal("34.78261"))
    assert (row["brand"]["name"], row["is_active"]) == ("Northwind", False)


def test_seeding_keeps_the_rules(shop: Shop) -> None:
    """A seed cannot break the store: a taken code raises, and one name is one family."""
    first = shop.sandbox.add_product(Goods(name="Tee", codes=["A"], options={"Size": "S"}))
    second = shop.sandbox.add_product(Goods(name="Tee", options={"Size": "M"}))
    assert shop.take("GET", f"products/{second}")["variant_parent_id"] == first
    with pytest.raises(ValueError, match="taken codes"):
        shop.sandbox.add_product(Goods(name="Cap", codes=["A"]))
    with pytest.raises(ValueError, match="same options"):
        shop.sandbox.add_product(Goods(name="Tee", options={"Size": "M"}))
