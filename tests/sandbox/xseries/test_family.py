"""Product families of 2026-10: explicit, with obligatory codes, closed bodies and text money."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.xseries.shop import Shop
from tests.sandbox.xseries.test_image import PNG

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import AddBody, ImageBody, Retailer, Switches

NEW = "/api/2026-10"


def member(size: str, **changes: Any) -> dict[str, Any]:
    """One product of a new family."""
    return {
        "variant_attributes": ["Red", size],
        "codes": [{"type": "CUSTOM", "code": f"TEE-{size}"}],
        "prices": {"price_including_tax": "29.99"},
        **changes,
    }


def family(shop: Shop, sizes: str = "SM", **changes: Any) -> dict[str, Any]:
    """The body of a new family."""
    return {
        "name": "Tee",
        "classification": "VARIANT",
        "variant_attribute_ids": [shop.colour, shop.size],
        "products": [member(size) for size in sizes],
        **changes,
    }


def made(shop: Shop, **changes: Any) -> str:
    """A family that was made, by its id."""
    key: str = shop.take("POST", f"{NEW}/product_families", family(shop, **changes))["product_family_id"]
    return key


def status(shop: Shop, method: str, path: str, body: object = None) -> int:
    """What a call is answered with."""
    return shop.ask(method, f"{NEW}/{path}", body).status


def test_family_is_read_as_it_was_made() -> None:
    """Money is text, values stand in the order of the attributes, and the first code is the SKU."""
    shop = Shop()
    source = {"supplier_id": shop.supplier, "code": "77", "price": "12.50"}
    products = [member("S", suppliers=[source], active={"in_store": False})]
    key = made(shop, products=products, brand_id=shop.brand, description="Soft")
    read = shop.take("GET", f"{NEW}/product_families/{key}")
    (one,) = read["products"]
    assert (read["name"], read["classification"], read["brand_id"]) == ("Tee", "VARIANT", shop.brand)
    assert read["variant_attribute_ids"] == [shop.colour, shop.size]
    assert one["variant_attributes"] == ["Red", "S"]
    assert (one["sku"], one["cost"], one["active"]["in_store"]) == ("TEE-S", "12.50", False)
    assert one["prices"]["price_including_tax"] == "29.99"
    assert one["suppliers"] == [source]
    assert shop.take("GET", f"{NEW}/products/{one['id']}/family") == read


def test_equal_names_are_two_families() -> None:
    """From 2026-10 on a name does not decide where a product belongs."""
    shop = Shop()
    first, second = made(shop, sizes="S"), made(shop, sizes="M")
    assert first != second
    assert len(shop.take("GET", f"{NEW}/product_families/{first}")["products"]) == 1


def test_both_generations_see_one_store() -> None:
    """What 2026-10 makes is read by 2026-07, with the same family id on each row."""
    shop = Shop()
    key = made(shop)
    rows = shop.take("GET", "products?sku=TEE-S")
    assert [row["family_id"] for row in rows] == [key]
    assert rows[0]["variant_name"] == "Tee / Red / S"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"products": [{"variant_attributes": ["Red", "S"]}]}, 400),
        ({"products": [member("S", codes=[])]}, 400),
        ({"products": [member("S", variant_attributes=["Red"])]}, 400),
        ({"products": [member("S", shoe=1)]}, 400),
        ({"products": [member("S"), member("S", codes=[{"code": "B"}])]}, 422),
        ({"products": [member("S"), member("M", codes=[{"code": "TEE-S"}])]}, 422),
        ({"products": [member("S", prices={"price_excluding_tax": "1", "price_including_tax": "1"})]}, 422),
        ({"shoe": 1}, 400),
        ({"classification": "STANDARD"}, 400),
        ({"variant_attribute_ids": ["nothing", "known"]}, 422),
        ({"brand_id": "nothing"}, 422),
        ({"category_id": "nothing"}, 422),
    ],
    ids=[
        "no code",
        "empty codes",
        "too few values",
        "unknown member",
        "same values",
        "same code",
        "both prices",
        "unknown in family",
        "wrong class",
        "attribute",
        "brand",
        "category",
    ],
)
def test_family_that_is_refused(changes: dict[str, Any], expected: int) -> None:
    """Nothing is written of a family when any part is refused."""
    shop = Shop()
    assert status(shop, "POST", "product_families", family(shop) | changes) == expected
    assert shop.sandbox.state.products.by_id == {}


def test_two_hundred_are_the_most() -> None:
    """A family has at most 200 products, on creation and later."""
    shop = Shop()
    products = [member(str(number)) for number in range(200)]
    key = made(shop, products=products)
    assert status(shop, "POST", f"product_families/{key}/products", [member("more")]) == 422
    other = [member(f"x{number}") for number in range(201)]
    assert status(shop, "POST", "product_families", family(shop, products=other)) in (400, 422)


@pytest.mark.parametrize("form", list(AddBody), ids=lambda form: form.value)
def test_more_products_of_a_family(form: AddBody) -> None:
    """More products join the family by its id, in the form the switch says and in no other."""
    shop = Shop(Switches(add_body=form))
    key = made(shop, sizes="S")
    bodies: dict[AddBody, object] = {
        AddBody.LIST: [member("M")],
        AddBody.WRAPPED: {"products": [member("M")]},
    }
    other = next(body for kind, body in bodies.items() if kind is not form)
    assert status(shop, "POST", f"product_families/{key}/products", other) == 400
    (added,) = shop.take("POST", f"{NEW}/product_families/{key}/products", bodies[form])["product_ids"]
    read = shop.take("GET", f"{NEW}/product_families/{key}")
    assert [one["id"] for one in read["products"]][1:] == [added]


def test_patch_of_a_product() -> None:
    """What is left out stays; lists are replaced whole; money may come as a number."""
    shop = Shop()
    key = made(shop)
    before = shop.take("GET", f"{NEW}/product_families/{key}")["products"][0]
    path = f"{NEW}/products/{before['id']}"
    assert shop.take("PATCH", path, {"prices": {"price_including_tax": 39.99}}) == {"id": before["id"]}
    shop.take("PATCH", path, {"codes": [{"code": "NEW"}, {"type": "CUSTOM", "code": "TEE-S"}]})
    after = shop.take("GET", path)
    assert (after["sku"], after["prices"]["price_including_tax"]) == ("NEW", "39.99")
    assert after["variant_attributes"] == before["variant_attributes"]
    assert after["version"] > before["version"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, 400),
        ({"shoe": 1}, 400),
        ({"name": "of the family"}, 400),
        ({"codes": []}, 400),
        ({"codes": [{"code": "TEE-M"}]}, 422),
        ({"variant_attributes": ["Red"]}, 400),
        ({"variant_attributes": ["Red", "M"]}, 422),
        ({"suppliers": [{"supplier_id": "nobody"}]}, 422),
    ],
    ids=["empty", "unknown", "other level", "no code", "taken code", "too few", "same values", "supplier"],
)
def test_patch_that_is_refused(body: dict[str, Any], expected: int) -> None:
    """Unknown members and an empty body are refused, and so is what the store's rules forbid."""
    shop = Shop()
    key = made(shop)
    one = shop.take("GET", f"{NEW}/product_families/{key}")["products"][0]
    assert status(shop, "PATCH", f"products/{one['id']}", body) == expected


