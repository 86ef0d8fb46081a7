"""A purchase order as it is to be written: the business fields, no ids."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from attrs import field, frozen

from .checks import aware, finite


@frozen(kw_only=True)
class OrderDraft:
    """Business fields of a purchase order, before supplier and outlet are known by id."""

    created_at: datetime | None = field(default=None, validator=aware)
    """Date of the order."""
    supplier: str = ""
    """Name of the supplier."""
    ordered_by: str = ""
    """The buyer; kept on our record where the POS has no field."""
    total_quantity: Decimal = field(default=Decimal(0), validator=finite)
    """Units on all lines; follows from the lines, verified."""
    total_cost: Decimal | None = field(default=None, validator=finite)
    """Cost of all lines; None while a cost is unknown."""
    due_on: date | None = None
    """Delivery date, a calendar day."""
    number: str = ""
    """Order number."""
    note: str = ""
    """Note for the merchant."""


@frozen(kw_only=True)
class ProductDraft:
    """Business fields of one variant or standard product to be made."""

    name: str = ""
    """Product name, shared by a family."""
    description: str = ""
    """Allow-listed HTML."""
    brand: str = ""
    """Brand name."""
    supply_price: Decimal | None = field(default=None, validator=finite)
    """Supplier price of one unit; None is unknown."""
    retail_price: Decimal | None = field(default=None, validator=finite)
    """Retail price in the store's tax form; None is unknown."""
    image: str = ""
    """Address of the best picture."""
    supplier_code: str = ""
    """Style number, with the variant options where there are any."""
    upc: str = ""
    """Digits of the brand's code, judged; empty where there is none."""
    source_id: str = ""
    """The source's id of the style."""
