"""The tables an adapter reads by."""

from __future__ import annotations

from typing import Final

from attrs import frozen

from ...models.shipment import Shipping
from ...models.style_document import StyleDocument
from ...models.wholesale_order import WholesaleOrder
from ..table import Table
from .orders import ORDER
from .shipments import SHIPPING
from .stock import (
    INVENTORY,
    REPLENISHMENTS,
    SIZE_NAMES,
    STOCK_CACHE,
    CachedStock,
    InventoryRow,
    Replenishment,
    SizeName,
)
from .styles import STYLE


@frozen(kw_only=True)
class Tables:
    """The tables an adapter reads by; a caller may hand in changed ones."""

    order: Table[WholesaleOrder] = ORDER
    """Reads an order; needs ``portal`` in its context."""
    style: Table[StyleDocument] = STYLE
    """Reads a style document; needs ``portal`` in its context."""
    shipping: Table[Shipping] = SHIPPING
    """Reads the shipping out of an order's document."""
    inventory: Table[InventoryRow] = INVENTORY
    """Reads an inventory document."""
    replenishments: Table[Replenishment] = REPLENISHMENTS
    """Reads a list of v3.0 rows."""
    stock_cache: Table[CachedStock] = STOCK_CACHE
    """Reads the stock out of a style document."""
    size_names: Table[SizeName] = SIZE_NAMES
    """Reads which size an id stands for, out of a style document."""


DEFAULT: Final = Tables()
"""The tables as shipped."""
