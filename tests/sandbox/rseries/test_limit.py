from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox import Fault, FaultKind, Response
from po_bridge.sandbox.rseries import ErrorBody, Limit, Switches

SMALL = Limit(size=Decimal(3), burst_share=Decimal(100))


def ping(store: Store, token: str | None = None) -> Response:
    """Make a call that costs one drip."""
    return store.ask("GET", "Shop", token=token)


def level(answer: Response) -> Decimal:
    """Read the level of the bucket."""
    return Decimal(answer.headers["x-ls-api-bucket-level"].partition("/")[0])


def test_headers_of_a_new_account() -> None:
    """The first call shows the bucket of one register, the burst window and what it cost."""
    headers = ping(Store(limit=Limit())).headers
    assert headers["x-ls-api-bucket-level"] == "1/90"
    assert headers["x-ls-api-burst-level"] == "1/20"
    assert (headers["x-ls-api-drip-rate"], headers["x-ls-api-request-cost"]) == ("1", "1")
    assert headers["x-ls-acct-id"] == "123456"


def test_registers_widen_the_bucket() -> None:
    """Each further register adds 10 to the size and 0.5 to the drip."""
    store = Store(limit=Limit())
    store.sandbox.state.registers = 3
    headers = ping(store).headers
    assert headers["x-ls-api-bucket-level"] == "1/110"
    assert headers["x-ls-api-drip-rate"] == "2"


def test_the_call_that_crosses_the_size_is_served() -> None:
    """The call that crosses the size is served, the next is refused and says for how long."""
    store = Store(limit=SMALL)
    store.sandbox.limit = Limit(size=Decimal("2.5"), burst_share=Decimal(100))
    assert [ping(store).status for _ in range(4)] == [200, 200, 200, 429]
    refused = ping(store)
    assert level(refused) == 3
    assert refused.headers["x-ls-api-ratelimit-type"] == "api-leaky-bucket"
    assert refused.headers["retry-after"] == "1"


def test_refused_calls_cost_nothing() -> None:
    """A refused call changes nothing, neither in the bucket nor in the account."""
    store = Store(limit=SMALL)
    for _ in range(3):
        ping(store)
    for _ in range(5):
        assert store.ask("POST", "Vendor", {"name": "ACME"}).status == 429
    assert [vendor.name for vendor in store.sandbox.state.vendors] == ["Northwind"]
    store.clock.tick(1)
    assert ping(store).status == 200


def test_bucket_leaks_with_time() -> None:
    """A drip leaves each second, down to zero and no further."""
    store = Store(limit=Limit())
    for _ in range(5):
        ping(store)
    store.clock.tick(2.5)
    assert level(ping(store)) == Decimal("3.5")
    store.clock.tick(3600)
    assert level(ping(store)) == 1


def test_burst_window() -> None:
    """Beyond 20 calls in one second the burst limiter refuses until the next second."""
    store = Store(limit=Limit(size=Decimal(900), burst_share=Decimal(20) / Decimal(900)))
    assert {ping(store).status for _ in range(20)} == {200}
    refused = ping(store)
    assert refused.status == 429
    assert refused.headers["x-ls-api-ratelimit-type"] == "api-burst-limiter"
    assert "burst rate limit exceeded" in refused.read_json()["message"]
    store.clock.tick(1)
    assert ping(store).status == 200


def test_clients_have_buckets_of_their_own() -> None:
    """What one application uses does not count for another."""
    store = Store(limit=SMALL)
    store.sandbox.add_client("app", "secret", "https://app.test/back")
    other = store.sandbox.add_pair("app").access_token
    while ping(store).status == 200:
        pass
    assert ping(store, other).status == 200


def test_second_can_be_short() -> None:
    """A scaled second leaks and ends burst windows sooner."""
    store = Store(limit=Limit(second=timedelta(milliseconds=10)))
    for _ in range(10):
        ping(store)
    store.clock.tick(0.05)
    assert level(ping(store)) == 6


@settings(max_examples=30, deadline=None)
@given(
    waits=st.lists(st.integers(0, 4000), min_size=1, max_size=40),
    size=st.integers(2, 8),
    registers=st.integers(1, 3),
)
def test_waiting_as_told_is_enough(waits: list[int], size: int, registers: int) -> None:
    """Whoever waits as long as a refusal says is served; no schedule gets more than size, cost and drip admit."""
    limit = Limit(size=Decimal(size), burst_share=Decimal(1))
    store = Store(limit=limit, checked=False)
    store.sandbox.state.registers = registers
    served = 0
    start = store.clock.now
    for wait in waits:
        store.clock.tick(wait / 1000)
        answer = ping(store)
        while answer.status == 429:
            store.clock.tick(int(answer.headers["retry-after"]))
            answer = ping(store)
        served += 1
    passed = Decimal(str((store.clock.now - start).total_seconds()))
    assert served <= limit.room(store.sandbox.state) + limit.flow(store.sandbox.state) * passed + 1


