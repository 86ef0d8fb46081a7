"""A product of the store, with its codes, suppliers and options."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from attrs import field, frozen

CODE_TYPES = ("CUSTOM", "EAN", "ISBN", "ITF", "JAN", "UPC")
"""The kinds of product codes; digits are not checked against them."""


@frozen(kw_only=True)
class Code:
    """A product code, unique in the whole store."""

    id: str
    """UUID-shaped."""
    type: str
    """One of CODE_TYPES."""
    code: str
    """As written."""
    generated: bool = False
    """Whether it came from the store's sequence."""


@frozen(kw_only=True)
class Sourcing:
    """A supplier of a product, with the supplier's code and price."""

    id: str
    """UUID-shaped."""
    supplier_id: str
    """Who supplies."""
    code: str | None = None
    """The supplier's own code."""
    price: Decimal | None = None
    """Per unit."""


@frozen(kw_only=True)
class Option:
    """The value of one variant attribute."""

    attribute_id: str
    """Which attribute."""
    value: str
    """Which value."""


@frozen(kw_only=True)
class Product:
    """A product: one variant of a family, or the only member of one."""

    id: str
    """UUID-shaped."""
    version: int
    """Global change number."""
    family_id: str
    """Shared by all members of a family."""
    parent_id: str | None
    """The family's first product; None on that one."""
    name: str
    """Shared by the family."""
    handle: str
    """Shared by the family."""
    description: str | None = None
    """HTML."""
    is_active: bool = True
    """False hides it from the sell screen."""
    codes: tuple[Code, ...]
    """The first is the SKU."""
    options: tuple[Option, ...] = ()
    """In the order of the family's attributes."""
    price_including_tax: Decimal
    """Five decimals."""
    price_excluding_tax: Decimal
    """Five decimals."""
    supply_price: Decimal = Decimal(0)
    """Cost where no supplier states a price."""
    sourcing: tuple[Sourcing, ...] = ()
    """The first is the default supplier."""
    brand_id: str | None = None
    """Its brand."""
    tag_ids: tuple[str, ...] = ()
    """Its tags."""
    composite: tuple[tuple[str, Decimal], ...] = ()
    """Component product ids with quantities; empty unless composite."""
    has_inventory: bool = True
    """Whether stock is tracked."""
    source: str = "USER"
    """USER or SHOPIFY."""
    source_id: str | None = None
    """External reference of the family."""
    source_variant_id: str | None = None
    """External reference of this product."""
    extra: Mapping[str, object] = field(factory=dict[str, object])
    """Members that are only kept: measures, account codes, loyalty, taxes."""
    created_at: datetime
    """When it was made."""
    updated_at: datetime
    """When it last changed."""
    deleted_at: datetime | None = None
    """Set when deleted."""

    @property
    def alive(self) -> bool:
        """Whether it is not deleted; inactive products are alive."""
        return self.deleted_at is None

    @property
    def cost(self) -> Decimal:
        """The default supplier's price, else the supply price."""
        price = self.sourcing[0].price if self.sourcing else None
        return self.supply_price if price is None else price

    def supplier(self) -> str | None:
        """Give the id of the default supplier."""
        return self.sourcing[0].supplier_id if self.sourcing else None
