"""Deleting what steps of ours made; what is gone already is as wanted."""

from __future__ import annotations

from typing import Any, Final

from ...errors import NotFound, Refused
from ...models.purchase_order import PurchaseStatus
from ...planning.receipt import Absent, Done, Probed, Receipt, Rest
from ...planning.refs import Ids, Kind, Known, resolve
from ...planning.write import Remove
from ...ports.exchange import Exchange
from .family_reads import FAMILIES, family_products
from .lines import read_lines_of
from .orders import PATH as ORDERS, find_order
from .versions import ApiVersion
from .wire import Wire, content_of, path_of, rows_of

_PATHS: Final = {
    Kind.SUPPLIER: "suppliers",
    Kind.BRAND: "brands",
    Kind.TAG: "tags",
    Kind.OPTION: "variant_attributes",
    Kind.PRODUCT: "products",
    Kind.FAMILY: "products",
    Kind.IMAGE: "product_images",
    Kind.ORDER: ORDERS,
}


_OLD: Final = ApiVersion.V2026_07.value


def _path(wire: Wire, write: Remove, ids: Ids) -> str:
    target = resolve(write.target, ids)
    if write.within is not None:
        return path_of(ORDERS, resolve(write.within, ids), "products", target)
    if write.kind is Kind.FAMILY and wire.own_families:
        return path_of(FAMILIES, target)
    return path_of(_PATHS[write.kind], target)


def remove(wire: Wire, write: Remove, ids: Ids, *, at_once: bool = True) -> Exchange[Receipt | Rest]:
    """Delete a record or an order line; a family goes with all of its variants.

    An order is deleted only while it is OPEN; from then on it can be cancelled.
    Where a family cannot be deleted *at_once*, its first product is, and the others are what is left.
    """
    if write.kind is Kind.FAMILY and wire.own_families and not at_once:
        return (yield from _one_by_one(wire, resolve(write.target, ids)))
    # Pictures have kept the address that 2026-07 gave them.
    wire = wire.at(_OLD) if write.kind is Kind.IMAGE else wire
    path = _path(wire, write, ids)
    if write.kind is Kind.ORDER:
        order = yield from find_order(wire, resolve(write.target, ids))
        if order is None:
            return Receipt(found=True)
        if order.status is not PurchaseStatus.OPEN:
            words = f"the order is {order.standing}"
            mend = "cancel it in the store if it is not wanted; only open orders are deleted"
            raise Refused(wire.label, 0, words, what=f"DELETE /{path}", mend=mend)
    try:
        yield from wire.write(
            "DELETE", f"{path}/all" if write.kind is Kind.FAMILY and not wire.own_families else path
        )
    except NotFound:
        return Receipt(found=True)
    return Receipt()


def _one_by_one(wire: Wire, family: str) -> Exchange[Receipt | Rest]:
    try:
        products = yield from family_products(wire, family)
    except NotFound:
        return Receipt(found=True)
    alive = [product.id for product in products if product.alive]
    if not alive:
        return Receipt(found=True)
    yield from wire.write("DELETE", path_of(_PATHS[Kind.PRODUCT], alive[0]))
    rest = tuple(Remove(kind=Kind.PRODUCT, target=Known(id=product)) for product in alive[1:])
    return Rest(writes=rest) if rest else Receipt()


def probe_removal(wire: Wire, write: Remove, ids: Ids) -> Exchange[Probed]:
    """Look whether it is gone."""
    gone = yield from _is_gone(wire, write, ids)
    return Done(receipt=Receipt()) if gone else Absent()


def _is_gone(wire: Wire, write: Remove, ids: Ids) -> Exchange[bool]:
    target = resolve(write.target, ids)
    try:
        if write.within is not None:
            lines = yield from read_lines_of(wire, resolve(write.within, ids))
            return all(line.product_id != target for line in lines)
        if write.kind is Kind.OPTION:
            # A variant option has no address of its own that the vendor documents.
            rows = rows_of((yield from wire.read(_PATHS[Kind.OPTION])))["data"]
            return all(_is_dead(row) for row in rows if row.get("id") == target)
        return (yield from _reads_dead(wire, write, ids))
    except NotFound:
        return True


def _reads_dead(wire: Wire, write: Remove, ids: Ids) -> Exchange[bool]:
    """Products and pictures are read by 2026-07, which tells deleted ones in a form that was seen."""
    old = wire.own_families and write.kind in {Kind.PRODUCT, Kind.IMAGE}
    return _is_dead(content_of((yield from (wire.at(_OLD) if old else wire).read(_path(wire, write, ids)))))


def _is_dead(row: Any) -> bool:
    return isinstance(row, dict) and row.get("deleted_at") is not None
