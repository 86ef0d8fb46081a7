"""Amounts of money."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from attrs import field, frozen

from .checks import filled, finite

COST_PLACES = Decimal("0.00001")
"""Costs keep five decimals, as the POS does."""

CENTS = Decimal("0.01")
"""What is paid keeps two."""


@frozen(kw_only=True)
class Money:
    """An amount in a currency."""

    amount: Decimal = field(validator=finite)
    """Major units."""
    currency: str = field(validator=filled)
    """ISO 4217 code."""

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


def cents(amount: Decimal) -> Decimal:
    """Round an amount to the two decimals of a sum that is paid."""
    return amount.quantize(CENTS, rounding=ROUND_HALF_EVEN)


def cost(amount: Decimal) -> Decimal:
    """Round an amount to the five decimals of a cost."""
    return amount.quantize(COST_PLACES, rounding=ROUND_HALF_EVEN)
