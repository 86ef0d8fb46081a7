from __future__ import annotations

import pytest
from tests.sandbox.xseries.shop import Shop

from po_bridge.sandbox.xseries import Switches


def test_purchase_order_mirrors_its_consignment(shop: Shop) -> None:
    """A SUPPLIER consignment is read as a purchase order: number, note, totals without padding, Z times."""
    small, medium = shop.family("Tee", "SM")
    order = shop.order(due_at="2026-09-30T16:00:00+00:00", supplier_invoice="INV")
    shop.add(order, small, 10, "2.5")
    shop.add(order, medium, "1.5", "0.33333")
    (row,) = shop.take("GET", "purchase_orders")
    assert row == shop.take("GET", f"purchase_orders/{order}")
    assert (row["order_number"], row["notes"], row["status"]) == ("1001", "Note", "OPEN")
    assert (row["delivery_outlet_id"], row["supplier_id"]) == (shop.outlet, shop.supplier)
    assert (row["supplier_invoice"], row["due_at"]) == ("INV", "2026-09-30T16:00:00Z")
    assert (row["quantity_total"], row["cost_price_total"]) == ("11.5", "25.499995")


def test_order_without_lines_has_no_total(shop: Shop) -> None:
    """The cost of an order without lines is null, its quantity zero."""
    row = shop.take("GET", f"purchase_orders/{shop.order()}")
    assert (row["quantity_total"], row["cost_price_total"]) == ("0", None)


def test_lines_have_ids_of_their_own(shop: Shop) -> None:
    """Line items have an id, the quantity and the cost as plain text."""
    (product,) = shop.family("Tee", "S")
    order = shop.order()
    shop.add(order, product, 10, "2.5")
    (item,) = shop.take("GET", f"purchase_orders/{order}/line_items")
    assert item["id"] not in (order, product)
    assert (item["purchase_order_id"], item["product_id"]) == (order, product)
    assert (item["quantity"], item["cost_price"]) == ("10", "2.50")
    assert item["allocations"] == [{"outlet_id": shop.outlet, "quantity": "10"}]


@pytest.mark.parametrize("equal", [True, False])
def test_id_of_the_purchase_order(equal: bool) -> None:
    """Whether a purchase order has the id of its consignment is a switch."""
    shop = Shop(Switches(order_ids_equal=equal))
    order = shop.order()
    (row,) = shop.take("GET", "purchase_orders")
    assert (row["id"] == order) is equal
    assert shop.ask("GET", f"purchase_orders/{order}").status == (200 if equal else 404)


def test_only_orders_are_purchase_orders(shop: Shop) -> None:
    """Transfers and stocktakes are not among the purchase orders."""
    transfer = shop.order(type="OUTLET")
    assert shop.take("GET", "purchase_orders") == []
    assert shop.ask("GET", f"purchase_orders/{transfer}").status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_purchase_orders_are_read_only(shop: Shop, method: str) -> None:
    """There is no way to write a purchase order here."""
    path = "purchase_orders" if method == "POST" else f"purchase_orders/{shop.order()}"
    assert shop.ask(method, path, {} if method != "DELETE" else None).status == 405


def test_lists_have_a_cursor(shop: Shop) -> None:
    """Orders are listed by version until a page is empty."""
    made = [shop.order(reference=str(place)) for place in range(3)]
    first = shop.ask("GET", "purchase_orders?page_size=2").read_json()
    assert [row["id"] for row in first["data"]] == made[:2]
    rest = shop.ask("GET", f"purchase_orders?page_size=2&after={first['version']['max']}").read_json()
    assert [row["id"] for row in rest["data"]] == made[2:]
