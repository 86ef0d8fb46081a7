"""What one unit costs: the reading that meets the order's own total is taken, anything else is a question."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, strategies as st
from tests.planning.wholesale import dec, line, order

from po_bridge.mapping.nuorder import ORDER
from po_bridge.models.setup import PriceReading
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.costs import Costs, Undecided, unit_costs

SAMPLES = Path(__file__).parents[2].parent / "shared" / "reference" / "samples" / "nuorder"
AS_IS, LESS_LINE, LESS_ORDER, LESS_BOTH = PriceReading
TWO = (line("A", "S", 3, "12.50"), line("B", "M", 2, "10"))
"""57.50 together."""


def decided(found: Costs | Undecided) -> Costs:
    """The costs, which must be decided."""
    assert isinstance(found, Costs), found
    return found


def undecided(found: Costs | Undecided) -> Undecided:
    """The question, which must be open."""
    assert isinstance(found, Undecided), found
    return found


def documents() -> list[tuple[str, dict[str, Any]]]:
    """Every recorded order, with the file it stands in."""
    found: list[tuple[str, dict[str, Any]]] = []
    for path in sorted((*SAMPLES.glob("order_*.json"), *SAMPLES.glob("reconstructed/order_2025*.json"))):
        value = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
        some = value if isinstance(value, list) else [value]
        found += [(path.stem, one) for one in some if "line_items" in one and "_id" in one]
    return found


# --- the recorded shapes ----------------------------------------------------------------------------


@pytest.mark.skipif(not SAMPLES.exists(), reason="the recorded orders are not beside this checkout")
@pytest.mark.parametrize(
    "document", [pytest.param(one, id=f"{name}:{one['order_number']}") for name, one in documents()]
)
def test_recorded_orders_are_decided(document: dict[str, Any]) -> None:
    """Every recorded order's prices meet its own total as they are."""
    read = ORDER.read(document, context={"portal": "Acme"})
    costs = decided(unit_costs(read))
    assert costs.reading is AS_IS
    assert costs.units == tuple(one.unit_price for one in read.lines)


def test_stated_line_discount_is_inside_the_price() -> None:
    """A discounted line whose price is the discounted one already meets the total as it is."""
    found = unit_costs(order(line(quantity=6, price=9, discount_percent=10, original_price=10), total=54))
    assert decided(found).reading is AS_IS
    assert decided(found).units == (dec(9),)


# --- the four readings --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "reading", "unit"),
    [
        ("100", AS_IS, "10"),
        ("90", LESS_LINE, "9"),
        ("80", LESS_ORDER, "8"),
        ("72", LESS_BOTH, "7.2"),
    ],
    ids=lambda value: value.name if isinstance(value, PriceReading) else str(value),
)
def test_the_total_decides(total: str, reading: PriceReading, unit: str) -> None:
    """The reading that meets the order's total is taken, and named."""
    found = unit_costs(order(line(quantity=10, discount_percent=10), total=total, discount_percent=20))
    assert decided(found).reading is reading
    assert decided(found).units == (dec(unit),)


def test_total_that_nothing_meets_is_a_question() -> None:
    """Without a discount and with a total of its own, an order is not believed."""
    found = undecided(unit_costs(order(*TWO, total=60)))
    assert "no reading of the prices fits" in found.why
    assert "leaves 60.00 for goods" in found.why
    assert [one.reading for one in found.readings] == [AS_IS]


def test_two_readings_that_fit_are_a_question() -> None:
    """Where line and order discount come to the same amount, nobody can say which one was taken off."""
    lines = (line("A", quantity=1, price=100, discount_percent=20), line("B", quantity=1, price=100))
    found = undecided(unit_costs(order(*lines, total=180, discount_percent=10)))
    assert "2 readings of the prices fit" in found.why
    assert {LESS_LINE, LESS_ORDER} <= {one.reading for one in found.readings}


def test_readings_with_equal_costs_are_one() -> None:
    """The same percentage on the only line and on the order gives the same cost: that is no question."""
    found = unit_costs(order(line(price=100, discount_percent=10), total=90, discount_percent=10))
    assert decided(found).units == (dec(90),)


def test_no_total_and_no_discount_is_plain() -> None:
    """Without discounts there is nothing to decide, with a total or without."""
    found = decided(unit_costs(order(*TWO)))
    assert (found.reading, found.compared) == (AS_IS, False)


def test_no_total_with_discount_is_a_question() -> None:
    """A discount without a total to compare with is not placed by guessing."""
    found = undecided(unit_costs(order(*TWO, discount_percent=10)))
    assert "states no total" in found.why


