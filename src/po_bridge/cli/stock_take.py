"""What the emulated store really holds, behind its API: an independent witness of the demonstration."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal

from attrs import field, frozen

from ..models.checks import frozen_mapping
from ..sandbox.rseries import RSeriesSandbox
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


def take_stock(store: XSeriesSandbox | RSeriesSandbox) -> StockTake:
    """Look at everything in the store."""
    return _of_account(store) if isinstance(store, RSeriesSandbox) else _of_store(store)


def _of_account(account: RSeriesSandbox) -> StockTake:
    items = [item for item in account.state.items if not item.archived]
    held = Counter(code for item in items for code in {item.upc, item.ean, item.custom_sku} - {""})
    orders: dict[str, list[str]] = {}
    lines: dict[str, list[Decimal]] = {}
    for order in account.state.orders:
        if not order.archived:
            orders.setdefault(order.ref_num, []).append(str(order.id))
            lines[str(order.id)] = [Decimal(line.quantity) for line in account.state.lines_of(order.id)]
    return _taken(len(items), held, orders, lines)


def _of_store(store: XSeriesSandbox) -> StockTake:
    products = store.state.products.all_live()
    held = Counter(code.code for product in products for code in product.codes)
    orders: dict[str, list[str]] = {}
    for order in store.state.consignments.all_live():
        orders.setdefault(order.reference or "", []).append(order.id)
    lines = {
        id: [line.count or Decimal(0) for line in shelf.all_live()] for id, shelf in store.state.lines.items()
    }
    return _taken(len(products), held, orders, lines)


def _taken(
    products: int,
    held: Counter[str],
    orders: Mapping[str, list[str]],
    lines: Mapping[str, list[Decimal]],
) -> StockTake:
    return StockTake(
        products=products,
        codes_held_twice=tuple(sorted(code for code, times in held.items() if times > 1)),
        orders={number: tuple(ids) for number, ids in orders.items()},
        lines={id: tuple(sorted(counts)) for id, counts in lines.items()},
    )
