"""Documents in the shapes of the vendor, all values invented."""

from __future__ import annotations

from decimal import Decimal
from typing import Any


def order(number: str, **changes: Any) -> dict[str, Any]:
    """An order of the current generation with one line in two sizes."""
    document = {
        "_id": f"6601000000000000{int(number.partition('-')[0]):08x}",
        "order_number": number,
        "status": "approved",
        "currency_code": "USD",
        "created_on": "2025-02-01T10:00:00.000Z",
        "modified_on": "2025-02-02T10:00:00.000Z",
        "start_ship": "2025-03-01T00:00:00.000Z",
        "end_ship": "2025-03-31T00:00:00.000Z",
        "retailer": {"_id": "r1", "retailer_name": "Corner Shop", "retailer_code": "", "buyer_name": "B One"},
        "edited": False,
        "discount": 0,
        "additional_percentage": 0,
        "total": Decimal("57.5"),
        "total_quantity": 5,
        "order_tags": [],
        "split": False,
        "notes": "",
        "rep_name": "",
        "rep_code": "",
        "submitted_by": "web",
        "line_items": [line()],
    }
    return {**document, **changes}


def line(**changes: Any) -> dict[str, Any]:
    """One style in one colour, three of one size and two of another."""
    sizes = [
        {"size": "S", "quantity": 3, "price": Decimal("12.5"), "upc": "012345000010"},
        {"size": "M", "quantity": 2, "price": 10, "upc": "012345000027"},
    ]
    product = {
        "_id": "s100",
        "style_number": "TEE-100",
        "color": "BLACK",
        "color_code": "001",
        "season": "SS25",
    }
    return {"id": "l1", "product": product, "sizes": sizes, "warehouse": "default", **changes}


def style(id: str = "s100", **changes: Any) -> dict[str, Any]:
    """A style document of the current generation."""
    document = {
        "_id": id,
        "style_number": "TEE-100",
        "season": "SS25",
        "color": "BLACK",
        "color_code": "001",
        "name": "basic tee",
        "brand_id": "tee-100_001",
        "description": "Soft tee",
        "images": ["fe2670dd16943a10"],
        "pricing": {"USD": {"wholesale": Decimal("12.5"), "retail": 30, "disabled": False}},
        "sizes": [{"_id": "k1", "size": "S", "upc": "012345000010"}, {"_id": "k2", "size": "M"}],
        "created_on": "2024-11-02T08:00:00.000Z",
        "modified_on": "2025-02-01T08:00:00.000Z",
    }
    return {**document, **changes}
