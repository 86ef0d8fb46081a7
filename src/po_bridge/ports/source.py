"""The source port: what po_bridge needs of a wholesale platform."""

from __future__ import annotations

from datetime import date
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
    first: date | None = None
    """Earliest day of creation, UTC; None: no limit.

    A hint that spares calls: a source that lists by status only may give more, and the caller sifts.
    """
    last: date | None = None
    """Latest day of creation, UTC; None: no limit."""

    def takes(self, order: WholesaleOrder) -> bool:
        """Whether an order is wanted; one without a day of creation lies within no limit."""
        day = order.created_at.date() if order.created_at else None
        after = self.first is None or (day is not None and day >= self.first)
        before = self.last is None or (day is not None and day <= self.last)
        return after and before and order.status in self.statuses


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
