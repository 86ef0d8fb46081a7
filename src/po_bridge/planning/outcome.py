"""What became of a plan, order by order."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..models.keys import OrderKey
from .question import Question


@frozen(kw_only=True)
class Synced:
    """Everything is there and was read back."""

    purchase_orders: tuple[str, ...]
    """Ids of the purchase orders."""
    notes: tuple[str, ...] = ()
    """What a person should know, as a picture that was refused."""


@frozen(kw_only=True)
class Difference:
    """One thing that was read back otherwise than planned."""

    where: str
    """Record and field."""
    planned: str
    """What the plan said."""
    found: str
    """What the POS says."""

    def __str__(self) -> str:
        return f"{self.where}: planned {self.planned}, found {self.found}"


@frozen(kw_only=True)
class Differs:
    """Every step is done, but the POS says otherwise."""

    purchase_orders: tuple[str, ...]
    """Ids of the purchase orders."""
    differences: tuple[Difference, ...]
    """Every difference."""


@frozen(kw_only=True)
class Cause:
    """Why a step is not done."""

    step: str
    """Key of the step."""
    what: str
    """What it does, for people."""
    words: str
    """The remote's own words, or what happened."""
    mend: str
    """Who must do what."""

    def __str__(self) -> str:
        return f"{self.what}: {self.words}; {self.mend}"


@frozen(kw_only=True)
class Held:
    """Something must be mended, then the plan can be resumed; what is done stays done."""

    purchase_orders: tuple[str, ...]
    """Ids of the purchase orders, as far as they were made."""
    causes: tuple[Cause, ...]
    """Why."""


@frozen(kw_only=True)
class Halted:
    """A person must answer; the answer makes a new plan."""

    purchase_orders: tuple[str, ...]
    """Ids of the purchase orders, as far as they were made."""
    questions: tuple[Question, ...]
    """What is asked."""


@frozen(kw_only=True)
class Undone:
    """What the plan made was taken back."""

    kept: tuple[str, ...] = ()
    """What could not be or was not to be taken back, for people."""


OrderOutcome = Synced | Differs | Held | Undone | Halted
"""What became of one order."""


@frozen(kw_only=True)
class Summary:
    """An outcome in numbers."""

    items: Decimal
    """Units on purchase orders that were synced."""
    lines: int
    """Lines synced."""
    products_updated: int
    """Products of the merchant that were changed."""
    drafts_created: int
    """Products that were made."""
    purchase_orders: tuple[str, ...]
    """Addresses of the purchase orders, ids where the setup has no template."""
    wholesale_orders: tuple[str, ...]
    """Addresses of the wholesale orders, keys where the setup has no template."""

    def __str__(self) -> str:
        return "\n".join(
            (
                f"items synced: {self.items} on {self.lines} line(s)",
                f"products updated: {self.products_updated}",
                f"drafts created: {self.drafts_created}",
                *(f"purchase order: {address}" for address in self.purchase_orders),
                *(f"wholesale order: {address}" for address in self.wholesale_orders),
            )
        )


@frozen(kw_only=True)
class Outcome:
    """What became of a plan."""

    plan: str
    """Digest of the plan."""
    orders: Mapping[OrderKey, OrderOutcome] = field(converter=frozen_mapping)
    """Each order's outcome stands alone."""
    summary: Summary
    """The same in numbers."""

    @property
    def synced(self) -> bool:
        """Whether every order is synced."""
        return all(isinstance(outcome, Synced) for outcome in self.orders.values())
