"""Writing matrices and stock rows."""

from __future__ import annotations

from attrs import evolve

from ..message import Response
from .body import Body
from .call import Call, single
from .goods import Item, Matrix
from .goods_wire import matrix_wire, stock_wire
from .item import TYPES, add_item, item_of, prices_of, tags_of
from .refusal import malformed


def create_matrix(call: Call) -> Response:
    """Make a matrix; it needs a description and an attribute set."""
    body, shelf = call.body(), call.state.matrices
    made = _matrix(call, body, Matrix(id=0, description="", set_id=0, time_stamp=call.now))
    matrix = shelf.put(evolve(made, id=shelf.new_id()))
    if call.switches.nested_items:
        for part in body.parts("Items", "Item") or []:
            _nested(call, part, matrix)
    call.note_ignored(body)
    return single("ItemMatrix", matrix_wire(call, matrix))


def update_matrix(call: Call) -> Response:
    """Change the named fields of a matrix; `archived` can only be taken back."""
    body = call.body()
    matrix = _matrix(call, body, call.one(call.state.matrices))
    if "archived" in body and not body.flag("archived"):
        matrix = evolve(matrix, archived=False)
    call.note_ignored(body)
    return single("ItemMatrix", matrix_wire(call, call.state.matrices.put(matrix)))


def archive_matrix(call: Call) -> Response:
    """Put a matrix away; its items stay."""
    matrix = evolve(call.one(call.state.matrices), archived=True, time_stamp=call.now)
    return single("ItemMatrix", matrix_wire(call, call.state.matrices.put(matrix)))


def _nested(call: Call, part: Body, matrix: Matrix) -> None:
    fresh = Item(
        id=0,
        description="",
        matrix_id=matrix.id,
        set_id=matrix.set_id,
        publish=call.switches.publish_default,
        create_time=call.now,
        time_stamp=call.now,
    )
    add_item(call.state, item_of(call, part, fresh))


def _matrix(call: Call, body: Body, old: Matrix) -> Matrix:
    state = call.state
    said = f"ItemMatrix not {'updated' if old.id else 'created'}."
    matrix = evolve(
        old,
        description=call.line(body, "description", old.description),
        set_id=call.linked(state.sets, body, "itemAttributeSetID", old.set_id),
        tax=body.flag("tax", old.tax),
        default_cost=body.number("defaultCost", old.default_cost),
        item_type=body.text("itemType", old.item_type),
        serialized=body.flag("serialized", old.serialized),
        model_year=body.whole("modelYear", old.model_year),
        category_id=call.linked(state.categories, body, "categoryID", old.category_id),
        tax_class_id=body.whole("taxClassID", old.tax_class_id),
        manufacturer_id=call.linked(state.manufacturers, body, "manufacturerID", old.manufacturer_id),
        department_id=body.whole("departmentID", old.department_id),
        season_id=body.whole("seasonID", old.season_id),
        vendor_id=call.linked(state.vendors, body, "defaultVendorID", old.vendor_id),
        prices=prices_of(call, body, old.prices),
        tags=tags_of(call, body, old.tags),
        time_stamp=call.now,
    )
    if not matrix.description.strip():
        raise malformed(f"{said} An ItemMatrix must have a description.")
    if not matrix.set_id:
        raise malformed(f"{said} An ItemMatrix must have an itemAttributeSetID.")
    if matrix.item_type not in TYPES:
        raise malformed(f"itemType must be one of {', '.join(TYPES)}")
    if old.id and matrix.set_id != old.set_id and state.items_of(old.id):
        raise malformed(f"{said} The itemAttributeSetID of an ItemMatrix with Items can not be changed.")
    return matrix


def update_stock(call: Call) -> Response:
    """Change reorder point and level of a stock row; nothing else of it can be written."""
    body, row = call.body(), call.one(call.state.item_shops)
    changed = evolve(
        row,
        reorder_point=body.whole("reorderPoint", row.reorder_point),
        reorder_level=body.whole("reorderLevel", row.reorder_level),
        time_stamp=call.now,
    )
    call.note_ignored(body)
    return single("ItemShop", stock_wire(call, call.state.put_stock(changed)))
