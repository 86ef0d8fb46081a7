"""Names for things that exist and for things a plan will make."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from attrs import field, frozen

from ..errors import Misuse
from ..models.checks import filled


class Kind(Enum):
    """What a slot holds."""

    __hash__ = object.__hash__  # members are single objects, and slots are hashed all the time

    SUPPLIER = "supplier"
    BRAND = "brand"
    TAG = "tag"
    OPTION = "option"
    FAMILY = "family"
    PRODUCT = "product"
    IMAGE = "image"
    ORDER = "order"


@frozen(kw_only=True, order=False, cache_hash=True)
class Slot:
    """A thing that a step of this plan makes; its remote id is known once the step is done."""

    kind: Kind
    """What it will be."""
    name: str = field(validator=filled)
    """Unique among the plan's slots of this kind."""

    def __str__(self) -> str:
        return f"{self.kind.value}:{self.name}"


@frozen(kw_only=True, cache_hash=True)
class Known:
    """A thing the POS holds already."""

    id: str = field(validator=filled)
    """Its remote id."""

    def __str__(self) -> str:
        return self.id


Ref = Known | Slot
"""Either of the two."""

Ids = Mapping[Slot, str]
"""Remote ids of what earlier steps made."""


def resolve(ref: Ref, ids: Ids) -> str:
    """Turn a reference into a remote id; raises Misuse where the step that makes it is not done."""
    match ref:
        case Known(id=known):
            return known
        case Slot():
            if ref not in ids:
                raise Misuse(f"{ref} was not made yet")
            return ids[ref]
