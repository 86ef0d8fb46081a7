"""What the vendor leaves unsaid, and what a merchant may choose; each holds for one account."""

from __future__ import annotations

from enum import Enum

from attrs import frozen

from ...models.store import TaxForm


class OrderNote(Enum):
    """Where the note of a purchase order is written; it is read wherever it stands."""

    STOCK_INSTRUCTIONS = "stock instructions"
    """The documented text field."""
    NOTE = "note"
    """The general note, whose writing is assumed: no page lists it."""


@frozen(kw_only=True)
class Settings:
    """Choices of one adapter."""

    order_note: OrderNote = OrderNote.STOCK_INSTRUCTIONS
    """Where the note of a purchase order is written."""
    price_levels: tuple[str, ...] = ("Default", "MSRP")
    """Price levels that get the retail price of new products."""
    tax_form: TaxForm = TaxForm.EXCLUSIVE
    """Whether retail prices contain tax; the API does not tell."""
    tax_class: str = "1"
    """Tax class of new products; 1 is the vendor's own default for items, and matrices get none by themselves."""
    vendor_costs: bool = False
    """Whether vendor costs are switched on in the account, so that a vendor number may bear one."""
    settle: float = 60.0
    """Seconds after sending before *absent* counts."""
