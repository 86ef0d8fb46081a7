"""Every path of the emulator that a signature opens."""

from __future__ import annotations

from ..app import Route, Router
from . import companies, handshake, order_entry, order_status, orders, stock, styles
from .call import Handler
from .gate import INITIATE, TOKEN

_READS: tuple[tuple[str, Handler], ...] = (
    (INITIATE, handshake.initiate),
    (TOKEN, handshake.exchange),
    ("/api/orders/list", orders.list_dated),
    ("/api/orders/{status}/list", orders.list_ids),
    ("/api/orders/{status}/detail", orders.list_orders),
    ("/api/order/{id}", orders.read_order),
    ("/api/order/number/{number}", orders.read_numbered),
    ("/api/products/list", styles.list_styles),
    ("/api/products/season/{season}/list", styles.list_season),
    ("/api/products/{field}/{when}/{month}/{day}/{year}", styles.list_changed),
    ("/api/product/{id}", styles.read_style),
    ("/api/product/external_id/{brand_id}", styles.read_branded),
    ("/api/inventory/{id}", stock.read_stock),
    ("/api/inventory/external_id/{brand_id}", stock.read_branded_stock),
    ("/api/v3.0/warehouse/{warehouse}/replenishments", stock.list_replenishments),
    ("/api/v3.0/warehouse/{warehouse}/sku/{sku}/replenishments", stock.list_replenishments),
    ("/api/companies/codes/list", companies.list_codes),
    ("/api/company/{id}", companies.read_company),
    ("/api/company/code/{code}", companies.read_coded),
)
_POSTS: tuple[tuple[str, Handler], ...] = (
    ("/api/order/{id}", order_entry.update),
    ("/api/order/{id}/set/{field}/{value}", order_entry.patch),
    ("/api/inventory/{id}", stock.write_stock),
    ("/api/inventory/external_id/{brand_id}", stock.write_branded_stock),
)
_STATUS: tuple[tuple[str, Handler], ...] = (
    ("/api/order/number/{number}/{status}", order_status.change_by_number),
    ("/api/order/{id}/{status}", order_status.change_by_id),
)

ROUTER: Router[Handler] = Router(
    routes=(
        *(Route(method="GET", pattern=pattern, to=handler) for pattern, handler in _READS),
        *(Route(method="POST", pattern=pattern, to=handler) for pattern, handler in _POSTS),
        Route(method="PUT", pattern="/api/order/new", to=order_entry.create),
        # Both verbs are in use for a change of status.
        *(
            Route(method=method, pattern=pattern, to=handler)
            for method in ("POST", "PUT")
            for pattern, handler in _STATUS
        ),
    )
)
"""Finds the handler of a request."""
