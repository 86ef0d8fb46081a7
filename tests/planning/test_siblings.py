"""Split orders: told apart by suffix, tied by group, shown as siblings, and nothing more."""

from __future__ import annotations

import pytest
from attrs import evolve
from tests.planning.wholesale import order

from po_bridge.models.keys import OrderKey
from po_bridge.models.wholesale_order import WholesaleOrder
from po_bridge.planning.siblings import are_siblings, base_number, is_part_of, siblings_in


def numbered(number: str, *, group: str = "", portal: str = "Acme", id: str = "") -> WholesaleOrder:
    """An order of a number."""
    key = OrderKey(portal=portal, order_id=id or f"{portal}-{number}")
    return evolve(order(), key=key, number=number, group=group)


@pytest.mark.parametrize(
    ("number", "base"),
    [
        ("100589-1", "100589"),
        ("100589-12", "100589"),
        ("141820377-1-A", "141820377"),
        ("131803493", "131803493"),
        ("PO-7781-A", "PO-7781-A"),
        ("SPRING-1", "SPRING-1"),
        ("2026-2027", "2026-2027"),
        ("-1", "-1"),
    ],
    ids=str,
)
def test_base_number(number: str, base: str) -> None:
    """Only the suffixes that splitting adds are taken off, and only from plain numbers."""
    assert base_number(number) == base


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (numbered("100589-1"), numbered("100589-2"), True),
        (numbered("100589"), numbered("100589-2"), True),
        (numbered("1", group="g"), numbered("2", group="g"), True),
        (numbered("100589-1", group="g"), numbered("100589-2", group="h"), False),
        (numbered("100589-1", group="g"), numbered("100589-2"), True),
        (numbered("100589-1"), numbered("100590-1"), False),
        (numbered("100589-1"), numbered("100589-2", portal="Birch"), False),
        (numbered("100589-1", id="a"), numbered("100589-1", id="b"), False),
        (numbered("100589-1", id="a"), numbered("100589-1", id="a"), False),
    ],
    ids=[
        "suffixes",
        "whole",
        "group",
        "other groups",
        "one group",
        "others",
        "portals",
        "same number",
        "itself",
    ],
)
def test_siblings(one: WholesaleOrder, other: WholesaleOrder, expected: bool) -> None:
    """Orders of one portal with the same group, or where one has none the same base number, are siblings."""
    assert are_siblings(one, other) is expected
    assert are_siblings(other, one) is expected


def test_siblings_in_a_list() -> None:
    """Each order learns of its siblings in the list, and orders alone are left out."""
    first, second, third = (numbered(f"100589-{suffix}") for suffix in (1, 2, 3))
    tied = numbered("9", group="g"), numbered("8", group="g")
    found = siblings_in([first, numbered("7"), second, *tied, third])
    assert found[first.key] == (second.key, third.key)
    assert found[tied[0].key] == (tied[1].key,)
    assert set(found) == {first.key, second.key, third.key, *(one.key for one in tied)}


@pytest.mark.parametrize(
    ("number", "whole", "expected"),
    [
        ("100589-1", "100589", True),
        ("100589-1-A", "100589-1", True),
        ("100589-1-A", "100589", True),
        ("100589-12", "100589-1", False),
        ("100589", "100589", False),
        ("100589", "100589-1", False),
        ("100589-1", "100589-2", False),
        ("SPRING-1", "SPRING", False),
    ],
    ids=str,
)
def test_part_of(number: str, whole: str, expected: bool) -> None:
    """A part bears the whole's number and a suffix that splitting adds."""
    assert is_part_of(number, whole) is expected
