from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import ErrorShape, Switches

KINDS: dict[str, dict[str, Any]] = {"suppliers": {"contact": {}}, "brands": {}, "tags": {}}
each_kind = pytest.mark.parametrize("path", list(KINDS))


def body(path: str, name: str, **more: object) -> dict[str, Any]:
    """Write what a new record of a kind needs."""
    return {"name": name, **KINDS[path], **more}


@each_kind
def test_create_answers_the_id_only(shop: Shop, path: str) -> None:
    """A new supplier, brand or tag is answered with its id as the whole of `data`."""
    answer = shop.ask("POST", path, body(path, "New"))
    assert answer.status == 200
    key = answer.read_json()["data"]
    assert isinstance(key, str)
    assert shop.take("GET", f"{path}/{key}")["name"] == "New"


@each_kind
@pytest.mark.parametrize("unique", [False, True])
def test_duplicate_names(path: str, unique: bool) -> None:
    """Whether a second record of one name, letter case and outer space aside, is refused is a switch."""
    shop = Shop(Switches(names_unique=unique))
    shop.take("POST", path, body(path, "Same"))
    assert shop.ask("POST", path, body(path, " SAME ")).status == (422 if unique else 200)


@each_kind
@pytest.mark.parametrize(
    "members", [{"nme": "x"}, {"name": ""}, {"name": None}, {"name": 7}, {"name": "x", "shoe": 1}]
)
def test_bad_body_is_400(shop: Shop, path: str, members: dict[str, Any]) -> None:
    """A missing, empty or wrong name and an unknown member are refused with 400."""
    assert shop.ask("POST", path, {**KINDS[path], **members}).status == 400


@each_kind
def test_update(shop: Shop, path: str) -> None:
    """An update renames; a supplier answers its id without an envelope."""
    key = shop.take("POST", path, body(path, "Old"))
    answer = shop.ask("PUT", f"{path}/{key}", body(path, "New")).read_json()
    assert answer == ({"id": key} if path == "suppliers" else {"data": {"id": key}})
    assert shop.take("GET", f"{path}/{key}")["name"] == "New"


@each_kind
def test_delete_names_a_job(shop: Shop, path: str) -> None:
    """A delete answers the id and the job that detaches products; then the record is 404."""
    key = shop.take("POST", path, body(path, "Old"))
    assert set(shop.take("DELETE", f"{path}/{key}")) == {"id", "job_id"}
    assert shop.ask("GET", f"{path}/{key}").status == 404
    assert shop.ask("DELETE", f"{path}/{key}").status == 404


def test_deleting_detaches_products(shop: Shop) -> None:
    """Products lose a deleted supplier, brand and tag, and move in the cursor."""
    tag = shop.sandbox.add_tag("summer")
    (key,) = shop.family(
        "Cap", "M", brand_id=shop.brand, tag_ids=[tag], product_suppliers=[{"supplier_id": shop.supplier}]
    )
    before = shop.take("GET", f"products/{key}")
    assert (before["brand_id"], before["supplier_id"]) == (shop.brand, shop.supplier)
    for path, gone in (("suppliers", shop.supplier), ("brands", shop.brand), ("tags", tag)):
        shop.take("DELETE", f"{path}/{gone}")
    after = shop.take("GET", f"products/{key}")
    assert (after["brand_id"], after["supplier_id"], after["tag_ids"]) == (None, None, [])
    assert after["version"] > before["version"]


@pytest.mark.parametrize(
    ("version", "required", "expected"),
    [("2026-07", True, 400), ("2026-07", False, 200), ("2.0", True, 200), ("2026-10", True, 400)],
)
def test_supplier_contact(version: str, required: bool, expected: int) -> None:
    """From 2026-07 on `contact` is required, though it may be empty; whether that is enforced is a switch."""
    shop = Shop(Switches(contact_required=required))
    assert shop.ask("POST", f"/api/{version}/suppliers", {"name": "ACME"}).status == expected
    assert shop.ask("POST", f"/api/{version}/suppliers", {"name": "ACME", "contact": {}}).status == 200


