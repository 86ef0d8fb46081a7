"""Variant options: attributes of attribute sets, which are made together and known by set and slot."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen

from ...mapping.rseries import (
    AttributeSet,
    new_set,
    option_id,
    options_of,
    set_and_slot,
    set_of,
    write_set,
)
from ...models.named_record import name_key
from ...models.pos_product import OptionValue
from ...planning.receipt import Absent, Done, Probed, Receipt
from ...planning.refs import Ids, Slot, resolve
from ...planning.snapshot import Page
from ...planning.write import CreateOptions, FamilyOption
from ...ports.exchange import Exchange
from .store import StoreMemory, read_attribute_sets
from .wire import Wire, id_in


def option_page(wire: Wire, memory: StoreMemory) -> Exchange[Page]:
    """Every attribute that a live set has; told whole."""
    records = options_of((yield from read_attribute_sets(wire, memory)))
    return Page(records=records, position="0", more=False)


def create_options(wire: Wire, memory: StoreMemory, write: CreateOptions) -> Exchange[Receipt]:
    """Make one set with all of these attributes, in this order."""
    made = yield from make_set(wire, memory, [one.name for one in write.options])
    return Receipt(made={one.slot: f"{made}.{slot}" for slot, one in enumerate(write.options, start=1)})


def make_set(wire: Wire, memory: StoreMemory, names: Sequence[str]) -> Exchange[str]:
    """Make a set of these attributes and remember it."""
    answer = yield from wire.create("ItemAttributeSet", write_set(names))
    made = id_in(answer, "ItemAttributeSet", "itemAttributeSetID", wire)
    if memory.sets is not None:
        memory.sets = (*memory.sets, new_set(made, names))
    return made


def probe_options(wire: Wire, memory: StoreMemory, write: CreateOptions) -> Exchange[Probed]:
    """Look for a set with these attributes in this order; such a set was not there when the plan was made."""
    wanted = [name_key(one.name) for one in write.options]
    for one in (yield from read_attribute_sets(wire, memory)):
        if not one.archived and list(one.slots) == wanted:
            slots = zip(write.options, one.slots.values(), strict=True)
            made: dict[Slot, str] = {option.slot: option_id(one, slot) for option, slot in slots}
            return Done(receipt=Receipt(made=made, found=True))
    return Absent()


@frozen(kw_only=True)
class Chosen:
    """The set of a matrix, and what the family's options are called there."""

    of: AttributeSet
    """The set."""
    names: tuple[str, ...]
    """Names of the options in the family's order."""

    def values(self, values: Sequence[str]) -> tuple[OptionValue, ...]:
        """Option values of one variant."""
        return tuple(
            OptionValue(name=name, value=value) for name, value in zip(self.names, values, strict=True)
        )


def names_of(options: Sequence[FamilyOption], ids: Ids, sets: Sequence[AttributeSet]) -> tuple[str, ...]:
    """What the store calls the options of a family."""
    by_id = {one.id: one for one in sets}
    found: list[str] = []
    for option in options:
        set_id, slot = set_and_slot(resolve(option.ref, ids))
        named = by_id[set_id].named(slot) if set_id in by_id else ""
        found.append(named or option.name)
    return tuple(found)


def chosen_set(options: Sequence[FamilyOption], ids: Ids, sets: Sequence[AttributeSet]) -> Chosen | None:
    """The set for a new matrix: one that has exactly these attributes; None where there is none.

    The set that all options come from goes first, so that a set made for them is taken.
    """
    names = names_of(options, ids, sets)
    own = {set_and_slot(resolve(option.ref, ids))[0] for option in options}
    first = [one for one in sets if {one.id} == own]
    found = set_of((*first, *sets), names)
    return Chosen(of=found, names=names) if found else None