def test_missing_price_is_unknown_never_zero() -> None:
    """A line without a price has no cost; the other lines keep theirs."""
    found = decided(unit_costs(order(line("A", price=None), line("B", price=5), total=5)))
    assert found.units == (None, dec(5))


@pytest.mark.parametrize(
    "more", [{"discount_percent": 10}, {"discount_amount": 2}], ids=["percent", "amount"]
)
def test_missing_price_with_discount_is_a_question(more: dict[str, Any]) -> None:
    """With a price missing no total can place a discount."""
    found = undecided(unit_costs(order(line("A", price=None), line("B", price=20), total=18, **more)))
    assert "prices are missing" in found.why


def test_missing_price_of_no_units_does_not_matter() -> None:
    """A line of no units needs no price."""
    assert decided(
        unit_costs(order(line("A", quantity=0, price=None), line("B", price=20), total=20))
    ).compared


# --- what else is in a total ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "more"),
    [
        ("75.50", {"freight": 18}),
        ("60.00", {"surcharge": "2.5"}),
        ("55.50", {"surcharge": "-2"}),
        ("63.25", {"surcharge_percent": 10}),
        ("81.25", {"freight": 18, "surcharge_percent": 10}),
        ("63.25", {"surcharge_percent": 10, "surcharge": "5.75"}),
        ("66.00", {"surcharge_percent": 10, "surcharge": "2.75"}),
        ("60.50", {"surcharge": 3}),
    ],
    ids=[
        "freight",
        "surcharge",
        "negative surcharge",
        "percent",
        "freight and percent",
        "amount is the percentage's result",
        "amount beside the percentage",
        "flat",
    ],
)
def test_freight_and_surcharge_leave_the_total(total: str, more: dict[str, Any]) -> None:
    """Freight and surcharge, in whichever form, are taken off before prices are compared."""
    assert decided(unit_costs(order(*TWO, total=total, **more))).reading is AS_IS


def test_surcharges_of_lines_leave_the_total() -> None:
    """Where only lines state surcharges, their sum is taken off."""
    lines = (
        line("A", quantity=2, price=10, surcharge="1.5"),
        line("B", quantity=1, price=5, surcharge="0.5"),
    )
    assert decided(unit_costs(order(*lines, total=27))).reading is AS_IS


def test_surcharge_of_minus_hundred_percent_is_no_division_by_zero() -> None:
    """A surcharge that takes everything off leaves nothing to compare with."""
    found = undecided(unit_costs(order(*TWO, total=0, surcharge_percent=-100, discount_percent=5)))
    assert "leaves nothing to compare" in found.why


# --- promotions on the order ----------------------------------------------------------------------------


def test_amount_off_the_order_is_spread() -> None:
    """A promotion that takes an amount off the order lowers every unit by its share."""
    lines = (line("A", quantity=1, price=60), line("B", quantity=2, price=20))
    found = decided(unit_costs(order(*lines, total=90, discount_amount=10)))
    assert (found.reading, found.units) == (LESS_ORDER, (dec(54), dec(18)))


def test_amount_that_is_the_percentages_result_changes_nothing() -> None:
    """The stated percentage is exact, its stated result is rounded: costs come from the percentage."""
    found = decided(
        unit_costs(
            order(line(quantity=7, price="9.99"), total="62.94", discount_percent=10, discount_amount="6.99")
        )
    )
    assert (found.reading, found.units) == (LESS_ORDER, (dec("8.991"),))


def test_amount_beyond_the_goods_is_not_spread() -> None:
    """An amount off that is larger than the goods makes no cost negative."""
    found = unit_costs(order(line(price=10), total=10, discount_amount=50))
    assert decided(found).units == (dec(10),)


def test_hundred_percent_off_is_zero() -> None:
    """Everything off is a cost of zero, when the total says so."""
    found = decided(unit_costs(order(line(price=10, quantity=3), total=0, discount_percent=100)))
    assert (found.reading, found.units) == (LESS_ORDER, (dec(0),))


# --- rounding ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("price", "percent", "quantity", "total"),
    [
        ("9.99", "15", 100, "849.15"),
        ("9.99", "15", 100, "849.00"),
        ("33.33", "33", 7, "156.32"),
        ("0.05", "50", 1000, "25.00"),
        ("19.95", "12.5", 13, "226.95"),
    ],
    ids=["sum rounded", "units rounded", "thirds", "small coins", "half percent"],
)
def test_rounding_is_forgiven(price: str, percent: str, quantity: int, total: str) -> None:
    """Whether a brand rounds units, lines or the whole, the same reading is found."""
    found = unit_costs(order(line(price=price, quantity=quantity), total=total, discount_percent=percent))
    assert decided(found).reading is LESS_ORDER


