from __future__ import annotations

import pytest
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import Goods


@pytest.fixture
def ids(shop: Shop) -> list[str]:
    """Give a family of two products."""
    return shop.family("Tee", "SM")


def test_products_by_hand(shop: Shop, ids: list[str]) -> None:
    """Products made, edited, renamed, deleted and restored by hand move in the cursor like all others."""
    mug = shop.merchant.create_product(Goods(name="Mug", codes=["MUG"]))
    position = shop.take("GET", f"products/{mug}")["version"]
    shop.merchant.edit_product(mug, is_active=False)
    shop.merchant.rename_product(ids[0], "Shirt")
    shop.merchant.delete_product(ids[1])
    rows = {row["id"]: row for row in shop.take("GET", f"products?after={position}&deleted=true")}
    assert rows[mug]["is_active"] is False
    assert {rows[key]["name"] for key in ids} == {"Shirt"}
    assert rows[ids[1]]["deleted_at"] is not None
    shop.merchant.restore_product(ids[1])
    assert shop.take("GET", f"products/{ids[1]}")["deleted_at"] is None
    assert shop.take("GET", "products?name=Shirt")[1]["sku"] == "TEE-M"


def test_product_is_regrouped(shop: Shop, ids: list[str]) -> None:
    """A product that moves to another family takes its name and parent."""
    mug = shop.merchant.create_product(Goods(name="Mug"))
    shop.merchant.regroup_product(mug, ids[1])
    read = shop.take("GET", f"products/{mug}")
    assert (read["name"], read["variant_parent_id"]) == ("Tee", ids[0])
    assert shop.take("GET", "products?name=Mug") == []
    assert len(shop.take("GET", "products?name=Tee")) == 3


def test_order_by_hand_has_the_outlets_number(shop: Shop, ids: list[str]) -> None:
    """An order written in the UI gets the outlet's next number, and is sent, cancelled or deleted there."""
    outlet = shop.sandbox.add_outlet("Main", reference_prefix="156")
    order = shop.merchant.create_order(outlet, shop.supplier, {ids[0]: (3, "2.5")})
    assert shop.read(order)["reference"] == "156-1"
    assert shop.lines(order)[ids[0]]["cost"] == "2.50000"
    shop.merchant.send(order)
    assert shop.read(order)["status"] == "SENT"
    shop.merchant.cancel(order)
    assert shop.read(order)["status"] == "CANCELLED"
    shop.merchant.delete_order(order)
    assert shop.ask("GET", f"consignments/{order}").status == 404


def test_lines_by_hand(shop: Shop, ids: list[str]) -> None:
    """Lines are added, edited and removed by hand."""
    order = shop.merchant.create_order(shop.outlet, None, {ids[0]: (3, 1)}, reference="7")
    shop.merchant.add_line(order, ids[1], 2, 1)
    shop.merchant.edit_line(order, ids[0], count=9, cost="1.5")
    assert {key: line["count"] for key, line in shop.lines(order).items()} == {
        ids[0]: "9.00000",
        ids[1]: "2.00000",
    }
    shop.merchant.delete_line(order, ids[0])
    assert set(shop.lines(order)) == {ids[1]}


def test_goods_arrive_in_part(shop: Shop, ids: list[str]) -> None:
    """Counting goods in dispatches the order and leaves it open; no stock rises yet."""
    order = shop.merchant.create_order(shop.outlet, shop.supplier, {ids[0]: (3, 1), ids[1]: (2, 1)})
    shop.merchant.arrive(order, {ids[0]: 1})
    assert shop.read(order)["status"] == "DISPATCHED"
    assert [line["received"] for line in shop.lines(order).values()] == [None, "1.00000"]
    assert shop.sandbox.state.stock == {}


@pytest.mark.parametrize("whole", [True, False])
def test_receiving_closes_the_order(shop: Shop, ids: list[str], whole: bool) -> None:
    """Receiving all, or stated counts, closes the order and raises the stock."""
    order = shop.merchant.create_order(shop.outlet, shop.supplier, {ids[0]: (3, 1)})
    shop.merchant.receive(order, None if whole else {ids[0]: 2})
    assert shop.read(order)["status"] == "RECEIVED"
    assert shop.sandbox.state.stock == {(ids[0], shop.outlet): 3 if whole else 2}


def test_partial_receipt_splits_the_order(shop: Shop, ids: list[str]) -> None:
    """A partial receipt closes the first order and makes a second, SENT, for the rest."""
    order = shop.merchant.create_order(
        shop.outlet, shop.supplier, {ids[0]: (3, 1), ids[1]: (2, 5)}, reference="1001"
    )
    rest = shop.merchant.split_receipt(order, {ids[0]: 1, ids[1]: 2}, reference="1002")
    first, second = shop.read(order), shop.read(rest)
    assert (first["status"], second["status"]) == ("RECEIVED", "SENT")
    assert (second["reference"], second["supplier_id"], second["outlet_id"]) == (
        "1002",
        shop.supplier,
        shop.outlet,
    )
    assert second["version"] > first["version"]
    assert {key: (line["count"], line["cost"]) for key, line in shop.lines(rest).items()} == {
        ids[0]: ("2.00000", "1.00000")
    }
    assert shop.sandbox.state.stock == {(ids[0], shop.outlet): 1, (ids[1], shop.outlet): 2}


def test_receipt_of_everything_makes_no_second_order(shop: Shop, ids: list[str]) -> None:
    """When nothing is outstanding there is no second order."""
    order = shop.merchant.create_order(shop.outlet, shop.supplier, {ids[0]: (3, 1)})
    assert shop.merchant.split_receipt(order, {ids[0]: 3}) is None
    assert len(shop.take("GET", "consignments")) == 1
