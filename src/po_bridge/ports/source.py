"""The source port: what po_bridge needs of a wholesale platform."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from ..models.keys import OrderKey
from ..models.style_document import StyleDocument
from ..models.wholesale_order import WholesaleOrder, WholesaleStatus
from .exchange import Exchange


@frozen(kw_only=True)
class OrderFilter:
    """Which orders to list."""

    statuses: tuple[WholesaleStatus, ...] = (
        WholesaleStatus.APPROVED,
        WholesaleStatus.PROCESSED,
        WholesaleStatus.SHIPPED,
    )
    """Statuses to list, in order."""
    portals: tuple[str, ...] = ()
    """Portal names; empty means all."""


class Source(Protocol):
    """A wholesale platform that orders are pulled from."""

    @property
    def label(self) -> str:
        """Name of the platform, for people."""
        ...

    def orders(self, wanted: OrderFilter) -> Exchange[tuple[WholesaleOrder, ...]]:
        """Orders of the wanted statuses, newest first; raises BadDocument for one that cannot be read."""
        ...

    def find(self, number: str) -> Exchange[tuple[OrderKey, ...]]:
        """Keys of the orders that bear a number, over all portals; empty where there is none."""
        ...

    def order(self, key: OrderKey) -> Exchange[WholesaleOrder]:
        """One order; raises ``NotFound``, ``BadDocument``."""
        ...

    def style(self, portal: str, style_id: str) -> Exchange[StyleDocument | None]:
        """One style document, None where the platform has none; raises ``BadDocument``."""
        ...
