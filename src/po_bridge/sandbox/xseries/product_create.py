"""New products up to 2026-07: a standard product, a family of variants, one more variant."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from attrs import evolve

from ..message import Response
from .body import five
from .call import Call, data
from .codes import check_free, codes_of
from .image import take_inline
from .product import Option, Product, Sourcing
from .product_body import ADD, CREATE, KEPT, PRICES
from .refusal import rejected
from .state import State

MAX_ATTRIBUTES = 3
"""Variant attributes of one family."""
MAX_VARIANTS = 200
"""Products of one family."""

_NO_WORD = re.compile(r"[^a-z0-9]+")


def create_products(call: Call) -> Response:
    """Make a product or a family and answer the ids, nothing else.

    The name decides the family: a product made with the name of a family that exists, alive or not, joins it.
    """
    body = call.read(CREATE)
    check_references(call, body)
    _check_images(call, body)
    entries: Sequence[Mapping[str, Any]] = body.get("variants") or [body]
    drafts = [draft_of(call, body, entry) for entry in entries]
    check_free(call, [code for draft in drafts for code in draft.codes])
    ids = [each.id for each in join_family(call.state, drafts)]
    for key, entry in zip(ids, entries, strict=True):
        take_inline(
            call, key, [*entry.get("images", ()), *(body.get("images", ()) if entry is not body else ())]
        )
        _take_stock(call.state, key, entry)
    return data(ids[::-1] if call.switches.ids_reversed else ids)


def add_variant(call: Call) -> Response:
    """Add one variant to the family of that name; the answer is an empty object, so no id is told."""
    body = call.read(ADD)
    name, details = body["common"]["name"], body["details"]
    families = [key for key in call.state.families_named(name) if _alive(call.state, key)]
    if not families:
        raise rejected(f"there is no product named {name!r}")
    first = next(member for member in call.state.members(families[0]) if member.alive)
    options = [
        {"attribute_id": each["attribute_id"], "value": each["attribute_value"]}
        for each in details["variant_attribute_values"]
    ]
    if {each["attribute_id"] for each in options} != {each.attribute_id for each in first.options}:
        raise rejected("variant_attribute_values must name each attribute of the family")
    check_suppliers(call.state, details.get("product_suppliers", ()))
    draft = draft_of(call, {"name": first.name}, {**details, "variant_definitions": options})
    check_free(call, draft.codes)
    join_family(call.state, [_like(first, draft, details)])
    return Response.json({})


def _like(first: Product, draft: Product, details: Mapping[str, Any]) -> Product:
    return evolve(
        draft,
        description=first.description,
        handle=first.handle,
        brand_id=first.brand_id,
        tag_ids=first.tag_ids,
        source_id=first.source_id,
        is_active=details.get("is_active", True),
        sourcing=draft.sourcing or tuple(evolve(each, code=None) for each in first.sourcing),
    )


def join_family(state: State, drafts: Sequence[Product]) -> list[Product]:
    """Put new products into the family of their name, which is made when there is none."""
    known = state.families_named(drafts[0].name)
    family = known[0] if known else state.new_id()
    members = state.members(family) if known else []
    living = [member for member in members if member.alive]
    if len(living) + len(drafts) > MAX_VARIANTS:
        raise rejected(f"a product has at most {MAX_VARIANTS} variants")
    check_options(living, drafts)
    parent = members[0].id if members else drafts[0].id
    placed = [
        evolve(
            draft,
            family_id=family,
            parent_id=None if draft.id == parent else parent,
            version=state.new_version(),
        )
        for draft in drafts
    ]
    return [state.put_product(each) for each in placed]


def check_options(living: Sequence[Product], drafts: Sequence[Product]) -> None:
    """Refuse too many attributes, and options that stand twice in a family."""
    attributes = {option.attribute_id for each in (*living, *drafts) for option in each.options}
    if len(attributes) > MAX_ATTRIBUTES:
        raise rejected(f"a product has at most {MAX_ATTRIBUTES} attributes")
    seen = {frozenset(member.options) for member in living if member.options}
    for draft in drafts:
        mark = frozenset(draft.options)
        if draft.options and mark in seen:
            raise rejected("two variants have the same options")
        seen.add(mark)


def _check_images(call: Call, body: Mapping[str, Any]) -> None:
    inline = any(entry.get("images") for entry in (body, *body.get("variants", ())))
    if inline and not call.switches.inline_images:
        raise rejected("images cannot be attached on creation")


def _alive(state: State, family: str) -> bool:
    return any(member.alive for member in state.members(family))


def check_references(call: Call, body: Mapping[str, Any]) -> None:
    """Refuse ids of records that do not exist."""
    state = call.state
    if "brand_id" in body and state.brands.live(body["brand_id"]) is None:
        raise rejected(f"unknown brand_id {body['brand_id']!r}")
    if "supplier_id" in body and state.suppliers.live(body["supplier_id"]) is None:
        raise rejected(f"unknown supplier_id {body['supplier_id']!r}")
    for key in body.get("tag_ids", ()):
        if state.tags.live(key) is None:
            raise rejected(f"unknown tag id {key!r}")
    if "product_category_id" in body or "product_type_id" in body:
        raise rejected("unknown product category")
    for key in (each["product_id"] for each in body.get("composite", ())):
        if state.products.live(key) is None:
            raise rejected(f"unknown component {key!r}")
    for entry in (body, *body.get("variants", ())):
        check_suppliers(call.state, entry.get("product_suppliers", ()))


def check_suppliers(state: State, entries: Sequence[Mapping[str, Any]]) -> None:
    """Refuse suppliers that do not exist."""
    for entry in entries:
        if state.suppliers.live(entry["supplier_id"]) is None:
            raise rejected(f"unknown supplier_id {entry['supplier_id']!r}")


def prices_of(state: State, entry: Mapping[str, Any]) -> dict[str, Decimal]:
    """Give both tax forms of the retail price from the one that is sent.

    Both together are refused, and so is the form that is not the store's.
    """
    given = [name for name in PRICES if name in entry]
    if not given:
        return {}
    wanted = PRICES[state.retailer.tax_exclusive]
    if given != [wanted]:
        raise rejected(f"send {wanted} and no other retail price")
    rate = 1 + state.tax_rate()
    sent = five(entry[wanted])
    including = five(sent * rate) if state.retailer.tax_exclusive else sent
    excluding = sent if state.retailer.tax_exclusive else five(sent / rate)
    return {"price_including_tax": including, "price_excluding_tax": excluding}


def _sourcing(state: State, body: Mapping[str, Any], entry: Mapping[str, Any]) -> tuple[Sourcing, ...]:
    listed = entry.get("product_suppliers") or body.get("product_suppliers") or ()
    if listed:
        return tuple(sourcing_of(state, each) for each in listed)
    if not body.get("supplier_id"):
        return ()
    price = entry.get("supply_price", body.get("supply_price"))
    code = entry.get("supplier_code", body.get("supplier_code"))
    single = {"supplier_id": body["supplier_id"], "code": code, "price": price}
    return (sourcing_of(state, single),)


def sourcing_of(state: State, entry: Mapping[str, Any]) -> Sourcing:
    """Read one supplier of a product; an empty code and a price of -1 mean none."""
    price = entry.get("price")
    stated = None if price is None or five(price) < 0 else five(price)
    return Sourcing(
        id=state.new_id(), supplier_id=entry["supplier_id"], code=entry.get("code") or None, price=stated
    )


def _options(call: Call, entry: Mapping[str, Any]) -> tuple[Option, ...]:
    options = tuple(
        Option(attribute_id=each["attribute_id"], value=each["value"])
        for each in entry.get("variant_definitions", ())
    )
    for option in options:
        if call.state.attributes.live(option.attribute_id) is None:
            raise rejected(f"unknown attribute_id {option.attribute_id!r}")
    if len({option.attribute_id for option in options}) != len(options):
        raise rejected("an attribute stands twice in variant_definitions")
    return options


def draft_of(call: Call, body: Mapping[str, Any], entry: Mapping[str, Any]) -> Product:
    """Make a product that stands in no family yet."""
    state = call.state
    prices = prices_of(state, {k: v for k, v in entry.items() if k in PRICES} or body)
    both = {**body, **entry}
    return Product(
        id=state.new_id(),
        version=0,
        family_id="",
        parent_id=None,
        name=body["name"],
        handle=body.get("handle") or _NO_WORD.sub("", body["name"].lower()),
        description=body.get("description"),
        is_active=both.get("is_active", True),
        codes=codes_of(state, entry),
        options=_options(call, entry),
        price_including_tax=prices.get("price_including_tax", Decimal(0)),
        price_excluding_tax=prices.get("price_excluding_tax", Decimal(0)),
        supply_price=five(both.get("supply_price", 0)),
        sourcing=_sourcing(state, body, entry),
        brand_id=body.get("brand_id"),
        tag_ids=tuple(dict.fromkeys(body.get("tag_ids", ()))),
        composite=tuple(
            (each["product_id"], Decimal(each["quantity"])) for each in body.get("composite", ())
        ),
        source=body.get("source", "USER"),
        source_id=body.get("source_id"),
        source_variant_id=body.get("source_variant_id"),
        extra={name: both[name] for name in KEPT if name in both},
        created_at=call.now,
        updated_at=call.now,
    )


def _take_stock(state: State, key: str, entry: Mapping[str, Any]) -> None:
    for each in entry.get("inventory", ()):
        state.stock[key, each["outlet_id"]] = Decimal(each["current_amount"])
