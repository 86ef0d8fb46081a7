"""Ship windows: one purchase order with the last date, or one for each date, and what follows an edit."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.planning.wholesale import KEY, dec, line, order

from po_bridge.models.setup import WindowRule
from po_bridge.models.wholesale_order import OrderLine, ShipWindow
from po_bridge.planning.book import Applied, AppliedLine
from po_bridge.planning.wants import PricedLine
from po_bridge.planning.windows import Placed, delivery_date, parts_of, placed_parts

FEB, MAR, APR, JUN = (date(2027, month, 28) for month in (2, 3, 4, 6))


def priced(*lines: OrderLine) -> tuple[PricedLine, ...]:
    """Lines with their price as cost."""
    return tuple(PricedLine(line=one, cost=one.unit_price) for one in lines)


def applied(**ends: date | None) -> Applied:
    """An order that became purchase orders, each with one line and a delivery date."""
    lines = tuple(
        AppliedLine(
            line=line(name).key, product_id=f"p-{name}", count=dec(1), purchase_order=name, due_on=day
        )
        for name, day in ends.items()
    )
    return Applied(
        order=KEY,
        number="1001",
        plan="digest",
        round=1,
        at=datetime(2027, 1, 1, tzinfo=UTC),
        content="r1",
        status="synced",
        purchase_orders=tuple(ends),
        lines=lines,
    )


def placed(before: Applied | None, rule: WindowRule, *ends: date | None) -> tuple[Placed, ...]:
    """How an order with lines of these dates is placed."""
    lines = tuple(line(f"L{place}", ends=day) for place, day in enumerate(ends))
    return placed_parts(order(*lines), priced(*lines), rule, before)


def homes(found: tuple[Placed, ...]) -> dict[date | None, str | None]:
    """Purchase order by delivery date."""
    return {one.part.due_on: one.purchase_order for one in found}


def test_last_is_one_part_with_the_orders_date() -> None:
    """Undivided, an order arrives at its own end."""
    lines = (line("A", ends=FEB), line("B", ends=APR))
    (part,) = parts_of(order(*lines, window=ShipWindow(end=APR)), priced(*lines), WindowRule.LAST)
    assert (part.due_on, part.divided, len(part.lines)) == (APR, False, 2)


def test_each_groups_by_last_day() -> None:
    """Divided, lines with the same last day arrive together, the earliest first, whatever their first day."""
    lines = (
        line("A", ends=APR),
        line("B", window=ShipWindow(start=FEB, end=APR)),
        line("C", ends=FEB),
        line("D"),
    )
    parts = parts_of(order(*lines), priced(*lines), WindowRule.EACH)
    assert [(part.due_on, [one.line.style_number for one in part.lines]) for part in parts] == [
        (FEB, ["C"]),
        (APR, ["A", "B"]),
        (None, ["D"]),
    ]
    assert all(part.divided for part in parts)


def test_one_date_is_not_divided() -> None:
    """An order with one date is one part under either rule."""
    lines = (line("A", ends=APR), line("B", ends=APR))
    (part,) = parts_of(order(*lines), priced(*lines), WindowRule.EACH)
    assert not part.divided


@pytest.mark.parametrize(
    ("end", "ends", "expected"),
    [(MAR, (FEB, APR), MAR), (None, (FEB, APR), APR), (None, (None,), None)],
    ids=["order's own", "latest line", "never invented"],
)
def test_delivery_date(end: date | None, ends: tuple[date | None, ...], expected: date | None) -> None:
    """The order's end, else the latest of its lines, else none."""
    lines = tuple(line(f"L{place}", ends=day) for place, day in enumerate(ends))
    assert delivery_date(order(*lines, window=ShipWindow(end=end))) == expected


def test_part_reads_as_an_order_of_its_own() -> None:
    """A divided part has its own lines and date, and everything else of the order."""
    lines = (line("A", ends=FEB), line("B", ends=APR))
    whole = order(*lines, window=ShipWindow(end=APR), number="77")
    first, _ = parts_of(whole, priced(*lines), WindowRule.EACH)
    made = first.order(whole)
    assert (made.number, made.window.end, [one.style_number for one in made.lines]) == ("77", FEB, ["A"])


# --- an order that was applied before ------------------------------------------------------------------


@pytest.mark.parametrize("rule", list(WindowRule), ids=lambda each: each.name)
def test_one_purchase_order_stays_one(rule: WindowRule) -> None:
    """An order that became one purchase order keeps it, whatever the rule says by now."""
    (found,) = placed(applied(po1=FEB), rule, FEB, APR)
    assert (found.purchase_order, found.part.divided) == ("po1", False)


@pytest.mark.parametrize("rule", list(WindowRule), ids=lambda each: each.name)
def test_several_stay_several(rule: WindowRule) -> None:
    """An order that became several purchase orders keeps them, whatever the rule says by now."""
    assert homes(placed(applied(po1=FEB, po2=APR), rule, FEB, APR)) == {FEB: "po1", APR: "po2"}


def test_moved_date_is_followed_and_told() -> None:
    """One date that moved is paired with the purchase order whose date vanished."""
    found = placed(applied(po1=FEB, po2=APR), WindowRule.EACH, MAR, APR)
    assert homes(found) == {MAR: "po1", APR: "po2"}
    assert [one.moved for one in found] == [True, False]


def test_all_dates_moved_keep_their_order() -> None:
    """When every date moved, the earliest stays the earliest."""
    assert homes(placed(applied(po1=FEB, po2=MAR), WindowRule.EACH, APR, JUN)) == {APR: "po1", JUN: "po2"}


def test_further_window_gets_a_purchase_order() -> None:
    """A window more is made, the others stay."""
    found = placed(applied(po1=FEB, po2=APR), WindowRule.EACH, FEB, APR, JUN)
    assert homes(found) == {FEB: "po1", APR: "po2", JUN: None}


def test_vanished_window_leaves_an_empty_part() -> None:
    """A window less leaves its purchase order without lines to hold."""
    found = placed(applied(po1=FEB, po2=APR), WindowRule.EACH, APR)
    assert homes(found) == {APR: "po2", FEB: "po1"}
    assert [len(one.part.lines) for one in found] == [1, 0]
    assert not any(one.moved for one in found)


def test_doubtful_moves_are_not_guessed() -> None:
    """One vanished date and two new ones: nobody can say which is which, so both new ones are made."""
    found = placed(applied(po1=FEB, po2=APR), WindowRule.EACH, APR, MAR, JUN)
    assert homes(found) == {APR: "po2", MAR: None, JUN: None, FEB: "po1"}


def test_older_records_without_dates_are_one() -> None:
    """What was applied before purchase orders were told apart by line belongs to the last of the lineage."""
    old = applied(po1=None)
    (found,) = placed(old, WindowRule.EACH, FEB, APR)
    assert (found.purchase_order, found.moved) == ("po1", False)
