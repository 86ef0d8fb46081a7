from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.sandbox.xseries.shop import Shop


def put(shop: Shop, key: str, expected: int = 200, **body: object) -> None:
    """Update a product."""
    answer = shop.ask("PUT", f"products/{key}", body)
    assert answer.status == expected, answer.body
    if expected == 200:
        assert answer.read_json() == {}


def read(shop: Shop, key: str) -> Any:
    """Read a product."""
    return shop.take("GET", f"products/{key}")


def test_common_members_reach_the_whole_family(shop: Shop) -> None:
    """`common` changes every live member; each gets a new version."""
    ids = shop.family("Tee", "SML")
    tag = shop.sandbox.add_tag("summer")
    before = [read(shop, key)["version"] for key in ids]
    put(
        shop,
        ids[1],
        common={"name": "Shirt", "description": "Soft", "brand_id": shop.brand, "tag_ids": [tag]},
    )
    after = [read(shop, key) for key in ids]
    assert {each["name"] for each in after} == {"Shirt"}
    assert {each["brand_id"] for each in after} == {shop.brand}
    assert [each["tag_ids"] for each in after] == [[tag]] * 3
    assert all(new["version"] > old for new, old in zip(after, before, strict=True))


def test_details_reach_one_product(shop: Shop) -> None:
    """`details` changes the product of the path and no other."""
    ids = shop.family("Tee", "SM")
    other = read(shop, ids[1])
    put(
        shop,
        ids[0],
        details={"is_active": False, "price_including_tax": 50, "weight": 1, "weight_unit": "KG"},
    )
    changed = read(shop, ids[0])
    assert (changed["is_active"], changed["active"], changed["price_including_tax"]) == (False, False, 50)
    assert (changed["weight"], changed["weight_unit"]) == (1, "KG")
    assert read(shop, ids[1]) == other


def test_empty_brand_removes_it(shop: Shop) -> None:
    """An empty `brand_id` takes the brand away; members left out stay."""
    (key,) = shop.family("Tee", "S", brand_id=shop.brand, description="Soft")
    put(shop, key, common={"brand_id": ""})
    assert (read(shop, key)["brand_id"], read(shop, key)["description"]) == (None, "Soft")


def test_codes_are_replaced_whole(shop: Shop) -> None:
    """`product_codes` is the complete list, its first the SKU; kept codes keep their id."""
    (key,) = shop.take(
        "POST", "products", {"name": "Mug", "sku": "A", "product_codes": [{"type": "UPC", "code": "1"}]}
    )
    kept = {code["code"]: code["id"] for code in read(shop, key)["product_codes"]}
    put(shop, key, details={"product_codes": [{"type": "UPC", "code": "1"}, {"code": "NEW"}]})
    codes = read(shop, key)["product_codes"]
    assert [(each["type"], each["code"]) for each in codes] == [("UPC", "1"), ("CUSTOM", "NEW")]
    assert codes[0]["id"] == kept["1"]
    assert read(shop, key)["sku"] == "1"
    assert shop.take("GET", "products?sku=A") == []
    assert len(shop.take("GET", "products?sku=NEW")) == 1


@pytest.mark.parametrize(
    "codes",
    [[], [{"code": "TEE-M"}], [{"code": "X"}, {"code": "X"}]],
    ids=["none", "of another product", "twice"],
)
def test_bad_codes_are_refused(shop: Shop, codes: list[Any]) -> None:
    """No code, a taken code and a code twice are refused; nothing of the request is written."""
    ids = shop.family("Tee", "SM")
    before = read(shop, ids[0])
    put(shop, ids[0], 422, common={"name": "Other"}, details={"product_codes": codes})
    assert read(shop, ids[0]) == before


def test_suppliers_of_the_family_are_replaced_whole(shop: Shop) -> None:
    """`common.product_suppliers` sets the ordered list for the family; own codes and prices stay."""
    other = shop.sandbox.add_supplier("Other")
    sources = [{"supplier_id": shop.supplier, "code": "77", "price": 5}]
    (key,) = shop.family("Tee", "S", product_suppliers=sources)
    put(shop, key, common={"product_suppliers": [{"supplier_id": other}, {"supplier_id": shop.supplier}]})
    listed = read(shop, key)["product_suppliers"]
    assert [(each["supplier_id"], each["code"], each["price"]) for each in listed] == [
        (other, None, None),
        (shop.supplier, "77", 5),
    ]
    put(shop, key, common={"product_suppliers": []})
    assert read(shop, key)["supplier_id"] is None


def test_own_supplier_code_and_price(shop: Shop) -> None:
    """`details.product_suppliers` sets code and price of a supplier of the family; -1 and "" delete."""
    (key,) = shop.family("Tee", "S", product_suppliers=[{"supplier_id": shop.supplier}])

    def set_to(**members: object) -> tuple[object, object]:
        put(shop, key, details={"product_suppliers": [{"supplier_id": shop.supplier, **members}]})
        source = read(shop, key)["product_suppliers"][0]
        return source["code"], source["price"]

    assert set_to(code="77", price="6.5") == ("77", Decimal("6.5"))
    assert read(shop, key)["supply_price"] == Decimal("6.5")
    assert set_to(price=7) == ("77", 7)
    assert set_to(price=-1) == ("77", None)
    assert set_to(code="") == (None, None)


