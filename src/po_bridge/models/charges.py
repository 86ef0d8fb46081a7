"""Money of an order beside its goods."""

from __future__ import annotations

from decimal import Decimal

from attrs import field, frozen

from .checks import finite


@frozen(kw_only=True)
class Charges:
    """Freight and surcharge of an order, in major units of one currency; none by default."""

    freight: Decimal = field(default=Decimal(0), validator=finite)
    """What bringing the goods costs."""
    surcharge: Decimal = field(default=Decimal(0), validator=finite)
    """What the brand adds; below zero it is taken off."""


NO_CHARGES = Charges()
"""An order of goods alone."""
