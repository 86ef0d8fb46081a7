"""What the journal adds up to: links, decisions, what was applied."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from attrs import field, frozen

from ..matching.result import Choice
from ..models.checks import aware, filled, finite, frozen_mapping
from ..models.keys import LineKey, OrderKey, quoted
from .plan import Plan
from .snapshot import Positions


def line_decision(key: LineKey) -> str:
    """Key of a decision about one line."""
    return f"line:{key}"


def style_decision(portal: str, style_id: str) -> str:
    """Key of a decision about every line of a style."""
    return f"style:{quoted(portal)}/{quoted(style_id)}"


@frozen(kw_only=True)
class Link:
    """A confirmed pair of a brand product in one size and a POS product."""

    line: LineKey
    """The wholesale side."""
    product_id: str
    """The POS side."""
    at: datetime = field(validator=aware)
    """Since when."""
    by: str
    """Who confirmed it: a person, or the plan that ordered the product."""


@frozen(kw_only=True)
class Decision:
    """What a person or a rule decided."""

    key: str = field(validator=filled)
    """``line:``, ``style:``, ``rule:`` or a question's key."""
    choice: Choice | None = None
    """Link, create or skip; None for the answer to a question."""
    product_id: str = ""
    """The product of a link."""
    answer: str = ""
    """The answer to a question."""
    at: datetime = field(validator=aware)
    """When."""
    by: str = ""
    """Who."""
    why: str = ""
    """The person's words."""


@frozen(kw_only=True)
class AppliedLine:
    """What was written for one line."""

    line: LineKey
    """The wholesale side."""
    product_id: str
    """The product."""
    count: Decimal = field(validator=finite)
    """Units ordered for this line."""
    cost: Decimal | None = field(default=None, validator=finite)
    """Cost of one unit."""
    purchase_order: str = ""
    """Id of its purchase order, where the order became one for each ship window; else empty."""
    due_on: date | None = None
    """Delivery date of that purchase order."""


@frozen(kw_only=True)
class Applied:
    """What was applied last to one order."""

    order: OrderKey
    """The wholesale order."""
    number: str
    """Its number."""
    plan: str
    """Digest of the plan."""
    round: int
    """Round of the plan."""
    at: datetime = field(validator=aware)
    """When the plan was closed."""
    content: str
    """Content hash of the wholesale order the plan was made from."""
    status: str
    """Outcome word: synced, differs, held, halted, undone."""
    purchase_orders: tuple[str, ...] = ()
    """The lineage: ids of the purchase orders the wholesale order became, oldest first."""
    lines: tuple[AppliedLine, ...] = ()
    """What was written, by line."""
    causes: tuple[str, ...] = ()
    """Why it is not synced, for people."""


@frozen(kw_only=True)
class Opened:
    """A plan the journal holds."""

    plan: Plan
    """The plan."""
    at: datetime = field(validator=aware)
    """When it was opened."""
    since: Positions = field(factory=dict, converter=frozen_mapping)
    """Cursor positions before its first write; probes look from here."""
    closed_at: datetime | None = field(default=None, validator=aware)
    """When it was closed, None while it is unfinished."""


@frozen(kw_only=True)
class Book:
    """Links, decisions and applied orders that concern a review."""

    links: Mapping[LineKey, Link] = field(factory=dict, converter=frozen_mapping)
    """Links in force."""
    revoked: Mapping[LineKey, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    """Products that a person untied from a line and nobody tied again, oldest first; no rule may tie them."""
    decisions: Mapping[str, Decision] = field(factory=dict, converter=frozen_mapping)
    """Decisions in force, by key."""
    applied: Mapping[OrderKey, Applied] = field(factory=dict, converter=frozen_mapping)
    """What was applied last."""
    rounds: Mapping[OrderKey, int] = field(factory=dict, converter=frozen_mapping)
    """Plans opened so far, by order."""

    def answer(self, key: str) -> str | None:
        """The answer to a question, None where there is none."""
        decision = self.decisions.get(key)
        return decision.answer if decision and decision.choice is None else None
