"""An order that was applied before: what changed since, against what was applied and what the POS holds now.

The merchant's own edits win: a line is set only where the POS still holds what was applied.
What was received over the whole lineage is a floor; what can no longer be changed is offered as a further order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import define, evolve, field, frozen

from ..models.purchase_order import PurchaseOrder
from ..models.wholesale_order import WholesaleOrder
from .change import LineSet, OrderRevision
from .compared_line import ZERO, ComparedLine
from .lineage import Lineage
from .notes import Notes
from .plan import TargetLine
from .question import Stops
from .refs import Known, Ref
from .write import LineAdd

KEEP, TAKE = "keep the merchant's", "take the brand's"
"""Answers to a line that both sides changed."""
REMOVE, STAY = "remove it", "leave it"
"""Answers to a line that the brand no longer has."""
FURTHER, NO_FURTHER = "further purchase order", "leave it"
"""Answers to units that the purchase order can no longer take."""


@frozen(kw_only=True)
class Revised:
    """What an edited order comes to."""

    change: OrderRevision | None = None
    """What is set on the purchase order that can still be changed."""
    further: tuple[TargetLine, ...] = ()
    """Units for a further purchase order."""


@define(kw_only=True)
class Revision:
    """Compares one order that was applied before."""

    order: WholesaleOrder
    """The wholesale order."""
    base: Mapping[Ref, Decimal]
    """Units applied, by product."""
    costs: Mapping[Ref, Decimal | None]
    """Unit cost applied, by product; None where it is not known."""
    lineage: Lineage
    """The purchase orders it became."""
    notes: Notes
    """Where questions, losses and deciding fields go."""
    round: int = 0
    """Plans opened before for the order; a yes to delete something holds for one plan."""
    window: str = ""
    """Delivery date of the lineage, where the order has several; questions are asked for each."""
    _added: list[tuple[LineAdd, str]] = field(factory=list)
    _changed: list[LineSet] = field(factory=list)
    _removed: list[LineSet] = field(factory=list)
    _further: list[TargetLine] = field(factory=list)

    @property
    def scope(self) -> str:
        """The order, and which part of it."""
        return f"{self.order.key}@{self.window}" if self.window else str(self.order.key)

    def revised(self, lines: Sequence[TargetLine], names: Mapping[Ref, str]) -> Revised:
        """What is to be done; empty where nothing is."""
        target = self.lineage.editable
        for line in self._lines(lines, names, target):
            if line.after != line.base:
                self._take(line, target)
            elif line.brand_repriced and line.after:
                self._reprice(line)
        change = None
        if target is not None and (self._added or self._changed or self._removed):
            change = OrderRevision(
                order=Known(id=target.id),
                number=self.order.number,
                added=tuple(line for line, _ in self._added),
                names=tuple(name for _, name in self._added),
                changed=tuple(self._changed),
                removed=tuple(self._removed),
                orders=(self.order.key,),
            )
        return Revised(change=change, further=tuple(self._further))

    def _lines(
        self, lines: Sequence[TargetLine], names: Mapping[Ref, str], target: PurchaseOrder | None
    ) -> list[ComparedLine]:
        wanted = {line.product: line for line in lines}
        here = {line.product_id: line for line in (target.lines if target else None) or ()}
        return [
            ComparedLine(
                product=product,
                name=names.get(product, str(product)),
                wanted=wanted.get(product),
                base=self.base.get(product, ZERO),
                base_cost=self.costs.get(product),
                priceless=self.costs.get(product, ZERO) is None,
                total=self.lineage.ordered(product.id) if isinstance(product, Known) else ZERO,
                received=self.lineage.received(product.id) if isinstance(product, Known) else ZERO,
                here=here.get(product.id) if isinstance(product, Known) else None,
            )
            for product in dict.fromkeys((*wanted, *self.base))
        ]

    def _take(self, line: ComparedLine, target: PurchaseOrder | None) -> None:
        self.notes.rely(
            f"order {self.scope} line {line.product}", f"{line.total} ordered, {line.received} received"
        )
        after = self._floored(line)
        move = after - line.total
        if move == 0 or (line.total != line.base and not self._follow(line)):
            return
        if target is None:
            self._beyond(line, move)
            return
        if after == 0 and not self._may_remove(line):
            return
        self._set(line, move)

    def _set(self, line: ComparedLine, move: Decimal) -> None:
        """Change the line on the order that can still be changed by as much as the lineage is to move."""
        before = line.here.count if line.here else ZERO
        count = max(before + move, line.here.received or ZERO) if line.here else move
        if line.here is None or not isinstance(line.product, Known):
            if count > 0:
                add = LineAdd(product=line.product, before=ZERO, count=count, cost=line.cost)
                self._added.append((add, line.name))
            return
        setting = LineSet(
            product=line.product,
            name=line.name,
            before=before,
            count=count,
            cost_before=line.here.cost,
            cost=self._cost(line) if line.wanted else None,
        )
        (self._changed if count > 0 else self._removed).append(setting)

    def _reprice(self, line: ComparedLine) -> None:
        """Set the cost alone, where the line can still be changed."""
        held = line.here
        if held is None or not isinstance(line.product, Known):
            self._tell_cost(line)
            return
        wanted = self._cost(line)
        if wanted != held.cost:
            setting = LineSet(
                product=line.product,
                name=line.name,
                before=held.count,
                count=held.count,
                cost_before=held.cost,
                cost=wanted,
            )
            self._changed.append(setting)

    def _cost(self, line: ComparedLine) -> Decimal | None:
        """The brand's cost, unless the merchant set another: that stays until a person says otherwise."""
        if line.here is None or not line.merchant_repriced:
            return line.cost
        if not line.brand_repriced:
            return line.here.cost
        answer = self.notes.ask(
            f"cost edited:{self.scope}:{line.product}:{line.base_cost}:{line.here.cost}:{line.cost}",
            f"{line.name}: {_told(line.base_cost)} was applied as cost, the purchase order has {line.here.cost}, "
            f"the brand now says {line.cost}",
            Stops.LINE,
            order=self.order.key,
            answers=(KEEP, TAKE),
        )
        return line.cost if answer == TAKE else line.here.cost

    def _tell_cost(self, line: ComparedLine) -> None:
        self.notes.ask(
            f"cost closed:{self.scope}:{line.product}:{line.cost}",
            f"{line.name}: {_told(line.base_cost)} was applied as cost, the brand now says {line.cost}, but the "
            "purchase order has no line of it that can still be changed",
            Stops.NOTHING,
            order=self.order.key,
        )

    def _floored(self, line: ComparedLine) -> Decimal:
        if line.after >= line.received:
            return line.after
        self.notes.ask(
            f"received:{self.scope}:{line.product}",
            f"{line.name}: {line.received} were received, the order now says {line.after}; {line.received} stay",
            Stops.NOTHING,
            order=self.order.key,
        )
        return line.received

    def _follow(self, line: ComparedLine) -> bool:
        """Whether a line that the merchant edited is to follow the brand all the same."""
        answer = self.notes.ask(
            f"edited:{self.scope}:{line.product}:{line.base}:{line.total}:{line.after}",
            f"{line.name}: {line.base} were applied, the merchant changed that to {line.total}, "
            f"the brand now says {line.after}",
            Stops.LINE,
            order=self.order.key,
            answers=(KEEP, TAKE),
        )
        return answer == TAKE

    def _may_remove(self, line: ComparedLine) -> bool:
        """Whether a person said that a line is to be deleted: steps that destroy need a yes."""
        answer = self.notes.ask(
            f"remove:{self.scope}:{line.product}:{line.total}:{self.round}",
            f"{line.name}: no line of the brand's order goes to it any more; {line.total} are on the purchase order",
            Stops.LINE,
            order=self.order.key,
            answers=(REMOVE, STAY),
        )
        return answer == REMOVE

    def _beyond(self, line: ComparedLine, move: Decimal) -> None:
        """The purchase order can no longer be changed: more units may go on a further one."""
        if move < 0 or line.wanted is None:
            self.notes.ask(
                f"closed:{self.scope}:{line.product}:{line.after}",
                f"{line.name}: the brand now says {line.after}, but the purchase order can no longer be changed "
                f"({line.total} stay)",
                Stops.NOTHING,
                order=self.order.key,
            )
            return
        answer = self.notes.ask(
            f"further:{self.scope}:{line.product}:{line.after}",
            f"{line.name}: {move} more than the purchase order, which can no longer be changed",
            Stops.LINE,
            order=self.order.key,
            answers=(FURTHER, NO_FURTHER),
        )
        if answer == FURTHER:
            self._further.append(_portion(line.wanted, move))


def _told(cost: Decimal | None) -> str:
    return "nothing" if cost is None else str(cost)


def _portion(line: TargetLine, units: Decimal) -> TargetLine:
    """A part of a line, its shares cut from the end."""
    shares = []
    left = units
    for key, share in reversed(line.lines):
        part = min(share, left)
        if part > 0:
            shares.append((key, part))
        left -= part
    return evolve(line, count=units, lines=tuple(reversed(shares)))
