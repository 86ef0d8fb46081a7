"""Things put into an account without the API, as if they had always been there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

from .codes import holders
from .goods import NO_ATTRIBUTES, Item, Matrix, VendorNum
from .item import add_item
from .named import known_tag, normal_tag
from .records import AttributeSet, Manufacturer, PriceLevel, Shop, Tag, Vendor
from .state import State
from .switches import Switches

Money = Decimal | int | str
"""An amount."""

LEVELS = ("Default", "MSRP", "Online")
"""Price levels of a new account; the first two cannot be archived."""


@frozen(kw_only=True)
class Furniture:
    """What a shop needs before it can order anything."""

    shop_id: int
    """The only shop."""
    token: str = field(repr=False)
    """An access token with every scope, good for years."""


@frozen(kw_only=True)
class Goods:
    """An item to put into an account."""

    description: str
    """What it is called; within a matrix the name is made from it."""
    upc: str = ""
    """UPC."""
    ean: str = ""
    """EAN."""
    custom_sku: str = ""
    """The shop's own number."""
    manufacturer_sku: str = ""
    """The maker's number."""
    cost: Money = 0
    """Cost per unit."""
    prices: Mapping[int, Money] = field(factory=dict[int, Money])
    """Amounts by price level."""
    matrix_id: int = 0
    """Its matrix, 0 for an item that stands alone."""
    attributes: tuple[str, str, str] = NO_ATTRIBUTES
    """Values by slot of the matrix's set."""
    vendor_id: int = 0
    """Its default vendor."""
    vendor_value: str = ""
    """That vendor's number for it."""
    manufacturer_id: int = 0
    """Its brand."""
    tags: tuple[str, ...] = ()
    """Names of its tags."""
    archived: bool = False
    """Whether it is put away."""


def build(state: State, switches: Switches) -> None:
    """Put what every account has into a new one: price levels and built-in attribute sets."""
    for name in LEVELS:
        fixed = name in LEVELS[:2]
        state.price_levels.put(PriceLevel(id=state.price_levels.new_id(), name=name, fixed=fixed))
    size = ("Size", "", "") if switches.size_in_first_slot else ("", "Size", "")
    for name, names in (
        ("Color/Size", ("Color", "Size", "")),
        ("Size", size),
        ("Color", ("Color", "", "")),
        ("3 Attributes", ("Attribute 1", "Attribute 2", "Attribute 3")),
    ):
        state.sets.put(AttributeSet(id=state.sets.new_id(), name=name, names=names, system=True))


def add_shop(state: State, name: str, time_zone: str, now: datetime) -> int:
    """Add a shop."""
    return state.shops.put(Shop(id=state.shops.new_id(), name=name, time_zone=time_zone, time_stamp=now)).id


def add_vendor(state: State, name: str, currency: str, now: datetime) -> int:
    """Add a vendor; several may bear one name."""
    vendor = Vendor(id=state.vendors.new_id(), name=name, currency=currency, time_stamp=now)
    return state.vendors.put(vendor).id


def add_manufacturer(state: State, name: str, now: datetime) -> int:
    """Add a brand; several may bear one name."""
    key = state.manufacturers.new_id()
    return state.manufacturers.put(Manufacturer(id=key, name=name, create_time=now, time_stamp=now)).id


def add_tag(state: State, name: str) -> Tag:
    """Give the tag of that name, added when it is new."""
    return known_tag(state, name)


def add_set(state: State, name: str, names: tuple[str, str, str]) -> int:
    """Add an attribute set of the account's own."""
    return state.sets.put(AttributeSet(id=state.sets.new_id(), name=name, names=names)).id


def add_matrix(
    state: State, description: str, set_id: int, vendor_id: int, manufacturer_id: int, now: datetime
) -> int:
    """Add a matrix."""
    matrix = Matrix(
        id=state.matrices.new_id(),
        description=description,
        set_id=set_id,
        tax=True,
        tax_class_id=1,
        vendor_id=vendor_id,
        manufacturer_id=manufacturer_id,
        time_stamp=now,
    )
    return state.matrices.put(matrix).id


def add_goods(state: State, goods: Goods, switches: Switches, now: datetime) -> int:
    """Add an item; raises ValueError for a code that is taken."""
    item = Item(
        id=0,
        description=_description(state, goods, switches),
        upc=goods.upc,
        ean=goods.ean,
        custom_sku=goods.custom_sku,
        manufacturer_sku=goods.manufacturer_sku,
        default_cost=Decimal(goods.cost),
        prices={level: Decimal(amount) for level, amount in goods.prices.items()},
        matrix_id=goods.matrix_id,
        set_id=state.matrices.by_id[goods.matrix_id].set_id if goods.matrix_id else 0,
        attributes=goods.attributes,
        vendor_id=goods.vendor_id,
        vendor_nums=_numbers(state, goods, now),
        manufacturer_id=goods.manufacturer_id,
        tags=tuple(known_tag(state, name).name for name in goods.tags if normal_tag(name)),
        archived=goods.archived,
        create_time=now,
        time_stamp=now,
    )
    if switches.duplicates_refused and holders(state, item, switches):
        raise ValueError(f"taken code: {goods.upc} {goods.ean}")
    return add_item(state, item).id


def _description(state: State, goods: Goods, switches: Switches) -> str:
    if not goods.matrix_id or not switches.variant_named:
        return goods.description
    words = (state.matrices.by_id[goods.matrix_id].description, *goods.attributes)
    return " ".join(word for word in words if word)


def _numbers(state: State, goods: Goods, now: datetime) -> tuple[VendorNum, ...]:
    if not goods.vendor_value:
        return ()
    number = VendorNum(
        id=state.new_sub_id(), vendor_id=goods.vendor_id, value=goods.vendor_value, time_stamp=now
    )
    return (number,)
