"""The receiving port: what a POS tells of goods that arrived. Every target implements it."""

from __future__ import annotations

from typing import Protocol

from ..models.purchase_order import PurchaseOrder
from .exchange import Exchange


class Receiving(Protocol):
    """A POS that receives purchase orders."""

    def read_order(self, order_id: str) -> Exchange[PurchaseOrder]:
        """A purchase order with all its lines and their received counts; raises ``NotFound``."""
        ...
