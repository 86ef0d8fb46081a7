"""What the rows of the business tables see."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from ..models.setup import Setup
from ..models.style_document import StyleDocument
from ..models.wholesale_order import OrderLine, WholesaleOrder


@frozen(kw_only=True)
class OrderView:
    """One wholesale order with what was decided about it."""

    order: WholesaleOrder
    """The order."""
    setup: Setup
    """The merchant's choices."""
    source: str
    """Label of the wholesale platform."""
    units: Decimal
    """Units on the lines that are ordered."""
    cost: Decimal | None
    """Their cost in the store's currency; None while one is unknown."""


@frozen(kw_only=True)
class ProductView:
    """One brand product in one size."""

    line: OrderLine
    """The first line that asks for it."""
    style: StyleDocument | None
    """Its style document, None where the source has none."""
    setup: Setup
    """The merchant's choices."""
    currency: str | None
    """Currency of the order."""
    cost: Decimal | None
    """Cost of one unit in the store's currency; None is unknown."""
    rate: Decimal
    """Units of the store's currency for one of the order's."""
    options: tuple[str, ...]
    """Values of the variant options, in the family's order; empty for a standard product."""
    code: str
    """Digits of the brand's code, where it is fit to identify; else empty."""
