"""Suppliers, brands, tags and options a plan needs: found by folded name, else to be made."""

from __future__ import annotations

from attrs import define, evolve, field

from ..models.keys import OrderKey
from ..models.named_record import name_key
from .change import NewRecord
from .notes import Notes
from .question import Stops
from .refs import Kind, Known, Ref, Slot
from .snapshot import Collection, Snapshot

_COLLECTIONS = {
    Kind.SUPPLIER: Collection.SUPPLIERS,
    Kind.BRAND: Collection.BRANDS,
    Kind.TAG: Collection.TAGS,
    Kind.OPTION: Collection.OPTIONS,
}

_SAME_OPTION = {"color": ("color", "colour"), "colour": ("colour", "color")}
"""Names of one option that differ only in spelling."""


def which_key(kind: Kind, name: str) -> str:
    """Key of the question which of several records of one name is meant."""
    return f"which {kind.value} {name_key(name)}"


@define(kw_only=True)
class Records:
    """Finds records or plans them, each name once."""

    snapshot: Snapshot
    """What the POS holds."""
    notes: Notes
    """Where questions go."""
    looked: set[Collection] = field(factory=set)
    """Lists in which something was looked for."""
    _new: dict[Slot, NewRecord] = field(factory=dict)

    def ref(self, kind: Kind, name: str, order: OrderKey) -> Ref:
        """The record of a name, made where there is none; two of one name are a question."""
        found = self._found(kind, name)
        where = f"{kind.value} {name_key(name)}"
        self.notes.rely(where, ",".join(found) or "absent")
        if len(found) == 1:
            return Known(id=found[0])
        if found:
            text = f"the POS has {len(found)} of {kind.value} {name!r}; which one is meant?"
            answer = self.notes.ask(which_key(kind, name), text, Stops.ORDER, order=order, answers=found)
            return Known(id=answer or found[0])
        return self._planned(kind, name, order)

    def known(self, kind: Kind, name: str) -> Known | None:
        """The only record of a name that the POS has; nothing is made or asked."""
        found = self._found(kind, name)
        return Known(id=found[0]) if len(found) == 1 else None

    def _found(self, kind: Kind, name: str) -> tuple[str, ...]:
        self.looked.add(_COLLECTIONS[kind])
        names = _SAME_OPTION.get(name_key(name), (name,)) if kind is Kind.OPTION else (name,)
        for spelling in names:
            records = self.snapshot.named(_COLLECTIONS[kind], spelling)
            if records:
                return tuple(sorted(record.id for record in records))
        return ()

    def _planned(self, kind: Kind, name: str, order: OrderKey) -> Slot:
        slot = Slot(kind=kind, name=name_key(name))
        planned = self._new.get(slot) or NewRecord(slot=slot, name=" ".join(name.split()), orders=())
        if order not in planned.orders:
            planned = evolve(planned, orders=(*planned.orders, order))
        self._new[slot] = planned
        return slot

    def changes(self) -> tuple[NewRecord, ...]:
        """Records to be made: suppliers, brands, tags, options, by name."""
        kinds = list(_COLLECTIONS)
        return tuple(sorted(self._new.values(), key=lambda new: (kinds.index(new.slot.kind), new.slot.name)))