RELATIONS = "load_relations=all"
COSTS = [
    ("GET", "Item", None, "1"),
    ("GET", "Item?count=1", None, "10"),
    ("GET", 'Order/1?load_relations=["Vendor"]', None, "1.1"),
    ("GET", 'Order/1?load_relations=["OrderLines","Note"]', None, "1.3"),
    ("GET", 'Order?load_relations=["OrderLines","Note"]', None, "1.6"),
    ("GET", 'Item?load_relations=["TagRelations.Tag"]', None, "1.4"),
    ("GET", "Item?or=upc=1|upc=2", None, "1"),
    ("GET", "Item?or=upc=1|ean=2", None, "3"),
    ("GET", "Item?or=upc=>,1|ean=>,2", None, "12"),
    ("POST", "Order", {"vendorID": 1, "shopID": 1}, "1"),
    ("POST", "Category", {"name": "Tees"}, "10"),
    ("PUT", "Category/1", {"name": "Tops"}, "10"),
    ("DELETE", "Category/1", None, "10"),
    ("POST", "Vendor", {"name": "A", "Contact": {"Phones": {"ContactPhone": {"number": "1"}}}}, "1.5"),
    ("POST", "Vendor", {"name": "A", "Contact": {"custom": "x"}}, "1.5"),
]


@pytest.mark.parametrize(
    ("method", "path", "body", "cost"), COSTS, ids=[f"{row[0]} {row[1]} {row[3]}" for row in COSTS]
)
def test_cost_of_a_request(method: str, path: str, body: object, cost: str) -> None:
    """A call costs one drip, and more for relations, alternatives, counts, categories and nested records."""
    store = Store()
    store.order()
    store.take("POST", "Category", {"name": "Tees"})
    answer = store.plain(method, path.replace(">", "%3E"), body)
    assert (answer.status, answer.headers["x-ls-api-request-cost"]) == (200, cost)


def test_cost_of_a_variant() -> None:
    """Attributes, each price, the vendor number and the note of a new variant cost half a drip each."""
    body = {
        "description": "x",
        "itemMatrixID": "1",
        "ItemAttributes": {"itemAttributeSetID": "1", "attribute1": "Red"},
        "Prices": {"ItemPrice": [{"amount": 1, "useTypeID": 1}, {"amount": 2, "useTypeID": 2}]},
        "ItemVendorNums": {"ItemVendorNum": {"vendorID": 1, "value": "A"}},
        "Note": {"note": ""},
    }
    for everything, cost in ((True, "3.5"), (False, "1")):
        store = Store(Switches(nested_cost=everything))
        store.matrix()
        assert store.ask("POST", "Item", body).headers["x-ls-api-request-cost"] == cost


def test_cost_of_a_whole_order() -> None:
    """One matrix of twelve variants with two prices, four pictures and an ordered order: 32 calls, 57 drips."""
    store = Store(limit=Limit(burst_share=Decimal(10)))
    prices = {"ItemPrice": [{"amount": 1, "useTypeID": 1}, {"amount": 2, "useTypeID": 2}]}
    numbers = {"ItemVendorNum": {"vendorID": 2, "value": "A"}}
    store.take("POST", "Vendor", {"name": "ACME"})
    matrix = store.matrix(Prices=prices)
    items = [
        store.variant(matrix, "Red", f"{place}", Prices=prices, ItemVendorNums=numbers)["itemID"]
        for place in range(1, 13)
    ]
    for place in range(4):
        store.upload("Image", {"itemMatrixID": matrix, "ordering": place})
    order = store.order()
    for item in items:
        store.add(order, item)
    store.take("PUT", f"Order/{order}", {"orderedDate": "2026-08-03"})
    assert len(store.sandbox.log) == 32
    assert level(ping(store)) == 57 + 1


@pytest.mark.parametrize("body", list(ErrorBody), ids=[body.value for body in ErrorBody])
def test_body_of_a_refusal_is_a_switch(body: ErrorBody) -> None:
    """The body of 429 may be the envelope, a page or nothing; the headers are always there."""
    store = Store(Switches(busy_body=body), limit=SMALL)
    for _ in range(3):
        ping(store)
    answer = store.plain("GET", "Shop")
    assert answer.headers["retry-after"] == "1"
    assert answer.body[:1] == {"envelope": b"{", "html": b"<", "empty": b""}[body.value]


def test_storm_of_refusals(store: Store) -> None:
    """A scripted refusal looks like the vendor's own, for as many calls as the script says."""
    store.sandbox.inject(Fault(kind=FaultKind.BUSY, path="*Shop*", times=2, seconds=7))
    answers = [ping(store) for _ in range(3)]
    assert [answer.status for answer in answers] == [429, 429, 200]
    assert answers[0].headers["retry-after"] == "7"
    assert answers[0].headers["x-ls-api-ratelimit-type"] == "api-leaky-bucket"
