"""What left the brand: parcels of a wholesale order, with carrier and tracking numbers.

Many brands never state any; a parcel that is not stated may have left all the same.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

from attrs import field, frozen

from .checks import finite


class ParcelStatus(Enum):
    """Where a parcel is."""

    SHIPPED = "shipped"
    """On its way."""
    DELIVERED = "delivered"
    """Arrived at the shop."""
    RETURNED = "returned"
    """On its way back, or back."""
    OTHER = "other"
    """A word the table does not know, or none; it is kept in ``status_word``."""


@frozen(kw_only=True)
class ShippedLine:
    """Units of one style, colour and size in a parcel.

    A parcel names styles, never order lines: which line a unit belongs to is worked out.
    """

    brand_item_id: str = ""
    """The brand's own stable id of style and colour."""
    style_number: str = ""
    """The brand's style number."""
    season: str = ""
    """Season word."""
    color: str = ""
    """Colour as written."""
    size: str = ""
    """Size as written."""
    upc: str | None = None
    """Code as written, unjudged."""
    quantity: Decimal | None = field(default=None, validator=finite)
    """Units as written, as on the order; None is unknown, never zero."""


@frozen(kw_only=True)
class Shipment:
    """One parcel, or several that left together."""

    carrier: str = ""
    """Carrier and service as written, free text."""
    tracking: tuple[str, ...] = ()
    """Tracking numbers, in the document's order."""
    status: ParcelStatus = ParcelStatus.OTHER
    """Where it is."""
    status_word: str = ""
    """The status as the source spells it."""
    shipped_on: date | None = None
    """Calendar day on which it left; None is unknown."""
    lines: tuple[ShippedLine, ...] = ()
    """What is in it; none where the source does not say."""

    @property
    def left(self) -> bool:
        """Whether it has left the brand: it did not come back, and a date, a number or a status says so."""
        if self.status is ParcelStatus.RETURNED:
            return False
        known = self.status in {ParcelStatus.SHIPPED, ParcelStatus.DELIVERED}
        return known or bool(self.tracking) or self.shipped_on is not None


@frozen(kw_only=True)
class Shipping:
    """Everything a source tells about the shipping of one order."""

    shipments: tuple[Shipment, ...] = ()
    """In the order of the document."""
    words: tuple[str, ...] = ()
    """The source's own words on the shipping of the whole order, as written."""
    carrier: str = ""
    """Carrier of the whole order, where parcels name none."""
    faults: tuple[str, ...] = ()
    """What stands there and cannot be read, for people: the rest of the order is not held up by it."""
