"""Products and their families as 2026-10 shows them: money as text, lists that may be null."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from ..message import Response
from .call import Call, page_of, zulu
from .named import brand_wire, supplier_wire, tag_wire
from .product import Product, Sourcing
from .product_read import hide_costs, pictures_of
from .refusal import malformed, missing

INCLUDES = ("families", "brands", "categories", "suppliers", "tags", "variant_attributes", "customizations")
"""What may be asked for beside a record."""


def money(value: Decimal) -> str:
    """Write money as text, with two decimals or as many as are needed."""
    cents = value.quantize(Decimal("0.01"))
    return f"{cents:f}" if cents == value else f"{value.normalize():f}"


def classification(products: Sequence[Product]) -> str:
    """Tell what a family is by its products."""
    if any(product.composite for product in products):
        return "COMPOSITE"
    return "VARIANT" if any(product.options for product in products) else "STANDARD"


def _listed(call: Call, values: list[Any]) -> list[Any] | None:
    return None if not values and call.switches.lists_null else values


def member_wire(call: Call, product: Product) -> dict[str, Any]:
    """Write one product of a family."""
    kind = str.lower if call.switches.code_types_lower else str
    codes = [{"id": code.id, "type": kind(code.type), "code": code.code} for code in product.codes]
    hidden = not product.alive and call.switches.lists_null
    exclusive = call.state.retailer.tax_exclusive
    cost = product.cost if call.switches.supplier_price_is_cost else product.supply_price
    wire = {
        "id": product.id,
        "family_id": product.family_id,
        "variant_name": " / ".join(option.value for option in product.options) or None,
        "sku": product.codes[0].code if product.codes else None,
        "variant_attributes": _listed(call, [option.value for option in product.options]),
        "codes": None if hidden else codes,
        "prices": {
            "price_excluding_tax": money(product.price_excluding_tax),
            "price_including_tax": None if exclusive else money(product.price_including_tax),
            "tax": None,
            "loyalty_amount": None,
        },
        "cost": money(cost),
        "active": {"in_store": product.is_active and product.alive, "ecwid": False},
        "suppliers": _listed(call, [_sourcing_wire(call, each) for each in product.sourcing]),
        "version": product.version,
        "deleted_at": zulu(product.deleted_at),
    }
    return hide_costs(call, wire, "cost")


def _sourcing_wire(call: Call, sourcing: Sourcing) -> dict[str, Any]:
    wire = {
        "supplier_id": sourcing.supplier_id,
        "code": sourcing.code,
        "price": None if sourcing.price is None else money(sourcing.price),
    }
    return hide_costs(call, wire, "price")


def shared_wire(call: Call, family: str) -> dict[str, Any]:
    """Write what the products of a family share."""
    products = call.state.members(family)
    first = next((product for product in products if product.alive), products[0])
    pictures = [picture for product in products for picture in pictures_of(call.state, product)]
    images = [{"id": each["id"], "url": each["url"], "deleted_at": None} for each in pictures]
    gone = all(not product.alive for product in products)
    return {
        "id": family,
        "name": first.name,
        "description": first.description,
        "classification": classification(products),
        "brand_id": first.brand_id,
        "category_id": None,
        "tag_ids": _listed(call, list(first.tag_ids)),
        "track_inventory": first.has_inventory,
        "variant_attribute_ids": _listed(call, [option.attribute_id for option in first.options]),
        "images": _listed(call, images),
        "version": max(product.version for product in products),
        "deleted_at": zulu(first.deleted_at) if gone else None,
    }


def family_wire(call: Call, family: str) -> dict[str, Any]:
    """Write a family with its products, deleted ones included."""
    products = [member_wire(call, product) for product in call.state.members(family)]
    return {**shared_wire(call, family), "products": products}


def included(call: Call, families: Iterable[str], *, of_products: bool) -> dict[str, Any]:
    """Write what was asked for beside the records; on products, families must accompany the others."""
    asked = [value for name, value in call.request.query if name == "includes[]"]
    strange = [name for name in asked if name not in INCLUDES]
    if strange or (of_products and asked and "families" not in asked):
        raise malformed(f"includes[] must be some of {', '.join(INCLUDES)}, with families among them")
    if not asked:
        return {}
    keys = list(dict.fromkeys(families))
    products = [product for key in keys for product in call.state.members(key)]
    made: dict[str, Callable[[], list[Any]]] = {
        "families": lambda: [shared_wire(call, key) for key in keys],
        "brands": lambda: _records(call.state.brands.get, (p.brand_id for p in products), brand_wire),
        "categories": list,
        "suppliers": lambda: _records(
            call.state.suppliers.get, (s.supplier_id for p in products for s in p.sourcing), supplier_wire
        ),
        "tags": lambda: _records(call.state.tags.get, (key for p in products for key in p.tag_ids), tag_wire),
        "variant_attributes": lambda: _records(
            call.state.attributes.get,
            (option.attribute_id for p in products for option in p.options),
            lambda one: {"id": one.id, "name": one.name, "deleted_at": zulu(one.deleted_at)},
        ),
        "customizations": list,
    }
    return {"includes": {name: _listed(call, made[name]()) for name in asked}}


def _records(
    find: Callable[[str], Any], keys: Iterable[str | None], wire: Callable[[Any], dict[str, Any]]
) -> list[Any]:
    found = (find(key) for key in dict.fromkeys(keys) if key)
    return [wire(record) for record in found if record]


def _row(call: Call, product: Product) -> dict[str, Any]:
    if call.switches.rows_full:
        return member_wire(call, product)
    return {"id": product.id, "family_id": product.family_id, "version": product.version}


def list_products(call: Call) -> Response:
    """Answer a page of products, or what a code finds where that is still offered."""
    state, code = call.state, call.request.first("sku")
    everything = call.flag("deleted")
    if code is not None and call.switches.sku_filter:
        answer = page_of(state.holders(code, dead=False), lambda product: _row(call, product))
    else:
        answer = call.page(
            state.products, lambda product: _row(call, product), lambda one: everything or one.alive
        )
    page: dict[str, Any] = answer.read_json()
    extra = included(call, (row["family_id"] for row in page["data"]), of_products=True)
    return Response.json({**page, **extra})


def get_product(call: Call) -> Response:
    """Answer one product, with `deleted_at` set when it is deleted."""
    product = _product(call)
    extra = included(call, [product.family_id], of_products=True)
    return Response.json({"data": member_wire(call, product), **extra})


def _product(call: Call) -> Product:
    product = call.state.products.get(call.params["id"])
    if product is None:
        raise missing(f"product {call.params['id']}")
    return product


def get_family(call: Call) -> Response:
    """Answer a family with its products."""
    family = call.params["id"]
    if family not in call.state.families:
        raise missing(f"product family {family}")
    return _family(call, family)


def family_of_product(call: Call) -> Response:
    """Answer the family that a product belongs to."""
    return _family(call, _product(call).family_id)


def _family(call: Call, family: str) -> Response:
    extra = included(call, [family], of_products=False)
    return Response.json({"data": family_wire(call, family), **extra})
