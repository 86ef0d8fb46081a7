"""Receiving read back: ordered, received and outstanding of each line, from either resource."""

from __future__ import annotations

from decimal import Decimal

import pytest
from tests.clients.xseries.store import Store

from po_bridge.clients.xseries import OrderReading, Settings
from po_bridge.errors import NotFound
from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder, PurchaseStatus
from po_bridge.sandbox.xseries import Goods, Switches


def ordered(reading: OrderReading, switches: Switches | None = None) -> tuple[Store, str, list[str]]:
    """A store with an order of two products, three units each."""
    store = Store(settings=Settings(orders_read=reading), switches=switches or Switches())
    supplier = store.sandbox.add_supplier("Fennick")
    products = [store.sandbox.add_product(Goods(name=name, codes=(name,))) for name in ("Coat", "Hat")]
    order = store.sandbox.merchant.create_order(
        store.outlet_id, supplier, dict.fromkeys(products, (3, "10.5")), reference="PO-1"
    )
    return store, order, products


def told(order: PurchaseOrder) -> dict[str, tuple[Decimal, Decimal | None, Decimal | None]]:
    """Ordered, received, outstanding by product."""
    return {line.product_id: (line.count, line.received, line.outstanding) for line in order.lines or ()}


@pytest.mark.parametrize("reading", list(OrderReading), ids=lambda reading: reading.value)
def test_partial_receipt_is_told_by_line(reading: OrderReading) -> None:
    """What arrived stands beside what was ordered, and the difference is outstanding."""
    store, order, (coat, hat) = ordered(reading)
    store.sandbox.merchant.arrive(order, {coat: 2})
    read = store.drive(store.target.read_order(order))
    assert (read.number, read.status, read.outlet_id) == ("PO-1", PurchaseStatus.DISPATCHED, store.outlet_id)
    lines = told(read)
    assert lines[coat] == tuple(map(Decimal, (3, 2, 1)))
    assert lines[hat][0] == 3
    assert lines[hat][2] in (3, None)
    assert {line.cost for line in read.lines or ()} == {Decimal("10.5")}


@pytest.mark.parametrize("reading", list(OrderReading), ids=lambda reading: reading.value)
def test_order_before_any_delivery(reading: OrderReading) -> None:
    """An open order tells its lines from either resource."""
    store, order, products = ordered(reading)
    read = store.drive(store.target.read_order(order))
    assert [told(read)[each][0] for each in products] == [3, 3]


def test_order_under_another_id_is_read_as_consignment() -> None:
    """Where the read-only resource has ids of its own, the consignment is read."""
    store, order, products = ordered(OrderReading.DELIVERIES, Switches(order_ids_equal=False))
    read = store.drive(store.target.read_order(order))
    assert read.id == order
    assert set(told(read)) == set(products)


@pytest.mark.parametrize("reading", list(OrderReading), ids=lambda reading: reading.value)
def test_order_that_is_gone(reading: OrderReading) -> None:
    """A deleted order is not found by either."""
    store, order, _ = ordered(reading)
    store.sandbox.merchant.delete_order(order)
    with pytest.raises(NotFound):
        store.drive(store.target.read_order(order))


@pytest.mark.parametrize(
    ("received", "outstanding"), [("5", 0), ("1", 2), (None, None)], ids=["more", "less", "unknown"]
)
def test_outstanding_is_never_below_zero(received: str | None, outstanding: int | None) -> None:
    """More than was ordered leaves nothing open; what is not told stays unknown."""
    units = None if received is None else Decimal(received)
    line = PurchaseLine(product_id="p", count=Decimal(3), received=units)
    assert line.outstanding == outstanding
