"""What the POS received of each order line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.keys import LineKey
from ..models.purchase_order import PurchaseOrder
from .book import Applied, AppliedLine

ZERO = Decimal(0)


@frozen(kw_only=True)
class Arrived:
    """Units on purchase orders and units received, in eaches."""

    ordered: Mapping[LineKey, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Units that were applied, by brand product and size."""
    received: Mapping[LineKey, Decimal] = field(factory=dict, converter=frozen_mapping)
    """Units received; a line that the POS says nothing of is left out."""

    @property
    def any(self) -> bool:
        """Whether anything arrived."""
        return any(self.received.values())

    @property
    def all(self) -> bool:
        """Whether every unit that was ordered arrived."""
        whole = all(self.received.get(key, ZERO) >= count for key, count in self.ordered.items())
        return bool(self.ordered) and whole


def arrived_units(applied: Applied | None, purchases: Sequence[PurchaseOrder]) -> Arrived:
    """Give out what was received of each product to the lines it was ordered for, in their order.

    One product may stand for several lines, and on several purchase orders; units beyond what was ordered go to
    its last line.
    """
    lines = applied.lines if applied else ()
    received = _by_product(purchases)
    found: dict[LineKey, Decimal] = {}
    for product, some in _of_product(lines).items():
        if product in received:
            _give_out(received[product], some, found)
    ordered: dict[LineKey, Decimal] = {}
    for line in lines:
        ordered[line.line] = ordered.get(line.line, ZERO) + line.count
    return Arrived(ordered=ordered, received=found)


def _of_product(lines: Sequence[AppliedLine]) -> Mapping[str, list[AppliedLine]]:
    found: dict[str, list[AppliedLine]] = {}
    for line in lines:
        found.setdefault(line.product_id, []).append(line)
    return found


def _by_product(purchases: Sequence[PurchaseOrder]) -> Mapping[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in (line for one in purchases for line in one.lines or ()):
        if line.received is not None:
            found[line.product_id] = found.get(line.product_id, ZERO) + line.received
    return found


def _give_out(units: Decimal, lines: Sequence[AppliedLine], found: dict[LineKey, Decimal]) -> None:
    left = units
    for place, line in enumerate(lines, start=1):
        share = left if place == len(lines) else min(left, line.count)
        found[line.line] = found.get(line.line, ZERO) + share
        left -= share
