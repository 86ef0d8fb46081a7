from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from tests.contract.validate import load
from tests.sandbox.rseries.store import HOST, Store

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.rseries import Account, EarlyDate, ErrorBody, Switches

CONTRACT = load("rseries.yaml")

CASES = [
    Switches(),
    Switches(empty_text=True, early_date=EarlyDate.KEPT, vendor_name_hidden=True, values_absent=True),
    Switches(order_note=True, next_keeps_filters=False, line_put_stale=True, size_in_first_slot=True),
]


def walk(store: Store) -> Iterator[tuple[str, str, object]]:
    """Yield a call of each endpoint, in an order that works."""
    for path, body in (
        ("Vendor", {"name": "ACME", "Contact": {"Phones": {"ContactPhone": {"number": "1"}}}}),
        ("Manufacturer", {"name": "ACME"}),
        ("Category", {"name": "Tees", "parentID": "0"}),
        ("Tag", {"name": "New"}),
        ("ItemAttributeSet", {"name": "Fit", "attributeName1": "Fit"}),
        ("ItemMatrix", {"description": "Tee", "itemAttributeSetID": 1}),
        ("Item", _variant()),
        ("Order", {"vendorID": 1, "shopID": 1, "arrivalDate": "2026-09-01"}),
        ("OrderLine", {"orderID": 1, "itemID": 1, "quantity": 3, "originalPrice": 4.5}),
    ):
        yield "POST", path, body
        key = "5" if path == "ItemAttributeSet" else "1"
        yield "GET", path, None
        yield "GET", f"{path}/{key}", None
        yield "GET", f"{path}?{urlencode({'load_relations': 'all', 'limit': 1})}", None
        changed = {"quantity": "4"} if path == "OrderLine" else _renamed(path)
        yield "PUT", f"{path}/{key}", changed
    store.merchant.receive(1, {1: 2})
    for path in ("Shop", "PriceLevel", "ItemShop", "Image"):
        yield "GET", path, None
    for path in ("Shop/1", "PriceLevel/1", "ItemShop/1"):
        yield "GET", path, None
    yield "PUT", "ItemShop/1", {"reorderPoint": 2}
    for path in ("Order/1/Shipment", "Order/1/Shipment/1", "Order/1/Shipment/1/Item"):
        yield "GET", path, None
    yield from _pictures(store)
    for path in ("OrderLine/1", "Order/1", "Item/1", "ItemMatrix/1", "Category/1", "Tag/1", "Vendor/1"):
        yield "DELETE", path, None
    yield "GET", "/API/V3/Account.json", None
    yield "GET", "/API/V3/Account/123456.json", None
    yield "GET", "/API/Session.json", None


def _variant() -> dict[str, object]:
    return {
        "description": "x",
        "itemMatrixID": "1",
        "ItemAttributes": {"itemAttributeSetID": "1", "attribute1": "Red", "attribute2": "S"},
        "ItemVendorNums": {"ItemVendorNum": {"vendorID": "1", "value": "A", "cost": "4"}},
        "Prices": {"ItemPrice": [{"amount": "9.5", "useTypeID": "1"}]},
        "Note": {"note": "Hi"},
        "Tags": {"tag": [{"name": "new"}]},
        "upc": "012345678905",
    }


def _renamed(path: str) -> dict[str, object]:
    if path == "Order":
        return {"orderedDate": "2026-08-01", "refNum": "7"}
    return (
        {"description": "New"} if path.startswith("Item") and path != "ItemAttributeSet" else {"name": "New"}
    )


def _pictures(store: Store) -> Iterator[tuple[str, str, object]]:
    for place, (owner, path) in enumerate(
        (({"itemID": 1}, "Image"), ({}, "Item/1/Image"), ({}, "ItemMatrix/1/Image")), 1
    ):
        assert store.upload(path, owner).status == 200
        yield "GET", path, None
        yield "GET", f"{path}/{place}", None
    yield "PUT", "Image/1", {"ordering": 2}
    yield "DELETE", "Image/1", None