def test_supplier_company_name_falls_back_on_the_name(shop: Shop) -> None:
    """The company name is the supplier's own name unless given; given contact members are kept."""
    contact = {"email": "a@example.com"}
    key = shop.take("POST", "suppliers", {"name": "ACME", "contact": contact, "default_markup": 1.5})
    read = shop.take("GET", f"suppliers/{key}")
    assert read["contact"] == {"company_name": "ACME", "email": "a@example.com"}
    assert (read["source"], read["description"], str(read["default_markup"])) == ("USER", None, "1.5")


def test_contact_is_closed(shop: Shop) -> None:
    """An unknown contact member is refused."""
    assert shop.ask("POST", "suppliers", {"name": "A", "contact": {"fone": "1"}}).status == 400


def test_attribute_answer_is_whole(shop: Shop) -> None:
    """A new variant attribute is answered whole, with 201."""
    answer = shop.ask("POST", "variant_attributes", {"name": "Fit"})
    assert answer.status == 201
    made = answer.read_json()["data"]
    assert (made["name"], made["created_at"]) == ("Fit", "2026-08-03T09:30:00+00:00")
    assert shop.take("GET", f"variant_attributes/{made['id']}") == made


def test_attribute_names_are_unique(shop: Shop) -> None:
    """A second attribute of one name is 422, whatever the letter case."""
    assert "taken" in shop.refused("POST", "variant_attributes", {"name": "colour"})


def test_attribute_list_has_no_pages(shop: Shop) -> None:
    """The list of attributes comes whole and without a version."""
    answer = shop.ask("GET", "variant_attributes").read_json()
    assert [row["name"] for row in answer["data"]] == ["Colour", "Size"]
    assert "version" not in answer


def test_attribute_in_use_stays(shop: Shop) -> None:
    """An attribute is deleted only when no live product uses it."""
    (key,) = shop.family("Cap", "M")
    assert "in use" in shop.refused("DELETE", f"variant_attributes/{shop.size}")
    shop.ask("DELETE", f"products/{key}")
    assert shop.ask("DELETE", f"variant_attributes/{shop.size}").status == 204
    assert [row["name"] for row in shop.take("GET", "variant_attributes")] == ["Colour"]
    assert len(shop.take("GET", "variant_attributes?deleted=true")) == 2


def test_attribute_is_renamed(shop: Shop) -> None:
    """A new name shows; its own old name does not stand in the way."""
    assert shop.take("PUT", f"variant_attributes/{shop.size}", {"name": "SIZE"})["name"] == "SIZE"


@pytest.mark.parametrize("path", ["suppliers", "brands", "tags", "variant_attributes", "products"])
def test_unknown_id_is_404(shop: Shop, path: str) -> None:
    """An id that the store does not have is 404."""
    assert shop.ask("GET", f"{path}/02dcd191-ae2b-11e7-f130-000000000000").status == 404


def test_names_are_not_filtered_on(shop: Shop) -> None:
    """The lists have no name filter: the parameter is ignored."""
    assert len(shop.sandbox.state.suppliers.by_id) == 1
    request = shop.ask("GET", "suppliers?page_size=5").read_json()
    assert [row["name"] for row in request["data"]] == ["Northwind"]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        (ErrorShape.MESSAGE, {"error": "Not Found", "message": "brand x not found"}),
        (ErrorShape.OBJECT, {"error": {"code": 404, "message": "brand x not found"}}),
        (ErrorShape.LIST, {"errors": ["brand x not found"]}),
        (ErrorShape.EMPTY, {}),
    ],
    ids=str,
)
def test_shape_of_errors_is_a_switch(shape: ErrorShape, expected: dict[str, Any]) -> None:
    """Error bodies that the vendor does not publish come in each shape seen in the wild."""
    answer = Shop(Switches(error_shape=shape)).ask("GET", "brands/x")
    assert (answer.status, answer.read_json()) == (404, expected)


@each_kind
def test_rename_to_a_taken_name(path: str) -> None:
    """Where names are unique a record cannot take another one's, but may keep its own."""
    shop = Shop(Switches(names_unique=True))
    shop.take("POST", path, body(path, "One"))
    key = shop.take("POST", path, body(path, "Two"))
    assert shop.ask("PUT", f"{path}/{key}", body(path, "ONE")).status == 422
    assert shop.ask("PUT", f"{path}/{key}", body(path, "TWO")).status == 200
