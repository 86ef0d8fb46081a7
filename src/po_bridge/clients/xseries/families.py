"""Families and variants by the product calls of version 2026-07.

A creation answers ids and nothing else, in no promised order: variants are told apart by their codes.
Until 2026-10 products of one name are one family; the plan has made sure that the name is free.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from ...mapping.xseries import NEW_PRODUCT, write_added, write_family
from ...models.named_record import name_key
from ...models.pos_product import OptionValue, PosProduct, ProductSupplier
from ...models.store import TaxForm
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from ...planning.refs import Ids, Known, Slot, resolve
from ...planning.write import AddMembers, CreateFamily, Member
from ...ports.exchange import Exchange
from .cursor import Rows
from .products import PATH, codes_of_row, holders, products_since
from .store import StoreMemory, tax_form
from .wire import Wire, content_of

ADD_VERSION: Final = "2.1"
"""The one version with a call that adds a variant to a family."""


# --- making -----------------------------------------------------------------------------------


def create_family(wire: Wire, memory: StoreMemory, write: CreateFamily, ids: Ids) -> Exchange[Receipt]:
    """Make a family with its variants, or a standard product, in one call; several are told apart later."""
    form = yield from price_form(wire, memory, write.members)
    made = _ids(wire, (yield from wire.write("POST", PATH, _family_body(write, ids, form))))
    if len(write.members) == 1 and len(made) == 1:
        return Receipt(made={write.slot: made[0], write.members[0].slot: made[0]}, unread=True)
    return Receipt(unread=True)


def price_form(wire: Wire, memory: StoreMemory, members: tuple[Member, ...]) -> Exchange[TaxForm]:
    """The tax form matters only where a retail price is written."""
    if all(member.retail_price is None for member in members):
        return TaxForm.INCLUSIVE
    return (yield from tax_form(wire, memory))


def shared_of(write: CreateFamily, ids: Ids) -> PosProduct:
    """What the variants of a new family share."""
    supplier = resolve(write.supplier, ids)
    return PosProduct(
        id=str(write.slot),
        name=write.name,
        description=write.description,
        active=write.active,
        suppliers=(ProductSupplier(supplier_id=supplier),),
        brand_id=resolve(write.brand, ids) if write.brand else None,
        tag_ids=tuple(resolve(tag, ids) for tag in write.tags),
        source_id=write.source_id,
    )


def _family_body(write: CreateFamily, ids: Ids, form: TaxForm) -> dict[str, Any]:
    shared = shared_of(write, ids)
    variants = tuple(variant_of(write, member, ids) for member in write.members)
    if write.options:
        return write_family(shared, variants, form)
    (only,) = variants
    own = {
        name: getattr(only, name) for name in ("sku", "codes", "suppliers", "supply_price", "retail_price")
    }
    return NEW_PRODUCT[form].write(evolve(shared, **own))


def variant_of(write: CreateFamily | AddMembers, member: Member, ids: Ids) -> PosProduct:
    """A new variant with everything that is its own."""
    name = write.name if isinstance(write, CreateFamily) else write.family_name
    source = ProductSupplier(
        supplier_id=resolve(write.supplier, ids), code=member.supplier_code, price=member.supply_price
    )
    options = tuple(
        OptionValue(name=option.name, option_id=resolve(option.ref, ids), value=value)
        for option, value in zip(write.options, member.values, strict=True)
    )
    return PosProduct(
        id=str(member.slot),
        name=name,
        active=write.active,
        sku="" if member.sku_from_store else member.codes[0].text,
        codes=member.codes,
        suppliers=(source,),
        options=options,
        supply_price=member.supply_price,
        retail_price=member.retail_price,
    )


def _ids(wire: Wire, answer: Any) -> tuple[str, ...]:
    content = content_of(answer)
    ids = content if isinstance(content, list) else [content]
    if not ids or not all(isinstance(made, str) and made for made in ids):
        raise wire.broken(f"POST /{PATH}", "the answer holds no product ids")
    return tuple(ids)


def add_members(wire: Wire, memory: StoreMemory, write: AddMembers, ids: Ids) -> Exchange[Receipt | Rest]:
    """Add one variant to a family; several are steps of their own.

    The call knows the family by its name and answers no id, so the variant is told by its code later.
    """
    member, *others = write.members
    if others:
        return Rest(writes=tuple(_each(write, write.members)))
    form = yield from price_form(wire, memory, write.members)
    body = write_added(variant_of(write, member, ids), form)
    yield from wire.write("POST", PATH, body, version=ADD_VERSION)
    return Receipt(unread=True)


def _each(write: AddMembers, members: Sequence[Member]) -> Iterator[AddMembers]:
    return (evolve(write, members=(member,)) for member in members)


def codes_of_member(member: Member) -> tuple[str, ...]:
    """Codes known before the call."""
    return tuple(code.text for code in member.codes)


# --- asking -----------------------------------------------------------------------------------


def probe_family(wire: Wire, write: CreateFamily | AddMembers, since: str) -> Exchange[Probed]:
    """Look for the variants among the products that changed since the intent, by codes known before it.

    A search by code alone would not tell of deleted ones.
    """
    wanted = {code for member in write.members for code in codes_of_member(member)}

    def enough(rows: Rows) -> bool:
        seen = {code for row in rows if isinstance(row, dict) for code in codes_of_row(row)}
        return wanted <= seen

    return judged(write, (yield from products_since(wire, since, enough)))


def judged(write: CreateFamily | AddMembers, products: tuple[PosProduct, ...]) -> Probed:
    """Tell by products that changed since the intent whether the variants are there."""
    return _judged(
        write, {member.slot: holders(products, codes_of_member(member)) for member in write.members}
    )


def _judged(write: CreateFamily | AddMembers, found: Mapping[Slot, tuple[PosProduct, ...]]) -> Probed:
    name = write.name if isinstance(write, CreateFamily) else write.family_name
    strange = [product for same in found.values() for product in same if _strange(product, same, name)]
    if strange:
        return Unclear(question=_whose(write.members[0].slot, name, strange))
    made = {slot: same[0].id for slot, same in found.items() if same}
    if not made:
        return Absent()
    families = {same[0].family_id or same[0].id for same in found.values() if same}
    if len(families) > 1:
        members = [same[0] for same in found.values() if same]
        return Unclear(question=_whose(write.members[0].slot, name, members))
    (family,) = families
    if isinstance(write, CreateFamily):
        made[write.slot] = family
    receipt = Receipt(made=made, found=True)
    missing = [member for member in write.members if member.slot not in made]
    if not missing:
        return Done(receipt=evolve(receipt, unread=True))
    return Partly(rest=Rest(writes=tuple(_each(_adding(write, family), missing)), receipt=receipt))


def _strange(product: PosProduct, same: tuple[PosProduct, ...], name: str) -> bool:
    """A product with our code that we cannot have left so: deleted, of another name, or one of several."""
    return product.deleted or len(same) > 1 or name_key(product.name) != name_key(name)


def _adding(write: CreateFamily | AddMembers, family: str) -> AddMembers:
    if isinstance(write, AddMembers):
        return write
    return AddMembers(
        family=Known(id=family),
        family_name=write.name,
        supplier=write.supplier,
        brand=write.brand,
        options=write.options,
        members=write.members,
        active=write.active,
    )


def _whose(slot: Slot, name: str, products: list[PosProduct]) -> Question:
    listed = ", ".join(
        f"{product.variant_name or product.name!r} ({product.id}{', deleted' if product.deleted else ''})"
        for product in products
    )
    text = f"while {name!r} was being made, products with its codes appeared: {listed}; look at them there"
    return Question(key=f"whose {slot}", text=text, stops=Stops.ORDER)
