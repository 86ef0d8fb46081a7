"""Which path leads where, and which rights it asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from attrs import frozen

from ..app import Route, Router
from ..message import Response
from . import category, image, item, matrix, named, order, order_line, shop
from .call import Call
from .goods_kind import IMAGE, ITEM, ITEM_SHOP, MATRIX
from .kind import Kind
from .listing import get_kind, list_kind
from .order_wire import ORDER, ORDER_LINE, RECEPTION

Handler = Callable[[Call], Response]
"""Answers one call."""
ANYBODY: tuple[str, ...] = ()
"""No right is asked for."""
GOODS_READ = ("inventory_base", "inventory_read", "product_edit", "product_cost", "all_read")
"""Any of these reads goods."""
GOODS_WRITE = ("inventory_base", "product_edit", "admin_inventory")
"""Any of these writes goods."""
ORDERS = ("purchase_orders",)
"""Needed for orders and their lines."""


@frozen(kw_only=True)
class Endpoint:
    """What answers a path."""

    handler: Handler
    """The function that answers."""
    rights: tuple[str, ...] = ANYBODY
    """Of these the token needs one; with none, any token will do."""
    kind: Kind[Any] | None = None
    """The kind of record, for the cost of relations."""
    listed: bool = False
    """Whether it is a list, where relations cost twice."""
    dear: bool = False
    """Whether it costs ten drips."""


Entry = tuple[str, str, Endpoint]


def _reads(kind: Kind[Any], rights: tuple[str, ...], source: Any = None) -> Iterator[Entry]:
    listing = partial(list_kind, kind, source=source)
    yield "GET", kind.entity, Endpoint(handler=listing, rights=rights, kind=kind, listed=True)
    single = partial(get_kind, kind)
    yield "GET", f"{kind.entity}/{{id}}", Endpoint(handler=single, rights=rights, kind=kind)


def _writes(
    path: str,
    rights: tuple[str, ...],
    create: Handler | None = None,
    update: Handler | None = None,
    delete: Handler | None = None,
    *,
    dear: bool = False,
) -> Iterator[Entry]:
    for method, where, handler in (
        ("POST", path, create),
        ("PUT", f"{path}/{{id}}", update),
        ("DELETE", f"{path}/{{id}}", delete),
    ):
        if handler is not None:
            yield method, where, Endpoint(handler=handler, rights=rights, dear=dear)


def _pictures(path: str) -> Iterator[Entry]:
    yield "GET", path, Endpoint(handler=image.list_owned, rights=GOODS_READ, kind=IMAGE, listed=True)
    yield "GET", f"{path}/{{id}}", Endpoint(handler=image.get_image, rights=GOODS_READ, kind=IMAGE)
    yield from _writes(path, GOODS_WRITE, image.upload, image.update_image, image.delete_image)


def _entries() -> Iterator[Entry]:
    yield from _reads(ORDER, ORDERS)
    yield from _writes("Order", ORDERS, order.create_order, order.update_order, order.archive_order)
    yield from _reads(ORDER_LINE, ORDERS, order_line.narrowed_lines)
    yield from _writes(
        "OrderLine", ORDERS, order_line.create_line, order_line.update_line, order_line.delete_line
    )
    receptions = partial(list_kind, RECEPTION, source=order.order_receptions)
    path = "Order/{id}/Shipment"
    yield "GET", path, Endpoint(handler=receptions, rights=ORDERS, kind=RECEPTION, listed=True)
    yield "GET", f"{path}/{{reception}}", Endpoint(handler=order.get_reception, rights=ORDERS)
    yield "GET", f"{path}/{{reception}}/Item", Endpoint(handler=order.list_received, rights=ORDERS)
    yield from _reads(ITEM, GOODS_READ, item.narrowed)
    yield from _writes("Item", GOODS_WRITE, item.create_item, item.update_item, item.archive_item)
    yield from _reads(MATRIX, GOODS_READ)
    yield from _writes(
        "ItemMatrix", GOODS_WRITE, matrix.create_matrix, matrix.update_matrix, matrix.archive_matrix
    )
    yield from _reads(shop.ATTRIBUTE_SET, GOODS_READ)
    yield from _writes("ItemAttributeSet", GOODS_WRITE, shop.create_set, shop.update_set)
    yield from _reads(ITEM_SHOP, GOODS_READ)
    yield from _writes("ItemShop", GOODS_WRITE, update=matrix.update_stock)
    for path in ("Image", "Item/{item}/Image", "ItemMatrix/{matrix}/Image"):
        yield from _pictures(path)
    yield from _reads(named.VENDOR, ANYBODY)
    yield from _writes("Vendor", ("vendors",), named.create_vendor, named.update_vendor, named.archive_vendor)
    yield from _reads(named.MANUFACTURER, ANYBODY)
    yield from _writes(
        "Manufacturer", ("manufacturers",), named.create_manufacturer, named.update_manufacturer
    )
    yield from _reads(category.CATEGORY, ANYBODY)
    changes = (category.create_category, category.update_category, category.delete_category)
    yield from _writes("Category", ("categories",), *changes, dear=True)
    yield from _reads(named.TAG, ANYBODY)
    yield from _writes("Tag", ("tags",), named.create_tag, named.update_tag, named.delete_tag)
    yield from _reads(shop.SHOP, ANYBODY)
    yield from _reads(shop.PRICE_LEVEL, ANYBODY)


ACCOUNT = "/API/V3/Account"
"""Where the account's records live."""

ROUTER: Router[Endpoint] = Router(
    [
        Route(method="GET", pattern=ACCOUNT, to=Endpoint(handler=shop.list_accounts)),
        Route(method="GET", pattern=f"{ACCOUNT}/{{account}}", to=Endpoint(handler=shop.get_account)),
        Route(method="GET", pattern="/API/Session", to=Endpoint(handler=shop.session)),
        *(
            Route(method=method, pattern=f"{ACCOUNT}/{{account}}/{path}", to=endpoint)
            for method, path, endpoint in _entries()
        ),
    ]
)
"""Every path, without its suffix `.json`."""
