from __future__ import annotations

from typing import Any

import pytest
from tests.sandbox.xseries.shop import HOST, Shop

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import BodyForm, Goods, Switches


@pytest.fixture
def product(shop: Shop) -> str:
    """Give the id of a product."""
    return shop.family("Tee", "S")[0]


def in_status(shop: Shop, product: str, status: str) -> str:
    """Give an order with one line that a merchant brought into a status."""
    order = shop.order()
    shop.add(order, product)
    shop.merchant.edit_order(order, status=status)
    return order


def test_new_order(shop: Shop) -> None:
    """A new order is OPEN, answered whole with 201, null members included, and without line count."""
    answer = shop.ask(
        "POST",
        "consignments",
        {
            "name": "Spring order",
            "outlet_id": shop.outlet,
            "type": "SUPPLIER",
            "supplier_id": shop.supplier,
            "reference": "131803493",
            "supplier_invoice": "INV-1",
            "due_at": "2026-09-30T16:00:00Z",
            "consignment_date": "2026-07-30T00:00:00+02:00",
        },
    )
    assert answer.status == 201
    made = answer.read_json()["data"]
    assert (made["status"], made["type"], made["name"]) == ("OPEN", "SUPPLIER", "Spring order")
    assert (made["reference"], made["supplier_invoice"]) == ("131803493", "INV-1")
    assert made["due_at"] == "2026-09-30T16:00:00+00:00"
    assert made["consignment_date"] == "2026-07-29T22:00:00+00:00"
    assert made["created_at"] == "2026-08-03T09:30:00+00:00"
    assert (made["product_count"], made["received_at"], made["total_count_gain"]) == (None, None, None)
    assert made["filters"] == []
    assert shop.read(made["id"]) == made


def test_order_date_is_now_unless_given(shop: Shop) -> None:
    """Without a date the order has the time of its creation."""
    assert shop.read(shop.order())["consignment_date"] == "2026-08-03T09:30:00+00:00"


@pytest.mark.parametrize(("generated", "expected"), [(False, [None, None]), (True, ["MAI-1", "MAI-2"])])
def test_missing_reference(generated: bool, expected: list[str | None]) -> None:
    """Whether a missing reference stays null or is the outlet's next number is a switch."""
    shop = Shop(Switches(reference_generated=generated))
    outlet = shop.sandbox.add_outlet("Main", reference_prefix="MAI")
    made = [shop.order(outlet_id=outlet, reference=None) for _ in range(2)]
    assert [shop.read(key)["reference"] for key in made] == expected


@pytest.mark.parametrize(
    ("members", "status"),
    [
        ({"name": ""}, 400),
        ({"type": "ORDER"}, 400),
        ({"due_at": "tomorrow"}, 400),
        ({"outlet_id": "x"}, 422),
        ({"supplier_id": "x"}, 422),
        ({"status": "DISPATCHED"}, 422),
        ({"status": "RECEIVED"}, 422),
        ({"status": "CANCELLED"}, 422),
    ],
    ids=str,
)
def test_bad_order_is_refused(shop: Shop, members: dict[str, Any], status: int) -> None:
    """Name, outlet and type have to be right; no order is born dispatched, received or cancelled."""
    body = {"name": "n", "outlet_id": shop.outlet, "type": "SUPPLIER", **members}
    assert shop.ask("POST", "consignments", body).status == status
    assert shop.take("GET", "consignments") == []


@pytest.mark.parametrize("left_out", ["name", "outlet_id", "type"])
def test_required_members(shop: Shop, left_out: str) -> None:
    """Name, outlet and type are required, on creation and on update."""
    order = shop.order()
    body = {"name": "n", "outlet_id": shop.outlet, "type": "SUPPLIER"}
    del body[left_out]
    assert shop.ask("POST", "consignments", body).status == 400
    assert shop.ask("PUT", f"consignments/{order}", body).status == 400


@pytest.mark.parametrize(("allowed", "expected"), [(True, 201), (False, 422)])
def test_order_created_as_sent(allowed: bool, expected: int) -> None:
    """Whether an order may be created as SENT is a switch."""
    shop = Shop(Switches(create_as_sent=allowed))
    body = {"name": "n", "outlet_id": shop.outlet, "type": "SUPPLIER", "status": "SENT"}
    assert shop.ask("POST", "consignments", body).status == expected


