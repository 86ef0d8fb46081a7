"""Things put into a store without the API, as if they had always been there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from attrs import frozen

from .auth import personal
from .body import five
from .product import Code, Option, Product, Sourcing
from .product_create import join_family
from .records import Attribute, Brand, Outlet, Register, Supplier, Tag, Tax, User
from .refusal import Refusal
from .state import State, folded
from .token import ALL_SCOPES


@frozen(kw_only=True)
class Furniture:
    """The ids of what a shop needs before it can order anything."""

    outlet_id: str
    """The only outlet."""
    register_id: str
    """Its register, which makes the rate limit 350."""
    tax_id: str
    """The default tax, 15 %."""
    user_id: str
    """The only user."""
    token: str
    """A personal token with every scope."""


def furnish(state: State, now: datetime) -> Furniture:
    """Put one outlet, register, tax, user and token into a store."""
    tax = add_tax(state, "GST", Decimal("0.15"), is_default=True)
    outlet = add_outlet(state, "Main Outlet", tax_id=tax)
    return Furniture(
        outlet_id=outlet,
        register_id=add_register(state, "Register 1", outlet),
        tax_id=tax,
        user_id=add_user(state, "owner", now),
        token=personal(state, ALL_SCOPES),
    )


def _identity(state: State) -> tuple[str, int]:
    return state.new_id(), state.new_version()


def add_tax(state: State, name: str, rate: Decimal, *, is_default: bool = False) -> str:
    """Add a tax."""
    key, version = _identity(state)
    return state.taxes.put(Tax(id=key, version=version, name=name, rate=rate, is_default=is_default)).id


def add_outlet(
    state: State,
    name: str,
    *,
    time_zone: str = "America/New_York",
    currency: str = "",
    tax_id: str | None = None,
    reference_prefix: str = "",
) -> str:
    """Add an outlet; its currency is the retailer's unless stated."""
    key, version = _identity(state)
    outlet = Outlet(
        id=key,
        version=version,
        name=name,
        time_zone=time_zone,
        currency=currency or state.retailer.currency,
        tax_id=tax_id,
        reference_prefix=reference_prefix,
    )
    return state.outlets.put(outlet).id


def add_register(state: State, name: str, outlet_id: str) -> str:
    """Add a register; each one raises the rate limit."""
    key, version = _identity(state)
    return state.registers.put(Register(id=key, version=version, name=name, outlet_id=outlet_id)).id


def add_user(state: State, username: str, now: datetime) -> str:
    """Add a user."""
    key, version = _identity(state)
    user = User(id=key, version=version, username=username, display_name=username.title(), created_at=now)
    return state.users.put(user).id


def add_supplier(state: State, name: str) -> str:
    """Add a supplier; several may bear one name."""
    key, version = _identity(state)
    return state.suppliers.put(Supplier(id=key, version=version, name=name)).id


def add_brand(state: State, name: str) -> str:
    """Add a brand; several may bear one name."""
    key, version = _identity(state)
    return state.brands.put(Brand(id=key, version=version, name=name)).id


def add_tag(state: State, name: str) -> str:
    """Add a tag."""
    key, version = _identity(state)
    return state.tags.put(Tag(id=key, version=version, name=name)).id


def add_attribute(state: State, name: str, now: datetime) -> str:
    """Give the variant attribute of that name, added when it is new."""
    known = [each for each in state.attributes.all_live() if folded(each.name) == folded(name)]
    if known:
        return known[0].id
    key, version = _identity(state)
    made = Attribute(id=key, version=version, name=name, created_at=now, updated_at=now)
    return state.attributes.put(made).id


@frozen(kw_only=True)
class Goods:
    """A product to put into a store."""

    name: str
    """Products of one name are one family."""
    codes: Sequence[str | tuple[str, str]] = ()
    """The first is the SKU; a pair states its type first. None given: the next of the sequence."""
    options: Mapping[str, str] | None = None
    """Values by attribute name; new attributes are added."""
    supplier_id: str | None = None
    """Who supplies."""
    supplier_code: str | None = None
    """The supplier's own code."""
    supply_price: Decimal | str | None = None
    """Cost."""
    price: Decimal | str = Decimal(0)
    """Retail price in the store's tax form."""
    brand_id: str | None = None
    """Its brand."""
    tag_ids: Sequence[str] = ()
    """Its tags."""
    active: bool = True
    """False hides it from the sell screen."""
    composite: Sequence[tuple[str, Decimal]] = ()
    """Components with quantities."""
    description: str | None = None
    """HTML."""
    source_id: str | None = None
    """External reference."""


def add_product(state: State, goods: Goods, now: datetime) -> str:
    """Add a product and give its id.

    Raises ValueError where the API would refuse too, as for a code that is taken.
    """
    codes = _codes(state, goods)
    taken = [code.code for code in codes if state.holders(code.code, dead=False)]
    if taken:
        raise ValueError(f"taken codes: {taken}")
    options = tuple(
        Option(attribute_id=add_attribute(state, name, now), value=value)
        for name, value in (goods.options or {}).items()
    )
    try:
        return join_family(state, [_product(state, goods, codes, options, now)])[0].id
    except Refusal as refusal:
        raise ValueError(refusal.message) from refusal


def _codes(state: State, goods: Goods) -> tuple[Code, ...]:
    written = [("CUSTOM", each) if isinstance(each, str) else each for each in goods.codes]
    if not written:
        written = [("CUSTOM", str(state.next_sku))]
        state.next_sku += 1
    return tuple(Code(id=state.new_id(), type=kind, code=code) for kind, code in written)


def _product(
    state: State, goods: Goods, codes: tuple[Code, ...], options: tuple[Option, ...], now: datetime
) -> Product:
    cost = None if goods.supply_price is None else five(goods.supply_price)
    price, rate = five(goods.price), 1 + state.tax_rate()
    exclusive = state.retailer.tax_exclusive
    sourcing: tuple[Sourcing, ...] = ()
    if goods.supplier_id is not None:
        single = Sourcing(
            id=state.new_id(), supplier_id=goods.supplier_id, code=goods.supplier_code, price=cost
        )
        sourcing = (single,)
    return Product(
        id=state.new_id(),
        version=0,
        family_id="",
        parent_id=None,
        name=goods.name,
        handle="".join(goods.name.lower().split()),
        description=goods.description,
        is_active=goods.active,
        codes=codes,
        options=options,
        price_including_tax=five(price * rate) if exclusive else price,
        price_excluding_tax=price if exclusive else five(price / rate),
        supply_price=cost or Decimal(0),
        sourcing=sourcing,
        brand_id=goods.brand_id,
        tag_ids=tuple(goods.tag_ids),
        composite=tuple(goods.composite),
        source_id=goods.source_id,
        created_at=now,
        updated_at=now,
    )
