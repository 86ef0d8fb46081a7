"""An order with its shipments, which stand in the order's own document."""

from __future__ import annotations

from typing import Any

from ...errors import BadDocument
from ...mapping.nuorder import Tables
from ...models.shipment import Shipping


def shipping_of(tables: Tables, document: Any) -> Shipping:
    """Read the shipping out of an order's document; never raises for what stands there.

    No shipment was ever recorded, so its shape is a guess: a wrong one must not hide the order.
    """
    try:
        found: Shipping = tables.shipping.read(document, name="shipments")
    except BadDocument as bad:
        return Shipping(faults=tuple(map(str, bad.issues)))
    return found
