"""What the emulated store really holds, behind its API: an independent witness of the demonstration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..sandbox.xseries import XSeriesSandbox


@frozen(kw_only=True)
class StockTake:
    """The store's records at one moment."""

    products: int
    """Live products."""
    codes_held_twice: tuple[str, ...]
    """Codes that stand on more than one live product."""
    orders: Mapping[str, tuple[str, ...]] = field(converter=frozen_mapping)
    """Ids of live purchase orders by their number."""
    lines: Mapping[str, tuple[Decimal, ...]] = field(converter=frozen_mapping)
    """Counts on the lines of each purchase order, sorted."""


def take_stock(store: XSeriesSandbox) -> StockTake:
    """Look at everything in the store."""
    products = store.state.products.all_live()
    held = Counter(code.code for product in products for code in product.codes)
    orders: dict[str, list[str]] = {}
    for order in store.state.consignments.all_live():
        orders.setdefault(order.reference or "", []).append(order.id)
    lines = {
        id: tuple(sorted(line.count or Decimal(0) for line in shelf.all_live()))
        for id, shelf in store.state.lines.items()
    }
    return StockTake(
        products=len(products),
        codes_held_twice=tuple(sorted(code for code, times in held.items() if times > 1)),
        orders={number: tuple(ids) for number, ids in orders.items()},
        lines=lines,
    )
