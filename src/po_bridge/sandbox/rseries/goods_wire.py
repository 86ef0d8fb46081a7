"""How items, matrices, stock rows and pictures are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from .call import Call
from .goods import Item, ItemShop, Matrix, Note, VendorNum
from .kind import Wire
from .records import Image
from .text import figure, one_or_many, stamp, truth

IMAGE_HOST = "https://res.cloudinary.com/lightspeed-retail/image/upload/"
"""Where pictures are shown."""
FIRST_SKU = 210_000_000_000
"""System SKUs are this and the item's number."""


def prices_wire(call: Call, prices: Mapping[int, Decimal]) -> Wire:
    """Write an amount for every price level; zero where none was set."""
    rows = [
        {
            "amount": figure(prices.get(level.id, Decimal(0))),
            "useTypeID": str(level.id),
            "useType": level.name,
        }
        for level in call.state.price_levels
        if not level.archived
    ]
    return {"ItemPrice": one_or_many(rows)}


def item_wire(call: Call, item: Item) -> Wire:
    """Write an item without relations."""
    return {
        "itemID": str(item.id),
        "systemSku": str(FIRST_SKU + item.id),
        "defaultCost": figure(item.default_cost),
        "avgCost": "0",
        "discountable": truth(item.discountable),
        "tax": truth(item.tax),
        "archived": truth(item.archived),
        "itemType": item.item_type,
        "serialized": truth(item.serialized),
        "description": item.description,
        "modelYear": str(item.model_year),
        "upc": item.upc,
        "ean": item.ean,
        "customSku": item.custom_sku,
        "manufacturerSku": item.manufacturer_sku,
        "createTime": stamp(item.create_time),
        "timeStamp": stamp(item.time_stamp),
        "publishToEcom": truth(item.publish),
        "categoryID": str(item.category_id),
        "taxClassID": str(item.tax_class_id),
        "departmentID": str(item.department_id),
        "itemMatrixID": str(item.matrix_id),
        "manufacturerID": str(item.manufacturer_id),
        "seasonID": str(item.season_id),
        "defaultVendorID": str(item.vendor_id),
        "Prices": prices_wire(call, item.prices),
    }


def attributes_wire(item: Item) -> Wire | None:
    """Write the attributes of an item; None outside of a matrix."""
    if not item.set_id:
        return None
    first, second, third = item.attributes
    return {
        "attribute1": first,
        "attribute2": second,
        "attribute3": third,
        "itemAttributeSetID": str(item.set_id),
    }


def vendor_num_wire(item: Item, number: VendorNum) -> Wire:
    """Write a vendor's number for an item."""
    wire: Wire = {
        "itemVendorNumID": str(number.id),
        "value": number.value,
        "timeStamp": stamp(number.time_stamp),
        "itemID": str(item.id),
        "vendorID": str(number.vendor_id),
    }
    if number.cost is not None:
        wire["cost"] = figure(number.cost)
    return wire


def note_wire(note: Note | None) -> Wire | None:
    """Write a note, where there is one."""
    if note is None:
        return None
    wire: Wire = {"note": note.text, "isPublic": truth(note.public), "timeStamp": stamp(note.time_stamp)}
    return {"noteID": str(note.id), **wire} if note.id else wire


def matrix_wire(call: Call, matrix: Matrix) -> Wire:
    """Write a matrix without relations; its attribute values follow from its items."""
    wire: Wire = {
        "itemMatrixID": str(matrix.id),
        "description": matrix.description,
        "tax": truth(matrix.tax),
        "defaultCost": figure(matrix.default_cost),
        "itemType": matrix.item_type,
        "serialized": truth(matrix.serialized),
        "modelYear": str(matrix.model_year),
        "archived": truth(matrix.archived),
        "timeStamp": stamp(matrix.time_stamp),
        "itemAttributeSetID": str(matrix.set_id),
        "manufacturerID": str(matrix.manufacturer_id),
        "categoryID": str(matrix.category_id),
        "defaultVendorID": str(matrix.vendor_id),
        "taxClassID": str(matrix.tax_class_id),
        "seasonID": str(matrix.season_id),
        "departmentID": str(matrix.department_id),
        "Prices": prices_wire(call, matrix.prices),
    }
    return wire if call.switches.values_absent else wire | _values(call, matrix)


def _values(call: Call, matrix: Matrix) -> Wire:
    used = call.state.sets.by_id[matrix.set_id].names
    items = [item for item in call.state.items_of(matrix.id) if not item.archived]
    wire: Wire = {}
    for slot, name in enumerate(used):
        if name:
            values = sorted({item.attributes[slot] for item in items} - {""})
            wire[f"attribute{slot + 1}Values"] = one_or_many(values) if values else ""
    return wire


def stock_wire(call: Call, row: ItemShop) -> Wire:
    """Write a stock row; the one of shop 0 sums the others."""
    rows = call.state.stock_of(row.item_id) if row.shop_id == 0 else [row]
    held = sum(each.on_hand for each in rows)
    value = figure(held * call.state.items.by_id[row.item_id].default_cost)
    return {
        "itemShopID": str(row.id),
        "qoh": str(held),
        "sellable": str(held),
        "backorder": str(_on_order(call, row)),
        "componentQoh": "0",
        "componentBackorder": "0",
        "onLayaway": "0",
        "onSpecialOrder": "0",
        "onWorkorder": "0",
        "onTransferOut": "0",
        "onTransferIn": "0",
        "averageCost": figure(call.state.items.by_id[row.item_id].default_cost) if row.shop_id == 0 else "0",
        "totalValueFifo": value,
        "totalValueAvgCost": value,
        "totalValueNegativeInventory": "0",
        "nextFifoLotID": "",
        "nextFifoLotCost": "0",
        "lastReceivedLotID": "",
        "lastReceivedCost": "0",
        "reorderPoint": str(row.reorder_point),
        "reorderLevel": str(row.reorder_level),
        "timeStamp": stamp(row.time_stamp),
        "itemID": str(row.item_id),
        "shopID": str(row.shop_id),
    }


def _on_order(call: Call, row: ItemShop) -> int:
    state, pieces = call.state, 0
    for key in state.item_lines.get(row.item_id, ()):
        line = state.lines.by_id[key]
        order = state.orders.by_id[line.order_id]
        open_here = order.ordered_at is not None and not order.complete and not order.archived
        if open_here and row.shop_id in (0, order.shop_id):
            pieces += max(0, line.quantity - line.received)
    return pieces


def image_wire(call: Call, image: Image) -> Wire:
    """Write a picture."""
    return {
        "imageID": str(image.id),
        "description": image.description,
        "filename": image.filename,
        "ordering": str(image.ordering),
        "publicID": image.digest[:20],
        "baseImageURL": IMAGE_HOST,
        "size": str(image.size),
        "createTime": stamp(image.create_time),
        "timeStamp": stamp(image.time_stamp),
        "itemID": str(image.item_id),
        "itemMatrixID": str(image.matrix_id),
    }


def tags_wire(names: tuple[str, ...]) -> Wire | str:
    """Write the tags of an item or a matrix: their names with a count, or an empty text."""
    if not names:
        return ""
    return {"@attributes": {"count": str(len(names))}, "tag": one_or_many(names)}
