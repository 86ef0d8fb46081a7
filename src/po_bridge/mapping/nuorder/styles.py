"""Wire tables of style documents (the vendor: products) and their sizes."""

from __future__ import annotations

from typing import Final

from attrs import fields

from ...models.style_document import StyleDocument, StyleSize
from ..codec import optional
from ..lenient import readable_of, unreadable_of
from ..numbers import COUNT
from ..rule import rows, rule
from ..table import table
from ..words import ID, TEXT
from .wire_form import BLANK, CODE, NULL, prices

_SS: Final = fields(StyleSize)
_S: Final = fields(StyleDocument)

STYLE_SIZE: Final = table(
    StyleSize,
    (
        rule(_SS.size, "size", TEXT, label="Variant Options"),
        rule(_SS.upc, read=("upc", "ean"), write="upc", codec=CODE, default=None, absent=BLANK, label="UPCs"),
        rule(_SS.units_per_pack, "units_per_pack", optional(COUNT), default=None, absent=BLANK),
        rule(_SS.retail, read="pricing", codec=prices("retail"), default={}, absent=BLANK, label="MSRP"),
    ),
    over=("sizes",),
    ignored=("_id", "size_group", "nrf_size_code"),
    title="Style size",
)
"""One size of a style."""

STYLE: Final = table(
    StyleDocument,
    (
        rule(_S.portal, read="@portal", codec=ID),
        rule(_S.style_id, "_id", ID, label="Product ID"),
        rule(_S.number, "style_number", TEXT, default="", absent=NULL, label="Style Number"),
        rule(_S.name, "name", TEXT, default="", absent=NULL, label="Product Name"),
        rule(_S.description, "description", TEXT, default="", absent=NULL, label="Product Description"),
        rule(
            _S.brand,
            "__brand_name",
            TEXT,
            default="",
            absent=NULL,
            label="Product Brand",
            note="else the portal",
        ),
        rule(_S.brand_item_id, "brand_id", TEXT, default="", absent=NULL, note="stable across seasons"),
        rule(_S.season, "season", TEXT, default="", absent=NULL),
        rule(_S.color, "color", TEXT, default="", absent=NULL, label="Variant Options"),
        rule(_S.color_code, "color_code", TEXT, default="", absent=NULL),
        rows(_S.sizes, STYLE_SIZE, default=()),
        rule(_S.retail, read="pricing", codec=prices("retail"), default={}, absent=BLANK, label="MSRP"),
        rule(_S.wholesale, read="pricing", codec=prices("wholesale"), default={}, absent=BLANK),
        rule(
            _S.images,
            "images",
            readable_of(ID),
            default=(),
            absent=NULL,
            label="Image",
            note="hashes; the adapter makes addresses of them",
        ),
        rule(_S.faults, read="images", codec=unreadable_of(ID, "$.images"), default=(), absent=NULL),
    ),
    keep_unknown=_S.extra,
    left_out=(_S.origin,),
    ignored=(
        "schema_id",
        "unique_key",
        "seasons",
        "color_family",
        "department",
        "division",
        "category",
        "subcategory",
        "available_from",
        "available_until",
        "order_closing",
        "available_now",
        "active",
        "cancelled",
        "archived",
        "size_groups",
        "banners",
        "warehouses",
        "created_on",
        "modified_on",
        "__size_ids",
        "__inventory",
        "__inventory_cache",
        "__warehouses",
        "__sold_out",
        "__tracks_inventory",
        "__pending_initial_pricing",
        "__pack_ids",
        "__merchandising_order",
        "__size_run",
        "__size_range",
        "__barcode",
    ),
    title="Style document",
)
"""Season, style number and colour; the order line tells none of its names, pictures and prices."""
