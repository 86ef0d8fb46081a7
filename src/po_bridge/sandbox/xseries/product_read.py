"""Products as the API up to 2026-07 shows them, and the ways to look them up."""

from __future__ import annotations

from typing import Any

from ..message import Response
from .call import Call, data, page_of, stamp
from .named import brand_wire, supplier_wire, tag_wire
from .product import Code, Product, Sourcing
from .records import Image
from .refusal import missing
from .state import State
from .switches import HiddenCosts

SIZES = ("ss", "standard", "st", "original", "thumb", "sl", "sm")
"""Names of the sizes that every picture comes in."""
MEASURES = ("weight", "weight_unit", "length", "width", "height", "dimensions_unit")
"""Members of the read object that come straight from the request."""


def list_products(call: Call) -> Response:
    """Answer a page, or all that a code or a family name finds; those two ignore every other parameter.

    `sku` finds any code of a product that is not deleted.
    """
    state = call.state
    code = call.request.first("sku")
    name = call.request.first("name") or call.request.first("family_name")
    if code is not None:
        return page_of(state.holders(code, dead=False), lambda product: product_wire(call, product))
    if name is not None:
        found = [m for family in state.families_named(name) for m in state.members(family) if m.alive]
        return page_of(found, lambda product: product_wire(call, product))
    everything = call.flag("deleted")
    return call.page(
        state.products,
        lambda product: product_wire(call, product),
        lambda product: everything or product.alive,
    )


def get_product(call: Call) -> Response:
    """Answer one product, with `deleted_at` set when it is deleted."""
    product = call.state.products.get(call.params["id"])
    if product is None:
        raise missing(f"product {call.params['id']}")
    return data(product_wire(call, product))


def product_wire(call: Call, product: Product) -> dict[str, Any]:
    """Write a product, null members included, as recorded answers do."""
    wire = {**_names(call.state, product), **_relations(call, product), **_prices(call, product)}
    wire.update(_pictures(call.state, product))
    wire.update({name: product.extra.get(name) for name in MEASURES})
    wire.update(
        {
            "account_code": product.extra.get("account_code_sale"),
            "account_code_purchase": product.extra.get("account_code_purchase"),
            "loyalty_amount": product.extra.get("loyalty_amount"),
            "button_order": 0,
            "tax_category": None,
            "packaging": {},
            "customizations": [],
            "outlet_taxes": product.extra.get("outlet_taxes", []),
            "attributes": [],
            "created_at": stamp(product.created_at),
            "updated_at": stamp(product.updated_at),
            "deleted_at": stamp(product.deleted_at),
            "version": product.version,
        }
    )
    return wire


def variant_name(product: Product) -> str:
    """Give the name with the option values, `Name / L / Green`."""
    return " / ".join([product.name, *(option.value for option in product.options)])


def _names(state: State, product: Product) -> dict[str, Any]:
    # Only a parent tells how many they are; counting for each member would cost a family its square.
    family = state.members(product.family_id) if product.parent_id is None else ()
    members = sum(1 for member in family if member.alive)
    is_parent = product.parent_id is None and (members > 1 or bool(product.options))
    return {
        "id": product.id,
        "family_id": product.family_id,
        "source": product.source,
        "source_id": product.source_id,
        "source_variant_id": product.source_variant_id,
        "variant_parent_id": product.parent_id,
        "name": product.name,
        "variant_name": variant_name(product),
        "handle": product.handle,
        "sku": product.codes[0].code if product.codes else None,
        "description": product.description,
        "active": product.is_active and product.alive,
        "is_active": product.is_active and product.alive,
        "has_inventory": product.has_inventory,
        "is_composite": bool(product.composite),
        "has_variants": is_parent,
        "variant_count": members if is_parent else None,
        "variant_options": [
            {"id": option.attribute_id, "name": _attribute(state, option.attribute_id), "value": option.value}
            for option in product.options
        ],
    }


def _attribute(state: State, key: str) -> str:
    attribute = state.attributes.get(key)
    return attribute.name if attribute else ""


def _relations(call: Call, product: Product) -> dict[str, Any]:
    state = call.state
    supplier = state.suppliers.get(product.supplier() or "")
    brand = state.brands.get(product.brand_id or "")
    tags = [state.tags.by_id[key] for key in product.tag_ids]
    return {
        "supplier_id": supplier.id if supplier else None,
        "supplier_code": product.sourcing[0].code if product.sourcing else None,
        "supplier": supplier_wire(supplier) if supplier else None,
        "product_type_id": None,
        "type": None,
        "product_category": None,
        "brand_id": product.brand_id,
        "brand": brand_wire(brand) if brand else None,
        "tag_ids": list(product.tag_ids),
        "categories": [tag_wire(tag) for tag in tags],
        "product_codes": [_code_wire(call, code) for code in product.codes],
        "product_suppliers": [_sourcing_wire(call, product, each) for each in product.sourcing],
    }


def _code_wire(call: Call, code: Code) -> dict[str, str]:
    kind = code.type.lower() if call.switches.code_types_lower else code.type
    return {"id": code.id, "type": kind, "code": code.code}


def _sourcing_wire(call: Call, product: Product, sourcing: Sourcing) -> dict[str, Any]:
    supplier = call.state.suppliers.get(sourcing.supplier_id)
    wire = {
        "id": sourcing.id,
        "product_id": product.id,
        "supplier_id": sourcing.supplier_id,
        "supplier_name": supplier.name if supplier else None,
        "code": sourcing.code,
        "price": sourcing.price,
    }
    return hide_costs(call, wire, "price")


def _prices(call: Call, product: Product) -> dict[str, Any]:
    exclusive = call.state.retailer.tax_exclusive
    wire: dict[str, Any] = {
        "price_including_tax": None if exclusive else product.price_including_tax,
        "price_excluding_tax": product.price_excluding_tax,
        "supply_price": product.cost,
    }
    return hide_costs(call, wire, "supply_price")


def hide_costs(call: Call, wire: dict[str, Any], *names: str) -> dict[str, Any]:
    """Take cost members away from a token that may not see them."""
    if call.sees_costs:
        return wire
    if call.switches.hidden_costs is HiddenCosts.NULL:
        return {**wire, **dict.fromkeys(names)}
    return {name: value for name, value in wire.items() if name not in names}


def _shown(state: State, product: Product) -> list[Image]:
    images = [state.images.by_id[key] for key in state.pictures.get(product.id, ())]
    return sorted((image for image in images if image.status == "uploaded"), key=lambda each: each.position)


def _base(state: State) -> str:
    return f"https://{state.retailer.domain_prefix}.retail.lightspeed.app/images"


def pictures_of(state: State, product: Product) -> list[dict[str, Any]]:
    """Write the pictures of a product that are ready, by position."""
    return [_image_wire(_base(state), image) for image in _shown(state, product)]


def _pictures(state: State, product: Product) -> dict[str, Any]:
    shown, base = _shown(state, product), _base(state)
    first = f"{base}/{_file(shown[0])}" if shown else f"{base}/placeholder/product/no-image-white.png"
    return {
        "images": pictures_of(state, product),
        "skuImages": [],
        "image_url": first,
        "image_thumbnail_url": first,
    }


def _file(image: Image) -> str:
    return f"product/original/{image.digest}.{image.suffix}"


def _image_wire(base: str, image: Image) -> dict[str, Any]:
    return {
        "id": image.id,
        "url": f"{base}/{_file(image)}",
        "version": image.version,
        "sizes": {size: f"{base}/{size}/{_file(image)}" for size in SIZES},
    }
