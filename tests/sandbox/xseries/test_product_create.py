from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import Retailer, Switches


def test_standard_product(shop: Shop) -> None:
    """A standard product is one id; what is not sent is null, and both tax forms are shown."""
    (key,) = shop.take("POST", "products", {"name": "Mug", "sku": "MUG", "price_including_tax": 11.5})
    read = shop.take("GET", f"products/{key}")
    assert (read["name"], read["variant_name"], read["sku"], read["handle"]) == ("Mug", "Mug", "MUG", "mug")
    assert (read["price_including_tax"], read["price_excluding_tax"]) == (Decimal("11.5"), 10)
    assert (read["has_variants"], read["variant_parent_id"], read["variant_count"]) == (False, None, None)
    assert (read["brand_id"], read["supplier"], read["description"], read["type"]) == (None,) * 4
    assert (read["active"], read["is_active"], read["has_inventory"]) == (True, True, True)


def test_family_answers_one_id_a_variant(shop: Shop) -> None:
    """A family is answered with its ids only; the first variant is the parent of the others."""
    answer = shop.ask(
        "POST", "products", {"name": "Tee", "variants": [shop.variant("Red", s) for s in "SML"]}
    )
    ids = answer.read_json()["data"]
    assert (answer.status, len(ids)) == (200, 3)
    reads = [shop.take("GET", f"products/{key}") for key in ids]
    assert [read["variant_name"] for read in reads] == ["Tee / Red / S", "Tee / Red / M", "Tee / Red / L"]
    assert [read["variant_parent_id"] for read in reads] == [None, ids[0], ids[0]]
    assert [read["has_variants"] for read in reads] == [True, False, False]
    assert len({read["family_id"] for read in reads}) == 1
    assert reads[0]["variant_count"] == 3
    assert reads[1]["variant_options"] == [
        {"id": shop.colour, "name": "Colour", "value": "Red"},
        {"id": shop.size, "name": "Size", "value": "M"},
    ]


def test_order_of_the_ids_is_not_promised() -> None:
    """With the switch the ids come in another order than the variants were sent."""
    shop = Shop(Switches(ids_reversed=True))
    ids = shop.family("Tee", "SM")
    assert [shop.take("GET", f"products/{key}")["sku"] for key in ids] == ["TEE-M", "TEE-S"]


def test_members_of_the_family_are_shared(shop: Shop) -> None:
    """Name, description, brand, tags, source and draft state stand at the top and hold for each variant."""
    tag = shop.sandbox.add_tag("summer")
    shared = {
        "description": "<p>Soft</p>",
        "brand_id": shop.brand,
        "tag_ids": [tag],
        "is_active": False,
        "source_id": "nu-1",
        "handle": "tee26",
    }
    for key in shop.family("Tee", "SM", **shared):
        read = shop.take("GET", f"products/{key}")
        assert {name: read[name] for name in shared} == shared
        assert read["brand"]["name"] == "Northwind"
        assert [each["name"] for each in read["categories"]] == ["summer"]


def test_suppliers_with_code_and_price(shop: Shop) -> None:
    """Several suppliers stand in `product_suppliers`; the first is the default and gives the supply price."""
    other = shop.sandbox.add_supplier("Other")
    sources = [
        {"supplier_id": shop.supplier, "code": "77-RED-S", "price": "12.34567"},
        {"supplier_id": other, "code": "x"},
    ]
    (key,) = shop.take("POST", "products", {"name": "Tee", "product_suppliers": sources})
    read = shop.take("GET", f"products/{key}")
    assert (read["supplier_id"], read["supplier_code"]) == (shop.supplier, "77-RED-S")
    assert read["supply_price"] == Decimal("12.34567")
    assert [(each["supplier_name"], each["code"], each["price"]) for each in read["product_suppliers"]] == [
        ("Northwind", "77-RED-S", Decimal("12.34567")),
        ("Other", "x", None),
    ]