def test_supplier_must_be_the_familys(shop: Shop) -> None:
    """A supplier that the family list does not have is refused in `details`."""
    (key,) = shop.family("Tee", "S")
    put(shop, key, 422, details={"product_suppliers": [{"supplier_id": shop.supplier, "code": "77"}]})


def test_option_values(shop: Shop) -> None:
    """`variant_attribute_values` changes options, but never to those of a sibling."""
    ids = shop.family("Tee", "SM")

    def value(size: str) -> dict[str, Any]:
        return {"variant_attribute_values": [{"attribute_id": shop.size, "attribute_value": size}]}

    put(shop, ids[0], details=value("XS"))
    assert read(shop, ids[0])["variant_name"] == "Tee / Red / XS"
    put(shop, ids[0], 422, details=value("M"))
    other = {"attribute_id": shop.sandbox.add_attribute("Fit"), "attribute_value": "Slim"}
    put(shop, ids[0], 422, details={"variant_attribute_values": [other]})


def test_attributes_of_the_family(shop: Shop) -> None:
    """`variant_attributes` sets which attributes a family has, three at most."""
    (key,) = shop.family("Tee", "S")
    put(shop, key, common={"variant_attributes": [{"attribute_id": shop.size}]})
    assert [each["name"] for each in read(shop, key)["variant_options"]] == ["Size"]
    four = [{"attribute_id": shop.sandbox.add_attribute(f"A{place}")} for place in range(4)]
    put(shop, key, 422, common={"variant_attributes": four})


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"name": "x"}, 400),
        ({"common": {"nme": "x"}}, 400),
        ({"details": {"sku": "x"}}, 400),
        ({"details": {"supply_price": 1}}, 400),
        ({"details": {"price_including_tax": 1, "price_excluding_tax": 1}}, 422),
        ({"common": {"brand_id": "x"}}, 422),
        ({"common": {"tag_ids": ["x"]}}, 422),
        ({"common": {"product_suppliers": [{"supplier_id": "x"}]}}, 422),
        ({"common": {"product_category_id": "x"}}, 422),
    ],
    ids=str,
)
def test_bad_updates(shop: Shop, body: dict[str, Any], status: int) -> None:
    """Unknown members are 400, broken rules 422; the product stays as it was."""
    (key,) = shop.family("Tee", "S")
    before = read(shop, key)
    put(shop, key, status, **body)
    assert read(shop, key) == before


def test_an_update_that_changes_nothing_moves_nothing(shop: Shop) -> None:
    """Setting a value that is there already leaves the version alone."""
    (key,) = shop.family("Tee", "S")
    before = read(shop, key)
    put(shop, key, common={"name": "Tee"}, details={"is_active": True})
    assert read(shop, key) == before


def test_update_by_2_1(shop: Shop) -> None:
    """The same update answers under 2.1, where it came from; 2.0 never had it."""
    (key,) = shop.family("Tee", "S")
    assert shop.ask("PUT", f"/api/2.1/products/{key}", {"details": {"is_active": False}}).status == 200
    assert read(shop, key)["is_active"] is False
    assert shop.ask("PUT", f"/api/2.0/products/{key}", {"details": {"is_active": True}}).status == 405


def test_track_inventory_and_stock(shop: Shop) -> None:
    """Tracking is set by the update only; stock sent in details is written."""
    (key,) = shop.family("Tee", "S")
    entry = {"outlet_id": shop.outlet, "current_amount": 3}
    put(shop, key, common={"track_inventory": False}, details={"inventory": [entry]})
    assert read(shop, key)["has_inventory"] is False
    assert shop.sandbox.state.stock[key, shop.outlet] == 3


def test_composite_components(shop: Shop) -> None:
    """Components make a product a composite."""
    part, whole = shop.family("Tee", "SM")
    put(shop, whole, details={"composite_components": [{"product_id": part, "quantity": 2}]})
    assert read(shop, whole)["is_composite"] is True


def test_deleted_product_is_read_only(shop: Shop) -> None:
    """A deleted product can still be read, with its time, but not changed or deleted again."""
    ids = shop.family("Tee", "SM")
    answer = shop.ask("DELETE", f"products/{ids[0]}")
    assert (answer.status, answer.body) == (200, b"")
    gone = read(shop, ids[0])
    assert (gone["deleted_at"], gone["active"]) == ("2026-08-03T09:30:00+00:00", False)
    assert read(shop, ids[1])["deleted_at"] is None
    put(shop, ids[0], 404, details={"is_active": True})
    assert shop.ask("DELETE", f"products/{ids[0]}").status == 404


def test_family_is_deleted_at_once(shop: Shop) -> None:
    """`/all` deletes every member of the family."""
    ids = shop.family("Tee", "SML")
    assert shop.ask("DELETE", f"products/{ids[1]}/all").status == 200
    assert all(read(shop, key)["deleted_at"] for key in ids)
