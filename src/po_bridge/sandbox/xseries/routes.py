"""Which path of which version leads where, and which scopes it asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial

from attrs import frozen

from ..app import Route, Router
from ..message import Response
from . import (
    codes,
    consignment,
    family_read,
    family_write,
    image,
    line,
    named,
    product_create,
    product_read,
    product_update,
    purchase_order,
    shop,
)
from .call import Call

Handler = Callable[[Call], Response]
"""Answers one call."""

VERSIONS = ("2.0", "2026-01", "2026-04", "2026-07", "2026-10")
"""Versions that carry the whole API, oldest first."""
LEGACY = VERSIONS[:-1]
"""Versions that know products the old way."""
UPDATE_ONLY = "2.1"
"""A version that knows two product calls and nothing else."""

_DATED = re.compile(r"20\d\d-\d\d")


@frozen(kw_only=True)
class Endpoint:
    """What answers a path."""

    handler: Handler
    """The function that answers."""
    scopes: tuple[str, ...]
    """What the token needs; handlers of consignments ask for more, by type."""


Entry = tuple[str, str, str, Handler]

_READ = "products:read"
_WRITE = "products:write"
_ORDERS = "consignments:read"
# The scope of a consignment's write depends on its type, so its handler asks.
_BY_TYPE = ""


def _named(path: str, kind: named.Kind[named.N], read: str, write: str) -> list[Entry]:
    return [
        ("GET", path, read, partial(named.list_kind, kind)),
        ("POST", path, write, partial(named.create_kind, kind)),
        ("GET", f"{path}/{{id}}", read, partial(named.get_kind, kind)),
        ("PUT", f"{path}/{{id}}", write, partial(named.update_kind, kind)),
        ("DELETE", f"{path}/{{id}}", write, partial(named.delete_kind, kind)),
    ]


UNCHANGED: list[Entry] = [
    *_named("suppliers", named.SUPPLIERS, "suppliers:read", "suppliers:write"),
    *_named("brands", named.BRANDS, _READ, _WRITE),
    *_named("tags", named.TAGS, _READ, _WRITE),
    ("GET", "variant_attributes", _READ, named.list_attributes),
    ("POST", "variant_attributes", _WRITE, named.create_attribute),
    ("GET", "variant_attributes/{id}", _READ, named.get_attribute),
    ("PUT", "variant_attributes/{id}", _WRITE, named.update_attribute),
    ("DELETE", "variant_attributes/{id}", _WRITE, named.delete_attribute),
    ("GET", "retailer", "retailer:read payment_types:read", shop.retailer),
    ("GET", "outlets", "outlets:read", shop.list_outlets),
    ("GET", "outlets/{id}", "outlets:read", shop.get_outlet),
    ("GET", "registers", "registers:read", shop.list_registers),
    ("GET", "registers/{id}", "registers:read", shop.get_register),
    ("GET", "taxes", "taxes:read", shop.list_taxes),
    ("GET", "users", "users:read", shop.list_users),
    ("GET", "user", "users:read", shop.current_user),
    ("GET", "consignments", _ORDERS, consignment.list_consignments),
    ("POST", "consignments", _BY_TYPE, consignment.create_consignment),
    ("GET", "consignments/{id}", _ORDERS, consignment.get_consignment),
    ("PUT", "consignments/{id}", _BY_TYPE, consignment.update_consignment),
    ("DELETE", "consignments/{id}", _BY_TYPE, consignment.delete_consignment),
    ("GET", "consignments/{id}/totals", _ORDERS, consignment.totals),
    ("GET", "consignments/{id}/products", _ORDERS, line.list_lines),
    ("POST", "consignments/{id}/products", _BY_TYPE, line.add_line),
    ("PUT", "consignments/{id}/products/{product_id}", _BY_TYPE, line.set_line),
    ("DELETE", "consignments/{id}/products/{product_id}", _BY_TYPE, line.delete_line),
    ("POST", "consignments/{id}/bulk", _BY_TYPE, line.bulk),
]
"""What every version knows alike."""

PURCHASE_ORDERS: list[Entry] = [
    ("GET", "purchase_orders", _ORDERS, purchase_order.list_orders),
    ("GET", "purchase_orders/{id}", _ORDERS, purchase_order.get_order),
    ("GET", "purchase_orders/{id}/line_items", _ORDERS, purchase_order.list_line_items),
    ("GET", "purchase_orders/{id}/deliveries", _ORDERS, purchase_order.list_deliveries),
    (
        "GET",
        "purchase_orders/{id}/deliveries/{delivery_id}/line_items",
        _ORDERS,
        purchase_order.list_delivery_lines,
    ),
]
"""What versions from 2026-07 on know."""

PRODUCTS: list[Entry] = [
    ("GET", "products", _READ, product_read.list_products),
    ("POST", "products", _WRITE, product_create.create_products),
    ("GET", "products/{id}", _READ, product_read.get_product),
    ("DELETE", "products/{id}", _WRITE, product_update.delete_product),
    ("DELETE", "products/{id}/all", _WRITE, product_update.delete_family),
    ("POST", "products/{id}/actions/image_upload", _WRITE, image.upload),
    ("GET", "product_images/{id}", _READ, image.get_image),
    ("PUT", "product_images/{id}", _WRITE, image.move_image),
    ("DELETE", "product_images/{id}", _WRITE, image.delete_image),
]
"""Products before families had a resource of their own."""

FAMILIES: list[Entry] = [
    ("GET", "products", _READ, family_read.list_products),
    ("POST", "products/generate_product_codes", _WRITE, codes.generate),
    ("GET", "products/{id}", _READ, family_read.get_product),
    ("PATCH", "products/{id}", _WRITE, family_write.patch_product),
    ("DELETE", "products/{id}", _WRITE, product_update.delete_product),
    ("GET", "products/{id}/family", _READ, family_read.family_of_product),
    ("POST", "products/{id}/images", _WRITE, family_write.add_image),
    ("DELETE", "products/{id}/images/{image_id}", _WRITE, family_write.delete_image),
    ("POST", "product_families", _WRITE, family_write.create_family),
    ("GET", "product_families/{id}", _READ, family_read.get_family),
    ("PATCH", "product_families/{id}", _WRITE, family_write.patch_family),
    ("DELETE", "product_families/{id}", _WRITE, family_write.delete_family),
    ("POST", "product_families/{id}/products", _WRITE, family_write.add_members),
    ("POST", "product_families/{id}/images", _WRITE, family_write.add_family_image),
    ("DELETE", "product_families/{id}/images/{image_id}", _WRITE, family_write.delete_image),
]
"""Products of 2026-10, with families as a resource of their own."""

UPDATE: list[Entry] = [("PUT", "products/{id}", _WRITE, product_update.update_product)]
"""The product update: 2.1 and the dated versions before 2026-10."""
ADD: list[Entry] = [("POST", "products", _WRITE, product_create.add_variant)]
"""The call that adds one variant: 2.1 only."""


def _router(entries: Iterable[Entry]) -> Router[Endpoint]:
    return Router(
        Route(method=method, pattern=path, to=Endpoint(handler=handler, scopes=tuple(scopes.split())))
        for method, path, scopes, handler in entries
    )


def _entries(version: str) -> list[Entry]:
    if version == UPDATE_ONLY:
        return [*UPDATE, *ADD]
    orders = PURCHASE_ORDERS if version >= "2026-07" else []
    products = PRODUCTS if version in LEGACY else FAMILIES
    update = UPDATE if version in LEGACY and version != "2.0" else []
    return [*UNCHANGED, *orders, *products, *update]


ROUTERS = {version: _router(_entries(version)) for version in (*VERSIONS, UPDATE_ONLY)}
"""The routes of each version; paths stand without `/api/{version}/`."""


def served_version(asked: str, oldest: str) -> str | None:
    """Give the version that answers a request, None when there is none.

    A version that is supported no longer is answered by the oldest one that is, silently.
    """
    if asked == UPDATE_ONLY:
        return asked
    if _DATED.fullmatch(asked) and asked < oldest:
        return oldest
    return asked if asked in VERSIONS else None