def test_single_supplier_in_the_old_form(shop: Shop) -> None:
    """`supplier_id` at the top goes with `supplier_code` and `supply_price` of each variant."""
    entry = shop.variant("Red", "S", supplier_code="77-S", supply_price=9.5)
    body = {"name": "Tee", "supplier_id": shop.supplier, "variants": [entry]}
    (key,) = shop.take("POST", "products", body)
    read = shop.take("GET", f"products/{key}")
    assert (read["supplier_code"], read["supply_price"]) == ("77-S", Decimal("9.5"))
    assert read["product_suppliers"][0]["price"] == Decimal("9.5")


@pytest.mark.parametrize(
    ("exclusive", "sent", "including", "excluding"),
    [
        (False, {"price_including_tax": 40}, 40, Decimal("34.78261")),
        (True, {"price_excluding_tax": 40}, None, 40),
    ],
    ids=["inclusive", "exclusive"],
)
def test_price_follows_the_tax_form(
    exclusive: bool, sent: dict[str, Any], including: object, excluding: object
) -> None:
    """The other tax form is worked out with five decimals; exclusive stores show no inclusive price."""
    shop = Shop(retailer=Retailer(tax_exclusive=exclusive))
    (key,) = shop.take("POST", "products", {"name": "Tee", **sent})
    read = shop.take("GET", f"products/{key}")
    assert (read["price_including_tax"], read["price_excluding_tax"]) == (including, excluding)


@pytest.mark.parametrize(
    ("exclusive", "sent"),
    [
        (False, {"price_including_tax": 40, "price_excluding_tax": 35}),
        (False, {"price_excluding_tax": 35}),
        (True, {"price_including_tax": 40}),
    ],
    ids=["both", "exclusive in an inclusive store", "inclusive in an exclusive store"],
)
@pytest.mark.parametrize("in_variant", [False, True])
def test_only_the_tax_form_of_the_store_is_taken(
    exclusive: bool, sent: dict[str, Any], in_variant: bool
) -> None:
    """Both prices together are refused, and so is the form that the store does not use."""
    shop = Shop(retailer=Retailer(tax_exclusive=exclusive))
    body = (
        {"name": "Tee", "variants": [shop.variant("Red", "S", **sent)]}
        if in_variant
        else {"name": "Tee", **sent}
    )
    assert "no other retail price" in shop.refused("POST", "products", body)


@pytest.mark.parametrize(
    ("members", "codes"),
    [
        ({"sku": "A"}, ["A"]),
        ({"sku": "A", "product_codes": [{"type": "UPC", "code": "1"}]}, ["A", "1"]),
        ({"sku": "A", "product_codes": [{"code": "1"}, {"code": "A"}]}, ["A", "1"]),
        ({"product_codes": [{"type": "EAN", "code": "1"}]}, ["10001", "1"]),
        ({}, ["10001"]),
    ],
    ids=["sku", "added in front", "moved to the front", "generated in front", "generated"],
)
def test_sku_is_the_first_code(shop: Shop, members: dict[str, Any], codes: list[str]) -> None:
    """The SKU is the first code; left out, the store's sequence gives one beside the codes sent."""
    (key,) = shop.take("POST", "products", {"name": "Tee", **members})
    read = shop.take("GET", f"products/{key}")
    assert [code["code"] for code in read["product_codes"]] == codes
    assert read["sku"] == codes[0]


def test_without_sequence_a_code_is_needed() -> None:
    """With the SKU sequence off, the first code is the SKU and a product without code is refused."""
    shop = Shop(retailer=Retailer(sku_sequence=False))
    (key,) = shop.take("POST", "products", {"name": "Tee", "product_codes": [{"type": "UPC", "code": "1"}]})
    assert shop.take("GET", f"products/{key}")["sku"] == "1"
    assert "needs a sku" in shop.refused("POST", "products", {"name": "Cap"})


