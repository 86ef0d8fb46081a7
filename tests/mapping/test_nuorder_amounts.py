"""What an order's document tells beside its prices: discounts as amounts, surcharges of lines, made-to-order words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.clients.nuorder import documents
from tests.planning.wholesale import dec

from po_bridge.errors import BadDocument
from po_bridge.mapping.nuorder import ORDER
from po_bridge.models.wholesale_order import WholesaleOrder


def read(**changes: Any) -> WholesaleOrder:
    """An order with changes to its header."""
    return ORDER.read(documents.order("1", **changes), context={"portal": "Acme"})


def customized(value: Any) -> tuple[str, ...]:
    """What is read of a line's customisations."""
    return read(line_items=[documents.line(__customizations=value)]).lines[0].customizations


@pytest.mark.parametrize(
    ("discounts", "expected"),
    [
        ({}, 0),
        ({"total_order_level_discount": "0"}, 0),
        ({"total_order_level_discount": "12.5"}, "12.5"),
        ({"total_order_level_discount": 12}, 12),
        ({"total_order_level_discount": ""}, 0),
        ({"total_order_level_discount": None}, 0),
    ],
    ids=["missing", "zero", "text", "number", "blank", "null"],
)
def test_amount_off_the_order(discounts: dict[str, Any], expected: Any) -> None:
    """What is taken off the order as a whole is an amount, as text or number."""
    assert read(order_discounts=discounts).discount_amount == dec(expected)


def test_cancelled_total() -> None:
    """The price of cancelled units stands beside their count."""
    found = read(__cancelled_units=2, __cancelled_total=dec("50"))
    assert (found.cancelled_units, found.cancelled_total) == (dec(2), dec(50))


def test_surcharge_of_each_size() -> None:
    """Each size states its own surcharge; the sum on the line around it is not counted a second time."""
    line = documents.line(surcharges={"total_surcharge": "3", "applied": []})
    for size, amount in zip(line["sizes"], ("1", "2"), strict=True):
        size["surcharges"] = {"total_surcharge": amount, "applied": []}
    found = read(line_items=[line])
    assert [one.surcharge for one in found.lines] == [dec(1), dec(2)]
    assert found.extra == {}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ()),
        ([], ()),
        ("engraved", ("engraved",)),
        (["engraved", " ", "boxed"], ("engraved", "boxed")),
        ([{"name": "engraving", "value": "Ann", "parts": [1], "note": ""}], ("name: engraving, value: Ann",)),
        ([7, True, None, [1]], ("7", "True", "[1]")),
        ({"name": "strap"}, ("name: strap",)),
    ],
    ids=["null", "empty", "text", "texts", "object", "anything", "one object"],
)
def test_customisations_of_any_shape(value: Any, expected: tuple[str, ...]) -> None:
    """Their shape is not known, so whatever stands there is told and never refused."""
    assert customized(value) == expected


def test_flag_of_customisation_is_known() -> None:
    """The flag beside them means nothing to us and is no unknown key."""
    assert read(line_items=[documents.line(customization_split=True)]).extra == {}


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        (
            {"order_discounts": {"total_order_level_discount": "$5"}},
            "$.order_discounts.total_order_level_discount",
        ),
        ({"__cancelled_total": "much"}, "$.__cancelled_total"),
    ],
    ids=["display text", "words"],
)
def test_faults_are_named(changes: dict[str, Any], path: str) -> None:
    """Display texts are no amounts, and are named."""
    with pytest.raises(BadDocument) as caught:
        read(**changes)
    assert [issue.path for issue in caught.value.issues] == [path]
