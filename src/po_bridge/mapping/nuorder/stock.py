"""Wire tables of a brand's stock: the inventory document, the v3.0 rows, and the style document's own cache.

A quantity that is not stated is unknown, never zero; for prebook a blank one means no limit.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final

from attrs import fields, frozen

from ..codec import Codec, Unreadable, optional
from ..moments import DAY, EPOCH_MILLISECONDS, SLASHED_DAY
from ..numbers import COUNT
from ..rule import rule
from ..table import table
from ..words import BOOL, ID, TEXT
from .wire_form import BLANK, CODE, NULL

_US_DAY: Final = re.compile(r"(\d\d)/(\d\d)/(\d{4})", re.ASCII)


@frozen(kw_only=True)
class InventoryRow:
    """One size in one bucket of one warehouse."""

    size: str
    """Size as written."""
    quantity: Decimal | None = None
    """Units; None where none are stated."""
    upc: str | None = None
    """Code as written."""
    bucket: str = ""
    """``immediate``, or a day or word for later."""
    warehouse: str = ""
    """Name of the warehouse."""
    prebook: bool = False
    """Whether the entry is for prebook."""


@frozen(kw_only=True)
class Replenishment:
    """One row of the v3.0 stock: one size, one warehouse, one period."""

    size_id: str
    """Id of the size in the style document."""
    warehouse: str = ""
    """Id of the warehouse."""
    display_name: str = ""
    """``immediate``, ``future`` or ``Prebook``."""
    prebook: bool = False
    """Whether it is for prebook."""
    first_day: date | None = None
    """First day of the period."""
    last_day: date | None = None
    """Last day; None has no end."""
    quantity: Decimal | None = None
    """Units; None where none are stated."""
    active: bool = True
    """Whether it counts."""


@frozen(kw_only=True)
class CachedStock:
    """One entry of what a style document says of its own stock."""

    size_id: str
    """Id of the size in the style document."""
    bucket: str = ""
    """A day as ``2025/03/01``, or a word."""
    warehouse: str = ""
    """Id of the warehouse."""
    quantity: Decimal | None = None
    """Units; None where none are stated."""


@frozen(kw_only=True)
class SizeName:
    """Which size an id stands for."""

    size_id: str = ""
    """Id of the size; empty in older documents."""
    size: str
    """Size as written."""


def any_day(value: Any) -> date:
    """Read a day however this vendor writes it: ISO, slashes, US order, or milliseconds since 1970.

    Raises ``Unreadable`` for anything else.
    """
    if type(value) is int:
        return EPOCH_MILLISECONDS.read(value).date()
    if type(value) is str and (found := _US_DAY.fullmatch(value)):
        month, day, year = map(int, found.groups())
        return date(year, month, day)
    for codec in (DAY, SLASHED_DAY):
        try:
            return codec.read(value)
        except ValueError:
            continue
    raise Unreadable


ANY_DAY: Final = Codec[date](
    name="day in any form",
    expected="a day as 2025-03-01, 2025/03/01 or 03/01/2025, or milliseconds since 1970",
    read=any_day,
    write=DAY.write,
    gives=(date,),
)
"""Rows are sent with US dates and answered with milliseconds."""

_I: Final = fields(InventoryRow)
_R: Final = fields(Replenishment)
_C: Final = fields(CachedStock)
_N: Final = fields(SizeName)

INVENTORY: Final = table(
    InventoryRow,
    (
        rule(_I.size, "size", TEXT),
        rule(_I.quantity, "quantity", optional(COUNT), default=None, absent=BLANK),
        rule(_I.upc, "upc", CODE, default=None, absent=BLANK),
        rule(_I.bucket, "^name", TEXT, default="", absent=NULL),
        rule(_I.warehouse, "^^warehouse", TEXT, default="", absent=NULL),
        rule(_I.prebook, "^^prebook", BOOL, default=False, absent=NULL),
    ),
    over=("inventory", "wip", "sizes"),
    title="Inventory",
    note="No entry at all means that the brand takes any number.",
)
"""The inventory document of a style."""

REPLENISHMENTS: Final = table(
    Replenishment,
    (
        rule(_R.size_id, "sku_id", ID),
        rule(_R.warehouse, "warehouse_id", TEXT, default="", absent=NULL),
        rule(_R.display_name, "display_name", TEXT, default="", absent=NULL),
        rule(_R.prebook, "prebook", BOOL, default=False, absent=NULL),
        rule(_R.first_day, "period_start", optional(ANY_DAY), default=None, absent=BLANK),
        rule(_R.last_day, "period_end", optional(ANY_DAY), default=None, absent=BLANK),
        rule(_R.quantity, "quantity", optional(COUNT), default=None, absent=BLANK),
        rule(_R.active, "active", BOOL, default=True, absent=NULL),
    ),
    over=(".",),
    ignored=("id", "display_quantity", "__key"),
    title="Replenishments",
)
"""Rows of the v3.0 stock; only their writing is on record."""

STOCK_CACHE: Final = table(
    CachedStock,
    (
        rule(_C.size_id, "sku_id", ID),
        rule(_C.bucket, "bucket", TEXT, default="", absent=NULL),
        rule(_C.warehouse, "warehouse", TEXT, default="", absent=NULL),
        rule(_C.quantity, "quantity", optional(COUNT), default=None, absent=BLANK),
    ),
    over=("__inventory_cache",),
    title="Stock in a style document",
)
"""What newer style documents carry of their own stock."""

SIZE_NAMES: Final = table(
    SizeName,
    (rule(_N.size_id, "_id", TEXT, default="", absent=NULL), rule(_N.size, "size", TEXT)),
    over=("sizes",),
    title="Sizes of a style document",
)
"""Rows of stock name sizes by id."""
