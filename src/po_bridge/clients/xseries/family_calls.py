"""Families, variants and product fields by the calls of 2026-10.

A creation answers ids in no promised order: products are read back later and told apart by their codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import evolve

from ...errors import Broken
from ...mapping.xseries import (
    ProductEdit,
    write_family_patch,
    write_new_family,
    write_new_member,
    write_product_patch,
)
from ...models.pos_product import CodeKind, PosProduct, ProductCode
from ...models.store import TaxForm
from ...planning.receipt import Receipt, Rest
from ...planning.refs import Ids, Slot, resolve
from ...planning.write import AddMembers, CreateFamily, Member, ProductFields, UpdateProduct
from ...ports.exchange import Exchange
from .._standing import Find, is_plain
from .families import price_form, shared_of, variant_of
from .family_reads import FAMILIES, siblings_of
from .product_edit import edit_of
from .products import PATH
from .store import StoreMemory, tax_form
from .wire import Wire, content_of, path_of

GENERATED: Final = 200
"""Codes that one request generates."""


def create_family(wire: Wire, memory: StoreMemory, write: CreateFamily, ids: Ids) -> Exchange[Receipt]:
    """Make a family with its products in one call."""
    form = yield from price_form(wire, memory, write.members)
    products = yield from _coded(wire, write, ids)
    options = [resolve(option.ref, ids) for option in write.options]
    answer = yield from wire.write(
        "POST", FAMILIES, write_new_family(shared_of(write, ids), products, options, form)
    )
    content = content_of(answer)
    family = content.get("product_family_id") if isinstance(content, dict) else None
    if not isinstance(family, str) or not family:
        raise wire.broken(f"POST /{FAMILIES}", "the answer names no family")
    made = _made(write.members, content.get("product_ids"))
    return Receipt(made={write.slot: family, **made}, unread=True)


def add_members(
    wire: Wire, memory: StoreMemory, write: AddMembers, ids: Ids, *, wrapped: bool
) -> Exchange[Receipt]:
    """Add every product in one call; the family is known by its id."""
    form = yield from price_form(wire, memory, write.members)
    family = resolve(write.family, ids)
    products = yield from _coded(wire, write, ids)
    listed = [write_new_member(product, form) for product in products]
    path = path_of(FAMILIES, family, "products")
    answer = yield from wire.write("POST", path, {"products": listed} if wrapped else listed)
    content = content_of(answer)
    told = content.get("product_ids") if isinstance(content, dict) else content
    return Receipt(made=_made(write.members, told), unread=True)


def _coded(wire: Wire, write: CreateFamily | AddMembers, ids: Ids) -> Exchange[tuple[PosProduct, ...]]:
    """The products, with the store's next numbers before their codes where the plan says so.

    Numbers are asked for first; a lost answer only wastes them.
    """
    products = tuple(variant_of(write, member, ids) for member in write.members)
    wanting = [member.sku_from_store for member in write.members].count(True)
    if not wanting:
        return products
    numbers = iter((yield from _generated(wire, wanting)))
    return tuple(
        evolve(product, codes=(ProductCode(kind=CodeKind.CUSTOM, text=next(numbers)), *product.codes))
        if member.sku_from_store
        else product
        for product, member in zip(products, write.members, strict=True)
    )


def _generated(wire: Wire, wanted: int) -> Exchange[list[str]]:
    answer = yield from wire.generate(f"{PATH}/generate_product_codes", {"codes": [{"count": wanted}]})
    groups = content_of(answer)
    listed = groups[0].get("codes") if isinstance(groups, list) and groups else None
    codes = [code for code in listed or () if isinstance(code, str) and code]
    if len(set(codes)) != wanted:
        words = f"{len(codes)} codes were generated, {wanted} were asked for"
        raise Broken(wire.label, 200, words, what=f"POST /{PATH}/generate_product_codes")
    return codes


def _made(members: Sequence[Member], told: Any) -> dict[Slot, str]:
    """The id by slot where there is one alone; several are told apart by their codes later."""
    ids = [one for one in told if isinstance(one, str) and one] if isinstance(told, list) else []
    return {members[0].slot: ids[0]} if len(members) == len(ids) == 1 else {}


# --- fields -----------------------------------------------------------------------------------

_SHARED: Final = ("name", "description")


def update_product(
    wire: Wire, memory: StoreMemory, write: UpdateProduct, ids: Ids, find: Find
) -> Exchange[Receipt | Rest]:
    """Set fields; a product's own and those of its family are two calls, so they are steps of their own."""
    own, shared = parts_of(write)
    if own is not None and shared is not None:
        return Rest(writes=(own, shared))
    product_id = resolve(write.product, ids)
    edit: ProductEdit | None = ProductEdit(active=write.after.active)
    if not is_plain(write.after):
        edit = yield from edit_of(wire, find, write, product_id)
    if edit is None:
        return Receipt(found=True)
    if shared is not None:
        family, _ = yield from siblings_of(wire, product_id)
        yield from wire.write("PATCH", path_of(FAMILIES, family), write_family_patch(edit))
        return Receipt(unread=True)
    form = TaxForm.INCLUSIVE if edit.retail_price is None else (yield from tax_form(wire, memory))
    yield from wire.write("PATCH", path_of(PATH, product_id), write_product_patch(edit, form))
    return Receipt(unread=not is_plain(write.after))


def parts_of(write: UpdateProduct) -> tuple[UpdateProduct | None, UpdateProduct | None]:
    """What is the product's own, and what it shares with its family; each None where nothing of it is set."""
    bare = dict.fromkeys(_SHARED)
    own = evolve(write, before=evolve(write.before, **bare), after=evolve(write.after, **bare))
    before, after = _only_shared(write.before), _only_shared(write.after)
    shared = evolve(write, before=before, after=after)
    is_empty = all(value is None for value in (after.name, after.description))
    return (
        None if own.after == ProductFields(supplier_id=own.after.supplier_id) else own,
        None if is_empty else shared,
    )


def _only_shared(fields: ProductFields) -> ProductFields:
    return ProductFields(name=fields.name, description=fields.description)
