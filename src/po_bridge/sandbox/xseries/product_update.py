"""Changes of products up to 2026-07: the family's common members and one product's details; removal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve

from ..message import Response
from .body import five
from .call import Call
from .codes import check_free
from .product import Code, Option, Product, Sourcing
from .product_body import KEPT, UPDATE
from .product_create import MAX_ATTRIBUTES, check_suppliers, prices_of, sourcing_of
from .refusal import rejected
from .state import State


def update_product(call: Call) -> Response:
    """Change a family by `common` and the product itself by `details`; answers an empty object.

    Lists are replaced whole. Nothing is written when any part is refused.
    """
    product = call.one(call.state.products, "product")
    body = call.read(UPDATE)
    common, details = body.get("common", {}), body.get("details", {})
    members = [each for each in call.state.members(product.family_id) if each.alive]
    changed = {each.id: _with_common(call, each, common) if common else each for each in members}
    if details:
        changed[product.id] = _with_details(call, changed[product.id], details)
    for before in members:
        if changed[before.id] != before:
            call.state.touch(changed[before.id], call.now)
    for entry in details.get("inventory", ()):
        if "current_amount" in entry:
            call.state.stock[product.id, entry["outlet_id"]] = Decimal(entry["current_amount"])
    return Response.json({})


def _with_common(call: Call, product: Product, common: Mapping[str, Any]) -> Product:
    state = call.state
    changes: dict[str, Any] = {}
    if "name" in common:
        changes["name"] = common["name"]
    if "description" in common:
        changes["description"] = common["description"]
    if "brand_id" in common:
        _known(state.brands.live(common["brand_id"]) or not common["brand_id"], "brand_id")
        changes["brand_id"] = common["brand_id"] or None
    if common.get("product_category_id"):
        raise rejected("unknown product_category_id")
    if "tag_ids" in common:
        _known(all(state.tags.live(key) for key in common["tag_ids"]), "tag id")
        changes["tag_ids"] = tuple(dict.fromkeys(common["tag_ids"]))
    if "track_inventory" in common:
        changes["has_inventory"] = common["track_inventory"]
    if "product_suppliers" in common:
        check_suppliers(state, common["product_suppliers"])
        changes["sourcing"] = _family_sourcing(state, product, common["product_suppliers"])
    if "variant_attributes" in common:
        changes["options"] = _reattributed(state, product, common["variant_attributes"])
    return evolve(product, extra=_kept(product, common), **changes)


def _known(found: object, what: str) -> None:
    if not found:
        raise rejected(f"unknown {what}")


def _kept(product: Product, members: Mapping[str, Any]) -> Mapping[str, object]:
    return {**product.extra, **{name: members[name] for name in KEPT if name in members}}


def _family_sourcing(
    state: State, product: Product, listed: Sequence[Mapping[str, Any]]
) -> tuple[Sourcing, ...]:
    own = {each.supplier_id: each for each in product.sourcing}
    return tuple(
        _revised(
            own.get(entry["supplier_id"]) or sourcing_of(state, {"supplier_id": entry["supplier_id"]}), entry
        )
        for entry in listed
    )


def _revised(sourcing: Sourcing, entry: Mapping[str, Any]) -> Sourcing:
    price, code = sourcing.price, sourcing.code
    if entry.get("price") is not None:
        price = five(entry["price"]) if five(entry["price"]) >= 0 else None
    if entry.get("code") is not None:
        code = entry["code"] or None
    return evolve(sourcing, price=price, code=code)


def _reattributed(state: State, product: Product, listed: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    if len(listed) > MAX_ATTRIBUTES:
        raise rejected(f"a product has at most {MAX_ATTRIBUTES} attributes")
    wanted = [each.get("attribute_id", "") for each in listed]
    _known(all(state.attributes.live(key) for key in wanted), "attribute_id")
    values = {option.attribute_id: option for option in product.options}
    return tuple(values.get(key) or Option(attribute_id=key, value="") for key in wanted)


def _with_details(call: Call, product: Product, details: Mapping[str, Any]) -> Product:
    changes: dict[str, Any] = dict(prices_of(call.state, details))
    if "is_active" in details:
        changes["is_active"] = details["is_active"]
    if "product_codes" in details:
        changes["codes"] = _recoded(call, product, details["product_codes"])
    if "product_suppliers" in details:
        changes["sourcing"] = _own_sourcing(product, details["product_suppliers"])
    if "variant_attribute_values" in details:
        changes["options"] = _revalued(call.state, product, details["variant_attribute_values"])
    if "composite_components" in details:
        parts = ((each["product_id"], Decimal(each["quantity"])) for each in details["composite_components"])
        changes["composite"] = tuple(parts)
    return evolve(product, extra=_kept(product, details), **changes)


def _recoded(call: Call, product: Product, listed: Sequence[Mapping[str, Any]]) -> tuple[Code, ...]:
    if not listed:
        raise rejected("a product needs a product code")
    own = {code.code: code for code in product.codes}
    codes = tuple(
        evolve(own[each["code"]], type=each.get("type", "CUSTOM"))
        if each["code"] in own
        else Code(id=call.state.new_id(), type=each.get("type", "CUSTOM"), code=each["code"])
        for each in listed
    )
    check_free(call, codes, product.id)
    return codes


def _own_sourcing(product: Product, listed: Sequence[Mapping[str, Any]]) -> tuple[Sourcing, ...]:
    wanted = {entry["supplier_id"]: entry for entry in listed}
    for key in wanted:
        _known(any(each.supplier_id == key for each in product.sourcing), f"supplier of this family {key!r}")
    return tuple(
        _revised(each, wanted[each.supplier_id]) if each.supplier_id in wanted else each
        for each in product.sourcing
    )


def _revalued(state: State, product: Product, listed: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    values = {each["attribute_id"]: each["attribute_value"] for each in listed}
    for key in values:
        _known(
            any(option.attribute_id == key for option in product.options), f"attribute of this family {key!r}"
        )
    options = tuple(
        evolve(option, value=values.get(option.attribute_id, option.value)) for option in product.options
    )
    others = (each for each in state.members(product.family_id) if each.alive and each.id != product.id)
    if any(frozenset(other.options) == frozenset(options) for other in others):
        raise rejected("two variants have the same options")
    return options


def delete_product(call: Call) -> Response:
    """Delete one product; the answer has no body."""
    bury(call.state, call.one(call.state.products, "product"), call)
    return Response()


def delete_family(call: Call) -> Response:
    """Delete a product with its whole family; the answer has no body."""
    product = call.one(call.state.products, "product")
    for member in call.state.members(product.family_id):
        if member.alive:
            bury(call.state, member, call)
    return Response()


def bury(state: State, product: Product, call: Call) -> None:
    """Mark a product as deleted; it stays readable and may keep its codes."""
    state.touch(evolve(product, deleted_at=call.now), call.now)
