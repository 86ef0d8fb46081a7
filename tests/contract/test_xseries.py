from __future__ import annotations

from collections.abc import Iterator
from itertools import product as cross
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings, strategies as st
from tests.contract.validate import METHODS, load
from tests.sandbox.xseries.shop import HOST, VERSION, Shop
from tests.sandbox.xseries.test_image import PNG, upload

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import AddBody, BodyForm, HiddenCosts, ImageBody, Retailer, Switches

CONTRACT = load("xseries.yaml")
NOT_EMULATED = ("product_categories", "search", "inventory", "stock_adj", "webhooks")


def walk(shop: Shop) -> Iterator[tuple[str, str, object]]:
    """Yield a call of each endpoint, in an order that works; answers come back through the store."""
    found = _things(shop)
    for path, body in (
        ("suppliers", {"name": "New", "contact": {}}),
        ("brands", {"name": "New"}),
        ("tags", {"name": "New"}),
    ):
        yield "POST", path, body
        key = next(reversed(getattr(shop.sandbox.state, path).by_id))
        yield "GET", path, None
        yield "GET", f"{path}/{key}", None
        yield "PUT", f"{path}/{key}", {**body, "name": "Newer"}
        yield "DELETE", f"{path}/{key}", None
    yield "POST", "variant_attributes", {"name": "Fit"}
    fit = next(reversed(shop.sandbox.state.attributes.by_id))
    yield "GET", "variant_attributes", None
    yield "GET", f"variant_attributes/{fit}", None
    yield "PUT", f"variant_attributes/{fit}", {"name": "Cut"}
    yield "DELETE", f"variant_attributes/{fit}", None
    for path in ("retailer", "outlets", "registers", "taxes", "users", "user", "products", "consignments"):
        yield "GET", path, None
    yield "GET", f"outlets/{shop.outlet}", None
    yield "GET", f"registers/{shop.furniture.register_id}", None
    yield from _products(shop, found["product"])
    yield from _families(shop)
    yield from _orders(shop, found["product"])


def _things(shop: Shop) -> dict[str, str]:
    price = "price_excluding_tax" if shop.sandbox.state.retailer.tax_exclusive else "price_including_tax"
    source = {"supplier_id": shop.supplier, "code": "77", "price": "5.5"}
    variants = [
        shop.variant("Red", size, product_suppliers=[source], **{price: 40}) for size in ("S", "M", "L")
    ]
    body = {"name": "Tee", "brand_id": shop.brand, "is_active": False, "variants": variants}
    ids = shop.take("POST", "products", body)
    upload(shop, ids[0], PNG)
    shop.clock.tick(5)
    return {"product": ids[0]}


def _products(shop: Shop, key: str) -> Iterator[tuple[str, str, object]]:
    values = [
        {"attribute_id": shop.colour, "attribute_value": "Red"},
        {"attribute_id": shop.size, "attribute_value": "XL"},
    ]
    yield "GET", f"products/{key}", None
    yield "GET", "products?sku=10001", None
    yield "GET", "products?name=Tee", None
    yield "GET", "products?family_name=Tee", None
    yield "PUT", f"products/{key}", {"common": {"description": "Soft"}, "details": {"is_active": True}}
    yield "PUT", f"/api/2.1/products/{key}", {"details": {"is_active": False}}
    yield (
        "POST",
        "/api/2.1/products",
        {"common": {"name": "Tee"}, "details": {"variant_attribute_values": values}},
    )
    image = next(iter(shop.sandbox.state.images.by_id))
    yield "GET", f"product_images/{image}", None
    yield "PUT", f"product_images/{image}", {"position": 1}
    yield "DELETE", f"product_images/{image}", None
    yield "POST", "products", {"name": "Gone"}
    gone = next(reversed(shop.sandbox.state.products.by_id))
    yield "DELETE", f"products/{gone}", None
    yield "POST", "products", {"name": "Gone too"}
    gone = next(reversed(shop.sandbox.state.products.by_id))
    yield "DELETE", f"products/{gone}/all", None
    yield "GET", "products?deleted=true&page_size=50", None


