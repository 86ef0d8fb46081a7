"""Keys, days and addresses inside an order."""

from __future__ import annotations

from typing import Final

from attrs import fields

from ...models.keys import LineKey, OrderKey
from ...models.wholesale_order import Address, ShipWindow
from ..codec import optional
from ..moments import DAY
from ..rule import gathered, rule
from ..table import table
from ..words import ID, TEXT
from .wire_form import BLANK, NULL

_K: Final = fields(OrderKey)
_LK: Final = fields(LineKey)
_W: Final = fields(ShipWindow)
_A: Final = fields(Address)

ORDER_KEY: Final = table(
    OrderKey,
    (
        rule(
            _K.portal,
            read="@portal",
            codec=ID,
            label="Brand Portal",
            note="the name of the credential's portal",
        ),
        rule(_K.order_id, "_id", ID),
    ),
)
"""Identity of an order."""

ORDER_WINDOW: Final = table(
    ShipWindow,
    (
        rule(_W.start, "start_ship", optional(DAY), default=None, absent=BLANK),
        rule(_W.end, "end_ship", optional(DAY), default=None, absent=BLANK, label="Ship End"),
    ),
)
"""Calendar days at midnight UTC, never shifted; lines spell the keys the other way round."""

LINE_KEY: Final = table(
    LineKey,
    (
        rule(_LK.portal, read="@portal", codec=ID),
        rule(_LK.style_id, "^product._id", ID, label="Product ID"),
        rule(_LK.color, "^product.color", TEXT, default="", absent=NULL, label="Variant Options"),
        rule(_LK.size, "size", TEXT, label="Variant Options"),
    ),
)
"""Identity of a line."""

LINE_WINDOW: Final = table(
    ShipWindow,
    (
        rule(
            _W.start,
            read=("^ship_start", "^^start_ship"),
            write="^ship_start",
            codec=optional(DAY),
            default=None,
            absent=BLANK,
        ),
        rule(
            _W.end,
            read=("^ship_end", "^^end_ship"),
            write="^ship_end",
            codec=optional(DAY),
            default=None,
            absent=BLANK,
            label="Ship End",
        ),
    ),
)
"""The line's own days, else the order's: documents of 2014 have none on lines."""

ADDRESS: Final = table(
    Address,
    (
        rule(_A.code, "code", TEXT, default="", absent=NULL),
        rule(_A.name, "display_name", TEXT, default="", absent=NULL),
        gathered(_A.lines, ("line_1", "line_2", "line_3", "line_4"), TEXT),
        rule(_A.city, "city", TEXT, default="", absent=NULL),
        rule(_A.state, "state", TEXT, default="", absent=NULL),
        rule(_A.postcode, "zip", TEXT, default="", absent=NULL),
        rule(_A.country, "country", TEXT, default="", absent=NULL),
        rule(
            _A.reference,
            "ref",
            TEXT,
            default="",
            absent=NULL,
            note="the company's address this was taken from",
        ),
    ),
    title="Ship-to address",
)
"""Some orders have no address at all."""
