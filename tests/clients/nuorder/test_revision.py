"""What changes a document's content hash."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, strategies as st
from tests.clients.nuorder import documents

from po_bridge.clients.nuorder.revision import ORDER_VOLATILE, STYLE_VOLATILE, revision

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.decimals(-9, 9, places=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


def of(**changes: Any) -> str:
    """The revision of an order."""
    return revision(documents.order("1001", **changes), ORDER_VOLATILE)


@pytest.mark.parametrize(
    "changes",
    [
        {"modified_on": "2026-01-01T00:00:00.000Z"},
        {"status": "processed"},
        {"shipments": [{"type": "UPS", "tracking_numbers": ["1Z"]}]},
        {"__shipment_status": ["shipped"]},
        {"__metadata": {"payments": {}}},
        {"existing_pdf_42": "x"},
        {"order_pdf": "x"},
        {"total": Decimal("57.50")},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_moves_that_are_no_edit(changes: dict[str, Any]) -> None:
    """Where an order stands, and what the vendor notes for itself, is no edit."""
    assert of(**changes) == of()


@pytest.mark.parametrize(
    "changes",
    [
        {"edited": True},
        {"notes": "leave at door"},
        {"total": Decimal("57.51")},
        {"total": "57.5"},
        {"line_items": []},
        {"line_items": [documents.line(ship_end="2025-04-01T00:00:00.000Z")]},
        {"__cancelled_units": 1},
        {"custom_field": None},
    ],
    ids=["edited", "notes", "total", "type", "lines", "nested", "cancelled", "custom"],
)
def test_edits(changes: dict[str, Any]) -> None:
    """Everything else in an order is content, custom fields included."""
    assert of(**changes) != of()


def test_stock_is_no_edit_of_a_style() -> None:
    """A style whose stock moved is the same style; one with another name is not."""
    style = documents.style()
    stocked = {**style, "__inventory_cache": [{"quantity": 3}], "__sold_out": True, "modified_on": "x"}
    assert revision(stocked, STYLE_VOLATILE) == revision(style, STYLE_VOLATILE)
    assert revision({**style, "name": "other"}, STYLE_VOLATILE) != revision(style, STYLE_VOLATILE)


@given(st.dictionaries(st.text(max_size=4), JSON, max_size=4))
def test_key_order_makes_no_difference(document: dict[str, Any]) -> None:
    """The server writes keys in any order."""
    turned = dict(reversed(document.items()))
    assert revision(turned, frozenset()) == revision(document, frozenset())


@given(JSON, JSON)
def test_different_documents_differ(left: Any, right: Any) -> None:
    """Two documents have one hash only where they are equal, true and 1 apart."""
    same = revision({"v": left}, frozenset()) == revision({"v": right}, frozenset())
    if same:
        assert left == right
