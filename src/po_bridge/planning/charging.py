"""Freight and surcharge of a wholesale order: borne by its one purchase order, or named as a loss."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from attrs import evolve, frozen

from ..models.capabilities import Capabilities
from ..models.charges import NO_CHARGES, Charges
from ..models.money import cents
from ..models.purchase_order import PurchaseOrder
from ..models.wholesale_order import WholesaleOrder
from .change import NewOrder
from .notes import Notes
from .portion import Bought
from .refs import Known

_KEPT: Final = "kept on our record; a purchase order bears goods only"
_DIVIDED: Final = "kept on our record; which of its purchase orders bears it is not stated"
_PERCENT: Final = "kept on our record; only an amount can be borne"
_BELOW_ZERO: Final = "kept on our record; freight below zero is borne by no purchase order"


@frozen(kw_only=True)
class Charging:
    """Puts the money beside the goods where it belongs."""

    capabilities: Capabilities
    """Whether the target has a place for it."""
    orders: Mapping[str, PurchaseOrder]
    """Purchase orders that are there, by id."""
    notes: Notes
    """Where losses go."""

    def charged(self, order: WholesaleOrder, bought: Bought, rate: Decimal) -> Bought:
        """Let the one new purchase order bear it; names what none bears.

        *rate* is in units of the store's currency for one of the order's.
        """
        if order.surcharge_percent:
            why = _PERCENT if self.capabilities.charges else _KEPT
            self.notes.lose(order.key, "surcharge percent", order.surcharge_percent, why)
        stated = _stated(order)
        if not self.capabilities.charges:
            self._lose(order, stated, _KEPT)
            return bought
        if stated.freight < 0:
            self._lose(order, Charges(freight=stated.freight), _BELOW_ZERO)
            stated = evolve(stated, freight=Decimal(0))
        wanted = Charges(freight=cents(stated.freight * rate), surcharge=cents(stated.surcharge * rate))
        new = [change for change in bought.changes if isinstance(change, NewOrder)]
        if len(new) == len(bought.purchase_orders) == 1:
            changes = tuple(evolve(one, charges=wanted) if one is new[0] else one for one in bought.changes)
            return evolve(bought, changes=changes, charges=wanted)
        known = (one.id for one in bought.purchase_orders if isinstance(one, Known))
        there = [self.orders[one] for one in known if one in self.orders]
        if bought.purchase_orders and _sum(there) != wanted:
            self._lose(order, stated, _why(there) if len(bought.purchase_orders) == 1 else _DIVIDED)
        return bought

    def _lose(self, order: WholesaleOrder, charges: Charges, why: str) -> None:
        for what, amount in _named(charges):
            if amount:
                self.notes.lose(order.key, what, amount, why)


def _stated(order: WholesaleOrder) -> Charges:
    surcharge = order.surcharge or sum((line.surcharge for line in order.lines), Decimal(0))
    return Charges(freight=order.freight, surcharge=surcharge)


def _named(charges: Charges) -> Iterator[tuple[str, Decimal]]:
    yield "freight", charges.freight
    yield "surcharge", charges.surcharge


def _sum(orders: Iterable[PurchaseOrder]) -> Charges:
    held = [order.charges or NO_CHARGES for order in orders]
    return Charges(
        freight=sum((one.freight for one in held), Decimal(0)),
        surcharge=sum((one.surcharge for one in held), Decimal(0)),
    )


def _why(orders: Iterable[PurchaseOrder]) -> str:
    """Say that a purchase order keeps what it bears, which may be the merchant's own."""
    bears = _sum(orders)
    told = ", ".join(f"{what} {amount}" for what, amount in _named(bears) if amount) or "neither"
    return f"its purchase order bears {told}, which may be the merchant's own; change it in the POS"
