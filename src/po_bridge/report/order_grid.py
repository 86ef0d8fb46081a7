"""Orders of a source, and where orders stand, as grids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..execution.flows import OrderRow
from ..execution.status import OrderStatus
from .grid import Grid, amount, day, flag, grid, moment, text, whole

_ORDERS = (
    *text("order", "portal", "key", "status", "state"),
    *flag("offered"),
    *whole("lines"),
    *amount("units", "total"),
    *text("currency"),
    *moment("created_at"),
    *day("ship_start", "ship_end"),
    *text("buyer", "customer_po_number"),
)
_STATUS = (
    *text("order", "portal", "key", "state"),
    *moment("since"),
    *text("purchase_orders", "reasons", "plan"),
)


def orders_grid(rows: Sequence[OrderRow]) -> Grid:
    """One row for each order."""
    return grid(_ORDERS, map(_order, rows))


def _order(row: OrderRow) -> tuple[Any, ...]:
    order = row.order
    return (
        order.number,
        order.key.portal,
        str(order.key),
        order.status_word or order.status.value,
        row.state.value,
        row.offered,
        len(order.lines),
        order.units,
        order.total,
        order.currency,
        order.created_at,
        order.window.start,
        order.window.end,
        order.buyer or order.creator,
        order.customer_po_number,
    )


def status_grid(rows: Sequence[OrderStatus]) -> Grid:
    """One row for each order that the journal knows."""
    return grid(_STATUS, map(_status, rows))


def _status(row: OrderStatus) -> tuple[Any, ...]:
    return (
        row.number,
        row.order.portal,
        str(row.order),
        row.state.value,
        row.at,
        "; ".join(row.purchase_orders),
        "; ".join(row.reasons),
        row.plan,
    )