def _families(shop: Shop) -> Iterator[tuple[str, str, object]]:
    new = "/api/2026-10"
    price = "price_excluding_tax" if shop.sandbox.state.retailer.tax_exclusive else "price_including_tax"

    def entry(size: str) -> dict[str, object]:
        return {
            "variant_attributes": ["Red", size],
            "codes": [{"type": "CUSTOM", "code": f"FAM-{size}"}],
            "prices": {price: "29.99"},
            "suppliers": [{"supplier_id": shop.supplier, "code": f"F-{size}", "price": "12.5"}],
            "active": {"in_store": False},
        }

    yield (
        "POST",
        f"{new}/products/generate_product_codes",
        {"codes": [{"count": 2}, {"count": 1, "prefix": "a"}]},
    )
    yield (
        "POST",
        f"{new}/product_families",
        {
            "name": "Family",
            "classification": "VARIANT",
            "description": "Soft",
            "brand_id": shop.brand,
            "variant_attribute_ids": [shop.colour, shop.size],
            "products": [entry("S"), entry("M")],
        },
    )
    product = next(reversed(shop.sandbox.state.products.by_id.values()))
    family = f"{new}/product_families/{product.family_id}"
    one = f"{new}/products/{product.id}"
    every = "includes[]=families&includes[]=brands&includes[]=suppliers&includes[]=tags"
    added: object = [entry("L")]
    wrapped = shop.sandbox.switches.add_body is AddBody.WRAPPED
    yield "POST", f"{family}/products", {"products": added} if wrapped else added
    yield "GET", family, None
    yield "GET", f"{family}?includes[]=brands&includes[]=variant_attributes", None
    yield "GET", one, None
    yield "GET", f"{one}/family", None
    yield "GET", f"{new}/products?deleted=true&page_size=50&{every}", None
    yield "PATCH", family, {"description": "Softer", "tag_ids": []}
    yield "PATCH", one, {"prices": {price: 39.99}, "variant_attributes": ["Blue", "M"]}
    for where in (one, family):
        yield "POST", f"{where}/images", {"url": f"https://pictures.example/{len(where)}.png"}
        image = next(reversed(shop.sandbox.state.images.by_id))
        yield "DELETE", f"{where}/images/{image}", None
    yield "DELETE", one, None
    if shop.sandbox.switches.family_delete:
        yield "DELETE", family, None


def _orders(shop: Shop, key: str) -> Iterator[tuple[str, str, object]]:
    wrapped = shop.sandbox.switches.body_form is BodyForm.WRAPPED

    def form(body: object) -> object:
        return {"data": body} if wrapped else body

    head = {"name": "Note", "outlet_id": shop.outlet, "type": "SUPPLIER"}
    more = {"supplier_id": shop.supplier, "reference": "1001", "due_at": "2026-09-30T16:00:00Z"}
    yield "POST", "consignments", form({**head, **more})
    order = next(reversed(shop.sandbox.state.consignments.by_id))
    path = f"consignments/{order}"
    yield "GET", path, None
    yield "POST", f"{path}/products", form({"product_id": key, "count": 2, "cost": "10.5"})
    yield "PUT", f"{path}/products/{key}", form({"product_id": key, "count": "3"})
    yield "POST", f"{path}/bulk", [{"product_id": key, "count": 2, "cost": 10.5}]
    yield "GET", f"{path}/products?page_size=200", None
    yield "GET", f"{path}/totals", None
    yield "GET", "consignments?type=SUPPLIER&status=OPEN&page_size=200", None
    purchase_order = shop.sandbox.state.consignments.by_id[order].order_id
    yield "GET", "purchase_orders", None
    yield "GET", f"purchase_orders/{purchase_order}", None
    yield "GET", f"purchase_orders/{purchase_order}/line_items", None
    yield "PUT", path, form({**head, "status": "SENT"})
    yield "DELETE", f"{path}/products/{key}", None
    yield "DELETE", path, None


SETTINGS = {
    "default": Switches(image_body=ImageBody.ADDRESS),
    "wrapped": Switches(
        body_form=BodyForm.WRAPPED, image_body=ImageBody.ADDRESS, add_body=AddBody.WRAPPED, family_status=200
    ),
    "other answers": Switches(
        body_form=BodyForm.BARE,
        put_line_nested=True,
        added_line_status=201,
        code_types_lower=True,
        hidden_costs=HiddenCosts.NULL,
        order_ids_equal=False,
        ids_reversed=True,
        reference_generated=True,
        short_pages=True,
        image_body=ImageBody.ADDRESS,
        lists_null=True,
        rows_full=False,
        sku_filter=False,
        supplier_price_is_cost=False,
        family_delete=False,
    ),
}


