"""Received units go to the lines their product was ordered for, in their order."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from tests.planning.wholesale import KEY, dec, line

from po_bridge.models.purchase_order import PurchaseLine, PurchaseOrder
from po_bridge.planning.arrived import arrived_units
from po_bridge.planning.book import Applied, AppliedLine

TEE, CAP, TWIN = (line(name).key for name in ("TEE", "CAP", "TWIN"))


def applied(*lines: AppliedLine) -> Applied:
    """An applied order."""
    at = datetime(2027, 1, 1, tzinfo=UTC)
    return Applied(
        order=KEY, number="1", plan="d", round=1, at=at, content="r1", status="synced", lines=lines
    )


def purchase(id: str = "po", **received: int | None) -> PurchaseOrder:
    """A purchase order with received counts by product."""
    lines = tuple(
        PurchaseLine(product_id=product, count=dec(9), received=None if units is None else dec(units))
        for product, units in received.items()
    )
    return PurchaseOrder(id=id, lines=lines)


ONE = applied(
    AppliedLine(line=TEE, product_id="p1", count=dec(5)), AppliedLine(line=CAP, product_id="p2", count=dec(2))
)


def test_by_product() -> None:
    """Each line gets what its product received; what the POS does not say stays unknown."""
    found = arrived_units(ONE, (purchase(p1=3, p2=None),))
    assert (found.ordered, found.received) == ({TEE: dec(5), CAP: dec(2)}, {TEE: dec(3)})
    assert (found.any, found.all) == (True, False)


def test_everything() -> None:
    """Everything arrived when every line has at least what was ordered."""
    assert arrived_units(ONE, (purchase(p1=5, p2=3),)).all
    assert not arrived_units(ONE, (purchase(p1=7, p2=1),)).all


def test_several_purchase_orders_add_up() -> None:
    """A part received on one purchase order and the rest on another make a whole."""
    found = arrived_units(ONE, (purchase("a", p1=2, p2=2), purchase("b", p1=3)))
    assert found.all


def test_lines_that_share_a_product() -> None:
    """Lines of one product are filled one after the other; what is beyond goes to the last."""
    shared = applied(
        AppliedLine(line=TEE, product_id="p1", count=dec(5)),
        AppliedLine(line=TWIN, product_id="p1", count=dec(2)),
    )
    assert arrived_units(shared, (purchase(p1=6),)).received == {TEE: dec(5), TWIN: dec(1)}
    assert arrived_units(shared, (purchase(p1=9),)).received == {TEE: dec(5), TWIN: dec(4)}
    assert arrived_units(shared, (purchase(p1=0),)).received == {TEE: dec(0), TWIN: dec(0)}


def test_one_line_on_two_purchase_orders() -> None:
    """A brand product ordered for two ship windows is one line, with both counts."""
    twice = applied(
        AppliedLine(line=TEE, product_id="p1", count=dec(4), purchase_order="a"),
        AppliedLine(line=TEE, product_id="p1", count=dec(2), purchase_order="b"),
    )
    found = arrived_units(twice, (purchase("a", p1=4), purchase("b", p1=1)))
    assert (found.ordered, found.received) == ({TEE: dec(6)}, {TEE: dec(5)})


def test_never_applied() -> None:
    """An order that was never applied has nothing on order and nothing received."""
    found = arrived_units(None, ())
    assert (found.ordered, found.received, found.any, found.all) == ({}, {}, False, False)


def test_products_of_others_are_left_out() -> None:
    """Lines that a person put on the purchase order are not ours."""
    assert arrived_units(ONE, (purchase(strange=4),)).received == {}
    assert sum(arrived_units(ONE, (purchase(p1=5),)).received.values()) == Decimal(5)
