"""The parts of a wholesale order on their way into purchase orders, and what they came to."""

from __future__ import annotations

from functools import cached_property

from attrs import evolve, frozen

from ..models.charges import NO_CHARGES, Charges
from .change import NewOrder, OrderRevision
from .plan import Expected, TargetLine
from .purchase import Wanted, target_lines
from .refs import Ref
from .windows import Part


@frozen(kw_only=True)
class Portion:
    """What an order wants of one delivery date; an undivided order is one portion."""

    part: Part
    """Its lines."""
    wanted: tuple[Wanted, ...]
    """Its wants, with the products they go to."""
    purchase_order: str | None = None
    """Id of the purchase order that was made for it before, where the order is divided."""

    @property
    def name(self) -> str:
        """Tells it from the order's other portions; empty for an undivided order."""
        day = self.part.due_on.isoformat() if self.part.due_on else "undated"
        return day if self.part.divided else ""

    @cached_property
    def lines(self) -> tuple[TargetLine, ...]:
        """What its purchase order must hold, whichever that is."""
        return target_lines(self.wanted, self.part.due_on)

    def goal_lines(self, order: Ref | None = None) -> tuple[TargetLine, ...]:
        """What its purchase order must hold; *order* is told only where there are several."""
        if order is None or not self.part.divided:
            return self.lines
        return tuple(evolve(line, order=order) for line in self.lines)


@frozen(kw_only=True)
class Bought:
    """The purchase orders of one wholesale order."""

    changes: tuple[NewOrder | OrderRevision, ...] = ()
    """What is to be done."""
    purchase_orders: tuple[Ref, ...] = ()
    """The lineage, oldest first."""
    expected: tuple[Expected, ...] = ()
    """Lines that must read so afterwards."""
    lines: tuple[TargetLine, ...] = ()
    """What the wholesale order wants, where it is divided; else empty."""
    charges: Charges = NO_CHARGES
    """Money beside the goods, borne by the one new purchase order."""

    @property
    def ordered(self) -> frozenset[Ref]:
        """Products that get a line on a purchase order."""
        found: set[Ref] = set()
        for change in self.changes:
            if isinstance(change, NewOrder):
                found.update(line.product for line in change.lines)
            else:
                found.update(line.product for line in change.added)
        return frozenset(found)

    def joined(self, other: Bought) -> Bought:
        """Both together."""
        return Bought(
            changes=(*self.changes, *other.changes),
            purchase_orders=tuple(dict.fromkeys((*self.purchase_orders, *other.purchase_orders))),
            expected=(*self.expected, *other.expected),
            lines=(*self.lines, *other.lines),
        )
