"""Purchase orders by their read-only resource: what was ordered, and what each delivery brought.

Assumed: that its ids are those of the consignments, and how the lines of a delivery look.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from attrs import evolve

from ...mapping.xseries import ORDERED, PURCHASE_ORDER, read_quantities
from ...models.purchase_order import PurchaseOrder
from ...ports.exchange import Exchange
from .cursor import sweep
from .wire import Wire, path_of, rows_of

PATH: Final = "purchase_orders"
"""Path of the list."""


def read_delivered(wire: Wire, order_id: str) -> Exchange[PurchaseOrder]:
    """A purchase order with what was ordered and received of each product; raises ``NotFound``.

    A product that no delivery brought counts as not received yet.
    """
    path = path_of(PATH, order_id)
    document = rows_of((yield from wire.read(path)))
    (order,) = PURCHASE_ORDER.read_all(document, name="purchase order", context={"system": wire.label})
    lines = ORDERED.read_all((yield from sweep(wire, f"{path}/line_items", "")), name="purchase order lines")
    received: dict[str, Decimal] = {}
    for delivery in (yield from sweep(wire, f"{path}/deliveries", ""))["data"]:
        brought = yield from sweep(wire, f"{path}/{path_of('deliveries', delivery['id'])}/line_items", "")
        for product, units in read_quantities(brought).items():
            received[product] = received.get(product, Decimal(0)) + units
    told = tuple(evolve(line, received=received.get(line.product_id, Decimal(0))) for line in lines)
    return evolve(order, lines=told)
