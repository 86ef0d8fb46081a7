"""Items, matrices, stock rows and pictures as kinds of records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .call import Call
from .category import category_wire
from .goods import Item, ItemShop, Matrix
from .goods_wire import (
    attributes_wire,
    image_wire,
    item_wire,
    matrix_wire,
    note_wire,
    stock_wire,
    tags_wire,
    vendor_num_wire,
)
from .kind import Kind, Relation, Wire
from .named import known_tag, manufacturer_wire, tag_wire
from .records import Image
from .shop import set_wire
from .text import stamp

Below = Sequence[str]
"""Relations to load below one."""


def _category(call: Call, record: Item | Matrix, below: Below) -> Wire | None:
    found = call.state.categories.get(record.category_id)
    return None if found is None else category_wire(call, found)


def _maker(call: Call, record: Item | Matrix, below: Below) -> Wire | None:
    found = call.state.manufacturers.get(record.manufacturer_id)
    return None if found is None else manufacturer_wire(call, found)


def _tax_class(call: Call, record: Item | Matrix, below: Below) -> Wire | None:
    if not record.tax_class_id:
        return None
    return {"taxClassID": str(record.tax_class_id), "name": "Item", "timeStamp": stamp(record.time_stamp)}


def _attributes(call: Call, item: Item, below: Below) -> Wire | None:
    wire = attributes_wire(item)
    if wire is not None and "ItemAttributeSet" in below:
        wire["ItemAttributeSet"] = set_wire(call, call.state.sets.by_id[item.set_id])
    return wire


def _tag_relations(call: Call, record: Item | Matrix, below: Below) -> list[Wire]:
    tags = [known_tag(call.state, name) for name in record.tags]
    rows: list[Wire] = [{"tagRelationID": f"{record.id}{tag.id}", "tagID": str(tag.id)} for tag in tags]
    if "Tag" in below:
        return [{**row, "Tag": tag_wire(call, tag)} for row, tag in zip(rows, tags, strict=True)]
    return rows


def _pictures(call: Call, item_id: int, matrix_id: int) -> list[Wire]:
    return [image_wire(call, image) for image in call.state.images_of(item_id, matrix_id)]


_SHARED: dict[str, Relation[Any]] = {
    "Category": Relation[Any](load=_category),
    "TaxClass": Relation[Any](load=_tax_class),
    "Manufacturer": Relation[Any](load=_maker),
    "Tags": Relation[Any](load=lambda call, record, below: tags_wire(record.tags)),
    "TagRelations": Relation[Any](load=_tag_relations, entity="TagRelation"),
}

ITEM: Kind[Item] = Kind(
    entity="Item",
    key="itemID",
    shelf=lambda state: state.items,
    wire=item_wire,
    relations={
        **_SHARED,
        "ItemAttributes": Relation[Item](load=_attributes, below=("ItemAttributeSet",)),
        "Note": Relation[Item](load=lambda call, item, below: note_wire(item.note)),
        "Images": Relation[Item](load=lambda call, item, below: _pictures(call, item.id, 0), entity="Image"),
        "ItemShops": Relation[Item](
            load=lambda call, item, below: [stock_wire(call, row) for row in call.state.stock_of(item.id)],
            entity="ItemShop",
        ),
        "ItemVendorNums": Relation[Item](
            load=lambda call, item, below: [vendor_num_wire(item, each) for each in item.vendor_nums],
            entity="ItemVendorNum",
        ),
        "ItemComponents": Relation[Item](load=lambda call, item, below: [], entity="ItemComponent"),
        "CustomFieldValues": Relation[Item](
            load=lambda call, item, below: [], entity="CustomFieldValue", in_all=False
        ),
    },
    sortable=("timeStamp", "description"),
    fields=frozenset(
        [
            "itemID",
            "systemSku",
            "defaultCost",
            "avgCost",
            "discountable",
            "tax",
            "archived",
            "itemType",
            "serialized",
            "description",
            "modelYear",
            "upc",
            "ean",
            "customSku",
            "manufacturerSku",
            "createTime",
            "timeStamp",
            "publishToEcom",
            "categoryID",
            "taxClassID",
            "departmentID",
            "itemMatrixID",
            "manufacturerID",
            "seasonID",
            "defaultVendorID",
        ]
    ),
)
"""Items."""

MATRIX: Kind[Matrix] = Kind(
    entity="ItemMatrix",
    key="itemMatrixID",
    shelf=lambda state: state.matrices,
    wire=matrix_wire,
    relations={
        **_SHARED,
        "ItemAttributeSet": Relation[Matrix](
            load=lambda call, matrix, below: set_wire(call, call.state.sets.by_id[matrix.set_id])
        ),
        "Images": Relation[Matrix](
            load=lambda call, matrix, below: _pictures(call, 0, matrix.id), entity="Image"
        ),
        "Items": Relation[Matrix](
            load=lambda call, matrix, below: [
                item_wire(call, item) for item in call.state.items_of(matrix.id) if not item.archived
            ],
            entity="Item",
        ),
    },
    sortable=("timeStamp", "description"),
    fields=frozenset(
        [
            "itemMatrixID",
            "description",
            "tax",
            "defaultCost",
            "itemType",
            "serialized",
            "modelYear",
            "archived",
            "timeStamp",
            "itemAttributeSetID",
            "manufacturerID",
            "categoryID",
            "defaultVendorID",
            "taxClassID",
            "seasonID",
            "departmentID",
        ]
    ),
)
"""Matrices."""

ITEM_SHOP: Kind[ItemShop] = Kind(
    entity="ItemShop",
    key="itemShopID",
    shelf=lambda state: state.item_shops,
    wire=stock_wire,
    sortable=("timeStamp",),
    fields=frozenset({"itemShopID", "itemID", "shopID", "qoh", "backorder", "timeStamp"}),
)
"""Stock rows."""

IMAGE: Kind[Image] = Kind(
    entity="Image",
    key="imageID",
    shelf=lambda state: state.images,
    wire=image_wire,
    sortable=("timeStamp",),
    fields=frozenset(
        {"imageID", "description", "filename", "ordering", "timeStamp", "itemID", "itemMatrixID"}
    ),
)
"""Pictures."""
