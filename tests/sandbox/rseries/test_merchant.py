from __future__ import annotations

from decimal import Decimal

import pytest
from tests.sandbox.rseries.store import Store, relations_of

from po_bridge.sandbox.rseries import Goods, OrderStatus


@pytest.fixture
def order(store: Store) -> tuple[Store, int, int]:
    """Give an account with an ordered order of six pieces of one item."""
    item = store.merchant.create_item(Goods(description="Mug", cost="4"))
    key = store.merchant.create_order(store.shop, store.vendor, {item: (6, "4")}, ref_num="7", ordered=True)
    return store, key, item


def test_order_by_hand(order: tuple[Store, int, int]) -> None:
    """An order written by hand is read like any other."""
    store, key, _ = order
    read = store.read(str(key), "OrderLines")
    assert (read["refNum"], read["totalQuantity"], read["subTotalCost"]) == ("7", "6", "24")
    assert store.merchant.status(key) is OrderStatus.ORDERED


def test_part_comes(order: tuple[Store, int, int]) -> None:
    """A part that comes counts on the line and in the stock, and puts the order into check-in."""
    store, key, item = order
    store.merchant.receive(key, {item: 2})
    line = store.read(str(key), "OrderLines")["OrderLines"]["OrderLine"]
    assert (line["quantity"], line["numReceived"], line["checkedIn"]) == ("6", "2", "2")
    assert store.merchant.status(key) is OrderStatus.CHECK_IN
    store.merchant.receive(key)
    stock = store.take("GET", f"Item/{item}{relations_of(['ItemShops'])}")["ItemShops"]["ItemShop"]
    assert [row["qoh"] for row in stock] == ["6", "6"]
    store.merchant.finish(key)
    assert store.merchant.status(key) is OrderStatus.FINISHED


def test_lines_by_hand(order: tuple[Store, int, int]) -> None:
    """Lines are added, changed and removed by hand, and priced with the order's discount."""
    store, key, item = order
    cup = store.merchant.create_item(Goods(description="Cup"))
    store.merchant.give_discount(key, "50")
    store.merchant.add_line(key, cup, 1, "10")
    store.merchant.edit_line(key, item, quantity=7, price=Decimal("1.5"))
    lines = store.read(str(key), "OrderLines")["OrderLines"]["OrderLine"]
    assert [(row["quantity"], row["price"], row["originalPrice"]) for row in lines] == [
        ("7", "1.5", "4"),
        ("1", "5", "10"),
    ]
    store.merchant.remove_line(key, cup)
    assert store.read(str(key))["totalQuantity"] == "7"
    with pytest.raises(KeyError):
        store.merchant.remove_line(key, cup)


def test_orders_put_away_and_brought_back(order: tuple[Store, int, int]) -> None:
    """An order that was archived by hand leaves the lists and can come back."""
    store, key, _ = order
    store.merchant.archive_order(key)
    assert store.rows("Order") == []
    store.merchant.restore_order(key)
    store.merchant.edit_order(key, ref_num="8")
    assert store.rows("Order")[0]["refNum"] == "8"


def test_goods_by_hand(store: Store) -> None:
    """Items, matrices and vendors are edited and put away by hand."""
    matrix = store.sandbox.add_matrix("Tee", vendor_id=store.vendor)
    item = store.merchant.create_item(
        Goods(description="x", matrix_id=matrix, attributes=("Red", "S", ""), upc="012345678905")
    )
    store.merchant.set_stock(item, store.shop, 4)
    store.merchant.edit_item(item, default_cost=Decimal(3))
    store.merchant.edit_matrix(matrix, description="Shirt")
    assert store.take("GET", f"Item/{item}")["description"] == "Tee Red S"
    store.upload("Image", {"itemID": item})
    store.merchant.remove_image(1)
    assert store.rows("Image") == []
    store.merchant.archive_item(item)
    assert store.take("GET", f"ItemMatrix/{matrix}")["attribute1Values"] == ""
    store.merchant.restore_item(item)
    read = store.take("GET", f"Item/{item}{relations_of(['ItemShops'])}")
    assert (read["defaultCost"], read["ItemShops"]["ItemShop"][0]["qoh"]) == ("3", "0")
    store.merchant.archive_matrix(matrix)
    store.merchant.archive_vendor(store.vendor)
    assert (store.rows("ItemMatrix"), store.rows("Vendor")) == ([], [])


def test_taken_code_by_hand(store: Store) -> None:
    """Not even a person can give two items one code."""
    goods = Goods(description="Mug", ean="4006381333931")
    store.merchant.create_item(goods)
    with pytest.raises(ValueError, match="4006381333931"):
        store.merchant.create_item(goods)