def test_sequence_skips_taken_codes(shop: Shop) -> None:
    """A generated SKU is never one that a product holds already."""
    shop.take("POST", "products", {"name": "Mug", "sku": "10001"})
    (key,) = shop.take("POST", "products", {"name": "Cap"})
    assert shop.take("GET", f"products/{key}")["sku"] == "10002"


@pytest.mark.parametrize("status", [422, 400])
@pytest.mark.parametrize("form", ["sku", "product_codes"])
def test_codes_are_unique_in_the_store(status: int, form: str) -> None:
    """A code of another product is refused whatever its type, with 422 or 400 by the switch."""
    shop = Shop(Switches(duplicate_status=status))
    shop.take("POST", "products", {"name": "Mug", "product_codes": [{"type": "UPC", "code": "036000291452"}]})
    member = {"sku": "036000291452", "product_codes": [{"type": "EAN", "code": "036000291452"}]}[form]
    before = shop.sandbox.digest()
    answer = shop.ask("POST", "products", {"name": "Cap", form: member})
    assert (answer.status, "036000291452" in answer.read_json()["message"]) == (status, True)
    assert shop.sandbox.digest() == before


def test_codes_are_unique_in_the_request(shop: Shop) -> None:
    """Two variants of one request cannot share a code; none of them is made."""
    variants = [shop.variant("Red", size, sku="SAME") for size in "SM"]
    assert "SAME" in shop.refused("POST", "products", {"name": "Tee", "variants": variants})
    assert shop.take("GET", "products") == []


@pytest.mark.parametrize(("free", "expected"), [(True, 200), (False, 422)])
def test_codes_of_deleted_products(free: bool, expected: int) -> None:
    """Whether the codes of a deleted product are free again is a switch."""
    shop = Shop(Switches(deleted_codes_free=free))
    (key,) = shop.take("POST", "products", {"name": "Mug", "sku": "MUG"})
    shop.ask("DELETE", f"products/{key}")
    assert shop.ask("POST", "products", {"name": "Cap", "sku": "MUG"}).status == expected


def test_types_of_codes_are_kept(shop: Shop) -> None:
    """The type is kept as sent, CUSTOM by default, and digits are not checked against it."""
    codes = [{"code": "A"}, {"type": "UPC", "code": "not digits"}]
    (key,) = shop.take("POST", "products", {"name": "Mug", "sku": "A", "product_codes": codes})
    read = shop.take("GET", f"products/{key}")["product_codes"]
    assert [(each["type"], each["code"]) for each in read] == [("CUSTOM", "A"), ("UPC", "not digits")]


def test_types_of_codes_can_be_lower_case() -> None:
    """The examples print types in lower case; the switch does too."""
    shop = Shop(Switches(code_types_lower=True))
    (key,) = shop.take("POST", "products", {"name": "Mug", "sku": "A"})
    assert shop.take("GET", f"products/{key}")["product_codes"][0]["type"] == "custom"


@pytest.mark.parametrize("deleted", [False, True], ids=["alive", "deleted"])
@pytest.mark.parametrize("name", ["Tee", " tee "], ids=["equal", "other case"])
def test_same_name_is_the_same_family(shop: Shop, deleted: bool, name: str) -> None:
    """A product made with the name of an existing family, alive or not, joins it: the dangerous case."""
    ids = shop.family("Tee", "SM")
    if deleted:
        shop.ask("DELETE", f"products/{ids[0]}/all")
    (stray,) = shop.take("POST", "products", {"name": name, "sku": "STRAY"})
    read = shop.take("GET", f"products/{stray}")
    assert read["variant_parent_id"] == ids[0]
    assert read["family_id"] == shop.take("GET", f"products/{ids[0]}")["family_id"]


