"""Which records a list keeps: archived ones, filters, alternatives."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Generic, TypeVar

from attrs import define, field

from .call import Call
from .kind import Kind, Wire
from .query import CONTROLS, Filter, read_filter, read_or, within
from .refusal import malformed
from .shelf import Record
from .switches import UnsureFilter
from .text import stamp

R = TypeVar("R", bound=Record)


@define(kw_only=True)
class Seen(Generic[R]):
    """A record as conditions and sorting see it; it is written only when they ask for more than its time."""

    call: Call
    """The call that looks."""
    kind: Kind[R]
    """What it is."""
    record: R
    """The record."""
    names: Sequence[str] = ()
    """Relations that conditions look into."""
    _wire: Wire | None = field(default=None, init=False)

    @property
    def wire(self) -> Wire:
        """The record as it is answered, with those relations."""
        if self._wire is None:
            self._wire = self.kind.loaded(self.call, self.record, self.names)
        return self._wire

    def value(self, name: str) -> object:
        """Give a field's value as text, or the values of a relation's field."""
        changed = getattr(self.record, "time_stamp", None) if name == "timeStamp" else None
        if isinstance(changed, datetime):
            return stamp(changed)
        return str(self.record.id) if name == self.kind.key else within(self.wire, name)


def sifted(kind: Kind[R], call: Call, records: Sequence[R], names: Sequence[str]) -> list[Seen[R]]:
    """Give the records that pass every condition of the query; raises 400 for one that cannot be used."""
    filters = [read_filter(name, value) for name, value in call.request.query if name not in CONTROLS]
    choices = [read_or(value) for name, value in call.request.query if name == "or"]
    asked = [condition for condition in filters if _admitted(kind, call, condition, names)]
    # Relations are loaded for a whole list only where a condition looks into them.
    every = (*asked, *(each for choice in choices for each in choice))
    deep = names if any("." in each.field for each in every) else ()
    found: list[Seen[R]] = []
    for record in _shown(call, records):
        seen = Seen(call=call, kind=kind, record=record, names=deep)
        if all(_keeps(each, seen) for each in asked) and all(
            any(_keeps(each, seen) for each in choice) for choice in choices
        ):
            found.append(seen)
    return found


def _shown(call: Call, records: Sequence[R]) -> list[R]:
    wanted = call.request.first("archived") or "false"
    if wanted not in ("false", "true", "only"):
        raise malformed("archived must be false, true or only")
    if wanted == "true":
        return list(records)
    return [each for each in records if bool(getattr(each, "archived", False)) is (wanted == "only")]


def _keeps(condition: Filter, seen: Seen[R]) -> bool:
    if condition.field == "itemCode":
        return _coded(condition, seen)
    return condition.keeps(seen.value(condition.field), seen.call.switches.names_folded)


def _coded(condition: Filter, seen: Seen[R]) -> bool:
    if condition.operator not in ("=", "IN"):
        raise malformed("itemCode takes =, or and IN only")
    held = {str(seen.record.id), seen.wire["upc"], seen.wire["ean"]} - {""}
    if seen.call.switches.code_zeros_ignored:
        return bool({each.lstrip("0") for each in held} & {each.lstrip("0") for each in condition.values})
    return bool(held & set(condition.values))


def _admitted(kind: Kind[R], call: Call, condition: Filter, names: Sequence[str]) -> bool:
    name = condition.field
    relation, dot, _ = name.partition(".")
    if dot:
        if relation not in [each.partition(".")[0] for each in names]:
            raise malformed(f"{name}: the relation {relation} must be loaded")
        return True
    if name == "itemCode" and kind.entity == "Item":
        return True
    if name in kind.unsure:
        return _unsure(name, call.switches.order_filter)
    return name in kind.fields or _unsure(name, call.switches.unknown_filter)


def _unsure(name: str, way: UnsureFilter) -> bool:
    if way is UnsureFilter.REFUSED:
        raise malformed(f"{name} is not a field to search by")
    return way is UnsureFilter.FILTERS
