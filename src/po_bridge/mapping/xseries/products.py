"""Wire tables of products as they are read up to version 2026-07.

Sources: the vendor's documents 2.0 and 2026-07, recorded answers of 2018 and 2019.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import evolve, fields

from ...models.pos_product import CodeKind, OptionValue, PosImage, PosProduct, ProductCode, ProductSupplier
from ..codec import optional, tuple_of
from ..rule import part, rows, rule
from ..table import Table, table
from ..words import BOOL, ID, OPTIONAL_TEXT, TEXT
from .wire_form import AMOUNT, CODE_KIND, NULL, ORIGIN, STAMPED

_PP: Final = fields(PosProduct)
_PC: Final = fields(ProductCode)
_PS: Final = fields(ProductSupplier)
_OV: Final = fields(OptionValue)
_PI: Final = fields(PosImage)

CODES: Final = table(
    ProductCode,
    (
        rule(_PC.kind, "type", CODE_KIND, default=CodeKind.CUSTOM, absent=NULL, always_written=True),
        rule(_PC.text, "code", TEXT),
    ),
    over=("product_codes",),
    ignored=("id",),
    title="Product code",
)
"""Codes of a product; the first is its SKU."""

SUPPLIERS: Final = table(
    ProductSupplier,
    (
        rule(_PS.supplier_id, "supplier_id", TEXT, default="", absent=NULL),
        rule(_PS.code, "code", TEXT, default="", absent=NULL, label="Supplier Code"),
        rule(_PS.price, "price", optional(AMOUNT), default=None, label="Supplier Price"),
    ),
    over=("product_suppliers",),
    ignored=("id", "product_id", "supplier_name"),
    title="Supplier of a product",
)
"""Suppliers of a product, the default one first; a price that the token may not see is unknown."""

_IMAGES: Final = table(
    PosImage,
    (
        rule(_PI.image_id, read="id", codec=ID),
        rule(_PI.address, read="url", codec=TEXT, default="", absent=NULL),
    ),
    over=("images",),
    ignored=("version", "sizes"),
)

_IGNORED: Final = (
    "^version",
    "handle",
    "source",
    "source_variant_id",
    "has_inventory",
    "has_variants",
    "variant_count",
    "supplier_id",
    "supplier_code",
    "supplier",
    "product_type_id",
    "type",
    "product_category",
    "brand",
    "categories",
    "attributes",
    "skuImages",
    "image_url",
    "image_thumbnail_url",
    "account_code",
    "account_code_purchase",
    "button_order",
    "loyalty_amount",
    "weight",
    "weight_unit",
    "length",
    "width",
    "height",
    "dimensions_unit",
    "tax_category",
    "packaging",
    "customizations",
    "outlet_taxes",
    "measures",
    "created_at",
    "updated_at",
    "family_id",
)


def option_values(over: str, option_id: str, value: str) -> Table[OptionValue]:
    """Make the table of option values, whose members have other names in every call."""
    return table(
        OptionValue,
        (
            rule(_OV.name, read="name", codec=TEXT, default="", absent=NULL),
            rule(_OV.option_id, option_id, TEXT, default="", absent=NULL),
            rule(_OV.value, value, TEXT),
        ),
        over=(over,),
    )


PRODUCT: Final = table(
    PosProduct,
    (
        rule(_PP.id, read="id", codec=ID),
        rule(
            _PP.family_id,
            read="variant_parent_id",
            codec=OPTIONAL_TEXT,
            default=None,
            note="the family's first product; on that one its own id",
        ),
        rule(_PP.name, read="name", codec=TEXT, default="", absent=NULL, label="Name"),
        rule(_PP.variant_name, read="variant_name", codec=TEXT, default="", absent=NULL),
        rule(_PP.description, read="description", codec=TEXT, default="", absent=NULL, label="Description"),
        rule(_PP.active, read=("is_active", "active"), codec=BOOL, default=True, absent=NULL),
        rule(_PP.deleted, read="deleted_at", codec=STAMPED, default=False),
        rule(_PP.composite, read="is_composite", codec=BOOL, default=False, absent=NULL),
        rule(_PP.sku, read="sku", codec=TEXT, default="", absent=NULL),
        rows(_PP.codes, CODES, default=(), label="UPC"),
        rows(_PP.suppliers, SUPPLIERS, default=(), label="Supplier Code"),
        rule(_PP.brand_id, read="brand_id", codec=OPTIONAL_TEXT, default=None, label="Brand"),
        rule(_PP.tag_ids, read="tag_ids", codec=tuple_of(ID), default=(), absent=NULL),
        rows(_PP.options, option_values("variant_options", "id", "value"), default=()),
        rule(
            _PP.supply_price,
            read="supply_price",
            codec=optional(AMOUNT),
            default=None,
            label="Supplier Price",
        ),
        rule(
            _PP.retail_price,
            read=("price_including_tax", "price_excluding_tax"),
            codec=optional(AMOUNT),
            default=None,
            absent=NULL,
            label="Retail Price",
            note="the price with tax is null in stores that enter prices without it",
        ),
        rows(_PP.images, _IMAGES, default=(), label="Images"),
        rule(_PP.source_id, read="source_id", codec=TEXT, default="", absent=NULL),
        part(_PP.origin, ".", ORIGIN),
    ),
    over=("data",),
    ignored=_IGNORED,
    title="Product",
)
"""A list of products."""


def read_products(
    document: Mapping[str, Any], system: str, *, own_families: bool = False
) -> tuple[PosProduct, ...]:
    """Read a list of products; raises BadDocument.

    A family is known by its first product, which every version up to 2026-07 tells; with *own_families* by the id
    that 2026-10 knows it by.
    Payloads from before product codes and several suppliers are filled up from their single members.
    """
    read = PRODUCT.read_all(document, name="products", context={"system": system})
    filled = (_filled_up(product, row) for product, row in zip(read, document["data"], strict=True))
    if not own_families:
        return tuple(filled)
    return tuple(_in_family(product, row) for product, row in zip(filled, document["data"], strict=True))


def _in_family(product: PosProduct, row: Mapping[str, Any]) -> PosProduct:
    own = row.get("family_id")
    return evolve(product, family_id=own) if product.family_id and isinstance(own, str) and own else product


def _filled_up(product: PosProduct, row: Mapping[str, Any]) -> PosProduct:
    if product.family_id is None and (row.get("has_variants") or product.options):
        product = evolve(product, family_id=product.id)
    if not product.codes and product.sku:
        product = evolve(product, codes=(ProductCode(kind=CodeKind.CUSTOM, text=product.sku),))
    if not product.suppliers and row.get("supplier_id"):
        code = row.get("supplier_code") or ""
        single = ProductSupplier(supplier_id=row["supplier_id"], code=code, price=product.supply_price)
        product = evolve(product, suppliers=(single,))
    return product
