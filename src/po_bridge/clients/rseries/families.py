"""Matrices and their items: the matrix is made as a shell, then each variant by a call of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from attrs import evolve

from ...mapping.rseries import rows_of, set_and_slot, write_item, write_matrix, write_variant
from ...models.named_record import name_key
from ...models.pos_product import PosProduct, ProductSupplier
from ...planning.question import Question, Stops
from ...planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from ...planning.refs import Ids, Known, Slot, resolve
from ...planning.write import AddMembers, CreateFamily, Member
from ...ports.exchange import Exchange
from .items import holders
from .named_records import floor_of
from .options import Chosen, chosen_set, make_set, names_of
from .pages import List, sweep
from .store import StoreMemory, attribute_sets
from .wire import Wire, id_in

MATRICES: Final = List(entity="ItemMatrix")
"""Matrices by change."""


# --- making -----------------------------------------------------------------------------------


def create_family(wire: Wire, memory: StoreMemory, write: CreateFamily, ids: Ids) -> Exchange[Receipt | Rest]:
    """Make a matrix without items, or a standard product.

    Where the store has no attribute set for the options, that is made first and the matrix is what is left.
    """
    if not write.options:
        return (yield from _create_standard(wire, memory, write, ids))
    sets = yield from attribute_sets(wire, memory, _sets_of(write, ids))
    chosen = chosen_set(write.options, ids, sets)
    if chosen is None:
        yield from make_set(wire, memory, names_of(write.options, ids, sets))
        return Rest(writes=(write,))
    tags = [resolve(tag, ids) for tag in write.tags]
    body = write_matrix(_shared(write, ids), chosen.of, tags, memory.settings.tax_class)
    answer = yield from wire.create("ItemMatrix", body)
    return Receipt(made={write.slot: id_in(answer, "ItemMatrix", "itemMatrixID", wire)})


def _create_standard(wire: Wire, memory: StoreMemory, write: CreateFamily, ids: Ids) -> Exchange[Receipt]:
    (member,) = write.members
    settings = memory.settings
    product = evolve(_product(write, member, ids, memory), variant_name=write.name)
    tags = [resolve(tag, ids) for tag in write.tags]
    body = write_item(product, settings.price_levels, settings.tax_class, tags)
    made = id_in((yield from wire.create("Item", body)), "Item", "itemID", wire)
    return Receipt(made={write.slot: made, member.slot: made}, unread=True)


def _sets_of(write: CreateFamily | AddMembers, ids: Ids) -> set[str]:
    return {set_and_slot(resolve(option.ref, ids))[0] for option in write.options}


def _shared(write: CreateFamily | AddMembers, ids: Ids) -> PosProduct:
    return PosProduct(
        id="new",
        name=write.name if isinstance(write, CreateFamily) else write.family_name,
        suppliers=(ProductSupplier(supplier_id=resolve(write.supplier, ids)),),
        brand_id=resolve(write.brand, ids) if write.brand else None,
    )


def _product(write: CreateFamily | AddMembers, member: Member, ids: Ids, memory: StoreMemory) -> PosProduct:
    """One product with everything that is its own; nothing is handed down by the matrix."""
    source = ProductSupplier(
        supplier_id=resolve(write.supplier, ids),
        code=member.supplier_code,
        price=member.supply_price if memory.settings.vendor_costs else None,
    )
    return evolve(
        _shared(write, ids),
        codes=member.codes,
        suppliers=(source,),
        supply_price=member.supply_price,
        retail_price=member.retail_price,
    )


def add_members(wire: Wire, memory: StoreMemory, write: AddMembers, ids: Ids) -> Exchange[Receipt | Rest]:
    """Add one item to a matrix; what is left are steps of their own."""
    member, *others = write.members
    family = resolve(write.family, ids)
    chosen = yield from _set_of_matrix(wire, memory, write, family, ids)
    variant = evolve(
        _product(write, member, ids, memory), family_id=family, options=chosen.values(member.values)
    )
    settings = memory.settings
    body = write_variant(variant, chosen.of, settings.price_levels, settings.tax_class)
    made = id_in((yield from wire.create("Item", body)), "Item", "itemID", wire)
    receipt = Receipt(made={member.slot: made}, unread=True)
    if not others:
        return receipt
    return Rest(writes=tuple(evolve(write, members=(each,)) for each in others), receipt=receipt)


def _set_of_matrix(
    wire: Wire, memory: StoreMemory, write: AddMembers, family: str, ids: Ids
) -> Exchange[Chosen]:
    """The set of the matrix: for one of ours the set that was chosen for it, else what the matrix says."""
    sets = yield from attribute_sets(wire, memory, _sets_of(write, ids))
    if not isinstance(write.family, Known):
        chosen = chosen_set(write.options, ids, sets)
        if chosen is not None:
            return chosen
    document = yield from wire.one("ItemMatrix", family)
    rows = rows_of(document, "ItemMatrix")["ItemMatrix"]
    named = str(rows[0].get("itemAttributeSetID", "")) if rows and isinstance(rows[0], dict) else ""
    sets = yield from attribute_sets(wire, memory, {named})
    names = names_of(write.options, ids, sets)
    for one in sets:
        if one.id == named and {name_key(name) for name in names} <= one.slots.keys():
            return Chosen(of=one, names=names)
    words = f"the matrix has no attributes {', '.join(names)}"
    mend = "add the variants in the store, or make a family of its own"
    raise wire.refused("POST /Item", words, mend)


# --- asking -----------------------------------------------------------------------------------


def probe_family(wire: Wire, memory: StoreMemory, write: CreateFamily, since: str) -> Exchange[Probed]:
    """Look for the matrix by its name among those that changed since the intent; an item by its codes."""
    if not write.options:
        return (yield from _probe_standard(wire, memory, write))
    document = yield from sweep(wire, MATRICES, floor_of(since))
    rows = [row for row in document["ItemMatrix"] if _is_named(row, write.name)]
    if not rows:
        return Absent()
    alive = [row for row in rows if row.get("archived") != "true"]
    if len(alive) != 1 or len(rows) > 1:
        listed = [f"{row.get('description')!r} ({row.get('itemMatrixID')})" for row in rows]
        return Unclear(question=_whose(write.slot, write.name, listed))
    return Done(receipt=Receipt(made={write.slot: str(alive[0]["itemMatrixID"])}, found=True))


def _is_named(row: Any, name: str) -> bool:
    described = row.get("description") if isinstance(row, dict) else None
    return isinstance(described, str) and name_key(described) == name_key(name)


def _probe_standard(wire: Wire, memory: StoreMemory, write: CreateFamily) -> Exchange[Probed]:
    (member,) = write.members
    found = yield from holders(wire, memory, member.codes)
    if not found:
        return Absent()
    only = found[0]
    if len(found) > 1 or only.deleted or only.family_id or name_key(only.name) != name_key(write.name):
        return Unclear(question=_whose(member.slot, write.name, [_told(one) for one in found]))
    return Done(receipt=Receipt(made={write.slot: only.id, member.slot: only.id}, found=True))


def probe_members(wire: Wire, memory: StoreMemory, write: AddMembers, ids: Ids) -> Exchange[Probed]:
    """Look for each variant by codes known before it was made; one elsewhere than in the matrix is a question."""
    family = resolve(write.family, ids)
    made: dict[Slot, str] = {}
    for member in write.members:
        found = yield from holders(wire, memory, member.codes)
        if len(found) > 1 or any(one.deleted or one.family_id != family for one in found):
            return Unclear(question=_whose(member.slot, write.family_name, [_told(one) for one in found]))
        if found:
            made[member.slot] = found[0].id
    receipt = Receipt(made=made, found=True)
    missing = [member for member in write.members if member.slot not in made]
    if not missing:
        return Done(receipt=receipt)
    if not made:
        return Absent()
    rest = tuple(evolve(write, members=(each,)) for each in missing)
    return Partly(rest=Rest(writes=rest, receipt=receipt))


def _told(product: PosProduct) -> str:
    return f"{product.variant_name!r} ({product.id}{', archived' if product.deleted else ''})"


def _whose(slot: Slot, name: str, listed: Sequence[str]) -> Question:
    text = f"while {name!r} was being made, this appeared: {', '.join(listed)}; look at it in the store"
    return Question(key=f"whose {slot}", text=text, stops=Stops.ORDER)
