"""Which scope a call needs, so that a 403 can be mended.

Names are stated by the vendor for products, suppliers, consignments, retailer; outlets is inferred.
"""

from __future__ import annotations

import re
from typing import Final

_PATH: Final = re.compile(r"/api/[^/]+/([a-z_]+)")

_SCOPES: Final = {
    "products": ("products:read", "products:write"),
    "product_images": ("products:read", "products:write"),
    "brands": ("products:read", "products:write"),
    "tags": ("products:read", "products:write"),
    "variant_attributes": ("products:read", "products:write"),
    "suppliers": ("suppliers:read", "suppliers:write"),
    "consignments": ("consignments:read", "consignments:write:stock_order"),
    "retailer": ("retailer:read and payment_types:read", ""),
    "outlets": ("outlets:read", ""),
    "product_families": ("products:read", "products:write"),
    "purchase_orders": ("consignments:read", ""),
}
"""Scopes to read and to write, by the first word behind the version."""


def scope_of(method: str, path: str) -> str:
    """Name the scope a call needs; empty where the vendor names none."""
    found = _PATH.match(path)
    reads, writes = _SCOPES.get(found.group(1) if found else "", ("", ""))
    return reads if method == "GET" else writes


ASKED: Final = (
    "consignments:read",
    "consignments:write:stock_order",
    "outlets:read",
    "payment_types:read",
    "products:read",
    "products:read:costs",
    "products:write",
    "retailer:read",
    "suppliers:read",
    "suppliers:write",
)
"""Every scope that po_bridge uses, and no other; ``retailer:read`` works together with ``payment_types:read``."""
