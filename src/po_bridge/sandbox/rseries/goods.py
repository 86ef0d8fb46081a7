"""Items, matrices and what hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

NO_ATTRIBUTES = ("", "", "")
"""The values of an item that says nothing."""


@frozen(kw_only=True)
class VendorNum:
    """A vendor's own number for an item; one per vendor."""

    id: int
    """Number of the record."""
    vendor_id: int
    """Whose number it is."""
    value: str
    """The number."""
    cost: Decimal | None = None
    """What the vendor asks, where it was told."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class Note:
    """A text on an item or an order."""

    text: str
    """What it says."""
    public: bool = False
    """Whether customers may read it."""
    id: int = 0
    """Number of the record."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class Item:
    """Something that can be sold and ordered."""

    id: int
    """Number of the record."""
    description: str
    """What it is called."""
    default_cost: Decimal = Decimal(0)
    """Cost per unit."""
    tax: bool = True
    """Whether it is taxed."""
    discountable: bool = True
    """Whether it may be discounted."""
    item_type: str = "default"
    """default, non_inventory, serialized, box, serialized_assembly or assembly."""
    serialized: bool = False
    """Whether pieces have numbers."""
    model_year: int = 0
    """Year of the model."""
    archived: bool = False
    """Whether it is put away."""
    upc: str = ""
    """UPC."""
    ean: str = ""
    """EAN."""
    custom_sku: str = ""
    """The shop's own number; not unique."""
    manufacturer_sku: str = ""
    """The maker's number; not unique."""
    publish: bool = True
    """Whether the web shop shows it."""
    category_id: int = 0
    """Its category."""
    tax_class_id: int = 1
    """Its tax class."""
    matrix_id: int = 0
    """Its matrix."""
    manufacturer_id: int = 0
    """Its brand."""
    department_id: int = 0
    """Its department; there are no records of departments here."""
    season_id: int = 0
    """Its season; there are no records of seasons here."""
    vendor_id: int = 0
    """Its default vendor."""
    set_id: int = 0
    """Attribute set of its values, 0 outside of a matrix."""
    attributes: tuple[str, str, str] = NO_ATTRIBUTES
    """Values by slot."""
    prices: Mapping[int, Decimal] = field(factory=dict[int, Decimal])
    """Amounts by price level; a missing one is zero."""
    vendor_nums: tuple[VendorNum, ...] = ()
    """Numbers, at most one for each vendor."""
    note: Note | None = None
    """Its note."""
    tags: tuple[str, ...] = ()
    """Names of its tags."""
    create_time: datetime
    """When it was made."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class Matrix:
    """What the items of one style have in common."""

    id: int
    """Number of the record."""
    description: str
    """What it is called; several may bear one name."""
    set_id: int
    """Its attribute set."""
    tax: bool = False
    """Whether it is taxed; a new matrix is not, unlike a new item."""
    default_cost: Decimal = Decimal(0)
    """Cost per unit; items do not inherit it."""
    item_type: str = "default"
    """As for items."""
    serialized: bool = False
    """Whether pieces have numbers."""
    model_year: int = 0
    """Year of the model."""
    archived: bool = False
    """Whether it is put away."""
    category_id: int = 0
    """Its category."""
    tax_class_id: int = 0
    """Its tax class."""
    manufacturer_id: int = 0
    """Its brand."""
    department_id: int = 0
    """Its department; there are no records of departments here."""
    season_id: int = 0
    """Its season; there are no records of seasons here."""
    vendor_id: int = 0
    """Its default vendor."""
    prices: Mapping[int, Decimal] = field(factory=dict[int, Decimal])
    """Amounts by price level; items do not inherit them."""
    tags: tuple[str, ...] = ()
    """Names of its tags; they do not spread to items."""
    time_stamp: datetime
    """When it last changed."""


@frozen(kw_only=True)
class ItemShop:
    """The stock of an item in one shop; shop 0 is the sum."""

    id: int
    """Number of the record."""
    item_id: int
    """The item."""
    shop_id: int
    """The shop, or 0."""
    on_hand: int = 0
    """Pieces there; not kept in the sum row."""
    reorder_point: int = 0
    """When to order again."""
    reorder_level: int = 0
    """Up to how many."""
    time_stamp: datetime
    """When it last changed."""
