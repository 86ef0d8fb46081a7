from __future__ import annotations

import pytest
from tests.sandbox.rseries.store import Store

from po_bridge.sandbox.rseries import Goods, Switches


def test_published_line(store: Store) -> None:
    """A line comes back as in the published example: total is quantity times price, nothing received."""
    body = {
        "quantity": "3",
        "price": "20",
        "originalPrice": "20",
        "numReceived": "0",
        "itemID": store.item(),
        "orderID": store.order(),
    }
    line = store.take("POST", "OrderLine", body)
    expected = {"quantity": "3", "price": "20", "originalPrice": "20", "total": "60", "checkedIn": "0"}
    assert expected.items() <= line.items()


def test_lines_of_an_order(store: Store) -> None:
    """One line is an object, several are a list; the relation and the filter give the same."""
    key = store.order()
    assert "OrderLines" not in store.read(key, "OrderLines")
    store.add(key, store.item("Mug"))
    assert store.read(key, "OrderLines")["OrderLines"]["OrderLine"]["itemID"] == "1"
    store.add(key, store.item("Cup"))
    lines = store.read(key, "OrderLines")["OrderLines"]["OrderLine"]
    assert lines == store.rows("OrderLine", orderID=key)
    assert store.rows("OrderLine", orderID="99") == []


@pytest.mark.parametrize("refused", [True, False])
def test_second_line_for_an_item(refused: bool) -> None:
    """A second line for one item is refused, or stands beside the first by a switch."""
    store = Store(Switches(second_line_refused=refused))
    item, key = store.item(), store.order()
    store.add(key, item)
    answer = store.ask("POST", "OrderLine", {"orderID": key, "itemID": item, "quantity": 1})
    assert (answer.status == 400) is refused
    assert len(store.rows("OrderLine", orderID=key)) == (1 if refused else 2)


@pytest.mark.parametrize(
    ("sent", "price", "original"),
    [
        ({"price": "9"}, "9", "9"),
        ({"originalPrice": "10"}, "9", "10"),
        ({"originalPrice": "10", "price": "8"}, "8", "10"),
    ],
    ids=["price", "original", "both"],
)
def test_price_and_discount(sent: dict[str, str], price: str, original: str) -> None:
    """On an order with 10 % discount a price is kept as sent, and made from the original price otherwise."""
    store = Store()
    line = store.add(store.order(discount="10"), store.item(), **sent)
    assert (line["price"], line["originalPrice"]) == (price, original)


def test_price_is_computed_by_a_switch() -> None:
    """Where a sent price does not stay, it is made from the original price and the discount."""
    store = Store(Switches(line_price_kept=False))
    line = store.add(store.order(discount="10"), store.item(), originalPrice="10", price="10")
    assert line["price"] == "9"


def test_update_of_a_line(store: Store) -> None:
    """A PUT changes the named fields; a new original price makes the price anew."""
    key = store.add(store.order(), store.item(), 2, price="5", originalPrice="5")["orderLineID"]
    assert store.take("PUT", f"OrderLine/{key}", {"quantity": "7"})["total"] == "35"
    assert store.take("PUT", f"OrderLine/{key}", {"originalPrice": "6"})["price"] == "6"


def test_update_may_answer_the_old_line() -> None:
    """By a switch the answer to a PUT shows the line as it was; a new read shows the change."""
    store = Store(Switches(line_put_stale=True))
    key = store.add(store.order(), store.item(), 2)["orderLineID"]
    assert store.take("PUT", f"OrderLine/{key}", {"quantity": "7"})["quantity"] == "2"
    assert store.take("GET", f"OrderLine/{key}")["quantity"] == "7"


def test_deleted_line_is_gone(store: Store) -> None:
    """DELETE answers the line and takes it away for good; its number is not used again."""
    order, item = store.order(), store.item()
    key = store.add(order, item)["orderLineID"]
    assert store.take("DELETE", f"OrderLine/{key}")["orderLineID"] == key
    assert store.ask("GET", f"OrderLine/{key}").status == 404
    assert store.rows("OrderLine", archived="true") == []
    assert store.add(order, item)["orderLineID"] == "2"


@pytest.mark.parametrize(
    "change",
    [
        {"orderID": "99"},
        {"itemID": "99"},
        {"itemID": "0"},
        {"quantity": "1.5"},
        {"quantity": "-1"},
        {"price": "-1"},
        {"originalPrice": "5", "vendorCost": "5"},
    ],
    ids=["order", "item", "no item", "fraction", "negative", "price", "two costs"],
)
def test_bad_lines_are_refused(store: Store, change: dict[str, str]) -> None:
    """Links to nothing, parts of pieces, negative figures and two costs at once are 400, and leave no line."""
    body = {"orderID": store.order(), "itemID": store.item(), "quantity": "1", **change}
    assert store.plain("POST", "OrderLine", body).status == 400
    assert store.rows("OrderLine") == []


def test_archived_item_on_an_order() -> None:
    """An archived item can be ordered, or not by a switch."""
    for orderable in (True, False):
        store = Store(Switches(archived_orderable=orderable))
        item = store.sandbox.add_item(Goods(description="Old", archived=True))
        answer = store.ask("POST", "OrderLine", {"orderID": store.order(), "itemID": item, "quantity": 1})
        assert (answer.status == 200) is orderable


@pytest.mark.parametrize("moves", [True, False])
def test_lines_and_the_time_of_their_order(moves: bool) -> None:
    """A change of a line leaves the timeStamp of its order, or moves it by a switch."""
    store = Store(Switches(line_moves_order=moves))
    key = store.order()
    before = store.read(key)["timeStamp"]
    for change in ("add", "edit", "remove"):
        store.clock.tick(60)
        if change == "add":
            store.add(key, store.item())
        elif change == "edit":
            store.merchant.edit_line(int(key), 1, quantity=9)
        else:
            store.take("DELETE", "OrderLine/1")
        after = store.read(key)["timeStamp"]
        assert (after != before) is moves
        before = after
