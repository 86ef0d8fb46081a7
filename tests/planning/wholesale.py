"""Wholesale orders for tests; a factory takes only what matters."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.origin import Origin
from po_bridge.models.wholesale_order import OrderLine, ShipWindow, WholesaleOrder, WholesaleStatus

AT = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
KEY = OrderKey(portal="Acme", order_id="o1")


def dec(value: str | int | Decimal) -> Decimal:
    """A Decimal."""
    return Decimal(str(value))


def line(
    style: str = "TEE",
    size: str = "M",
    quantity: str | int = 1,
    price: str | int | Decimal | None = "10",
    *,
    ends: date | None = None,
    **more: Any,
) -> OrderLine:
    """A line of one style in black."""
    amounts = {"discount_percent", "original_price", "surcharge", "units_per_pack"}
    exact = {name: dec(value) if name in amounts else value for name, value in more.items()}
    given: dict[str, Any] = {
        "key": LineKey(portal=KEY.portal, style_id=f"s-{style}", color="Black", size=size),
        "style_number": style,
        "quantity": dec(quantity),
        "unit_price": None if price is None else dec(price),
        "window": ShipWindow(end=ends),
        "path": f"$.{style}.{size}.{quantity}.{ends}",
    }
    return OrderLine(**(given | exact))


def order(*lines: OrderLine, total: str | int | Decimal | None = None, **more: Any) -> WholesaleOrder:
    """An approved order."""
    texts = {
        "discount_percent",
        "discount_amount",
        "surcharge_percent",
        "surcharge",
        "freight",
        "cancelled_units",
        "cancelled_total",
        "total_quantity",
    }
    exact = {name: dec(value) if name in texts else value for name, value in more.items()}
    given: dict[str, Any] = {
        "key": KEY,
        "number": "1001",
        "status": WholesaleStatus.APPROVED,
        "currency": "USD",
        "created_at": AT,
        "lines": lines,
        "total": None if total is None else dec(total),
        "origin": Origin(system="brand", record="o1", revision="r1"),
    }
    return WholesaleOrder(**(given | exact))