def test_renamed_family_frees_its_name(shop: Shop) -> None:
    """A name counts only while a product bears it."""
    (key,) = shop.family("Tee", "S")
    shop.ask("PUT", f"products/{key}", {"common": {"name": "Shirt"}})
    (other,) = shop.family("Tee", "M")
    assert shop.take("GET", f"products/{other}")["variant_parent_id"] is None


@pytest.mark.parametrize(
    ("entry", "status"),
    [
        ({}, 400),
        ({"variant_definitions": []}, 400),
        ({"variant_definitions": [{"attribute_id": "x"}]}, 400),
        ({"variant_definitions": [{"attribute_id": "x", "value": ""}]}, 400),
        ({"variant_definitions": [{"attribute_id": "x", "value": "Red"}]}, 422),
    ],
    ids=["none", "empty", "no value", "empty value", "unknown attribute"],
)
def test_each_variant_needs_definitions(shop: Shop, entry: dict[str, Any], status: int) -> None:
    """`variant_definitions` is required in each variant, and its attributes must exist."""
    assert shop.ask("POST", "products", {"name": "Tee", "variants": [entry]}).status == status


def test_deleted_attribute_does_not_exist(shop: Shop) -> None:
    """A deleted attribute cannot be used."""
    gone = shop.sandbox.add_attribute("Fit")
    shop.ask("DELETE", f"variant_attributes/{gone}")
    entry = {"variant_definitions": [{"attribute_id": gone, "value": "Slim"}]}
    assert "attribute_id" in shop.refused("POST", "products", {"name": "Tee", "variants": [entry]})


@pytest.mark.parametrize(("count", "expected"), [(3, 200), (4, 422)])
def test_three_attributes_at_most(shop: Shop, count: int, expected: int) -> None:
    """A family has at most three attributes."""
    attributes = [shop.sandbox.add_attribute(f"A{place}") for place in range(count)]
    entry = {"variant_definitions": [{"attribute_id": each, "value": "v"} for each in attributes]}
    assert shop.ask("POST", "products", {"name": "Tee", "variants": [entry]}).status == expected


@pytest.mark.parametrize(("more", "expected"), [(0, 200), (1, 422)])
def test_200_variants_at_most(shop: Shop, more: int, expected: int) -> None:
    """A family has at most 200 products, those of earlier calls included."""
    first = [shop.variant("Red", str(place)) for place in range(150)]
    rest = [shop.variant("Blue", str(place)) for place in range(50 + more)]
    assert shop.ask("POST", "products", {"name": "Tee", "variants": first}).status == 200
    assert shop.ask("POST", "products", {"name": "Tee", "variants": rest}).status == expected


def test_options_are_unique_in_a_family(shop: Shop) -> None:
    """Two variants of one family cannot have the same options, in one call or in two."""
    twice = [shop.variant("Red", "S"), shop.variant("Red", "S")]
    assert "same options" in shop.refused("POST", "products", {"name": "Tee", "variants": twice})
    shop.family("Tee", "S")
    assert "same options" in shop.refused("POST", "products", {"name": "Tee", "variants": twice[:1]})


@pytest.mark.parametrize(
    "members",
    [
        {"brand_id": "x"},
        {"supplier_id": "x"},
        {"tag_ids": ["x"]},
        {"product_suppliers": [{"supplier_id": "x"}]},
        {"product_category_id": "x"},
        {"composite": [{"product_id": "x", "quantity": 1}]},
    ],
    ids=lambda members: str(next(iter(members))),
)
def test_references_must_exist(shop: Shop, members: dict[str, Any]) -> None:
    """Brand, supplier, tags, category and components have to be there before."""
    assert "unknown" in shop.refused("POST", "products", {"name": "Tee", **members})


