from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.xseries.shop import HOST, Shop
from tests.sandbox.xseries.test_image import PNG, upload

from po_bridge.sandbox import Dropped, Fault, FaultKind, Request
from po_bridge.sandbox.xseries import Goods

CHANGES: dict[str, Callable[[Shop], object]] = {
    "supplier": lambda shop: shop.take("POST", "suppliers", {"name": "ACME", "contact": {}}),
    "brand": lambda shop: shop.take("POST", "brands", {"name": "ACME"}),
    "tag": lambda shop: shop.take("POST", "tags", {"name": "summer"}),
    "attribute": lambda shop: shop.take("POST", "variant_attributes", {"name": "Fit"}),
    "family": lambda shop: shop.family("Tee", "SML", is_active=False),
    "name": lambda shop: shop.merchant.rename_product(goods(shop), "Other"),
    "price": lambda shop: shop.ask("PUT", f"products/{goods(shop)}", {"details": {"price_including_tax": 3}}),
    "code": lambda shop: shop.ask(
        "PUT", f"products/{goods(shop)}", {"details": {"product_codes": [{"code": "N"}]}}
    ),
    "active": lambda shop: shop.merchant.edit_product(goods(shop), is_active=False),
    "deletion": lambda shop: shop.merchant.delete_product(goods(shop)),
    "image": lambda shop: upload(shop, goods(shop), PNG),
    "order": lambda shop: shop.order(reference="2002"),
    "dated order": lambda shop: shop.order(consignment_date="2026-01-01T00:00:00Z"),
    "line": lambda shop: shop.add(shop.order(), goods(shop), 3, 4),
    "receipt": lambda shop: shop.merchant.receive(
        shop.merchant.create_order(shop.outlet, None, {goods(shop): (1, 1)}, reference="3")
    ),
}
each_change = pytest.mark.parametrize("name", list(CHANGES))


def goods(shop: Shop) -> str:
    """Give the product that every store of these tests has."""
    return shop.sandbox.state.by_code["MUG"][0]


def new_brand(shop: Shop, name: str) -> Request:
    """Write a request that makes a brand."""
    return Request(
        method="POST",
        address=f"{HOST}/api/2026-07/brands",
        headers={"authorization": f"Bearer {shop.token}"},
        body=json.dumps({"name": name}).encode(),
    )


def stocked() -> Shop:
    """Give a store with a product, a picture and an order."""
    shop = Shop()
    mug = shop.sandbox.add_product(Goods(name="Mug", codes=["MUG"], supplier_id=shop.supplier))
    shop.merchant.create_order(shop.outlet, shop.supplier, {mug: (5, 2)}, reference="1")
    return shop


@each_change
def test_restore_undoes_a_change(name: str) -> None:
    """After a restore the store holds what it held, answers as it did, and the snapshot can be used again."""
    shop = stocked()
    snapshot, before = shop.sandbox.snapshot(), shop.sandbox.digest()
    rows = shop.take("GET", "products?deleted=true")
    for _ in range(2):
        CHANGES[name](shop)
        assert shop.sandbox.digest() != before
        shop.sandbox.restore(snapshot)
        assert shop.sandbox.digest() == before
        assert shop.take("GET", "products?deleted=true") == rows


@each_change
def test_restored_store_goes_on_as_before(name: str) -> None:
    """From a snapshot the same change gives the same answer, with the same ids and versions."""
    shop = stocked()
    snapshot = shop.sandbox.snapshot()
    first = CHANGES[name](shop)
    digest = shop.sandbox.digest()
    shop.sandbox.restore(snapshot)
    assert CHANGES[name](shop) == first
    assert shop.sandbox.digest() == digest


@settings(max_examples=40, deadline=None)
@given(
    names=st.permutations(["supplier", "brand", "tag", "attribute", "family", "order"]),
    pause=st.floats(0, 1e6),
)
def test_digest_forgets_ids_versions_and_times(names: list[str], pause: float) -> None:
    """Stores that hold the same things have one digest, in whatever order and at whatever time they came."""
    one, two = stocked(), stocked()
    for name in ("supplier", "brand", "tag", "attribute", "family", "order"):
        CHANGES[name](one)
    two.sandbox.add_tag("gone")
    two.clock.tick(pause)
    for name in names:
        CHANGES[name](two)
    del two.sandbox.state.tags.by_id[next(iter(two.sandbox.state.tags.by_id))]
    assert one.sandbox.digest() == two.sandbox.digest()


def test_digest_ignores_generated_codes(shop: Shop) -> None:
    """A code from the store's sequence is told as generated, whatever its number."""
    other = Shop()
    other.sandbox.state.next_sku = 5
    for each in (shop, other):
        each.take("POST", "products", {"name": "Cap"})
    assert shop.sandbox.digest() == other.sandbox.digest()


def test_digest_tells_doubles_apart(shop: Shop) -> None:
    """Two equal suppliers are two lines: a double never hides."""
    before = shop.sandbox.digest()
    shop.sandbox.add_supplier("Northwind")
    assert shop.sandbox.digest().count("supplier 'Northwind'") == before.count("supplier 'Northwind'") + 1


def test_late_request_is_part_of_the_state(shop: Shop) -> None:
    """A request that is still to be carried out shows in the digest and survives a snapshot."""
    shop.sandbox.inject(Fault(kind=FaultKind.LATE, seconds=30))
    assert shop.sandbox.handle(new_brand(shop, "Late")) == Dropped(after_change=False)
    snapshot = shop.sandbox.snapshot()
    assert "late POST /api/2026-07/brands" in shop.sandbox.digest()
    shop.clock.tick(30)
    assert "Late" in str(shop.take("GET", "brands"))
    assert "late POST" not in shop.sandbox.digest()
    shop.sandbox.restore(snapshot)
    assert "brand 'Late'" not in shop.sandbox.digest()
    assert "Late" in str(shop.take("GET", "brands"))


@pytest.mark.parametrize("kind", [FaultKind.LOSE, FaultKind.RESET])
def test_lost_answer_and_reset(shop: Shop, kind: FaultKind) -> None:
    """Behind a lost answer the store has changed, behind a reset it has not."""
    before = shop.sandbox.digest()
    shop.sandbox.inject(Fault(kind=kind, method="POST", path="/api/*/brands"))
    assert shop.sandbox.handle(new_brand(shop, "New")) == Dropped(after_change=kind is FaultKind.LOSE)
    assert (shop.sandbox.digest() != before) is (kind is FaultKind.LOSE)


def test_log_counts_calls(shop: Shop) -> None:
    """The emulator keeps its calls."""
    shop.family("Tee", "S")
    assert [each.request.path for each in shop.sandbox.log] == ["/api/2026-07/products"]
