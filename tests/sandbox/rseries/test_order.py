from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings, strategies as st
from tests.sandbox.rseries.store import Store, relations_of

from po_bridge.sandbox.rseries import Account, EarlyDate, OrderStatus, Switches, UnsureFilter


def test_fresh_order(store: Store) -> None:
    """A new order is open: no date keys, no lines, no note, zero totals."""
    order = store.take("POST", "Order", {"vendorID": 1, "shopID": 1, "shipCost": 7.50})
    assert not {"orderedDate", "receivedDate", "arrivalDate", "Note", "OrderLines"} & set(order)
    assert (order["complete"], order["noteID"], order["totalQuantity"], order["shipCost"]) == (
        "false",
        "0",
        "0",
        "7.5",
    )
    assert store.merchant.status(int(order["orderID"])) is OrderStatus.OPEN


@pytest.mark.parametrize(
    ("zone", "written", "read"),
    [
        ("US/Pacific", "2021-04-04", "2021-04-04T07:00:00+00:00"),
        ("US/Pacific", "2021-12-04", "2021-12-04T08:00:00+00:00"),
        ("America/New_York", "2021-04-04", "2021-04-04T04:00:00+00:00"),
        ("Europe/Berlin", "2021-04-04", "2021-04-03T22:00:00+00:00"),
        ("US/Pacific", "2021-04-04T12:30:00+02:00", "2021-04-04T10:30:00+00:00"),
    ],
    ids=["summer", "winter", "east", "ahead of UTC", "with time"],
)
def test_dates_are_midnights_of_the_shop(zone: str, written: str, read: str) -> None:
    """A day is taken as midnight in the shop's zone and comes back in UTC; a date with time is kept."""
    store = Store(time_zone=zone)
    assert store.read(store.order(arrivalDate=written))["arrivalDate"] == read


def test_empty_date_is_cleared(store: Store) -> None:
    """An empty text or null takes a date away; anything else that is no date is refused."""
    for nothing in ("", None):
        key = store.order(arrivalDate="2026-09-01")
        assert "arrivalDate" not in store.take("PUT", f"Order/{key}", {"arrivalDate": nothing})
    answer = store.plain("POST", "Order", {"vendorID": 1, "shopID": 1, "arrivalDate": "soon"})
    assert answer.status == 400


def test_order_needs_a_shop() -> None:
    """An order without shop is refused; by a switch it goes to the first open one."""
    store = Store()
    answer = store.plain("POST", "Order", {"vendorID": 1})
    assert (answer.status, answer.read_json()["message"]) == (400, "shopID is required.")
    lax = Store(Switches(shop_required=False))
    answer = lax.plain("POST", "Order", {"vendorID": 1})
    assert answer.read_json()["Order"]["shopID"] == "1"


def test_vendor_is_recommended_only() -> None:
    """An order without vendor has vendor 0, or is refused by a switch."""
    assert Store().take("POST", "Order", {"shopID": 1})["vendorID"] == "0"
    assert "vendorID" in Store(Switches(vendor_required=True)).refused("POST", "Order", {"shopID": 1})


@pytest.mark.parametrize("way", list(EarlyDate), ids=[way.value for way in EarlyDate])
def test_ordered_date_before_the_first_line(way: EarlyDate) -> None:
    """A change of status needs a line: an early ordered date is dropped, kept, or waits for the line."""
    store = Store(Switches(early_date=way))
    key = store.order(orderedDate="2026-08-01")
    assert ("orderedDate" in store.read(key)) is (way is EarlyDate.KEPT)
    store.add(key, store.item())
    assert ("orderedDate" in store.read(key)) is (way is not EarlyDate.DROPPED)
    store.take("PUT", f"Order/{key}", {"orderedDate": "2026-08-01"})
    assert store.read(key)["orderedDate"] == "2026-08-01T07:00:00+00:00"
    assert store.merchant.status(int(key)) is OrderStatus.ORDERED


def test_status_follows_from_the_dates(store: Store) -> None:
    """Ordered date, received date and completion make the status; nothing of it is stored."""
    key = store.order()
    store.add(key, store.item())
    seen = [store.merchant.status(int(key))]
    store.take("PUT", f"Order/{key}", {"orderedDate": "2026-08-01"})
    seen.append(store.merchant.status(int(key)))
    store.take("PUT", f"Order/{key}", {"receivedDate": "2026-08-02"})
    seen.append(store.merchant.status(int(key)))
    store.merchant.finish(int(key))
    seen.append(store.merchant.status(int(key)))
    assert seen == [OrderStatus.OPEN, OrderStatus.ORDERED, OrderStatus.CHECK_IN, OrderStatus.FINISHED]


