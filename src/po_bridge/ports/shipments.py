"""The shipments port: what a wholesale platform may tell of an order after it was placed."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from attrs import field, frozen

from ..models.keys import OrderKey
from ..models.shipment import Shipping
from ..models.wholesale_order import WholesaleOrder
from .exchange import Exchange


@frozen(kw_only=True)
class Tracked:
    """An order with its shipping, read at one moment."""

    order: WholesaleOrder
    """The order as it is now."""
    shipping: Shipping = field(factory=Shipping)
    """Its shipping as it is now."""


@runtime_checkable
class Shipments(Protocol):
    """A source that tells what left the brand; a source without it can be watched all the same."""

    def track(self, key: OrderKey) -> Exchange[Tracked]:
        """An order with its shipping, in one call where the platform allows it.

        Raises ``NotFound``, ``BadDocument`` for the order; shipping that cannot be read is told in its faults.
        """
        ...
