"""Lines of a purchase order: one for each product, whatever number of wholesale lines want it."""

from __future__ import annotations

from decimal import Decimal

from tests.planning.wholesale import dec, line

from po_bridge.planning.purchase import Wanted, target_lines
from po_bridge.planning.refs import Known
from po_bridge.planning.wants import Want

TEE, MUG = Known(id="tee"), Known(id="mug")


def wanted(product: Known, style: str, units: str, cost: str | None) -> Wanted:
    """A want of a style that goes to a product."""
    one = line(style, quantity=units)
    amount = None if cost is None else dec(cost)
    return Wanted(
        want=Want(key=one.key, lines=(one,), units=dec(units), cost=amount), product=product, name=style
    )


def test_wants_of_one_product_are_one_line() -> None:
    """Two brand products that a person linked to one: units are summed, the cost is weighted by count."""
    found = target_lines(
        [wanted(TEE, "OLD", "3", "10"), wanted(MUG, "CUP", "5", "2"), wanted(TEE, "NEW", "1", "12")]
    )
    assert [(one.product, one.count, one.cost) for one in found] == [
        (TEE, Decimal(4), Decimal("10.50000")),
        (MUG, Decimal(5), Decimal(2)),
    ]
    assert [units for _, units in found[0].lines] == [Decimal(3), Decimal(1)]


def test_a_cost_that_one_of_them_lacks_is_unknown() -> None:
    """Nobody invents the part that is missing."""
    (found,) = target_lines([wanted(TEE, "OLD", "3", "10"), wanted(TEE, "NEW", "1", None)])
    assert (found.count, found.cost) == (Decimal(4), None)