@pytest.mark.parametrize("refusal", [400, 422])
@pytest.mark.parametrize(
    ("form", "bare", "wrapped"),
    [(BodyForm.BOTH, True, True), (BodyForm.BARE, True, False), (BodyForm.WRAPPED, False, True)],
    ids=str,
)
def test_body_wrapper_is_a_switch(refusal: int, form: BodyForm, bare: bool, wrapped: bool) -> None:
    """Consignments and lines come bare, in `data`, or either way; the other form is 400 or 422."""
    shop = Shop(Switches(body_form=form, wrong_form_status=refusal))
    product = shop.sandbox.merchant.create_product(Goods(name="Mug"))
    order = shop.merchant.create_order(shop.outlet, shop.supplier, {product: (1, 1)})
    head = {"name": "n", "outlet_id": shop.outlet, "type": "SUPPLIER"}
    for method, path, body in (
        ("POST", "consignments", head),
        ("PUT", f"consignments/{order}", head),
        ("POST", f"consignments/{order}/products", {"product_id": product, "count": 1}),
        ("PUT", f"consignments/{order}/products/{product}", {"product_id": product, "count": 3}),
    ):
        for content, taken in ((body, bare), ({"data": body}, wrapped)):
            status = shop.ask(method, path, content).status
            assert (status < 300) is taken
            assert taken or status == refusal


def test_read_model_may_be_sent_back(shop: Shop) -> None:
    """The body is open: the vendor's own collection sends the whole read model."""
    order = shop.order()
    body = {**shop.read(order), "name": "New note"}
    body.pop("supplier_invoice")
    assert shop.ask("PUT", f"consignments/{order}", _plain(body)).status == 200
    assert shop.read(order)["name"] == "New note"


def _plain(body: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in body.items() if value is not None}


def test_update_keeps_what_is_left_out(shop: Shop) -> None:
    """Members that are not sent stay; null clears; the version grows."""
    order = shop.order(supplier_invoice="INV", due_at="2026-09-01T00:00:00Z")
    before = shop.read(order)
    shop.clock.tick(60)
    assert shop.put_order(order, name="Other", due_at=None).status == 200
    after = shop.read(order)
    assert (after["name"], after["due_at"], after["supplier_invoice"]) == ("Other", None, "INV")
    assert (after["reference"], after["supplier_id"]) == ("1001", shop.supplier)
    assert after["updated_at"] > before["updated_at"]
    assert after["version"] > before["version"]


def test_type_cannot_change(shop: Shop) -> None:
    """An order stays an order."""
    order = shop.order()
    answer = shop.put_order(order, type="RETURN")
    assert (answer.status, "type" in answer.read_json()["message"]) == (422, True)


@pytest.mark.parametrize("status", ["SENT", "DISPATCHED", "RECEIVED", "CANCELLED"])
def test_status_stays_while_there_are_no_lines(shop: Shop, status: str) -> None:
    """No change of status before the order has a line."""
    order = shop.order()
    answer = shop.put_order(order, status=status)
    assert (answer.status, "no products" in answer.read_json()["message"]) == (422, True)
    assert shop.put_order(order, status="OPEN").status == 200


FLOW = ["OPEN", "SENT", "DISPATCHED"]


@pytest.mark.parametrize("to", [*FLOW, "CANCELLED", "CLOSED"])
@pytest.mark.parametrize("start", FLOW)
def test_status_only_goes_forward(shop: Shop, product: str, start: str, to: str) -> None:
    """OPEN, SENT, DISPATCHED go forward or to CANCELLED, never back and nowhere else."""
    order = in_status(shop, product, start)
    fine = to == "CANCELLED" or (to in FLOW and FLOW.index(to) >= FLOW.index(start))
    assert shop.put_order(order, status=to).status == (200 if fine else 422)
    assert shop.read(order)["status"] == (to if fine else start)


