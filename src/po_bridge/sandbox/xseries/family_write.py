"""Product families of 2026-10: made, enlarged, changed, deleted; a name does not decide where a product belongs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import Any

from attrs import evolve

from ..message import Response
from .body import each, members, word
from .call import Call, data
from .codes import check_free
from .family_body import CREATE, FAMILY_PATCH, MEMBER, MEMBER_PATCH
from .family_read import classification
from .image import discard, image_wire, keep, take_inline
from .product import Code, Option, Product
from .product_body import PRICES
from .product_create import (
    MAX_VARIANTS,
    check_options,
    check_references,
    check_suppliers,
    draft_of,
    prices_of,
    sourcing_of,
)
from .product_update import bury
from .refusal import Refusal, malformed, missing, rejected
from .switches import AddBody, ImageBody


def create_family(call: Call) -> Response:
    """Make a family with its products; answers ids in no promised order."""
    body = call.read(CREATE)
    kind, entries = body["classification"], body["products"]
    attributes = body.get("variant_attribute_ids", [])
    _check_class(kind, entries, attributes, body)
    shared = {
        "name": body["name"],
        **{name: body[name] for name in ("description", "brand_id", "tag_ids") if body.get(name)},
        "composite": body.get("composite_components", []),
    }
    check_references(call, shared)
    drafts = [_draft(call, shared, entry, attributes) for entry in entries]
    family = call.state.new_id()
    tracked = body.get("track_inventory", True)
    made = _join(call, family, [evolve(draft, has_inventory=tracked) for draft in drafts])
    return data({"product_family_id": family, "product_ids": _order(call, made)}, call.switches.family_status)


def _order(call: Call, made: Sequence[Product]) -> list[str]:
    ids = [product.id for product in made]
    return ids[::-1] if call.switches.ids_reversed else ids


def _check_class(
    kind: str, entries: Sequence[Any], attributes: Sequence[str], body: Mapping[str, Any]
) -> None:
    if (kind == "VARIANT") != bool(attributes) or len(attributes) > 3:
        raise malformed("variant_attribute_ids: 1 to 3 for VARIANT, none for the others")
    if kind != "VARIANT" and len(entries) != 1:
        raise malformed(f"a family of class {kind} has exactly one product")
    if (kind == "COMPOSITE") != bool(body.get("composite_components")):
        raise malformed("composite_components belong to COMPOSITE")
    if body.get("category_id"):
        raise rejected("unknown category_id")


def _draft(
    call: Call, shared: Mapping[str, Any], entry: Mapping[str, Any], attributes: Sequence[str]
) -> Product:
    values = entry.get("variant_attributes", [])
    if len(values) != len(attributes):
        raise malformed(f"variant_attributes must hold {len(attributes)} values")
    suppliers = entry.get("suppliers", [])
    check_suppliers(call.state, suppliers)
    definitions = [
        {"attribute_id": key, "value": value} for key, value in zip(attributes, values, strict=True)
    ]
    written = {
        **{name: Decimal(str(value)) for name, value in entry.get("prices", {}).items() if name in PRICES},
        "sku": entry["codes"][0]["code"],
        "product_codes": entry["codes"],
        "product_suppliers": suppliers,
        "variant_definitions": definitions,
        "is_active": entry.get("active", {}).get("in_store", True),
    }
    return draft_of(call, shared, written)


def _join(call: Call, family: str, drafts: Sequence[Product]) -> list[Product]:
    state = call.state
    check_free(call, [code for draft in drafts for code in draft.codes])
    held = state.members(family) if family in state.families else []
    living = [member for member in held if member.alive]
    if len(living) + len(drafts) > MAX_VARIANTS:
        raise rejected(f"a product has at most {MAX_VARIANTS} variants")
    check_options(living, drafts)
    parent = held[0].id if held else drafts[0].id
    placed = (
        evolve(
            draft,
            family_id=family,
            parent_id=None if draft.id == parent else parent,
            version=state.new_version(),
        )
        for draft in drafts
    )
    return [state.put_product(each) for each in placed]


def add_members(call: Call) -> Response:
    """Put more products into a family."""
    family, living = _living(call)
    if classification(living) != "VARIANT":
        raise rejected("only a family of class VARIANT takes more products")
    first = living[0]
    wrapped = call.switches.add_body is AddBody.WRAPPED
    check = each(MEMBER, least=1)
    body = call.read(members({"products": check}) if wrapped else check)
    entries = body["products"] if wrapped else body
    shared: dict[str, Any] = {"name": first.name, "description": first.description, "composite": []}
    attributes = [option.attribute_id for option in first.options]
    drafts = [
        evolve(
            _draft(call, shared, entry, attributes),
            brand_id=first.brand_id,
            tag_ids=first.tag_ids,
            handle=first.handle,
            source_id=first.source_id,
        )
        for entry in entries
    ]
    made = _join(call, family, drafts)
    return data({"product_ids": _order(call, made)}, call.switches.family_status)


def _living(call: Call) -> tuple[str, list[Product]]:
    family = call.params["id"]
    known = call.state.members(family) if family in call.state.families else []
    living = [member for member in known if member.alive]
    if not living:
        raise missing(f"product family {family}")
    return family, living


def patch_family(call: Call) -> Response:
    """Change what a family shares."""
    family, living = _living(call)
    body = call.read(FAMILY_PATCH)
    state = call.state
    changes: dict[str, Any] = {
        name: body[name] or None for name in ("description", "brand_id") if name in body
    }
    if changes.get("brand_id") and state.brands.live(changes["brand_id"]) is None:
        raise rejected("unknown brand_id")
    if body.get("category_id"):
        raise rejected("unknown category_id")
    if any(state.tags.live(key) is None for key in body.get("tag_ids", ())):
        raise rejected("unknown tag id")
    if "name" in body:
        changes["name"] = body["name"]
    if "tag_ids" in body:
        changes["tag_ids"] = tuple(dict.fromkeys(body["tag_ids"]))
    if "track_inventory" in body:
        changes["has_inventory"] = body["track_inventory"]
    options = {member.id: _reattributed(call, member, body) for member in living}
    for member in living:
        state.touch(evolve(member, options=options[member.id], **changes), call.now)
    return data({"id": family})


def _reattributed(call: Call, member: Product, body: Mapping[str, Any]) -> tuple[Option, ...]:
    wanted = body.get("variant_attribute_ids")
    if wanted is None:
        return member.options
    if len(wanted) != len(member.options) or any(call.state.attributes.live(key) is None for key in wanted):
        raise rejected("variant_attribute_ids must name as many attributes as the products have values")
    return tuple(evolve(option, attribute_id=key) for option, key in zip(member.options, wanted, strict=True))


def patch_product(call: Call) -> Response:
    """Change one product; what is left out stays, lists are replaced whole."""
    state = call.state
    product = call.one(state.products, "product")
    body = call.read(MEMBER_PATCH)
    changes: dict[str, Any] = {}
    sent = body.get("prices", {})
    changes.update(prices_of(state, {name: Decimal(str(sent[name])) for name in PRICES if name in sent}))
    if "codes" in body:
        known = {code.code: code.id for code in product.codes}
        changes["codes"] = tuple(
            Code(
                id=known.get(one["code"]) or state.new_id(), type=one.get("type", "CUSTOM"), code=one["code"]
            )
            for one in body["codes"]
        )
        check_free(call, changes["codes"], product.id)
    if "suppliers" in body:
        check_suppliers(state, body["suppliers"])
        changes["sourcing"] = tuple(sourcing_of(state, one) for one in body["suppliers"])
    if "in_store" in body.get("active", {}):
        changes["is_active"] = body["active"]["in_store"]
    if "variant_attributes" in body:
        changes["options"] = _revalued(call, product, body["variant_attributes"])
    state.touch(evolve(product, **changes), call.now)
    return data({"id": product.id})


def _revalued(call: Call, product: Product, values: Sequence[str]) -> tuple[Option, ...]:
    if len(values) != len(product.options):
        raise malformed(f"variant_attributes must hold {len(product.options)} values")
    options = tuple(
        evolve(option, value=value) for option, value in zip(product.options, values, strict=True)
    )
    others = [one for one in call.state.members(product.family_id) if one.alive and one.id != product.id]
    check_options(others, [evolve(product, options=options)])
    return options


def delete_family(call: Call) -> Response:
    """Delete a family with its products, where that is offered."""
    if not call.switches.family_delete:
        raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "a family is deleted product by product")
    _, living = _living(call)
    for member in living:
        bury(call.state, member, call)
    return Response()


# --- pictures


def add_image(call: Call) -> Response:
    """Take a picture of a product; how it comes is a switch."""
    return _kept(call, call.one(call.state.products, "product"))


def add_family_image(call: Call) -> Response:
    """Take a picture of a family, which shows on its first product."""
    _, living = _living(call)
    return _kept(call, living[0])


def _kept(call: Call, product: Product) -> Response:
    if call.switches.image_body is ImageBody.MULTIPART:
        return keep(call, product.id)
    address = call.read(members({"url": word}))["url"]
    (image,) = take_inline(call, product.id, [{"location": address}])
    return data(image_wire(image), HTTPStatus.CREATED)


def delete_image(call: Call) -> Response:
    """Take a picture away."""
    return discard(call, call.one(call.state.images, "image", call.params["image_id"]))
