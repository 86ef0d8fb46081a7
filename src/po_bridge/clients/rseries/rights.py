"""Which right a call needs, so that a 403 can be mended.

Effective rights are the scopes of the token cut with the rights of the employee who agreed. Orders name
purchase_orders, images and attribute sets inventory_base; the others are mapped by their names.
"""

from __future__ import annotations

import re
from typing import Final

_PATH: Final = re.compile(r"/Account/\d+/([A-Za-z]+)")

_RIGHTS: Final = {
    "Order": ("purchase_orders", "purchase_orders"),
    "OrderLine": ("purchase_orders", "purchase_orders"),
    "Item": ("inventory_read", "product_edit"),
    "ItemMatrix": ("inventory_read", "product_edit"),
    "ItemAttributeSet": ("inventory_base", "product_edit"),
    "Image": ("inventory_base", "product_edit"),
    "Vendor": ("vendors", "vendors"),
    "Manufacturer": ("manufacturers", "manufacturers"),
    "Tag": ("tags", "tags"),
    "Shop": ("inventory_base", ""),
}
"""Rights to read and to write, by entity."""

SCOPES: Final = (
    "employee:inventory",
    "employee:manufacturers",
    "employee:product_cost",
    "employee:product_edit",
    "employee:purchase_orders",
    "employee:tags",
    "employee:vendors",
)
"""Every scope that po_bridge uses, and no other."""


def right_of(method: str, path: str) -> str:
    """Name the right that a call needs; empty where nobody names one."""
    found = _PATH.search(path)
    reads, writes = _RIGHTS.get(found.group(1) if found else "", ("", ""))
    return reads if method == "GET" else writes
