from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import HOST, Store

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.rseries import Goods, Switches


def test_item_moves_to_another_matrix(store: Store) -> None:
    """An item that gets another matrix leaves the values of the first; its attributes must come along."""
    first, second = store.matrix("Tee"), store.matrix("Shirt")
    item = store.variant(first, "White", "S")["itemID"]
    store.refused("PUT", f"Item/{item}", {"itemMatrixID": second})
    attributes = {"itemAttributeSetID": "1", "attribute1": "Blue", "attribute2": "S"}
    body = {"itemMatrixID": second, "ItemAttributes": attributes}
    moved = store.take("PUT", f"Item/{item}", body)
    assert moved["description"] == "Shirt Blue S"
    assert store.take("GET", f"ItemMatrix/{first}")["attribute1Values"] == ""
    assert store.take("GET", f"ItemMatrix/{second}")["attribute1Values"] == "Blue"


def test_line_gets_another_item(store: Store) -> None:
    """A line can be given another item, unless the order has it already."""
    order, mug, cup, jug = store.order(), store.item("Mug"), store.item("Cup"), store.item("Jug")
    key = store.add(order, mug)["orderLineID"]
    store.add(order, cup)
    assert store.take("PUT", f"OrderLine/{key}", {"itemID": jug})["itemID"] == jug
    store.refused("PUT", f"OrderLine/{key}", {"itemID": cup})
    assert [row["itemID"] for row in store.rows("OrderLine", itemID=jug)] == [jug]


@pytest.mark.parametrize(
    ("value", "hits"),
    [
        ("IN,[Mug,Cup]", 2),
        ("><,a,z", 2),
        (">,5", 0),
        ("<,n", 2),
    ],
    ids=["bare words", "words between", "word and number", "words"],
)
def test_comparing_texts(store: Store, value: str, hits: int) -> None:
    """Texts compare by their letters; a text and a number do not compare; IN takes bare words too."""
    store.item("Mug")
    store.item("Cup")
    assert len(store.rows("Item", description=value)) == hits


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[1]"),
        ("application/x-www-form-urlencoded", b"\xff"),
    ],
    ids=["broken", "list", "no text"],
)
def test_token_body_must_be_readable(store: Store, kind: str, body: bytes) -> None:
    """A body of the token endpoint that cannot be read is a bad request."""
    address = "https://cloud.lightspeedapp.com/auth/oauth/token"
    request = Request(method="POST", address=address, headers={"content-type": kind}, body=body)
    answer = store.sandbox.handle(request)
    assert isinstance(answer, Response)
    assert (answer.status, answer.read_json()["error"]) == (400, "invalid_request")


def test_unknown_addresses_are_404(store: Store) -> None:
    """What is neither the API nor the token server is 404, and so is an unknown endpoint of the latter."""
    for path in ("/auth/oauth/other", "/API/Account/123456/Item.json", "/"):
        answer = store.sandbox.handle(Request(method="GET", address=f"{HOST}{path}"))
        assert isinstance(answer, Response)
        assert answer.status == 404


@pytest.mark.parametrize(
    "body",
    [
        {"description": "x", "defaultCost": "1e15"},
        {"description": "x", "defaultCost": "NaN"},
        {"description": "x", "modelYear": "1.5"},
        {"description": "x", "ItemVendorNums": {"ItemVendorNum": ["A"]}},
        {"description": "x", "ItemAttributes": {"itemAttributeSetID": 99}},
        {"description": "x", "Prices": "many"},
    ],
    ids=["huge", "no number", "fraction", "row", "set", "wrapper"],
)
def test_odd_values_are_refused(store: Store, body: object) -> None:
    """Numbers out of range and collections of another shape are 400."""
    assert store.plain("POST", "Item", body).status == 400


def test_empty_collections_change_nothing(store: Store) -> None:
    """A collection that is empty, in whatever way, changes nothing."""
    key = store.item(ItemVendorNums={"ItemVendorNum": {"vendorID": 1, "value": "A"}})
    nothings: tuple[object, ...] = ("", None, [], {}, {"ItemVendorNum": ""})
    for nothing in nothings:
        store.plain("PUT", f"Item/{key}", {"ItemVendorNums": nothing})
    assert "ItemVendorNums" in store.take("GET", f"Item/{key}?load_relations=all")


def test_native_true_and_numbers_as_text(store: Store) -> None:
    """A text member takes a number or true and keeps it as text."""
    item = store.plain("POST", "Item", {"description": 501, "customSku": True}).read_json()["Item"]
    assert (item["description"], item["customSku"]) == ("501", "true")


def test_part_data_must_be_json(store: Store) -> None:
    """An upload whose part `data` is no JSON is refused."""
    item = store.item()
    request = store.request("POST", f"Item/{item}/Image")
    headers = {**request.headers, "content-type": "multipart/form-data; boundary=xx"}
    parts = "".join(
        f'--xx\r\nContent-Disposition: form-data; name="{name}"; filename="a.png"\r\n\r\nx\r\n'
        for name in ("data", "image")
    )
    body = f"{parts}--xx--\r\n".encode()
    answer = store.sandbox.handle(Request(method="POST", address=request.address, headers=headers, body=body))
    assert isinstance(answer, Response)
    assert answer.status == 400


def test_seeded_records(store: Store) -> None:
    """Sets, tags and matrix items can be put into an account without the API."""
    key = store.sandbox.add_set("Fit", "Fit", "Length")
    matrix = store.sandbox.add_matrix("Jeans", set_id=key)
    store.sandbox.add_item(
        Goods(description="x", matrix_id=matrix, attributes=("Slim", "30", ""), tags=("Denim",))
    )
    assert store.sandbox.add_tag("denim") == 1
    assert store.take("GET", f"ItemMatrix/{matrix}")["attribute2Values"] == "30"
    plain = Store(Switches(variant_named=False))
    other = plain.sandbox.add_matrix("Tee")
    plain.sandbox.add_item(Goods(description="x", matrix_id=other, attributes=("Red", "S", "")))
    assert plain.rows("Item")[0]["description"] == "x"


def test_names_that_look_like_numbers(store: Store) -> None:
    """Names are sorted and compared as text, also where some look like numbers or dates."""
    for name in ("501", "Mug", "NaN", "2026-13-99T00:00:00"):
        store.item(name)
    listed = [row["description"] for row in store.rows("Item", sort="description")]
    assert listed == ["2026-13-99T00:00:00", "501", "Mug", "NaN"]
    assert len(store.rows("Item", description="!=,2026-13-99T00:00:00")) == 3
    assert [row["description"] for row in store.rows("Item", description=">,500")] == ["501"]


def test_categories_in_the_order_of_the_tree(store: Store) -> None:
    """Numbers of the tree are sorted as numbers."""
    for place in range(12):
        store.take("POST", "Category", {"name": f"C{place}"})
    found = [row["leftNode"] for row in store.rows("Category", sort="-leftNode")]
    assert found[:3] == ["23", "21", "19"]


def test_furniture(store: Store) -> None:
    """The furniture of an account is a shop and a token that works."""
    furniture = store.sandbox.furnish()
    answer = store.ask("GET", f"Shop/{furniture.shop_id}", token=furniture.token)
    assert answer.read_json()["Shop"]["name"] == "Main Shop"