def test_patch_of_a_family() -> None:
    """What the products share changes for all; an empty text clears."""
    shop = Shop()
    key = made(shop, brand_id=shop.brand, description="Soft")
    shop.take("PATCH", f"{NEW}/product_families/{key}", {"name": "Shirt", "description": "", "brand_id": ""})
    read = shop.take("GET", f"{NEW}/product_families/{key}")
    assert (read["name"], read["description"], read["brand_id"]) == ("Shirt", None, None)
    assert status(shop, "PATCH", f"product_families/{key}", {}) == 400
    assert status(shop, "PATCH", f"product_families/{key}", {"codes": []}) == 400


def test_codes_are_generated() -> None:
    """Numbers come from the store's sequence, others from their prefix; what is taken is left out."""
    shop = Shop()
    made(shop, sizes="S", products=[member("S", codes=[{"code": "shirt"}])])
    body = {"codes": [{"count": 2}, {"count": 2, "prefix": "shirt"}]}
    found = shop.take("POST", f"{NEW}/products/generate_product_codes", body)
    assert [each["codes"] for each in found] == [["10001", "10002"], ["shirt1", "shirt2"]]
    again = shop.take("POST", f"{NEW}/products/generate_product_codes", {"codes": [{"count": 1}]})
    assert again == [{"codes": ["10003"]}]
    for count in (0, 201):
        path = "products/generate_product_codes"
        assert status(shop, "POST", path, {"codes": [{"count": count}]}) == 400


def test_rows_tell_little_or_much() -> None:
    """A list row may be no more than id, family and version."""
    full, thin = Shop(), Shop(Switches(rows_full=False))
    for shop in (full, thin):
        made(shop)
    assert "codes" in full.take("GET", f"{NEW}/products")[0]
    assert set(thin.take("GET", f"{NEW}/products")[0]) == {"id", "family_id", "version"}


def test_codes_may_not_be_looked_up() -> None:
    """Where the filter is gone it is ignored: the answer is the first page of everything."""
    for switches, expected in ((Switches(), 1), (Switches(sku_filter=False), 2)):
        shop = Shop(switches)
        made(shop)
        # The contract has no such filter, since nobody knows whether it stayed.
        answer = shop.sandbox.handle(
            Request(
                method="GET",
                address=f"https://example.retail.lightspeed.app{NEW}/products?sku=TEE-S",
                headers={"authorization": f"Bearer {shop.token}"},
            )
        )
        assert isinstance(answer, Response)
        assert len(answer.read_json()["data"]) == expected


