"""Places of a table's rules, seen from the document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from attrs import frozen

from .path import Given, Over, Path, Place, dotted
from .rule import UNSET, Field, Part, Rows

if TYPE_CHECKING:
    from .table import Table

Steps: TypeAlias = tuple[str, ...]
_ELEMENT = "[]"
_ENTRY = "{}"


@frozen
class Standpoint:
    """Where a table stands: lists around it, and its own object."""

    stems: tuple[Steps, ...] = ((),)
    """Steps from the document to the element of each level, the document first."""
    prefix: Steps = ()
    """Keys from the innermost element to the table's own object."""

    def locate(self, path: Path) -> Steps:
        """Return the steps from the document; what is out of sight begins with ``^``."""
        out = path.up - len(self.stems) + 1
        if out > 0:
            return ("^" * out, *path.keys)
        return (*self.stems[-1 - path.up], *(path.keys if path.up else (*self.prefix, *path.keys)))

    def over(self, levels: tuple[Over, ...]) -> Standpoint:
        """Go into lists."""
        here = self
        for level in levels:
            stem = (*here.stems[-1], *here.prefix, *level.keys, _ENTRY if level.entries else _ELEMENT)
            here = Standpoint((*here.stems, stem))
        return here

    def into(self, path: Path) -> Standpoint:
        """Go into an object."""
        return Standpoint(self.stems, (*self.prefix, *path.keys))

    def text(self, place: Place) -> str:
        """Write a place as a path from the document, as ``line_items[].product.color``."""
        if not isinstance(place, Path):
            return str(place)
        return steps_text(self.locate(place))


def steps_text(steps: Steps) -> str:
    """Write steps as one text; no step at all is the document, ``.``."""
    text = ""
    for step in steps:
        text += (
            step if step in {_ELEMENT, _ENTRY} or not text or text.endswith("^") else f".{dotted((step,))}"
        )
    return text or "."


def fields_of(table: Table[Any], here: Standpoint) -> Iterator[tuple[Table[Any], Field, Standpoint]]:
    """Yield every field of a table and of the tables inside it, with the standpoint of its table."""
    inside = here.over(table.over)
    for rule in table.rules:
        match rule:
            case Field():
                yield table, rule, inside
            case Part():
                yield from fields_of(rule.table, inside.into(rule.at))
            case Rows():
                yield from fields_of(rule.table, inside)
            case _:
                pass


def tables_of(table: Table[Any], here: Standpoint) -> Iterator[tuple[Table[Any], Standpoint]]:
    """Yield a table and every table inside it, each with its standpoint."""
    inside = here.over(table.over)
    yield table, inside
    for rule in table.rules:
        match rule:
            case Part():
                yield from tables_of(rule.table, inside.into(rule.at))
            case Rows():
                yield from tables_of(rule.table, inside)
            case _:
                pass


def reach(table: Table[Any]) -> int:
    """Tell how many lists outside its own a table looks at: 0 where it can read a document by itself."""
    ups = [path.up for path in table.ignored] + [one.writes.up for one in table.wire_constants]
    for rule in table.rules:
        match rule:
            case Field(reads=reads, writes=writes):
                places = reads if writes is None else (*reads, writes)
                ups += [getattr(place, "up", 0) for place in places]
            case Part() | Rows():
                ups.append(reach(rule.table))
            case _:
                pass
    return max(0, max(ups, default=0) - len(table.over))


def needs(table: Table[Any]) -> frozenset[str]:
    """Name what the caller of ``read`` must pass, since no other place and no default stands in for it."""
    return frozenset(
        place.name
        for _, rule, _ in fields_of(table, Standpoint())
        for place in rule.reads
        if isinstance(place, Given) and len(rule.reads) == 1 and rule.default is UNSET and rule.required
    )


def is_written(table: Table[Any]) -> bool:
    """Tell whether a table, or one inside it, writes anything."""
    return any(rule.writes is not None for _, rule, _ in fields_of(table, Standpoint())) or any(
        inner.wire_constants for inner, _ in tables_of(table, Standpoint())
    )
