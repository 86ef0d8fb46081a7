"""The bodies of product calls up to 2026-07, member by member."""

from __future__ import annotations

from .body import amount, anything, each, flag, members, nullable, number, one_of, text, word
from .product import CODE_TYPES

PRICES = ("price_including_tax", "price_excluding_tax")
"""The two tax forms of the retail price; never both."""

CODE = members({"code": word}, {"type": one_of(*CODE_TYPES)})
"""A product code."""


def _price_or_delete(value: object, where: str) -> None:
    # An update takes -1 as "delete the price".
    if value not in (-1, "-1"):
        amount(value, where)


SOURCING = members({"supplier_id": text}, {"code": nullable(text), "price": nullable(_price_or_delete)})
"""A supplier of a product."""

_IMAGE = members(
    {"type": one_of("s3", "url", "product-image", "sku-image"), "location": text}, {"index": number}
)
_STOCK = members(
    {"outlet_id": text, "current_amount": number}, {"reorder_point": number, "reorder_amount": number}
)
_TAX = members(optional={"tax_id": text, "is_default": flag})
_OUTLET_TAX = members({"outlet_id": text, "tax_id": text}, {"is_default": flag})
_COMPONENT = members({"product_id": text, "quantity": number})
_MEASURES = {
    "weight": number,
    "weight_unit": one_of("CT", "G", "OZ", "LB", "KG"),
    "length": number,
    "width": number,
    "height": number,
    "dimensions_unit": one_of("IN", "CM", "MM", "YD"),
}
_SELLING = {
    "product_codes": each(CODE),
    "price_including_tax": number,
    "price_excluding_tax": number,
    "product_suppliers": each(SOURCING),
    "all_outlets_tax": _TAX,
    "outlet_taxes": each(_OUTLET_TAX),
}
_BOTH = {
    **_SELLING,
    **_MEASURES,
    "sku": text,
    "supply_price": number,
    "supplier_code": text,
    "images": each(_IMAGE),
    "inventory": each(_STOCK),
}
_DEFINITION = members({"attribute_id": text, "value": word})
_VARIANT = members({"variant_definitions": each(_DEFINITION, least=1)}, _BOTH)

CREATE = members(
    {"name": word},
    {
        **_BOTH,
        "description": text,
        "handle": text,
        "source": text,
        "source_id": text,
        "source_variant_id": text,
        "is_active": flag,
        "supplier_id": text,
        "product_type_id": text,
        "product_category_id": text,
        "brand_id": text,
        "tag_ids": each(text),
        "attributes": anything,
        "account_code_sale": text,
        "account_code_purchase": text,
        "loyalty_amount": number,
        "variants": each(_VARIANT, least=1),
        "composite": each(_COMPONENT),
    },
)
"""Body of a create."""

_VALUES = each(members({"attribute_id": text, "attribute_value": text}))
_DETAILS = {
    **_SELLING,
    **_MEASURES,
    "is_active": flag,
    "loyalty_amount": number,
    "variant_attribute_values": _VALUES,
    "inventory": each(
        members(
            {"outlet_id": text},
            {"current_amount": number, "reorder_amount": number, "reorder_point": number},
        )
    ),
    "composite_components": each(_COMPONENT),
    "packaging": each(anything),
}

UPDATE = members(
    optional={
        "common": members(
            optional={
                "name": word,
                "description": text,
                "brand_id": text,
                "product_category_id": text,
                "tag_ids": each(text),
                "product_suppliers": each(SOURCING),
                "track_inventory": flag,
                "variant_attributes": each(members(optional={"attribute_id": text})),
                "account_code_sale": text,
                "account_code_purchase": text,
            }
        ),
        "details": members(optional=_DETAILS),
    },
    least=1,
)
"""Body of an update: what the family shares, and what is the product's own."""

ADD = members(
    {"common": members({"name": word}), "details": members({"variant_attribute_values": _VALUES}, _DETAILS)}
)
"""Body of the 2.1 call that adds one variant to the family of that name."""

KEPT = (
    *_MEASURES,
    "account_code_sale",
    "account_code_purchase",
    "loyalty_amount",
    "outlet_taxes",
    "all_outlets_tax",
)
"""Members that are only kept and read back."""
