"""Attribute sets: the options that the items of a matrix are told apart by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import field, fields, frozen

from ...models.checks import filled
from ...models.named_record import NamedRecord, name_key
from ..rule import rule
from ..table import table
from ..words import TEXT
from .collections import rows_of
from .wire_form import BLANK, FLAG, ID

SLOTS: Final = (1, 2, 3)
"""Attributes that a set may have."""


@frozen(kw_only=True)
class AttributeSet:
    """A set with the names of its attributes; a slot without a name takes no value."""

    id: str = field(validator=filled)
    """Id in the store."""
    name: str = ""
    """Its name, as ``Color/Size``."""
    first: str = ""
    """Name of attribute 1."""
    second: str = ""
    """Name of attribute 2."""
    third: str = ""
    """Name of attribute 3."""
    archived: bool = False
    """Archived there."""

    @property
    def slots(self) -> Mapping[str, int]:
        """Slots by folded name of the attribute."""
        names = (self.first, self.second, self.third)
        return {name_key(name): slot for slot, name in zip(SLOTS, names, strict=True) if name.strip()}

    def named(self, slot: int) -> str:
        """Name of the attribute in a slot, empty where it has none."""
        return (self.first, self.second, self.third)[slot - 1]


_AS: Final = fields(AttributeSet)

ATTRIBUTE_SET: Final = table(
    AttributeSet,
    (
        rule(_AS.id, read="itemAttributeSetID", codec=ID),
        rule(_AS.name, "name", TEXT, default="", absent=BLANK),
        rule(_AS.first, "attributeName1", TEXT, default="", absent=BLANK),
        rule(_AS.second, "attributeName2", TEXT, default="", absent=BLANK),
        rule(_AS.third, "attributeName3", TEXT, default="", absent=BLANK),
        rule(_AS.archived, read="archived", codec=FLAG, default=False, absent=BLANK),
    ),
    over=("ItemAttributeSet",),
    ignored=("system",),
    title="Attribute set",
)
"""A list of attribute sets."""


def read_sets(document: Any) -> tuple[AttributeSet, ...]:
    """Read a list of attribute sets, archived ones included; raises BadDocument."""
    return ATTRIBUTE_SET.read_all(rows_of(document, "ItemAttributeSet"), name="attribute sets")


def new_set(set_id: str, names: Sequence[str]) -> AttributeSet:
    """A set of one to three attributes, in the order of these names."""
    first, second, third = (*names, "", "", "")[:3]
    return AttributeSet(id=set_id, name="/".join(names), first=first, second=second, third=third)


def write_set(names: Sequence[str]) -> dict[str, Any]:
    """Write a new set of one to three attributes."""
    made = new_set("-", names)
    document: dict[str, Any] = ATTRIBUTE_SET.write_all((made,))["ItemAttributeSet"][0]
    return document


def option_id(of: AttributeSet, slot: int) -> str:
    """Name an option: its set and its slot there."""
    return f"{of.id}.{slot}"


def set_and_slot(option: str) -> tuple[str, int]:
    """Read what ``option_id`` wrote; raises ValueError for anything else."""
    found, _, slot = option.rpartition(".")
    return found, int(slot)


def options_of(sets: Iterable[AttributeSet]) -> tuple[NamedRecord, ...]:
    """Every name of an attribute once, as options: the last live set that has it lends its id."""
    found: dict[str, NamedRecord] = {}
    for one in sets:
        if not one.archived:
            for name, slot in one.slots.items():
                found[name] = NamedRecord(id=option_id(one, slot), name=" ".join(one.named(slot).split()))
    return tuple(found.values())


def set_of(sets: Iterable[AttributeSet], names: Iterable[str]) -> AttributeSet | None:
    """The first live set that has exactly these attributes, in whatever slots; None where there is none."""
    wanted = {name_key(name) for name in names}
    return next((one for one in sets if not one.archived and set(one.slots) == wanted), None)