@pytest.mark.parametrize("exclusive", [False, True], ids=["inclusive", "exclusive"])
@pytest.mark.parametrize("name", list(SETTINGS))
def test_walk_through_every_endpoint(name: str, exclusive: bool) -> None:
    """A call of each endpoint succeeds and keeps to the contract on both sides, on other switches too."""
    shop = Shop(SETTINGS[name], retailer=Retailer(tax_exclusive=exclusive))
    for method, path, body in walk(shop):
        answer = shop.ask(method, path, body)
        assert answer.status < 300, (method, path, answer.body)


def test_walk_meets_every_operation_of_the_contract() -> None:
    """The walk leaves out no operation of 2026-07 and 2026-10 that the emulator has."""
    shop = Shop(SETTINGS["default"])
    met = {"uploadImage_2026_07", "exchangeToken"}
    for method, path, body in walk(shop):
        shop.ask(method, path, body)
        operation = CONTRACT.find(method, path if path.startswith("/") else f"/api/{VERSION}/{path}")
        assert operation is not None, (method, path)
        met.add(operation.content["operationId"])
    wanted = {
        item[method]["operationId"]
        for (path, item), method in cross(CONTRACT.document["paths"].items(), METHODS)
        if method in item and "/2.0/" not in path and not any(part in path for part in NOT_EMULATED)
    }
    assert met == wanted


def test_token_answer(shop: Shop) -> None:
    """The token endpoint keeps to the contract on both sides."""
    shop.sandbox.add_client("app", "secret", "http://127.0.0.1/")
    pair = shop.sandbox.add_pair("app")
    form = {"grant_type": "refresh_token", "client_id": "app", "client_secret": "secret"}
    answer = shop.send(
        Request(
            method="POST",
            address=f"{HOST}/api/1.0/token",
            headers={"content-type": "application/x-www-form-urlencoded"},
            body=urlencode({**form, "refresh_token": pair.refresh_token}).encode(),
        )
    )
    assert answer.status == 200


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.text(max_size=3) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=3,
)
CREATE = {
    "name": "Tee",
    "sku": "A",
    "is_active": False,
    "price_including_tax": 4,
    "product_codes": [{"type": "UPC", "code": "1"}],
    "tag_ids": [],
    "description": "d",
}


@settings(max_examples=300, deadline=None)
@given(
    path=st.sampled_from(["products", "brands", "tags", "suppliers", "variant_attributes"]),
    changes=st.dictionaries(st.sampled_from([*CREATE, "variants", "contact", "shoe"]), JUNK, max_size=3),
)
def test_what_the_contract_forbids_is_refused(path: str, changes: dict[str, Any]) -> None:
    """A body that the closed request schema does not allow is refused and never breaks the emulator."""
    shop = Shop()
    base: dict[str, Any] = CREATE if path == "products" else {"name": "New", "contact": {}}
    if path in ("brands", "tags", "variant_attributes"):
        base = {"name": "New"}
    answer = shop.ask("POST", path, {**base, **changes})
    # Shop.ask fails where an accepted request breaks the contract.
    assert isinstance(answer, Response)
    assert answer.status in (200, 201, 400, 422)


@pytest.fixture
def shop() -> Shop:
    """Give a store."""
    return Shop()


FAMILY = {
    "name": "Tee",
    "classification": "STANDARD",
    "description": "d",
    "tag_ids": [],
    "products": [{"codes": [{"type": "UPC", "code": "1"}], "prices": {}, "suppliers": []}],
}


@settings(max_examples=300, deadline=None)
@given(changes=st.dictionaries(st.sampled_from([*FAMILY, "variant_attribute_ids", "shoe"]), JUNK, max_size=3))
def test_family_that_the_contract_forbids_is_refused(changes: dict[str, Any]) -> None:
    """A family that the closed schema of 2026-10 does not allow is refused and never breaks the emulator."""
    answer = Shop().ask("POST", "/api/2026-10/product_families", {**FAMILY, **changes})
    assert answer.status in (200, 201, 400, 422)
