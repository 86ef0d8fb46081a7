"""What the POS held when we looked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from functools import cached_property

from attrs import field, frozen

from ..matching.readings import read_code
from ..models.checks import frozen_mapping
from ..models.named_record import NamedRecord, name_key
from ..models.pos_product import PosProduct
from ..models.purchase_order import PurchaseOrder


class Collection(Enum):
    """Records of a POS that are read as a list."""

    PRODUCTS = "products"
    SUPPLIERS = "suppliers"
    BRANDS = "brands"
    TAGS = "tags"
    OPTIONS = "options"
    ORDERS = "orders"


Positions = Mapping[Collection, str]
"""How far each collection was read; opaque to all but the target."""

Record = PosProduct | NamedRecord | PurchaseOrder
"""A record of any collection."""


@frozen(kw_only=True)
class Page:
    """One page of a collection."""

    records: tuple[Record, ...]
    """In the target's order; deleted ones included."""
    position: str
    """Where to go on."""
    more: bool
    """False on the last page."""


@frozen(kw_only=True)
class Wanted:
    """What a plan may touch, by id."""

    products: tuple[str, ...] = ()
    """Ids of products."""
    orders: tuple[str, ...] = ()
    """Ids of purchase orders, with their lines."""
    kept: Mapping[str, PurchaseOrder] = field(factory=dict, converter=frozen_mapping)
    """Orders with lines as they were looked at before; a target may take the lines of one whose revision stands."""


@frozen(kw_only=True)
class Snapshot:
    """Records a plan is made from."""

    products: Mapping[str, PosProduct] = field(factory=dict, converter=frozen_mapping)
    """By id."""
    suppliers: tuple[NamedRecord, ...] = ()
    """Every live supplier."""
    brands: tuple[NamedRecord, ...] = ()
    """Every live brand."""
    tags: tuple[NamedRecord, ...] = ()
    """Every live tag."""
    options: tuple[NamedRecord, ...] = ()
    """Every live variant option."""
    orders: Mapping[str, PurchaseOrder] = field(factory=dict, converter=frozen_mapping)
    """Purchase orders by id; lines only where they were read."""
    families: Mapping[str, tuple[PosProduct, ...]] = field(factory=dict, converter=frozen_mapping)
    """Products by folded name, dead and inactive ones included: a taken name."""
    codes: Mapping[str, tuple[str, ...]] = field(factory=dict, converter=frozen_mapping)
    """Product ids by code as written, dead ones included unless they let their codes go: a taken code."""
    positions: Positions = field(factory=dict, converter=frozen_mapping)
    """How far the cursors had been read."""

    def holders(self, code: str) -> frozenset[str]:
        """Ids of products that have a code: as written, or live ones that have its number in another form.

        A UPC and the EAN with a zero before it are one number, and two products of one number match nothing.
        """
        gtin = read_code(code).plain
        return frozenset((*self.codes.get(code, ()), *(self._by_number.get(gtin.key, ()) if gtin else ())))

    @cached_property
    def _by_number(self) -> Mapping[str, tuple[str, ...]]:
        """Live products that were looked at, by the number of their codes."""
        found: dict[str, tuple[str, ...]] = {}
        for product in self.products.values():
            for code in product.codes if product.alive else ():
                gtin = read_code(code.text).plain
                if gtin:
                    found[gtin.key] = (*found.get(gtin.key, ()), product.id)
        return found

    def named(self, collection: Collection, name: str) -> tuple[NamedRecord, ...]:
        """Live records of a list whose folded name equals."""
        return self._by_name.get((collection, name_key(name)), ())

    @cached_property
    def _by_name(self) -> Mapping[tuple[Collection, str], tuple[NamedRecord, ...]]:
        """Live records by list and folded name: a plan asks again and again, and a store has thousands."""
        lists = {
            Collection.SUPPLIERS: self.suppliers,
            Collection.BRANDS: self.brands,
            Collection.TAGS: self.tags,
            Collection.OPTIONS: self.options,
        }
        found: dict[tuple[Collection, str], tuple[NamedRecord, ...]] = {}
        for collection, records in lists.items():
            for record in records:
                if not record.deleted:
                    key = collection, record.key
                    found[key] = (*found.get(key, ()), record)
        return found