def test_received_needs_received_goods(shop: Shop, product: str) -> None:
    """An order is RECEIVED only when a line has received something; then stock rises."""
    order = in_status(shop, product, "DISPATCHED")
    assert "nothing was received" in shop.put_order(order, status="RECEIVED").read_json()["message"]
    shop.merchant.edit_line(order, product, received=3)
    shop.clock.tick(60)
    assert shop.put_order(order, status="RECEIVED").status == 200
    read = shop.read(order)
    assert (read["status"], read["received_at"]) == ("RECEIVED", "2026-08-03T09:31:00+00:00")
    assert shop.lines(order)[product]["status"] == "RECEIVE_SUCCESS"
    assert shop.sandbox.state.stock[product, shop.outlet] == 3


@pytest.mark.parametrize("status", ["RECEIVED", "CANCELLED"])
def test_closed_orders_are_frozen(shop: Shop, product: str, status: str) -> None:
    """Nothing of a RECEIVED or CANCELLED order changes any more: not the order, not a line."""
    order = in_status(shop, product, status)
    before = shop.sandbox.digest()
    line = {"product_id": product, "count": 1}
    for method, path, body in (
        ("PUT", "", {"name": "n", "outlet_id": shop.outlet, "type": "SUPPLIER"}),
        ("POST", "/products", line),
        ("PUT", f"/products/{product}", line),
        ("DELETE", f"/products/{product}", None),
        ("POST", "/bulk", [line]),
        ("DELETE", "", None),
    ):
        assert shop.ask(method, f"consignments/{order}{path}", body).status == 422
    assert shop.sandbox.digest() == before


@pytest.mark.parametrize(("status", "expected"), [("OPEN", 204), ("SENT", 204), ("DISPATCHED", 422)])
def test_deleting_an_order(shop: Shop, product: str, status: str, expected: int) -> None:
    """An OPEN or SENT order can be deleted; a deleted one vanishes from list and reads."""
    order = in_status(shop, product, status)
    assert shop.ask("DELETE", f"consignments/{order}").status == expected
    there = expected != 204
    assert (shop.ask("GET", f"consignments/{order}").status == 200) is there
    assert [row["id"] for row in shop.take("GET", "consignments")] == ([order] if there else [])
    assert (shop.ask("GET", f"purchase_orders/{order}").status == 200) is there


def test_list_is_filtered(shop: Shop, product: str) -> None:
    """Type, status and outlet filter the list; reference and supplier do not."""
    other = shop.sandbox.add_outlet("Harbour")
    order, sent = shop.order(), in_status(shop, product, "SENT")
    transfer = shop.order(type="OUTLET", outlet_id=other, supplier_id=None, source_outlet_id=shop.outlet)
    count = shop.order(type="STOCKTAKE", supplier_id=None)

    def ids(query: str) -> set[str]:
        return {row["id"] for row in _rows(shop, query)}

    assert ids("type=SUPPLIER") == {order, sent}
    assert ids("type=SUPPLIER&status=SENT") == {sent}
    assert ids(f"outlet_id={other}") == {transfer}
    assert ids("type=STOCKTAKE") == {count}
    assert ids("reference=nope&supplier_id=nope") == {order, sent, transfer, count}
    assert shop.read(count)["status"] == "STOCKTAKE_SCHEDULED"


def _rows(shop: Shop, query: str) -> list[Any]:
    # Past the contract, which does not know the filters that the store ignores.
    headers = {"authorization": f"Bearer {shop.token}"}
    address = f"{HOST}/api/2026-07/consignments?{query}"
    answer = shop.sandbox.handle(Request(method="GET", address=address, headers=headers))
    assert isinstance(answer, Response)
    rows: list[Any] = answer.read_json()["data"]
    return rows


def test_totals(shop: Shop) -> None:
    """Totals are text: counts with five, costs with ten decimals."""
    small, medium = shop.family("Tee", "SM")
    order = shop.order()
    shop.add(order, small, 10, 10)
    shop.add(order, medium, 5, "12.50")
    assert shop.take("GET", f"consignments/{order}/totals") == [
        {
            "total_sent_count": "15.00000",
            "total_sent_cost": "162.5000000000",
            "total_received_count": "0.00000",
            "total_received_cost": "0.0000000000",
        }
    ]