@pytest.mark.parametrize("writable", [True, False], ids=["written", "ignored"])
def test_open_members_of_an_order(writable: bool) -> None:
    """Note, OrderLines and complete are ignored, or written by their switches."""
    store = Store(Switches(order_note=writable, nested_lines=writable, complete_writable=writable))
    item = store.item()
    body = {
        "shopID": 1,
        "vendorID": 1,
        "complete": "true",
        "Note": {"note": "Hello", "isPublic": "false"},
        "OrderLines": {"OrderLine": {"itemID": item, "quantity": 2, "price": 3}},
    }
    if writable:
        # A finished order takes no lines, so that they come first.
        del body["complete"]
    key = store.plain("POST", "Order", body).read_json()["Order"]["orderID"]
    if writable:
        store.plain("PUT", f"Order/{key}", {"complete": "true"})
    order = store.read(key, "OrderLines", "Note")
    assert order["complete"] == ("true" if writable else "false")
    assert ("Note" in order, "OrderLines" in order) == (writable, writable)
    assert len(store.sandbox.ignored) == (0 if writable else 3)


def test_note_of_a_merchant_shows(store: Store) -> None:
    """A note that a person wrote has a number and comes with the relation Note and with write answers."""
    key = store.order()
    store.merchant.write_note(int(key), "Call first")
    assert "Note" not in store.read(key)
    assert store.read(key, "Note")["Note"]["note"] == "Call first"
    assert store.take("PUT", f"Order/{key}", {"refNum": "7"})["Note"]["noteID"] == store.read(key)["noteID"]


def test_archived_order_is_hidden(store: Store) -> None:
    """DELETE archives an order: it leaves the lists, and can still be read by its number."""
    key = store.order()
    assert store.take("DELETE", f"Order/{key}")["archived"] == "true"
    assert store.rows("Order") == []
    assert len(store.rows("Order", archived="true")) == 1
    assert store.read(key)["archived"] == "true"


@pytest.mark.parametrize(
    ("way", "found"),
    [(UnsureFilter.FILTERS, ["2"]), (UnsureFilter.IGNORED, ["1", "2"]), (UnsureFilter.REFUSED, None)],
    ids=["filters", "ignored", "refused"],
)
def test_search_by_reference(way: UnsureFilter, found: list[str] | None) -> None:
    """Whether orders can be searched by refNum is open; equal ones are taken."""
    store = Store(Switches(order_filter=way))
    store.order(refNum="A")
    store.order(refNum="B")
    answer = store.ask("GET", "Order?refNum=B")
    assert answer.status == (400 if found is None else 200)
    if found is not None:
        assert [row["orderID"] for row in store.rows("Order", refNum="B")] == found


def test_currency_of_the_vendor() -> None:
    """An order shows the vendor's currency and its rate; vendorCost is converted with it."""
    store = Store(account=Account(rates={"CAD": "0.75"}))
    vendor = store.sandbox.add_vendor("Maple", currency="CAD")
    key = store.order(vendorID=vendor)
    order = store.read(key)
    assert (order["vendorCurrencyCode"], order["vendorCurrencyRate"]) == ("CAD", "0.75")
    line = store.add(key, store.item(), vendorCost="10")
    assert (line["vendorCost"], line["originalPrice"], line["price"]) == ("10", "7.5", "7.5")


def test_costs_beside_the_lines(store: Store) -> None:
    """Shipping must not be negative, other cost may be; both count in the total."""
    key = store.order(shipCost="5", otherCost="-2")
    store.add(key, store.item(), 3, price="10", originalPrice="10")
    order = store.read(key)
    assert (order["subTotalCost"], order["totalCost"]) == ("30", "33")
    store.refused("PUT", f"Order/{key}", {"shipCost": "-1"})
    store.refused("PUT", f"Order/{key}", {"discount": "101"})


