"""What a store keeps beside goods and orders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from attrs import field, frozen


@frozen(kw_only=True)
class Account:
    """The account and its settings."""

    id: str = "123456"
    """Account id, digits."""
    name: str = "Sandbox Shop"
    """Name of the business."""
    currency: str = "USD"
    """ISO 4217 code of the default currency."""
    symbol: str = "$"
    """Sign of that currency."""
    rates: Mapping[str, str] = field(factory=dict[str, str])
    """Units of the default currency for one of a purchasing currency, by code."""


@frozen(kw_only=True)
class Shop:
    """One place of sale."""

    id: int
    """Number of the record."""
    name: str
    """Name of the shop."""
    time_zone: str = "America/New_York"
    """Name as the vendor writes it; `US/Pacific` occurs."""
    archived: bool = False
    """Whether it is closed."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class PriceLevel:
    """A kind of price; its number is the useTypeID of prices."""

    id: int
    """Number of the record."""
    name: str
    """Name of the level."""
    fixed: bool = True
    """Whether it cannot be archived."""
    archived: bool = False
    """Whether it is out of use."""


@frozen(kw_only=True)
class AttributeSet:
    """Names for up to three attributes."""

    id: int
    """Number of the record."""
    name: str
    """Name of the set."""
    names: tuple[str, str, str]
    """Names of its attributes by slot; an empty one is not used."""
    system: bool = False
    """Whether it is built in."""
    archived: bool = False
    """Whether it is out of use."""


@frozen(kw_only=True)
class Vendor:
    """Who delivers."""

    id: int
    """Number of the record."""
    name: str
    """Its name."""
    archived: bool = False
    """Whether it is put away."""
    account_number: str = ""
    """The shop's number with the vendor."""
    price_level: str = ""
    """Kept as sent."""
    update_price: bool = False
    """Whether its catalogue overwrites prices."""
    update_cost: bool = False
    """Whether its catalogue overwrites costs."""
    update_description: bool = False
    """Whether its catalogue overwrites descriptions."""
    share_sell_through: bool = False
    """Whether it learns what is sold."""
    b2b_seller_uid: str = ""
    """Its id with the wholesale portal."""
    currency: str = ""
    """ISO 4217 code of what it is paid in; empty is the account's own."""
    contact: Mapping[str, Any] = field(factory=dict[str, Any])
    """Addresses, phones and the like, as sent."""
    reps: Any = ""
    """Its representatives, as sent."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class Manufacturer:
    """A brand."""

    id: int
    """Number of the record."""
    name: str
    """Its name."""
    create_time: datetime
    """When it was made."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class Category:
    """A node of the tree of categories."""

    id: int
    """Number of the record."""
    name: str
    """Its name."""
    parent_id: int = 0
    """The node above, 0 at the top."""
    create_time: datetime
    """When it was made."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class Tag:
    """A word on items and matrices."""

    id: int
    """Number of the record."""
    name: str
    """In lower case and without blanks."""


@frozen(kw_only=True)
class Image:
    """A picture of an item or a matrix."""

    id: int
    """Number of the record."""
    item_id: int
    """The item, or 0."""
    matrix_id: int
    """The matrix, or 0."""
    description: str
    """Its text."""
    filename: str
    """Name of the file as sent."""
    ordering: int
    """Place, from 0."""
    digest: str
    """SHA-256 of the bytes."""
    size: int
    """Bytes."""
    create_time: datetime
    """When it was made."""
    time_stamp: datetime
    """When it last changed."""
