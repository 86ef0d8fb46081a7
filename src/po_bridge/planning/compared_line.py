"""One product of an order that was applied before, as three sides have it: applied, wanted now, in the POS now."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import frozen

from ..models.purchase_order import PurchaseLine
from .plan import TargetLine
from .refs import Ref

ZERO: Final = Decimal(0)


@frozen(kw_only=True)
class ComparedLine:
    """One product on three sides; a count of zero means no line."""

    product: Ref
    """The product."""
    name: str
    """Its name, for people."""
    wanted: TargetLine | None
    """What the wholesale order wants of it."""
    base: Decimal
    """Units that were applied."""
    base_cost: Decimal | None
    """Unit cost that was applied; None is not known."""
    priceless: bool
    """Whether it was applied without a cost."""
    total: Decimal
    """Units on the whole lineage now."""
    received: Decimal
    """Units that arrived."""
    here: PurchaseLine | None
    """The line on the order that can still be changed."""

    @property
    def after(self) -> Decimal:
        """Units the wholesale order wants."""
        return self.wanted.count if self.wanted else ZERO

    @property
    def cost(self) -> Decimal | None:
        """Unit cost the wholesale order wants."""
        return self.wanted.cost if self.wanted else None

    @property
    def brand_repriced(self) -> bool:
        """Whether the wholesale order has another cost than was applied."""
        known = self.priceless or self.base_cost is not None
        return known and self.cost is not None and self.cost != self.base_cost

    @property
    def merchant_repriced(self) -> bool:
        """Whether the line has another cost than was applied, and than is wanted."""
        held = self.here.cost if self.here else None
        known = bool(held) if self.priceless else None not in {held, self.base_cost}
        return known and held not in {self.base_cost, self.cost}