def test_rounding_forgives_no_whole_cents() -> None:
    """Prices in whole cents without discount leave no room: a total that is off by two cents is a question."""
    undecided(unit_costs(order(line(price="9.99", quantity=1000), total="9990.02")))


def test_five_decimals_are_kept() -> None:
    """Costs keep five decimals, not two."""
    found = decided(unit_costs(order(line(price="10", quantity=3), total="29.63", discount_percent="1.2345")))
    assert found.units == (dec("9.87655"),)


def test_minor_units_are_no_price() -> None:
    """A total in cents for prices in dollars meets nothing."""
    undecided(unit_costs(order(*TWO, total=5750)))


# --- the portal's rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "reading"),
    [
        (order(line(quantity=10), discount_percent=20), LESS_ORDER),
        (order(line("A", price=None), line("B"), total=8, discount_percent=20), LESS_ORDER),
        (
            order(
                line("A", price=100, discount_percent=20),
                line("B", price=100),
                total=180,
                discount_percent=10,
            ),
            LESS_LINE,
        ),
    ],
    ids=["no total", "missing price", "two fit"],
)
def test_rule_decides_where_the_total_does_not(case: WholesaleOrder, reading: PriceReading) -> None:
    """The portal's rule answers what the total leaves open."""
    assert decided(unit_costs(case, reading)).reading is reading


@pytest.mark.parametrize("rule", list(PriceReading), ids=lambda each: each.name)
def test_rule_does_not_overrule_the_total(rule: PriceReading) -> None:
    """A rule never makes up for a total that no reading meets, nor for one that another meets."""
    undecided(unit_costs(order(*TWO, total=60, discount_percent=10), rule))
    assert decided(unit_costs(order(*TWO, total="57.50", discount_percent=10), rule)).reading is AS_IS


# --- cancelled units ----------------------------------------------------------------------------------------


def test_total_without_cancelled_units_is_told() -> None:
    """Where the total is met only with the cancelled units' price, the costs say so."""
    found = decided(unit_costs(order(*TWO, total="37.50", cancelled_units=2, cancelled_total=20)))
    assert found.with_cancelled


# --- laws -----------------------------------------------------------------------------------------------------

PRICES = st.decimals("0.01", "500", places=2)
PERCENTS = st.decimals("1", "60", places=1)


@given(
    prices=st.lists(st.tuples(PRICES, st.integers(1, 60)), min_size=1, max_size=6),
    line_off=PERCENTS,
    order_off=PERCENTS,
    truth=st.sampled_from(list(PriceReading)),
)
def test_the_truth_is_found_or_asked(
    prices: list[tuple[Decimal, int]], line_off: Decimal, order_off: Decimal, truth: PriceReading
) -> None:
    """An order whose total was made by one reading is never decided for a dearer or cheaper one."""
    lines = tuple(
        line(f"S{place}", quantity=count, price=price, discount_percent=line_off if place % 2 else 0)
        for place, (price, count) in enumerate(prices)
    )
    made = order(*lines, discount_percent=order_off)
    total = sum(
        (
            one.quantity
            * (one.unit_price or 0)
            * (1 - (one.discount_percent / 100 if truth in {LESS_LINE, LESS_BOTH} else 0))
            * (1 - (order_off / 100 if truth in {LESS_ORDER, LESS_BOTH} else 0))
            for one in lines
        ),
        Decimal(0),
    ).quantize(dec("0.01"))
    assume(total > 0)
    found = unit_costs(order(*lines, discount_percent=order_off, total=total))
    if isinstance(found, Costs):
        worth = sum(
            (one.quantity * (unit or 0) for one, unit in zip(lines, found.units, strict=True)), dec(0)
        )
        units = sum((one.quantity for one in lines), dec(0))
        assert abs(worth - total) <= dec("0.01") + dec("0.005") * (units + len(lines))
    else:
        assert truth in {one.reading for one in found.readings} or len(found.readings) < len(PriceReading)
    assert made.lines == lines


@given(st.permutations(range(4)))
def test_order_of_lines_does_not_matter(places: list[int]) -> None:
    """Lines in another order cost the same."""
    lines = [
        line(f"S{place}", quantity=place + 1, price=7 + place, discount_percent=place) for place in range(4)
    ]
    shuffled = [lines[place] for place in places]
    total = sum((one.quantity * (one.unit_price or 0) for one in lines), dec(0))
    plain = decided(unit_costs(order(*lines, total=total)))
    mixed = decided(unit_costs(order(*shuffled, total=total)))
    assert mixed.reading is plain.reading
    assert [mixed.units[places.index(place)] for place in range(4)] == list(plain.units)
