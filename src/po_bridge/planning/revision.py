"""An order that was applied before: what changed since, against what was applied and what the POS holds now.

The merchant's own edits win: a line is set only where the POS still holds what was applied.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from attrs import define, field, frozen

from ..models.purchase_order import PurchaseLine, PurchaseOrder
from ..models.wholesale_order import WholesaleOrder
from .book import Applied
from .change import LineSet, OrderRevision
from .notes import Notes
from .plan import TargetLine
from .question import Stops
from .refs import Known, Ref
from .write import LineAdd

KEEP, TAKE = "keep the merchant's", "take the brand's"
"""Answers to a line that both sides changed."""

ZERO = Decimal(0)


@frozen(kw_only=True)
class _Line:
    """One product on three sides; a count of zero means no line."""

    product: Ref
    name: str
    wanted: TargetLine | None
    base: Decimal
    now: PurchaseLine | None

    @property
    def after(self) -> Decimal:
        """Units the wholesale order wants."""
        return self.wanted.count if self.wanted else ZERO

    @property
    def before(self) -> Decimal:
        """Units the POS holds."""
        return self.now.count if self.now else ZERO

    @property
    def cost(self) -> Decimal | None:
        """Unit cost the wholesale order wants."""
        return self.wanted.cost if self.wanted else None


@define(kw_only=True)
class Revision:
    """Compares one order that was applied before."""

    order: WholesaleOrder
    applied: Applied
    purchase: PurchaseOrder
    notes: Notes
    _added: list[tuple[LineAdd, str]] = field(factory=list)
    _changed: list[LineSet] = field(factory=list)
    _removed: list[LineSet] = field(factory=list)

    def change(self, lines: Sequence[TargetLine], names: Mapping[Ref, str]) -> OrderRevision | None:
        """What is to be done, None where nothing is."""
        moved = [line for line in self._lines(lines, names) if line.after != line.base]
        if moved and not self.purchase.status.editable:
            self._ask_closed()
            return None
        for line in moved:
            self._take(line)
        if not (self._added or self._changed or self._removed):
            return None
        return OrderRevision(
            order=Known(id=self.purchase.id),
            number=self.order.number,
            added=tuple(line for line, _ in self._added),
            names=tuple(name for _, name in self._added),
            changed=tuple(self._changed),
            removed=tuple(self._removed),
            orders=(self.order.key,),
        )

    def _lines(self, lines: Sequence[TargetLine], names: Mapping[Ref, str]) -> list[_Line]:
        wanted = {line.product: line for line in lines}
        base: dict[Ref, Decimal] = {}
        for line in self.applied.lines:
            product = Known(id=line.product_id)
            base[product] = base.get(product, ZERO) + line.count
        now: dict[Ref, PurchaseLine] = {Known(id=line.product_id): line for line in self.purchase.lines or ()}
        every = dict.fromkeys((*wanted, *base))
        return [
            _Line(
                product=product,
                name=names.get(product, str(product)),
                wanted=wanted.get(product),
                base=base.get(product, ZERO),
                now=now.get(product),
            )
            for product in every
        ]

    def _take(self, line: _Line) -> None:
        self.notes.rely(f"purchase order {self.purchase.id} line {line.product}", line.before)
        after = self._floored(line)
        if after == line.before:
            return
        if line.before != line.base and not self._ours(line):
            return
        if line.before == 0:
            add = LineAdd(product=line.product, before=ZERO, count=after, cost=line.cost)
            self._added.append((add, line.name))
            return
        if not isinstance(line.product, Known):
            return
        setting = LineSet(
            product=line.product,
            name=line.name,
            before=line.before,
            count=after,
            cost_before=line.now.cost if line.now else None,
            cost=line.cost if line.wanted else None,
        )
        (self._changed if after > 0 else self._removed).append(setting)

    def _floored(self, line: _Line) -> Decimal:
        received = (line.now.received or ZERO) if line.now else ZERO
        if line.after >= received:
            return line.after
        self.notes.ask(
            f"received:{self.order.key}:{line.product}",
            f"{line.name}: {received} were received, the order now says {line.after}; {received} stay ordered",
            Stops.NOTHING,
            order=self.order.key,
        )
        return received

    def _ours(self, line: _Line) -> bool:
        """Whether a line that the merchant edited is to follow the brand all the same."""
        answer = self.notes.ask(
            f"edited:{self.order.key}:{line.product}:{line.base}:{line.before}:{line.after}",
            f"{line.name}: {line.base} were applied, the merchant changed that to {line.before}, "
            f"the brand now says {line.after}",
            Stops.LINE,
            order=self.order.key,
            answers=(KEEP, TAKE),
        )
        return answer == TAKE

    def _ask_closed(self) -> None:
        self.notes.ask(
            f"closed:{self.order.key}:{self.order.origin.revision if self.order.origin else ''}",
            f"order {self.order.number} changed, but its purchase order is {self.purchase.status.value} in the POS; "
            "its lines can no longer be changed there",
            Stops.ORDER,
            order=self.order.key,
        )
