"""Three ages of the order document."""

from __future__ import annotations

import pytest
from tests.sandbox.nuorder.signing import Caller, brand, order

from po_bridge.sandbox.nuorder import Generation, rendered


def test_2025_is_the_document_itself() -> None:
    """The current generation is a copy, so a change of it leaves the original alone."""
    document = order()
    copy = rendered(document, Generation.Y2025)
    assert copy == document
    copy["line_items"][0]["sizes"][0]["quantity"] = 99
    assert document == order()


def test_2023() -> None:
    """In 2023 totals are text and lines have dates, but no id, retail price, packs or unrounded price."""
    old = rendered(order(order_type="Booking", external_id="x"), Generation.Y2023)
    line = old["line_items"][0]
    assert line["original_total"] == "62.5"
    assert line["ship_start"]
    assert "id" not in line
    assert sorted(line["sizes"][0]) == ["discounts", "original_price", "price", "quantity", "size", "upc"]
    assert "brand_id" not in line["product"]
    assert old["order_discounts"]["original_total"] == "98.5"
    assert not {"order_type", "external_id"} & set(old)


def test_2014() -> None:
    """In 2014 lines have style, colour, size, quantity and price alone; custom fields of the header stay."""
    old = rendered(order(), Generation.Y2014)
    assert old["line_items"][1] == {
        "product": {"_id": "e2", "style_number": "CAP-1", "color": "Red", "color_code": ""},
        "sizes": [{"size": "OS", "quantity": 4, "price": 9}],
    }
    assert (old["total"], old["custom_dock"]) == (98.5, "B4")
    assert not {"order_discounts", "total_quantity", "order_group_id"} & set(old)
    assert "buyer_email" not in old["retailer"]


@pytest.mark.parametrize("generation", Generation)
def test_served_as_stored(generation: Generation) -> None:
    """A document of any generation is served as it was stored."""
    sandbox = brand()
    old = rendered(order("a7"), generation)
    sandbox.add_order(old)
    assert Caller(sandbox).read("/api/order/a7") == old