def used(store: Store) -> set[str]:
    """Name the operations of the contract that were called."""
    found = (CONTRACT.find(each.request.method, each.request.address) for each in store.sandbox.log)
    return {operation.content["operationId"] for operation in found if operation}


@pytest.mark.parametrize("switches", CASES, ids=["default", "bare answers", "odd answers"])
def test_every_answer_follows_the_contract(switches: Switches) -> None:
    """Each endpoint is called once with success; requests and answers follow the contract, whatever the switches."""
    store = Store(switches, account=Account(rates={"CAD": "0.75"}))
    for method, path, body in walk(store):
        assert store.ask(method, path, body).status == 200, (method, path)
    missing = {each.content["operationId"] for each in CONTRACT.operations} - used(store)
    assert missing == {"authorize", "token", "revoke", "introspect"}


def test_every_path_of_the_emulator_is_in_the_contract() -> None:
    """The emulator answers no path that the contract has not."""
    store = Store()
    for method, path, body in walk(store):
        store.ask(method, path, body)
    for each in store.sandbox.log:
        assert CONTRACT.find(each.request.method, each.request.address) is not None


@pytest.mark.parametrize(
    ("path", "body", "fault"),
    [
        ("Order", {"shopID": 1, "OrderLines": {}}, "OrderLines"),
        ("Order", {"shopID": 1, "complete": "true"}, "complete"),
        ("OrderLine", {"orderID": "1", "itemID": "1", "quantity": "1.5"}, "quantity"),
        ("Item", {"description": ""}, "description"),
        ("Item", {"description": "x", "upc": "123"}, "upc"),
        ("ItemMatrix", {"description": "x"}, "itemAttributeSetID"),
        ("Vendor", {"Vendor": {"name": "x"}}, "Vendor"),
    ],
    ids=["lines", "complete", "fraction", "no name", "short code", "no set", "wrapped"],
)
def test_contract_finds_bad_requests(path: str, body: object, fault: str) -> None:
    """A request that the reference calls wrong is a problem that names the member."""
    problems = CONTRACT.request_problems(Store().request("POST", path, body))
    assert any(fault in problem for problem in problems)


def test_contract_wants_text() -> None:
    """A number, a missing member and a missing header in an answer are problems."""
    store = Store()
    request = store.request("GET", "Shop/1")
    answer = store.send(request)
    record = answer.read_json()
    record["Shop"]["shopID"] = 1
    del record["Shop"]["timeZone"]
    problems = CONTRACT.response_problems(request, Response.json(record))
    assert len([each for each in problems if each.startswith("header")]) == 6
    assert any("shopID" in each for each in problems)
    assert any("timeZone" in each for each in problems)


def test_suffix_belongs_to_the_path() -> None:
    """A record is found with its suffix only, so that XML is not asked for by mistake."""
    assert CONTRACT.find("GET", f"{HOST}/API/V3/Account/1/Item/5.json") is not None
    assert CONTRACT.find("GET", f"{HOST}/API/V3/Account/1/Item/5") is None
    assert CONTRACT.find("GET", f"{HOST}/API/V3/Account/1/Item/.json") is None


def test_refusals_follow_the_contract() -> None:
    """Errors have the envelope, or the form of the token server."""
    store = Store()
    for method, path in (("GET", "Item/9"), ("PUT", "Order/9"), ("GET", "Item?limit=500")):
        body: dict[str, object] | None = {} if method == "PUT" else None
        assert store.ask(method, path, body).status >= 400
    store.sandbox.switches = Switches(error_body=ErrorBody.EMPTY)
    answer = store.sandbox.handle(Request(method="GET", address=f"{HOST}/nowhere"))
    assert isinstance(answer, Response)
    assert (answer.status, answer.body) == (404, b"")
