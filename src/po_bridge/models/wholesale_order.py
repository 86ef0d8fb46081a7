"""A wholesale order as the brand holds it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from attrs import field, frozen

from .checks import aware, filled, finite, frozen_mapping
from .keys import LineKey, OrderKey
from .origin import Origin


class WholesaleStatus(Enum):
    """Where a wholesale order stands with the brand."""

    DRAFT = "draft"
    PENDING = "pending"
    REVIEW = "review"
    APPROVED = "approved"
    PROCESSED = "processed"
    SHIPPED = "shipped"
    CANCELLED = "cancelled"
    OTHER = "other"
    """A word the table does not know; it is kept in ``status_word``."""

    @property
    def offered(self) -> bool:
        """Whether an order of this status is taken over by default."""
        return self in {WholesaleStatus.APPROVED, WholesaleStatus.PROCESSED, WholesaleStatus.SHIPPED}


@frozen(kw_only=True)
class ShipWindow:
    """Calendar days between which the brand ships; a missing day is unknown, never invented."""

    start: date | None = None
    """First day."""
    end: date | None = None
    """Last day."""


@frozen(kw_only=True)
class Address:
    """A postal address as written on an order."""

    code: str = ""
    """The brand's code of this door."""
    name: str = ""
    """Display name."""
    lines: tuple[str, ...] = ()
    """Street lines."""
    city: str = ""
    """City."""
    state: str = ""
    """State or region."""
    postcode: str = ""
    """Postal code, text."""
    country: str = ""
    """Country as written, free text."""
    reference: str = ""
    """The source's id of the door."""


@frozen(kw_only=True)
class OrderLine:
    """One style, colour and size with a quantity."""

    key: LineKey
    """Identity without order or position."""
    style_number: str = ""
    """The brand's style number."""
    color_code: str = ""
    """The brand's code of the colour."""
    season: str = ""
    """Season word."""
    brand_item_id: str = ""
    """The brand's own stable id of style and colour."""
    quantity: Decimal = field(validator=finite)
    """Units as written; whether packs or eaches is a rule of the portal."""
    unit_price: Decimal | None = field(default=None, validator=finite)
    """Price of one unit in the order's currency; None is unknown, never zero."""
    original_price: Decimal | None = field(default=None, validator=finite)
    """Price before discounts, where stated."""
    retail_price: Decimal | None = field(default=None, validator=finite)
    """Suggested retail price (MSRP) stated on the line."""
    discount_percent: Decimal = field(default=Decimal(0), validator=finite)
    """Line discount, 0 to 100."""
    surcharge: Decimal = field(default=Decimal(0), validator=finite)
    """Surcharge on all units of the line, inside the order's total."""
    customizations: tuple[str, ...] = ()
    """What is made to order on this line, in the source's words."""
    units_per_pack: Decimal | None = field(default=None, validator=finite)
    """Eaches in a pack or order multiple, where stated."""
    upc: str | None = None
    """Code as written, unjudged; None where the brand gave none."""
    window: ShipWindow = field(factory=ShipWindow)
    """The line's own ship window, or the order's."""
    warehouse: str = ""
    """Name of the brand's warehouse."""
    prebook: bool = False
    """Ordered against prebook availability."""
    line_id: str = ""
    """The source's id of the line, where it has one."""
    notes: str = ""
    """Free text of the line."""
    path: str = field(default="", eq=False)
    """Where it stands in the document, as ``$.line_items[0].sizes[1]``."""

    @property
    def color(self) -> str:
        """Colour as written."""
        return self.key.color

    @property
    def size(self) -> str:
        """Size as written."""
        return self.key.size


@frozen(kw_only=True)
class WholesaleOrder:
    """An order a merchant placed with a brand."""

    key: OrderKey
    """Portal and id."""
    number: str = field(validator=filled)
    """Order number, text; may carry a split suffix and repeats across portals."""
    status: WholesaleStatus
    """Where it stands with the brand."""
    status_word: str = ""
    """The status as the source spells it."""
    currency: str | None = None
    """ISO 4217 code; None is unknown, nobody invents one."""
    created_at: datetime | None = field(default=None, validator=aware)
    """When it was created, aware UTC; a submission date is not known."""
    modified_at: datetime | None = field(default=None, validator=aware)
    """When it was changed; a status change need not move it."""
    edited: bool = False
    """Edited after submission."""
    buyer: str = ""
    """The person on the order."""
    creator: str = ""
    """Who entered it."""
    retailer: str = ""
    """Name of the merchant as the brand knows it."""
    customer_po_number: str | None = None
    """The merchant's own number, often absent."""
    window: ShipWindow = field(factory=ShipWindow)
    """Ship window of the whole order."""
    ship_to: Address | None = None
    """Where goods go; None where the order names no place."""
    lines: tuple[OrderLine, ...] = ()
    """In the order of the document."""
    total: Decimal | None = field(default=None, validator=finite)
    """The order's own total, in its currency."""
    total_quantity: Decimal | None = field(default=None, validator=finite)
    """The order's own count of units."""
    discount_percent: Decimal = field(default=Decimal(0), validator=finite)
    """Order discount, 0 to 100."""
    discount_amount: Decimal = field(default=Decimal(0), validator=finite)
    """Everything taken off the order as a whole, promotions included, where stated; never spread over lines."""
    surcharge_percent: Decimal = field(default=Decimal(0), validator=finite)
    """Order surcharge in percent."""
    freight: Decimal = field(default=Decimal(0), validator=finite)
    """Shipping amount inside the total, where stated."""
    surcharge: Decimal = field(default=Decimal(0), validator=finite)
    """Surcharge amount inside the total, where stated."""
    cancelled_units: Decimal = field(default=Decimal(0), validator=finite)
    """Units the brand cancelled; which lines they were is not stated."""
    cancelled_total: Decimal = field(default=Decimal(0), validator=finite)
    """Price of the cancelled units, where stated."""
    group: str = ""
    """Id that ties the siblings of a split order together."""
    notes: str = ""
    """Free text."""
    tags: tuple[str, ...] = ()
    """The source's tags."""
    extra: Mapping[str, Any] = field(factory=dict, converter=frozen_mapping, eq=False)
    """Keys of the document that no table knows."""
    origin: Origin | None = field(default=None, eq=False)
    """System, record and content hash."""

    @property
    def units(self) -> Decimal:
        """Sum of the lines' quantities."""
        return sum((line.quantity for line in self.lines), Decimal(0))
