"""What can happen to an order with the brand, as data."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeAlias

from attrs import frozen


@frozen(kw_only=True)
class Item:
    """Units of one style, colour and size."""

    style_number: str
    """As on the order line."""
    color: str
    """As on the order line."""
    size: str
    """As on the order line."""
    units: int
    """How many; its meaning is the deed's."""


@frozen(kw_only=True)
class SetStatus:
    """Somebody changes the status; `modified_on` does not move."""

    order: str
    """Order number."""
    status: str
    """The new status."""


@frozen(kw_only=True)
class Edit:
    """The rep sets the quantity of an item; 0 takes it off, an item not yet there is added."""

    order: str
    """Order number."""
    item: Item
    """The item with its new quantity."""
    by: str = ""
    """Who edited."""


@frozen(kw_only=True)
class Split:
    """Some styles leave for an order of their own: the numbers end in `-1` and `-2` from then on."""

    order: str
    """Order number."""
    styles: tuple[str, ...]
    """Style numbers that leave."""
    start_ship: date | None = None
    """First day of the new order's window; None keeps the old one."""
    end_ship: date | None = None
    """Last day of the new order's window; None keeps the old one."""


@frozen(kw_only=True)
class CancelUnits:
    """The brand cancels units of an item; the order's counters tell how many, not which."""

    order: str
    """Order number."""
    item: Item
    """The item with the units that are cancelled."""


@frozen(kw_only=True)
class Ship:
    """A parcel leaves the brand."""

    order: str
    """Order number."""
    items: tuple[Item, ...]
    """What is in the parcel."""
    carrier: str
    """Carrier and service, free text."""
    tracking: str
    """Tracking number."""


@frozen(kw_only=True)
class Deliver:
    """A parcel arrives at the shop."""

    order: str
    """Order number."""
    tracking: str
    """Tracking number of the parcel."""


Deed: TypeAlias = SetStatus | Edit | Split | CancelUnits | Ship | Deliver
"""One thing that happens."""


@frozen(kw_only=True)
class Scene:
    """A deed and its moment in a script."""

    after: timedelta
    """Time since the script began."""
    deed: Deed
    """What happens."""
