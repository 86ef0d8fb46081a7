"""What stands where in the documents of X-Series."""

from __future__ import annotations

from .families import (
    MEMBERS as FAMILY_MEMBERS,
    SHARED as FAMILY_SHARED,
    read_family,
    read_rows,
    write_family_patch,
    write_new_family,
    write_new_member,
    write_product_patch,
)
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
from .purchase_orders import ORDERED, PURCHASE_ORDER, read_quantities
from .store_records import NAMED, OUTLET, RETAILER, read_outlets

__all__ = [
    "ADDED_VARIANT",
    "CODES",
    "FAMILY_MEMBERS",
    "FAMILY_SHARED",
    "LINE",
    "NAMED",
    "NEW_FAMILY",
    "NEW_PRODUCT",
    "NEW_VARIANT",
    "ORDER",
    "ORDERED",
    "OUTLET",
    "PRODUCT",
    "PURCHASE_ORDER",
    "ProductEdit",
    "RETAILER",
    "SUPPLIERS",
    "read_family",
    "read_lines",
    "read_outlets",
    "read_products",
    "read_quantities",
    "read_rows",
    "write_added",
    "write_edit",
    "write_family",
    "write_family_patch",
    "write_line",
    "write_new_family",
    "write_new_member",
    "write_order",
    "write_product_patch",
]
