"""What the emulator knows of a kind of record: how it is found, written, sorted and widened."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Generic, TypeVar

from attrs import field, frozen

from .call import Call
from .refusal import malformed
from .shelf import Record, Shelf
from .state import State

R = TypeVar("R", bound=Record)

Wire = dict[str, Any]
"""A record as it is answered, scalars as text."""


@frozen(kw_only=True)
class Relation(Generic[R]):
    """Something that `load_relations` adds to a record."""

    load: Callable[[Call, R, Sequence[str]], Any]
    """Gives what is added, None or an empty list for nothing; the last is what to load below it."""
    entity: str = ""
    """Name of a member within the collection; empty for a relation to one record."""
    in_all: bool = True
    """Whether `all` means it too."""
    below: tuple[str, ...] = ()
    """Relations below it that `all` loads as well."""

    @property
    def to_many(self) -> bool:
        """Whether it leads to several records."""
        return bool(self.entity)


@frozen(kw_only=True)
class Kind(Generic[R]):
    """A kind of record."""

    entity: str
    """Its name: `Order`."""
    key: str
    """Name of its number: `orderID`."""
    shelf: Callable[[State], Shelf[R]]
    """Where its records are."""
    wire: Callable[[Call, R], Wire]
    """Writes one without relations."""
    relations: Mapping[str, Relation[R]] = field(factory=dict[str, Any])
    """What can be loaded, by name."""
    sortable: tuple[str, ...] = ()
    """Fields it can be sorted by, beside its number."""
    fields: frozenset[str] = frozenset()
    """Fields that filter; those of the record that are not always there are among them."""
    unsure: frozenset[str] = frozenset()
    """Fields of which nobody knows whether they filter."""

    def loaded(self, call: Call, record: R, names: Sequence[str]) -> Wire:
        """Write a record with these relations; empty ones are absent, or empty text by a switch."""
        wire = self.wire(call, record)
        for name in dict.fromkeys(each.partition(".")[0] for each in names):
            relation = self.relations[name]
            below = [each.partition(".")[2] for each in names if each.startswith(f"{name}.")]
            found = relation.load(call, record, below)
            if isinstance(found, list):
                found = {relation.entity: found[0] if len(found) == 1 else found} if found else None
            if found is not None:
                wire[name] = found
            elif call.switches.empty_text and relation.to_many:
                wire[name] = ""
        return wire

    def _all(self) -> Iterator[str]:
        for name, relation in self.relations.items():
            if relation.in_all:
                yield name
                yield from (f"{name}.{each}" for each in relation.below)

    def asked(self, written: str | None) -> list[str]:
        """Read `load_relations`: `all` or a JSON list of names; raises 400 for unknown ones."""
        if not written:
            return []
        if written == "all":
            return list(self._all())
        try:
            names = json.loads(written)
        except ValueError as error:
            raise malformed("load_relations must be all or a JSON list") from error
        listed = [names] if isinstance(names, str) else names
        if not isinstance(listed, list) or not all(isinstance(name, str) for name in listed):
            raise malformed("load_relations must be all or a JSON list")
        for name in listed:
            if name.partition(".")[0] not in self.relations:
                raise malformed(f"{name} is not a relation of {self.entity}")
        return listed
