"""Everything a store holds, with the indexes that keep big stores quick."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from attrs import define, evolve, field

from .product import Product
from .records import (
    Attribute,
    Brand,
    Consignment,
    Image,
    Line,
    Outlet,
    Register,
    Retailer,
    Supplier,
    Tag,
    Tax,
    User,
)
from .shelf import Shelf
from .token import Bucket, Client, Grant, Token

_STIR = 0x9E3779B97F4B
FIRST_VERSION = 27_561_000_000
"""Versions of old stores are far above 2^32."""
FIRST_SKU = 10001
"""Where the store's SKU sequence starts."""


def folded(name: str) -> str:
    """Give a name as families are told apart by it: outer space and letter case do not count."""
    return name.strip().casefold()


@define(kw_only=True)
class State:
    """The records of a store; frozen themselves, so that a copy of the shelves is a copy of the store."""

    retailer: Retailer = field(factory=Retailer)
    """The store's settings."""
    counter: int = 0
    """Ids given so far."""
    version: int = FIRST_VERSION
    """The last version given."""
    next_sku: int = FIRST_SKU
    """Next number of the SKU sequence."""
    suppliers: Shelf[Supplier] = field(factory=Shelf[Supplier])
    """Suppliers."""
    brands: Shelf[Brand] = field(factory=Shelf[Brand])
    """Brands."""
    tags: Shelf[Tag] = field(factory=Shelf[Tag])
    """Tags."""
    attributes: Shelf[Attribute] = field(factory=Shelf[Attribute])
    """Variant attributes."""
    outlets: Shelf[Outlet] = field(factory=Shelf[Outlet])
    """Outlets."""
    registers: Shelf[Register] = field(factory=Shelf[Register])
    """Registers."""
    taxes: Shelf[Tax] = field(factory=Shelf[Tax])
    """Taxes."""
    users: Shelf[User] = field(factory=Shelf[User])
    """Users."""
    products: Shelf[Product] = field(factory=Shelf[Product])
    """Products."""
    images: Shelf[Image] = field(factory=Shelf[Image])
    """Pictures."""
    consignments: Shelf[Consignment] = field(factory=Shelf[Consignment])
    """Consignments."""
    lines: dict[str, Shelf[Line]] = field(factory=dict[str, Shelf[Line]])
    """Lines by consignment id."""
    stock: dict[tuple[str, str], Decimal] = field(factory=dict[tuple[str, str], Decimal])
    """Stock by product and outlet id."""
    families: dict[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    """Product ids by family id, the parent first."""
    by_name: dict[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    """Family ids by folded name, deleted families included."""
    by_code: dict[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    """Product ids by code, deleted products included."""
    pictures: dict[str, tuple[str, ...]] = field(factory=dict[str, tuple[str, ...]])
    """Image ids by product id."""
    processing: tuple[str, ...] = ()
    """Ids of images that are still processed."""
    clients: dict[str, Client] = field(factory=dict[str, Client])
    """Registered applications by client id."""
    grants: dict[str, Grant] = field(factory=dict[str, Grant])
    """Authorization codes."""
    tokens: dict[str, Token] = field(factory=dict[str, Token])
    """Access tokens."""
    refresh: dict[str, str] = field(factory=dict[str, str])
    """Access token by the refresh token that is still good."""
    buckets: dict[str, Bucket] = field(factory=dict[str, Bucket])
    """Rate windows by application."""

    def copy(self) -> State:
        """Copy the store; changes of one copy never show in the other."""
        shelves = {name: getattr(self, name).copy() for name in _COPIED}
        return evolve(self, lines={key: shelf.copy() for key, shelf in self.lines.items()}, **shelves)

    def new_id(self) -> str:
        """Give a fresh id in UUID form, not ordered by time and not valid by RFC 4122."""
        self.counter += 1
        return f"02dcd191-ae2b-11e7-f130-{self.counter * _STIR % (1 << 48):012x}"

    def new_version(self) -> int:
        """Give the next version; versions grow but are not consecutive."""
        self.version += 1 + self.version % 7
        return self.version

    def tax_rate(self) -> Decimal:
        """Give the rate of the default tax, zero without one."""
        return next((tax.rate for tax in self.taxes.all_live() if tax.is_default), Decimal(0))

    def put_product(self, product: Product) -> Product:
        """Add or replace a product and keep the indexes by code, name and family."""
        old = self.products.get(product.id)
        if old is None:
            self.families[product.family_id] = (*self.families.get(product.family_id, ()), product.id)
        elif old.family_id != product.family_id:
            _drop(self.families, old.family_id, product.id)
            self.families[product.family_id] = (*self.families.get(product.family_id, ()), product.id)
        if old is None or old.codes != product.codes:
            self._index_codes(old, product)
        self._index_name(product)
        return self.products.put(product)

    def touch(self, product: Product, now: datetime) -> Product:
        """Give a product a new version without another change."""
        return self.put_product(evolve(product, version=self.new_version(), updated_at=now))

    def members(self, family_id: str) -> list[Product]:
        """List the products of a family, deleted ones included, the parent first."""
        return [self.products.by_id[key] for key in self.families.get(family_id, ())]

    def families_named(self, name: str) -> list[str]:
        """List the families that bear a name now, deleted ones included, the oldest first."""
        known = self.by_name.get(folded(name), ())
        return [key for key in known if any(folded(name) == folded(m.name) for m in self.members(key))]

    def holders(self, code: str, *, dead: bool) -> list[Product]:
        """List the products that hold a code; deleted ones only when asked for."""
        found = [self.products.by_id[key] for key in self.by_code.get(code, ())]
        return [product for product in found if dead or product.alive]

    def _index_codes(self, old: Product | None, new: Product) -> None:
        for code in old.codes if old else ():
            _drop(self.by_code, code.code, new.id)
        for code in new.codes:
            self.by_code[code.code] = (*self.by_code.get(code.code, ()), new.id)

    def _index_name(self, product: Product) -> None:
        # Old names stay listed; families_named looks at what the members are called now.
        known = self.by_name.get(folded(product.name), ())
        if product.family_id not in known:
            self.by_name[folded(product.name)] = (*known, product.family_id)


_COPIED = [
    "suppliers",
    "brands",
    "tags",
    "attributes",
    "outlets",
    "registers",
    "taxes",
    "users",
    "products",
    "images",
    "consignments",
    "stock",
    "families",
    "by_name",
    "by_code",
    "pictures",
    "clients",
    "grants",
    "tokens",
    "refresh",
    "buckets",
]


def _drop(index: dict[str, tuple[str, ...]], key: str, entry: str) -> None:
    index[key] = tuple(each for each in index.get(key, ()) if each != entry)
