"""What the book remembers of an order when a plan of it was taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.keys import OrderKey
from ..planning.book import Applied, Opened
from ..planning.history import History
from ..planning.mark import Mark
from ..planning.plan import Goal
from ..planning.progress import Progress
from ..planning.refs import Kind, Slot
from ..planning.step import Step
from ..planning.write import AddLines, CreateOrder, Remove, SetLine, SetStatus, Write

_UNDONE: Final = "undone"
_NOT_THERE: Final = frozenset({None, Mark.NOT_SENT, Mark.REFUSED, Mark.HELD, Mark.UNDONE})
"""Marks of a step of which nothing is left in the POS."""


@frozen(kw_only=True)
class Remembered:
    """What a plan left behind, and what was remembered before it."""

    opened: Opened
    """The plan."""
    history: History
    """Its entries, those of the compensations among them."""
    kept: tuple[str, ...]
    """What stays, and why, for people."""
    last: Mapping[OrderKey, Applied] = field(converter=frozen_mapping)
    """What was remembered of each order when the taking back began."""
    before: Mapping[OrderKey, Applied] = field(converter=frozen_mapping)
    """What had been remembered of each order before this plan."""

    def of(self, goal: Goal) -> Applied:
        """The order as before the plan, where nothing that it wrote to a purchase order is left; else what stands."""
        last, before = self.last.get(goal.order), self.before.get(goal.order)
        left = [step for step in self._steps_of(goal.order) if self.history.mark(step.key) not in _NOT_THERE]
        if left:
            return self._undone(goal, None if self._is_gone(goal, left) else last)
        if last is not None and last.plan != self.opened.plan.digest:
            # never recorded, or taken back once already: whatever the book says by now is not about this plan
            return last
        return before or self._undone(goal, None)

    def _undone(self, goal: Goal, stands: Applied | None) -> Applied:
        """An order that was taken back, with the purchase orders and lines that are there all the same."""
        return Applied(
            order=goal.order,
            number=goal.number,
            plan=self.opened.plan.digest,
            round=goal.round,
            at=self.opened.at,
            content="",
            status=_UNDONE,
            purchase_orders=stands.purchase_orders if stands else (),
            lines=stands.lines if stands else (),
            causes=self.kept,
        )

    def _is_gone(self, goal: Goal, left: list[Step]) -> bool:
        """Whether the purchase order that the plan made for this goal was taken back, or never made."""
        made = any(isinstance(ref, Slot) for ref in goal.purchase_orders)
        return made and not any(isinstance(step.write, CreateOrder) for step in left)

    def _steps_of(self, order: OrderKey) -> list[Step]:
        progress = Progress(agenda=self.opened.plan.agenda, history=self.history)
        return [leaf for leaf in progress.leaves() if order in leaf.orders and _is_of_order(leaf.write)]


def _is_of_order(write: Write) -> bool:
    """Whether a write changes a purchase order; products and records stand for themselves."""
    if isinstance(write, Remove):
        return write.kind is Kind.ORDER or write.within is not None
    return isinstance(write, CreateOrder | AddLines | SetLine | SetStatus)
