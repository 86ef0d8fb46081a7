"""The shop's side of the seed."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from attrs import evolve, field, frozen

from ..xseries import Goods, XSeriesSandbox
from .brand import BRAND, OUTLETS, SHOP
from .store_rows import OTHER_SUPPLIER, ROWS, Row


@frozen(kw_only=True)
class SeededStore:
    """What one needs to use the seeded store."""

    token: str = field(repr=False)
    """A personal token with every scope."""
    outlets: Mapping[str, str]
    """Outlet ids by name."""


def seed_xseries(sandbox: XSeriesSandbox) -> SeededStore:
    """Make an empty store the shop's: tax-exclusive prices in US dollars, two outlets, what it sells today.

    The demo's brand is known as a supplier, and as a brand in other letter case; the second one is not.
    """
    sandbox.state.retailer = evolve(sandbox.state.retailer, name=SHOP, tax_exclusive=True)
    sandbox.add_tax("Sales tax", Decimal("0.055"), is_default=True)
    outlets = {name: sandbox.add_outlet(name) for name in OUTLETS.values()}
    for name, outlet in outlets.items():
        sandbox.add_register(f"{name} till", outlet)
    suppliers = {name: sandbox.add_supplier(name) for name in (BRAND, OTHER_SUPPLIER)}
    brands = {BRAND: sandbox.add_brand(BRAND.upper()), OTHER_SUPPLIER: sandbox.add_brand("Saltmarsh")}
    for row in ROWS:
        sandbox.add_product(_goods(row, suppliers.get(row.supplier), brands.get(row.supplier)))
    return SeededStore(token=sandbox.add_token(), outlets=outlets)


def _goods(row: Row, supplier: str | None, brand: str | None) -> Goods:
    return Goods(
        name=row.name,
        codes=(row.sku, *row.codes),
        options=row.options or None,
        supplier_id=supplier,
        supplier_code=row.supplier_code,
        supply_price=row.cost,
        price=row.price,
        brand_id=brand,
        active=row.active,
    )