@pytest.mark.parametrize(
    "members",
    [
        {"active": True},
        {"has_inventory": False},
        {"track_inventory": True},
        {"variant_parent_id": "x"},
        {"price_including_tax": "40"},
        {"price_including_tax": True},
        {"price_including_tax": 1e300},
        {"is_active": "yes"},
        {"tag_ids": "x"},
        {"product_codes": [{"type": "GTIN", "code": "1"}]},
        {"product_codes": [{"code": ""}]},
        {"product_suppliers": [{"code": "1"}]},
        {"variants": []},
        {"weight_unit": "STONE"},
        {"description": None},
    ],
    ids=lambda members: "{0[0]}={0[1]!r}".format(next(iter(members.items())))[:40],
)
def test_malformed_body_is_400(shop: Shop, members: dict[str, Any]) -> None:
    """Unknown members and wrong types are 400: the request schema is closed."""
    assert shop.ask("POST", "products", {"name": "Tee", **members}).status == 400


@pytest.mark.parametrize("body", [{}, {"name": ""}, [], None, "Tee"], ids=repr)
def test_name_is_required(shop: Shop, body: object) -> None:
    """The name is the only required member."""
    assert shop.ask("POST", "products", body).status == 400


@pytest.mark.parametrize("taken", [False, True])
def test_inline_images(taken: bool) -> None:
    """Whether images given by address ride along on creation is a switch; refused, no product is made."""
    shop = Shop(Switches(inline_images=taken))
    images = [{"type": "url", "location": "http://img.test/a.jpg"}]
    answer = shop.ask("POST", "products", {"name": "Mug", "images": images})
    assert answer.status == (200 if taken else 422)
    rows = shop.take("GET", "products")
    assert [len(row["images"]) for row in rows] == ([1] if taken else [])


def test_initial_stock_is_written(shop: Shop) -> None:
    """Stock sent on creation lands in the store, where a digest shows it: po_bridge must never send any."""
    body = {"name": "Mug", "inventory": [{"outlet_id": shop.outlet, "current_amount": 7}]}
    (key,) = shop.take("POST", "products", body)
    assert shop.sandbox.state.stock == {(key, shop.outlet): 7}
    assert "stock" in shop.sandbox.digest()


def test_one_variant_is_added_by_2_1(shop: Shop) -> None:
    """The 2.1 call adds a variant to the family of that name and tells no id."""
    ids = shop.family("Tee", "SM", brand_id=shop.brand, is_active=False)
    body = {
        "common": {"name": "Tee"},
        "details": {
            "is_active": False,
            "product_codes": [{"type": "UPC", "code": "036000291452"}],
            "price_including_tax": 45,
            "variant_attribute_values": [
                {"attribute_id": shop.colour, "attribute_value": "Red"},
                {"attribute_id": shop.size, "attribute_value": "XL"},
            ],
        },
    }
    answer = shop.ask("POST", "/api/2.1/products", body)
    assert (answer.status, answer.read_json()) == (200, {})
    (read,) = shop.take("GET", "products?sku=036000291452")
    assert (read["variant_name"], read["variant_parent_id"]) == ("Tee / Red / XL", ids[0])
    assert (read["brand_id"], read["is_active"], read["price_including_tax"]) == (shop.brand, False, 45)
    assert shop.ask("POST", "/api/2.1/products", body).status == 422


def test_2_1_needs_a_family_and_its_attributes(shop: Shop) -> None:
    """The 2.1 call is refused for an unknown name and for other attributes than the family's."""
    values = [{"attribute_id": shop.size, "attribute_value": "XL"}]
    body = {"common": {"name": "Tee"}, "details": {"variant_attribute_values": values}}
    assert "no product named" in shop.refused("POST", "/api/2.1/products", body)
    shop.family("Tee", "S")
    assert "each attribute" in shop.refused("POST", "/api/2.1/products", body)


def test_attribute_stands_once_in_a_variant(shop: Shop) -> None:
    """One variant cannot have two values of one attribute."""
    twice = [{"attribute_id": shop.size, "value": value} for value in "SM"]
    body = {"name": "Tee", "variants": [{"variant_definitions": twice}]}
    assert "twice" in shop.refused("POST", "products", body)
