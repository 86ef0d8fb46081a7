"""A brand's stock: the older inventory document and the rows of v3.0."""

from __future__ import annotations

from ..message import Response
from .answer import forbidden, not_found
from .call import BadBodyError, Call
from .state import Document
from .styles import find_style


def read_stock(call: Call) -> Response:
    """Answer with the inventory of a style by id; an empty one means unlimited ordering."""
    return _read(call, call.shelf.styles.get(call.params["id"]))


def read_branded_stock(call: Call) -> Response:
    """Answer with the inventory of a style by the brand's own id."""
    return _read(call, find_style(call.shelf, {"brand_id": call.params["brand_id"]}))


def write_stock(call: Call) -> Response:
    """Replace the inventory of a style by id."""
    return _write(call, call.shelf.styles.get(call.params["id"]))


def write_branded_stock(call: Call) -> Response:
    """Replace the inventory of a style by the brand's own id."""
    return _write(call, find_style(call.shelf, {"brand_id": call.params["brand_id"]}))


def list_replenishments(call: Call) -> Response:
    """Answer with the v3.0 rows of a warehouse, or of one size in it.

    Only the writing of these rows is on record; that they are read at the same path is assumed.
    """
    wanted = {"warehouse_id": call.params["warehouse"], "sku_id": call.params.get("sku")}
    rows = (
        row
        for row in call.shelf.replenishments
        if all(value in (None, row.get(name)) for name, value in wanted.items())
    )
    return Response.json(list(rows))


def _read(call: Call, style: Document | None) -> Response:
    if style is None:
        return not_found("product")
    return Response.json({"inventory": call.shelf.stock.get(style["_id"], [])})


def _write(call: Call, style: Document | None) -> Response:
    if not call.may_write:
        return forbidden()
    if style is None:
        return not_found("product")
    entries = call.body().get("inventory")
    if not isinstance(entries, list):
        raise BadBodyError("inventory must be a list")
    call.shelf.stock[style["_id"]] = entries
    return Response.json({"success": True})
