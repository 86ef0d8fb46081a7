"""Deleting what steps of ours made; what is gone already is as wanted."""

from __future__ import annotations

from typing import Any, Final

from ...errors import NotFound, Refused
from ...models.purchase_order import PurchaseStatus
from ...planning.receipt import Absent, Done, Probed, Receipt
from ...planning.refs import Ids, Kind, resolve
from ...planning.write import Remove
from ...ports.exchange import Exchange
from .lines import read_lines_of
from .orders import PATH as ORDERS, find_order
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


def _path(write: Remove, ids: Ids) -> str:
    target = resolve(write.target, ids)
    if write.within is not None:
        return path_of(ORDERS, resolve(write.within, ids), "products", target)
    return path_of(_PATHS[write.kind], target)


def remove(wire: Wire, write: Remove, ids: Ids) -> Exchange[Receipt]:
    """Delete a record or an order line; a family goes with all of its variants.

    An order is deleted only while it is OPEN; from then on it can be cancelled.
    """
    path = _path(write, ids)
    if write.kind is Kind.ORDER:
        order = yield from find_order(wire, resolve(write.target, ids))
        if order is None:
            return Receipt(found=True)
        if order.status is not PurchaseStatus.OPEN:
            words = f"the order is {order.status.value}"
            mend = "cancel it in the store if it is not wanted; only open orders are deleted"
            raise Refused(wire.label, 0, words, what=f"DELETE /{path}", mend=mend)
    try:
        yield from wire.write("DELETE", f"{path}/all" if write.kind is Kind.FAMILY else path)
    except NotFound:
        return Receipt(found=True)
    return Receipt()


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
        return _is_dead(content_of((yield from wire.read(_path(write, ids)))))
    except NotFound:
        return True


def _is_dead(row: Any) -> bool:
    return isinstance(row, dict) and row.get("deleted_at") is not None
