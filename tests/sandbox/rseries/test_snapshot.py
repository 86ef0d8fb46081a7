from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.rseries import Goods

CHANGES: dict[str, Callable[[Store], object]] = {
    "vendor": lambda store: store.take("POST", "Vendor", {"name": "ACME"}),
    "vendor text": lambda store: store.take("PUT", "Vendor/1", {"name": "Northwind", "accountNumber": "7"}),
    "brand": lambda store: store.take("POST", "Manufacturer", {"name": "ACME"}),
    "category": lambda store: store.take("POST", "Category", {"name": "Tees"}),
    "tag": lambda store: store.take("POST", "Tag", {"name": "summer"}),
    "set": lambda store: store.take("POST", "ItemAttributeSet", {"name": "Fit", "attributeName1": "Fit"}),
    "matrix": lambda store: store.matrix("Other"),
    "item": lambda store: store.item("Cup"),
    "variant": lambda store: store.variant("1", "Red", "M"),
    "price": lambda store: store.take(
        "PUT", "Item/1", {"Prices": {"ItemPrice": {"amount": "7", "useTypeID": "1"}}}
    ),
    "code": lambda store: store.take("PUT", "Item/1", {"upc": "012345678905"}),
    "number": lambda store: store.take(
        "PUT", "Item/1", {"ItemVendorNums": {"ItemVendorNum": {"vendorID": 1, "value": "A"}}}
    ),
    "note": lambda store: store.take("PUT", "Item/1", {"Note": {"note": "Hi"}}),
    "archive": lambda store: store.take("DELETE", "Item/1"),
    "image": lambda store: store.upload("Image", {"itemID": 1}),
    "order": lambda store: store.order(refNum="2002"),
    "order date": lambda store: store.take("PUT", "Order/1", {"orderedDate": "2026-08-01"}),
    "line": lambda store: store.add("1", store.item("Cup")),
    "line count": lambda store: store.take("PUT", "OrderLine/1", {"quantity": 9}),
    "line gone": lambda store: store.take("DELETE", "OrderLine/1"),
    "receipt": lambda store: store.merchant.receive(1),
    "order note": lambda store: store.merchant.write_note(1, "Hi"),
}
each_change = pytest.mark.parametrize("name", list(CHANGES))


def stocked() -> Store:
    """Give an account with a matrix, an item and an order."""
    store = Store(checked=False)
    store.sandbox.add_matrix("Tee")
    mug = store.sandbox.add_item(Goods(description="Mug", cost="2"))
    store.merchant.create_order(store.shop, store.vendor, {mug: (5, Decimal(2))}, ref_num="1")
    return store


@each_change
def test_restore_undoes_a_change(name: str) -> None:
    """After a restore the account holds what it held and answers as it did; the snapshot stays good."""
    store = stocked()
    snapshot, before = store.sandbox.snapshot(), store.sandbox.digest()
    rows = store.rows("Item", archived="true", load_relations="all")
    answers = []
    for _ in range(2):
        answers.append(CHANGES[name](store))
        assert store.sandbox.digest() != before
        store.sandbox.restore(snapshot)
        assert store.sandbox.digest() == before
        assert store.rows("Item", archived="true", load_relations="all") == rows
    if name != "image":
        assert answers[0] == answers[1]


def test_digest_is_blind_for_numbers_and_times() -> None:
    """Two accounts that hold the same things have one digest, whatever numbers and times they gave."""
    first, second = stocked(), stocked()
    second.clock.tick(500)
    second.item("Gone")
    second.order(refNum="Gone")
    for store in (first, second):
        store.variant("1", "Red", "S", upc="012345678905")
        store.take("POST", "Manufacturer", {"name": "ACME"})
    assert first.sandbox.digest() != second.sandbox.digest()
    for state in (second.sandbox.state,):
        state.items.drop(2)
        state.orders.drop(2)
    assert first.sandbox.digest() == second.sandbox.digest()


def test_snapshot_keeps_late_requests() -> None:
    """A request that is still under way belongs to the snapshot."""
    store = stocked()
    store.sandbox.inject(Fault(kind=FaultKind.LATE, method="POST", seconds=5))
    store.sandbox.handle(store.request("POST", "Vendor", {"name": "ACME"}))
    snapshot = store.sandbox.snapshot()
    for _ in range(2):
        store.clock.tick(10)
        store.ask("GET", "Shop")
        assert "'ACME'" in store.sandbox.digest()
        store.clock.tick(-10)
        store.sandbox.restore(snapshot)
        assert "'ACME'" not in store.sandbox.digest()


@settings(max_examples=20, deadline=None)
@given(
    names=st.lists(
        st.sampled_from([name for name in CHANGES if name != "line gone"]), max_size=5, unique=True
    )
)
def test_equal_calls_give_equal_accounts(names: list[str]) -> None:
    """The same calls in the same order give the same answers and digests; nothing is left to chance."""
    first, second = stocked(), stocked()
    for name in names:
        one, two = CHANGES[name](first), CHANGES[name](second)
        if name != "image":
            assert one == two
    assert first.sandbox.digest() == second.sandbox.digest()
