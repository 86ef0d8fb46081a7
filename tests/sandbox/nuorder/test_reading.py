"""Reading styles, stock, companies and pictures."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.nuorder.signing import COMPANY, REP, SHOP, STYLES, Caller, answered, brand, message

from po_bridge.sandbox.message import Request


def test_style() -> None:
    """A style is read by id or by the brand's own id, in any case."""
    caller = Caller(brand())
    assert caller.read("/api/product/e1") == STYLES[0]
    assert caller.read("/api/product/external_id/Tee-1_NVY") == STYLES[0]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        ("/api/product/none", "product"),
        ("/api/product/external_id/none", "product"),
        ("/api/inventory/none", "product"),
        ("/api/inventory/external_id/none", "product"),
        ("/api/company/none", "company"),
        ("/api/company/new", "company"),
        ("/api/company/code/none", "company"),
        ("/api/nothing/here", "path"),
    ],
)
def test_not_found(path: str, what: str) -> None:
    """What is not there answers 404 with its name."""
    assert message(Caller(brand()).get(path)) == (404, f"{what} not found")


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("/api/products/list", ["e1", "e2", "e3"]),
        ("/api/products/season/fw27/list", ["e3"]),
        ("/api/products/season/none/list", []),
    ],
)
def test_style_lists(path: str, ids: list[str]) -> None:
    """Styles are listed by id, all or of one season."""
    assert Caller(brand()).read(path) == ids


@pytest.mark.parametrize(
    ("span", "ids"),
    [
        ("modified/after/12/1/2026", ["e2"]),
        ("modified/after/11/30/2026", ["e1", "e2", "e3"]),
        ("modified/before/1/15/2027", ["e1", "e3"]),
        ("created/before/11/3/2026", ["e1", "e2", "e3"]),
    ],
)
def test_changed_styles(span: str, ids: list[str]) -> None:
    """Changed styles come whole; the day itself is left out."""
    assert [style["_id"] for style in Caller(brand()).read(f"/api/products/{span}")] == ids


@pytest.mark.parametrize("span", ["sold/after/1/1/2027", "modified/on/1/1/2027", "modified/after/13/1/2027"])
def test_bad_span(span: str) -> None:
    """An unknown field, direction or day answers 400."""
    assert message(Caller(brand()).get(f"/api/products/{span}"))[0] == 400


def test_stock() -> None:
    """A style without inventory may be ordered without limit; stock that is set replaces all."""
    sandbox = brand()
    rep = Caller(sandbox, REP)
    assert rep.read("/api/inventory/e1") == {"inventory": []}
    entries: list[dict[str, Any]] = [
        {"warehouse": "default", "prebook": False, "wip": [{"name": "immediate", "sizes": []}]}
    ]
    answer = rep.send("POST", "/api/inventory/external_id/tee-1_nvy", {"inventory": entries})
    assert answer.read_json() == {"success": True}
    assert rep.read("/api/inventory/external_id/tee-1_nvy") == {"inventory": entries}
    assert rep.send("POST", "/api/inventory/e1", {"inventory": []}).status == 200
    assert rep.read("/api/inventory/e1") == {"inventory": []}
    sandbox.add_stock("e1", entries)
    assert Caller(sandbox).read("/api/inventory/e1") == {"inventory": entries}


def test_refused_stock() -> None:
    """Stock is the brand's to write, for styles that are there, as a list."""
    sandbox = brand()
    stock: dict[str, Any] = {"inventory": {}}
    assert Caller(sandbox, SHOP).send("POST", "/api/inventory/e1", stock).status == 403
    assert Caller(sandbox, REP).send("POST", "/api/inventory/none", stock).status == 404
    refused = Caller(sandbox, REP).send("POST", "/api/inventory/e1", stock)
    assert message(refused) == (400, "inventory must be a list")


def test_replenishments() -> None:
    """Rows of the newer stock are read by warehouse, or by warehouse and size."""
    sandbox = brand()
    for warehouse, sku in (("w1", "s1"), ("w1", "s2"), ("w2", "s1")):
        sandbox.add_replenishment({"warehouse_id": warehouse, "sku_id": sku, "quantity": None})
    caller = Caller(sandbox)
    rows = caller.read("/api/v3.0/warehouse/w1/replenishments")
    assert [row["sku_id"] for row in rows] == ["s1", "s2"]
    assert all(len(row["id"]) == 24 for row in rows)
    one = caller.read("/api/v3.0/warehouse/w2/sku/s1/replenishments")
    assert [row["warehouse_id"] for row in one] == ["w2"]


def test_company() -> None:
    """A company is read by id or code; empty codes are not listed."""
    sandbox = brand()
    sandbox.add_company({"_id": "c2", "name": "No Code", "code": ""})
    caller = Caller(sandbox)
    assert caller.read("/api/company/c1") == COMPANY
    assert caller.read("/api/company/code/CS-1") == COMPANY
    assert caller.read("/api/companies/codes/list") == ["CS-1"]


def test_wrong_verb() -> None:
    """A wrong verb answers 500 in plain text, as recorded."""
    answer = Caller(brand(), REP).send("POST", "/api/company/new", {})
    assert (answer.status, answer.headers["content-type"]) == (500, "text/plain")
    assert answer.body == b"Oops, there was a problem!\n"


PNG = b"\x89PNG\r\n\x1a\n rest"


@pytest.mark.parametrize(
    ("content", "media"),
    [(PNG, "image/png"), (b"\xff\xd8\xff rest", "image/jpeg"), (b"?", "application/octet-stream")],
)
def test_picture(content: bytes, media: str) -> None:
    """A picture needs no signature; its media type follows its bytes, not its address."""
    sandbox = brand()
    name = sandbox.add_picture(content)
    assert len(name) == 32
    for ending in ("jpg", "png"):
        request = Request(method="GET", address=f"http://cdn1.nuorder.com/product/{name}.{ending}")
        answer = answered(sandbox, request)
        assert (answer.body, answer.headers["content-type"]) == (content, media)


@pytest.mark.parametrize(
    ("method", "name"), [("GET", "0.jpg"), ("GET", "{}.exe"), ("GET", "{}"), ("PUT", "{}.jpg")]
)
def test_no_picture(method: str, name: str) -> None:
    """An unknown picture, another ending or another verb answers 404 in plain text."""
    sandbox = brand()
    place = name.format(sandbox.add_picture(PNG))
    answer = answered(sandbox, Request(method=method, address=f"http://h/product/{place}"))
    assert (answer.status, answer.headers["content-type"]) == (404, "text/plain")
