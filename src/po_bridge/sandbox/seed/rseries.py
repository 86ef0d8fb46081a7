"""The shop's side of the seed in the second POS."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import evolve, field, frozen

from ..rseries import Goods, RSeriesSandbox
from .brand import BRAND, OUTLETS, SHOP
from .store_rows import OTHER_SUPPLIER, ROWS, Row


@frozen(kw_only=True)
class SeededAccount:
    """What one needs to use the seeded account."""

    token: str = field(repr=False)
    """An access token with every scope."""
    shops: Mapping[str, str]
    """Shop numbers by name."""


def seed_rseries(sandbox: RSeriesSandbox) -> SeededAccount:
    """Make an empty account the shop's: US dollars, two shops, what it sells today.

    Products with options are items of a matrix. The demo's brand is known as a vendor, and as a brand in
    other letter case; the second one is not.
    """
    sandbox.state.account = evolve(sandbox.state.account, name=SHOP)
    sandbox.state.registers = len(OUTLETS)
    shops = {name: str(sandbox.add_shop(name)) for name in OUTLETS.values()}
    vendors = {name: sandbox.add_vendor(name) for name in (BRAND, OTHER_SUPPLIER)}
    makers = {
        BRAND: sandbox.add_manufacturer(BRAND.upper()),
        OTHER_SUPPLIER: sandbox.add_manufacturer("Saltmarsh"),
    }
    matrices: dict[tuple[str, str], int] = {}
    for row in ROWS:
        vendor, maker = vendors.get(row.supplier, 0), makers.get(row.supplier, 0)
        key = (row.supplier, row.name)
        if row.options and key not in matrices:
            matrices[key] = sandbox.add_matrix(
                row.name, set_id=_set_of(sandbox, row), vendor_id=vendor, manufacturer_id=maker
            )
        sandbox.add_item(_goods(sandbox, row, matrices.get(key, 0) if row.options else 0, vendor, maker))
    return SeededAccount(token=sandbox.add_token(), shops=shops)


def _set_of(sandbox: RSeriesSandbox, row: Row) -> int:
    return next(
        each.id for each in sandbox.state.sets if {name for name in each.names if name} == set(row.options)
    )


def _goods(sandbox: RSeriesSandbox, row: Row, matrix: int, vendor: int, maker: int) -> Goods:
    codes = dict(row.codes)
    first, second, third = ("", "", "")
    if matrix:
        names = sandbox.state.sets.by_id[sandbox.state.matrices.by_id[matrix].set_id].names
        first, second, third = (row.options.get(name, "") for name in names)
    upc, odd = codes.get("UPC", ""), codes.get("CUSTOM", "")
    return Goods(
        description=row.name,
        upc=upc,
        ean=codes.get("EAN", ""),
        custom_sku=row.sku,
        manufacturer_sku=odd,
        cost=row.cost,
        prices={1: row.price, 2: row.price},
        matrix_id=matrix,
        attributes=(first, second, third),
        vendor_id=vendor,
        vendor_value=row.supplier_code or "",
        manufacturer_id=maker,
        archived=not row.active,
    )