def test_finished_order_is_closed() -> None:
    """A finished order refuses changes of itself and its lines, or takes them by a switch."""
    for closed in (True, False):
        store = Store(Switches(finished_closed=closed))
        item, key = store.item(), store.order()
        line = store.add(key, item)["orderLineID"]
        store.merchant.finish(int(key))
        for method, path, body in (
            ("PUT", f"Order/{key}", {"refNum": "x"}),
            ("PUT", f"OrderLine/{line}", {"quantity": 2}),
            ("DELETE", f"OrderLine/{line}", None),
        ):
            assert (store.ask(method, path, body).status == 400) is closed


COUNTS = st.integers(0, 50)
COSTS = st.decimals(0, 500, places=2)


@settings(max_examples=25, deadline=None)
@given(
    rows=st.lists(st.tuples(COUNTS, COSTS), min_size=1, max_size=4),
    discount=st.sampled_from(["0", "10", "12.5", "100"]),
)
def test_totals_follow_from_the_lines(rows: list[tuple[int, Decimal]], discount: str) -> None:
    """Quantity, subtotal and discount of an order are those of its lines, at any discount."""
    store = Store(checked=False)
    key = store.order(discount=discount)
    for place, (count, cost) in enumerate(rows):
        store.add(key, store.item(f"Item {place}"), count, originalPrice=str(cost))
    order = store.read(key, "OrderLines")
    before = sum((count * cost for count, cost in rows), Decimal(0))
    assert int(order["totalQuantity"]) == sum(count for count, _ in rows)
    assert Decimal(order["subTotalCost"]) + Decimal(order["totalDiscount"]) == before
    assert Decimal(order["totalDiscount"]) == before * Decimal(discount) / 100


def test_new_discount_prices_lines_anew(store: Store) -> None:
    """Another discount makes the prices of the lines anew from their original prices."""
    key = store.order()
    store.add(key, store.item(), 2, originalPrice="20", price="20")
    for percent, price in (("10", "18"), ("0", "20"), ("25", "15")):
        store.take("PUT", f"Order/{key}", {"discount": percent})
        line = store.read(key, "OrderLines")["OrderLines"]["OrderLine"]
        assert (line["price"], line["originalPrice"]) == (price, "20")


def test_deliveries_can_be_read(store: Store) -> None:
    """What came of an order shows as shipments with their items, and in the counts of its lines."""
    first, second = store.item("Mug"), store.item("Cup")
    key = store.order()
    store.add(key, first, 6)
    store.add(key, second, 4)
    assert store.rows(f"Order/{key}/Shipment") == []
    store.merchant.receive(int(key), {int(first): 2})
    store.merchant.receive(int(key))
    store.merchant.finish(int(key))
    shipments = store.rows(f"Order/{key}/Shipment")
    assert [(row["sequenceNumber"], row["totalQtyReceived"], row["status"]) for row in shipments] == [
        ("1", "2", "finished"),
        ("2", "8", "finished"),
    ]
    items = store.rows(f"Order/{key}/Shipment/{shipments[1]['orderShipmentID']}/Item")
    assert [(row["itemID"], row["qtyReceived"]) for row in items] == [(first, "4"), (second, "4")]
    other = store.order()
    assert store.ask("GET", f"Order/{other}/Shipment/1").status == 404
    assert store.read(key)["hasShipments"] == "true"


def test_ordered_pieces_are_on_order(store: Store) -> None:
    """Pieces of ordered lines that have not come count as on order in the shop and in the sum."""
    item, key = store.item(), store.order()
    store.add(key, item, 6)
    path = f"Item/{item}{relations_of(['ItemShops'])}"
    assert [row["backorder"] for row in store.take("GET", path)["ItemShops"]["ItemShop"]] == ["0", "0"]
    store.take("PUT", f"Order/{key}", {"orderedDate": "2026-08-01"})
    store.merchant.receive(int(key), {int(item): 2})
    rows = store.take("GET", path)["ItemShops"]["ItemShop"]
    assert [(row["backorder"], row["qoh"]) for row in rows] == [("4", "2"), ("4", "2")]


def test_times_of_an_order(store: Store) -> None:
    """CreateTime stays, timeStamp follows each change of the order."""
    key = store.order()
    store.clock.tick(90)
    changed = store.take("PUT", f"Order/{key}", {"refNum": "2"})
    assert datetime.fromisoformat(changed["createTime"]) == datetime(2026, 8, 3, 9, 30, tzinfo=UTC)
    assert datetime.fromisoformat(changed["timeStamp"]) == datetime(2026, 8, 3, 9, 31, 30, tzinfo=UTC)
