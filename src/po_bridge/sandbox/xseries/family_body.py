"""The bodies of product calls in 2026-10: members that are not known are refused."""

from __future__ import annotations

from .body import amount, anything, each, flag, members, nullable, number, one_of, text, word
from .product_body import CODE, SOURCING

CLASSES = ("STANDARD", "VARIANT", "COMPOSITE")
"""What a family may be."""

_PRICES = members(
    optional={"price_including_tax": amount, "price_excluding_tax": amount, "loyalty_amount": amount}
)
_MEMBER = {
    "variant_attributes": each(word, least=1),
    "prices": _PRICES,
    "suppliers": each(SOURCING),
    "measurements": anything,
    "outlet_taxes": each(members({"outlet_id": text, "tax_id": text})),
    "account_code_sale": text,
    "account_code_purchase": text,
    "active": members(optional={"in_store": flag, "ecwid": flag}),
}

MEMBER = members({"codes": each(CODE, least=1)}, _MEMBER)
"""One product of a new family: a code is obligatory and never generated."""

MEMBER_PATCH = members(optional={**_MEMBER, "codes": each(CODE, least=1)}, least=1)
"""Changes of one product: at least one, lists are replaced whole."""

CREATE = members(
    {"name": word, "classification": one_of(*CLASSES), "products": each(MEMBER, least=1)},
    {
        "description": text,
        "brand_id": text,
        "category_id": text,
        "tag_ids": each(text),
        "track_inventory": flag,
        "variant_attribute_ids": each(text, least=1),
        "composite_components": each(members({"product_id": text, "quantity": number}), least=1),
    },
)
"""Body of a new family."""

FAMILY_PATCH = members(
    optional={
        "name": word,
        "description": text,
        "brand_id": nullable(text),
        "category_id": nullable(text),
        "tag_ids": each(text),
        "track_inventory": flag,
        "variant_attribute_ids": each(text, least=1),
    },
    least=1,
)
"""Changes of what a family shares: at least one; empty or null clears."""

GENERATE = members({"codes": each(members({"count": number}, {"prefix": text}), least=1)})
"""Numbers of codes to generate."""
