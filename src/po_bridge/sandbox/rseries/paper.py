"""Orders, their lines and what arrived of them."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from enum import Enum

from attrs import frozen

from .goods import Note


class OrderStatus(Enum):
    """Where an order stands; derived from its dates, never stored."""

    OPEN = "Open"
    """No ordered date."""
    ORDERED = "Ordered"
    """An ordered date."""
    CHECK_IN = "Check In"
    """A received date."""
    FINISHED = "Finished"
    """Complete."""


@frozen(kw_only=True)
class Order:
    """A purchase order."""

    id: int
    """Number of the record."""
    vendor_id: int
    """Who delivers, 0 unknown."""
    shop_id: int
    """Where the goods arrive."""
    ref_num: str = ""
    """Number of an outside system."""
    ordered_at: datetime | None = None
    """When it was sent."""
    received_at: datetime | None = None
    """When its goods came."""
    arrives_at: datetime | None = None
    """When its goods are expected."""
    ship_instructions: str = ""
    """Text for the sender."""
    stock_instructions: str = ""
    """Text for the shop."""
    ship_cost: Decimal = Decimal(0)
    """Cost of shipping."""
    other_cost: Decimal = Decimal(0)
    """Other cost, may be negative."""
    discount: Decimal = Decimal(0)
    """Percent off the cost of every line."""
    complete: bool = False
    """Whether a person has finished it."""
    archived: bool = False
    """Whether it is put away."""
    note: Note | None = None
    """Its note."""
    b2b_uid: str = ""
    """Order id of the wholesale portal's own export."""
    b2b_number: str = ""
    """Order number of that export."""
    create_time: datetime
    """When it was made."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class OrderLine:
    """An item on an order."""

    id: int
    """Number of the record."""
    order_id: int
    """The order."""
    item_id: int
    """The item."""
    quantity: int
    """Pieces ordered."""
    price: Decimal
    """Cost per unit after the order's discount."""
    original_price: Decimal
    """Cost per unit before it."""
    vendor_cost: Decimal = Decimal(0)
    """Cost per unit in the vendor's currency."""
    received: int = 0
    """Pieces that came."""
    checked_in: int = 0
    """Pieces already put into stock."""
    create_time: datetime
    """When it was made."""
    time_stamp: datetime
    """When it last changed."""

    @property
    def total(self) -> Decimal:
        """Cost of the line."""
        return self.price * self.quantity


@frozen(kw_only=True)
class Reception:
    """One delivery of an order."""

    id: int
    """Number of the record."""
    order_id: int
    """The order."""
    sequence: int
    """From 1 for each order."""
    counts: tuple[tuple[int, int, Decimal], ...]
    """Item, pieces and cost per unit."""
    finished: bool = False
    """Whether the order was finished with it."""
    create_time: datetime
    """When it came."""


def status_of(order: Order) -> OrderStatus:
    """Give the status that a person sees."""
    if order.complete:
        return OrderStatus.FINISHED
    if order.received_at is not None:
        return OrderStatus.CHECK_IN
    return OrderStatus.OPEN if order.ordered_at is None else OrderStatus.ORDERED
