"""Codes of new products: always one known before the call, whatever the SKU is made from."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, strategies as st
from tests.planning.showroom import families, line, planned, product, reviewed

from po_bridge.models.pos_product import CodeKind
from po_bridge.models.setup import Setup, SkuRule
from po_bridge.models.wholesale_order import OrderLine
from po_bridge.planning.plan import Plan

UPC = "042100005264"
OTHER_UPC = "036000291452"


def coded(plan: Plan) -> list[tuple[bool, tuple[str, ...]]]:
    """Codes of every new product with whether the store's own number goes before them."""
    return [
        (member.sku_from_store, tuple(code.text for code in member.codes))
        for family in families(plan.changes)
        for member in family.members
    ]


def codes(rule: SkuRule, lines: Sequence[OrderLine], *taken: str) -> list[tuple[bool, tuple[str, ...]]]:
    """Codes of new products in a store where some codes are taken."""
    others = [
        product(f"p{number}", name=f"Other {number}", family_id=None, options={}, upc=text, supplier=None)
        for number, text in enumerate(taken)
    ]
    return coded(planned(reviewed(lines, others), Setup(sku=rule)))


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SkuRule.FROM_UPC, (False, (UPC,))),
        (SkuRule.FROM_SUPPLIER_CODE, (False, ("AB100NAVYM", UPC))),
        (SkuRule.STORE_SEQUENCE, (True, (UPC,))),
    ],
    ids=lambda value: value.value if isinstance(value, SkuRule) else "",
)
def test_codes_of_a_product_with_a_upc(rule: SkuRule, expected: tuple[bool, tuple[str, ...]]) -> None:
    """The brand's code is kept under every rule; the SKU is the first code, or the store's own number."""
    assert codes(rule, [line(upc=UPC)]) == [expected]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (SkuRule.FROM_UPC, (False, ("NORTHAB100NAVYM",))),
        (SkuRule.FROM_SUPPLIER_CODE, (False, ("AB100NAVYM",))),
        (SkuRule.STORE_SEQUENCE, (True, ("NORTHAB100NAVYM",))),
    ],
    ids=lambda value: value.value if isinstance(value, SkuRule) else "",
)
def test_codes_of_a_product_without_a_upc(rule: SkuRule, expected: tuple[bool, tuple[str, ...]]) -> None:
    """Without a code of the brand one of ours is made, so that a probe can find the product."""
    assert codes(rule, [line()]) == [expected]


def test_taken_supplier_code_is_told_apart_by_the_portal() -> None:
    """Style numbers repeat across brands: a taken one is written with the portal, then with a number."""
    rule = SkuRule.FROM_SUPPLIER_CODE
    assert codes(rule, [line()], "AB100NAVYM") == [(False, ("NORTHAB100NAVYM",))]
    assert codes(rule, [line()], "AB100NAVYM", "NORTHAB100NAVYM") == [(False, ("NORTHAB100NAVYMX2",))]


def test_sequence_is_said_in_the_plan() -> None:
    """A person who approves sees that the store numbers the product."""
    shown = str(planned(reviewed([line(upc=UPC)]), Setup(sku=SkuRule.STORE_SEQUENCE)))
    assert "SKU of the store" in shown
    assert "SKU of the store" not in str(planned(reviewed([line(upc=UPC)])))


def test_kind_of_the_upc_stays() -> None:
    """The brand's code keeps its kind in second place; ours is custom."""
    plan = planned(reviewed([line(upc=UPC)]), Setup(sku=SkuRule.FROM_SUPPLIER_CODE))
    (family,) = families(plan.changes)
    assert [code.kind for code in family.members[0].codes] == [CodeKind.CUSTOM, CodeKind.UPC]


SIZES = st.lists(st.sampled_from(["S", "M", "L", "XL", "大", "小", ""]), min_size=1, max_size=6, unique=True)


@given(
    rule=st.sampled_from(SkuRule),
    sizes=SIZES,
    upcs=st.lists(st.sampled_from([UPC, OTHER_UPC, "", "N/A"]), min_size=6),
)
def test_codes_are_known_and_never_shared(rule: SkuRule, sizes: list[str], upcs: list[str]) -> None:
    """Under every rule each new product has a code, and no two share one."""
    lines = [line(size=size, upc=upc) for size, upc in zip(sizes, upcs, strict=False)]
    found = codes(rule, lines)
    every = [code for _, some in found for code in some]
    assert all(some for _, some in found)
    assert len(every) == len(set(every))
