"""What stands where in the documents of X-Series."""

from __future__ import annotations

from .orders import LINE, ORDER, read_lines, write_line, write_order
from .product_writes import (
    ADDED_VARIANT,
    NEW_FAMILY,
    NEW_PRODUCT,
    NEW_VARIANT,
    ProductEdit,
    write_added,
    write_edit,
    write_family,
)
from .products import CODES, PRODUCT, SUPPLIERS, read_products
from .store_records import NAMED, OUTLET, RETAILER, read_outlets

__all__ = [
    "ADDED_VARIANT",
    "CODES",
    "LINE",
    "NAMED",
    "NEW_FAMILY",
    "NEW_PRODUCT",
    "NEW_VARIANT",
    "ORDER",
    "OUTLET",
    "PRODUCT",
    "ProductEdit",
    "RETAILER",
    "SUPPLIERS",
    "read_lines",
    "read_outlets",
    "read_products",
    "write_added",
    "write_edit",
    "write_family",
    "write_line",
    "write_order",
]