def test_includes() -> None:
    """Families must accompany the others on products, and what there is none of may be null."""
    shop = Shop(Switches(lists_null=True))
    made(shop, brand_id=shop.brand)
    assert status(shop, "GET", "products?includes[]=brands") == 400
    assert status(shop, "GET", "products?includes[]=shoes&includes[]=families") == 400
    query = "includes[]=families&includes[]=brands&includes[]=tags"
    answer = shop.ask("GET", f"{NEW}/products?{query}").read_json()["includes"]
    assert [one["name"] for one in answer["families"]] == ["Tee"]
    assert [one["id"] for one in answer["brands"]] == [shop.brand]
    assert answer["tags"] is None


def test_deleted_members_stay_listed() -> None:
    """A deleted product stays in its family, its codes null where lists may be; the family dies with the last."""
    shop = Shop(Switches(lists_null=True))
    key = made(shop)
    first, second = (one["id"] for one in shop.take("GET", f"{NEW}/product_families/{key}")["products"])
    assert status(shop, "DELETE", f"products/{first}") == 200
    read = shop.take("GET", f"{NEW}/product_families/{key}")
    dead = next(one for one in read["products"] if one["id"] == first)
    assert (dead["codes"], read["deleted_at"]) == (None, None)
    assert dead["deleted_at"] is not None
    assert status(shop, "DELETE", f"products/{second}") == 200
    assert shop.take("GET", f"{NEW}/product_families/{key}")["deleted_at"] is not None
    assert status(shop, "PATCH", f"product_families/{key}", {"name": "x"}) == 404


@pytest.mark.parametrize(("offered", "expected"), [(True, 200), (False, 405)], ids=["offered", "not offered"])
def test_family_is_deleted_as_a_whole(offered: bool, expected: int) -> None:
    """Whether a family can be deleted in one call is an open question."""
    shop = Shop(Switches(family_delete=offered))
    key = made(shop)
    assert status(shop, "DELETE", f"product_families/{key}") == expected
    assert len(shop.sandbox.state.products.all_live()) == (0 if offered else 2)


def picture(shop: Shop, path: str) -> int:
    """Upload a file."""
    mark = "po-bridge-test"
    head = f'--{mark}\r\ncontent-disposition: form-data; name="image"; filename="a.png"\r\n\r\n'
    answer = shop.sandbox.handle(
        Request(
            method="POST",
            address=f"https://example.retail.lightspeed.app{NEW}/{path}",
            headers={
                "authorization": f"Bearer {shop.token}",
                "content-type": f"multipart/form-data; boundary={mark}",
            },
            body=head.encode() + PNG + f"\r\n--{mark}--\r\n".encode(),
        )
    )
    assert isinstance(answer, Response)
    return answer.status


@pytest.mark.parametrize("form", list(ImageBody), ids=lambda form: form.value)
def test_picture_comes_in_one_form(form: ImageBody) -> None:
    """A picture is a file or an address, as the switch says; of a family it shows on the family."""
    shop = Shop(Switches(image_body=form))
    key = made(shop)
    path = f"product_families/{key}/images"
    file = picture(shop, path)
    named = status(shop, "POST", path, {"url": "https://pictures.example/a.png"})
    assert (file, named) == ((201, 400) if form is ImageBody.MULTIPART else (400, 201))
    shop.clock.tick(5)
    (image,) = shop.take("GET", f"{NEW}/product_families/{key}")["images"]
    assert status(shop, "DELETE", f"{path}/{image['id']}") == 204
    assert shop.take("GET", f"{NEW}/product_families/{key}")["images"] == []


def test_exclusive_store_shows_one_price() -> None:
    """A store that enters prices without tax tells no other."""
    shop = Shop(retailer=Retailer(tax_exclusive=True))
    key = made(shop, products=[member("S", prices={"price_excluding_tax": "10"})])
    (one,) = shop.take("GET", f"{NEW}/product_families/{key}")["products"]
    assert one["prices"]["price_excluding_tax"] == "10.00"
    assert one["prices"]["price_including_tax"] is None


def test_price_is_cost_or_not() -> None:
    """Whether the supplier's price is the cost is an open question."""
    for known in (True, False):
        shop = Shop(Switches(supplier_price_is_cost=known))
        source = {"supplier_id": shop.supplier, "price": "12.50"}
        key = made(shop, products=[member("S", suppliers=[source])])
        (one,) = shop.take("GET", f"{NEW}/product_families/{key}")["products"]
        assert one["cost"] == ("12.50" if known else "0.00")


def test_token_without_costs_sees_none() -> None:
    """Cost and supplier price are left out without the scope."""
    shop = Shop()
    key = made(shop, products=[member("S", suppliers=[{"supplier_id": shop.supplier, "price": "12.50"}])])
    token = shop.sandbox.add_token({"products:read"})
    answer = shop.ask("GET", f"{NEW}/product_families/{key}", token=token).read_json()
    (one,) = answer["data"]["products"]
    assert "cost" not in one
    assert "price" not in one["suppliers"][0]
