"""The plan: every change before anything is written, sealed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property

from attrs import field, frozen

from ..models.charges import NO_CHARGES, Charges
from ..models.keys import LineKey, OrderKey
from .agenda import Agenda
from .change import Change
from .question import Question, Stops
from .refs import Ref
from .step import Step
from .text import plan_text

FORMAT = 1
"""Version of the plan format; the format before it is read too."""


@frozen(kw_only=True)
class Basis:
    """A field that decided the plan, with its value when we looked."""

    where: str
    """Record and field, as ``product 0af7 alive``."""
    value: str
    """Its value as canonical text."""


@frozen(kw_only=True)
class Loss:
    """What the target cannot hold."""

    order: OrderKey
    """The order it belongs to."""
    what: str
    """The field, as ``freight``."""
    value: str
    """Its value."""
    why: str
    """Why it is lost and where it is kept."""


@frozen(kw_only=True)
class TargetLine:
    """What one line of a purchase order must be after the plan."""

    product: Ref
    """The product."""
    count: Decimal
    """Units."""
    cost: Decimal | None
    """Cost of one unit; None is not checked."""
    lines: tuple[tuple[LineKey, Decimal], ...]
    """The wholesale lines it holds, with their share of the units."""
    order: Ref | None = None
    """The purchase order it stands on, where a wholesale order became one for each ship window."""
    due_on: date | None = None
    """Delivery date of that purchase order."""


@frozen(kw_only=True)
class Expected:
    """A line of a purchase order that must read so when the plan is done."""

    order: Ref
    """The purchase order."""
    product: Ref
    """The product."""
    count: Decimal
    """Units; zero is no line."""
    cost: Decimal | None
    """Cost of one unit; None is not checked."""


@frozen(kw_only=True)
class Goal:
    """What one wholesale order must have become after the plan."""

    order: OrderKey
    """The wholesale order."""
    number: str
    """Its number."""
    content: str
    """Its content hash when the plan was made."""
    round: int
    """Plans opened for it before this one, plus one."""
    purchase_orders: tuple[Ref, ...]
    """The lineage, oldest first; empty where nothing is to be ordered."""
    lines: tuple[TargetLine, ...]
    """What the wholesale order wants, by product."""
    expected: tuple[Expected, ...]
    """Lines that the plan writes, as they must read afterwards."""
    matched: int
    """Wholesale lines that were matched."""
    created: int
    """Wholesale lines whose product is new."""
    skipped: int
    """Wholesale lines left out."""
    charges: Charges = NO_CHARGES
    """Money beside the goods that the one new purchase order bears, as it must read afterwards."""


@frozen(kw_only=True)
class Estimate:
    """What applying will take."""

    calls: int
    """Requests, reads around writes included."""
    seconds: float
    """With the rate budget as it stood when the plan was made."""


@frozen(kw_only=True)
class Plan:
    """Changes with before and after, steps, basis, losses and open questions.

    Equal input gives equal bytes; the digest seals them.
    """

    format: int = FORMAT
    """Version of the format."""
    store: str
    """The store it is for."""
    goals: tuple[Goal, ...]
    """One for each wholesale order."""
    changes: tuple[Change, ...]
    """What a person approves."""
    steps: tuple[Step, ...]
    """What is written, in order."""
    basis: tuple[Basis, ...]
    """Fields that decided, sorted."""
    losses: tuple[Loss, ...]
    """What the target cannot hold."""
    questions: tuple[Question, ...]
    """Questions still open."""
    digest: str = ""
    """Seal over all of the above."""
    estimate: Estimate | None = field(default=None, eq=False)
    """Calls and seconds; beside the plan, outside the seal."""

    def __str__(self) -> str:
        return plan_text(self)

    @cached_property
    def _indexed(self) -> Agenda:
        return Agenda.of(self.steps)

    @property
    def agenda(self) -> Agenda:
        """The steps, indexed."""
        return self._indexed

    @property
    def orders(self) -> tuple[OrderKey, ...]:
        """Keys of the wholesale orders."""
        return tuple(goal.order for goal in self.goals)

    @property
    def blocking(self) -> tuple[Question, ...]:
        """Open questions that stop the plan."""
        return tuple(question for question in self.questions if question.stops is not Stops.NOTHING)

    @property
    def empty(self) -> bool:
        """Whether nothing is left to do."""
        return not self.changes
