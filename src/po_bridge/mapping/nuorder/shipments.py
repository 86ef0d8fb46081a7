"""Wire tables of shipments, which stand inside the order's document.

Only empty lists were ever recorded; field names come from typed models, words of status are guesses.
So whatever can be taken is taken, and unknown words are kept instead of refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from attrs import fields

from ...models.shipment import ParcelStatus, Shipment, ShippedLine, Shipping
from ..codec import Codec, Unreadable, optional
from ..moments import DAY, MOMENT
from ..numbers import COUNT
from ..rule import rows, rule
from ..table import table
from ..words import TEXT
from .wire_form import BLANK, CODE, NULL

_L: Final = fields(ShippedLine)
_S: Final = fields(Shipment)
_O: Final = fields(Shipping)

PARCEL_WORDS: Final[Mapping[str, ParcelStatus]] = MappingProxyType(
    {
        "shipped": ParcelStatus.SHIPPED,
        "partial": ParcelStatus.SHIPPED,
        "partially shipped": ParcelStatus.SHIPPED,
        "in transit": ParcelStatus.SHIPPED,
        "out for delivery": ParcelStatus.SHIPPED,
        "complete": ParcelStatus.SHIPPED,
        "delivered": ParcelStatus.DELIVERED,
        "returned": ParcelStatus.RETURNED,
    }
)
"""Words of a shipment's status, in lower case with single spaces; none was ever recorded."""


def plain_word(text: str) -> str:
    """Write a status word as the table has it: lower case, and blanks for what stands between words."""
    return " ".join(text.replace("_", " ").replace("-", " ").lower().split())


def _status(value: Any) -> ParcelStatus:
    return PARCEL_WORDS.get(plain_word(TEXT.read(value)), ParcelStatus.OTHER)


PARCEL_STATUS: Final = Codec[ParcelStatus](
    name="word for ParcelStatus",
    expected=f"a word, as {', '.join(map(repr, PARCEL_WORDS))}",
    read=_status,
    write=lambda status: status.value,
    gives=(ParcelStatus,),
)
"""Unknown words are ``OTHER``; the word itself is kept by a second rule."""


def _shipped_on(value: Any) -> date:
    try:
        return DAY.read(value)
    except Unreadable:
        return MOMENT.read(value).date()


SHIPPED_ON: Final = Codec[date](
    name="day of shipping",
    expected="a day, or a moment with a time zone",
    read=_shipped_on,
    write=DAY.write,
    gives=(date,),
)
"""A day, or a moment, of which the day in UTC is taken: nobody says which zone the warehouse is in."""


def _numbers(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    texts = [CODE.read(each) or "" for each in given]
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


TRACKING: Final = Codec[tuple[str, ...]](
    name="tracking numbers",
    expected="a list of numbers as text",
    read=_numbers,
    write=list,
    gives=(tuple,),
)
"""A list of texts; a single one, and numbers, are taken too. Blank ones are left out."""

SHIPPED_LINE: Final = table(
    ShippedLine,
    (
        rule(_L.brand_item_id, "^brand_id", TEXT, default="", absent=NULL),
        rule(_L.style_number, "^style_number", TEXT, default="", absent=NULL),
        rule(_L.season, "^season", TEXT, default="", absent=NULL),
        rule(_L.color, "^color", TEXT, default="", absent=NULL),
        rule(_L.size, "size", TEXT, default="", absent=NULL),
        rule(_L.upc, "upc", CODE, default=None, absent=BLANK),
        rule(_L.quantity, "quantity", optional(COUNT), default=None, absent=BLANK),
    ),
    over=("line_items", "sizes"),
    title="Shipped line",
    note="Styles are named by the brand's own id, or by season, number and colour; never by a line's id.",
)
"""One line for each size of each style in the parcel."""

SHIPMENT: Final = table(
    Shipment,
    (
        rule(_S.carrier, "type", TEXT, default="", absent=NULL, note="carrier and service, free text"),
        rule(_S.tracking, "tracking_numbers", TRACKING, default=(), absent=BLANK),
        rule(_S.status, read="status", codec=PARCEL_STATUS, default=ParcelStatus.OTHER, absent=BLANK),
        rule(_S.status_word, "status", TEXT, default="", absent=NULL),
        rule(_S.shipped_on, "shipment_date", optional(SHIPPED_ON), default=None, absent=BLANK),
        rows(_S.lines, SHIPPED_LINE, default=()),
    ),
    over=("shipments",),
    title="Shipment",
)
"""One parcel, or several that left together."""

SHIPPING: Final = table(
    Shipping,
    (
        rows(_O.shipments, SHIPMENT, default=()),
        rule(_O.words, read="__shipment_status", codec=TRACKING, default=(), absent=BLANK),
        rule(
            _O.carrier,
            read=("shipping_information.carrier_friendly_name", "shipping_information.carrier_code"),
            codec=TEXT,
            default="",
            absent=NULL,
        ),
    ),
    left_out=(_O.faults,),
    title="Shipping of an order",
    note="Everything else in the document is the order's own table's.",
)
"""What an order's document tells of its shipping."""
