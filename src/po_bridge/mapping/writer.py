"""Writes models by their table: the derived inverse of reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, TypeAlias, assert_never

from attrs import define

from ..errors import Misuse
from .codec import UNREADABLE
from .path import Over, Path
from .rule import Constant, Field, Part, Rows

if TYPE_CHECKING:
    from .table import Table

Objects: TypeAlias = tuple[dict[str, Any], ...]
"""One object for each list a table walks over, outermost first."""


def written(table: Table[Any], values: Sequence[Any], *, create: bool) -> dict[str, Any]:
    """Write values into a new document; a table that walks over no list writes exactly one."""
    document: dict[str, Any] = {}
    writer = Writer(create)
    if table.over:
        writer.rows(table, values, (document,), ())
    else:
        writer.value(table, values[0], (document,), ())
    return document


@define
class Writer:
    """Puts values where the rules of their tables say."""

    create: bool
    """Whether keys that are set only on creation are written."""

    def value(self, table: Table[Any], value: Any, objects: Objects, prefix: tuple[str, ...]) -> None:
        """Write one value into the objects around it; *prefix* leads to its own in the last of them."""
        for rule in table.rules:
            held = getattr(value, rule.attribute.name)
            match rule:
                case Field():
                    self._field(rule, held, objects, prefix)
                case Part() | Rows() if not rule.table.is_written or held == rule.default:
                    pass
                case Part() | Rows() if held is None:
                    raise Misuse(
                        f"{rule.attribute.name} is None, which has no wire form: give the rule a default"
                    )
                case Part():
                    self._part(rule, held, objects, prefix)
                case Rows():
                    self.rows(rule.table, held, objects, prefix)
                case Constant():
                    pass
                case _:
                    assert_never(rule)
        for constant in table.wire_constants:
            if self.create or not constant.only_on_create:
                _put(objects, prefix, constant.writes, constant.value)

    def rows(
        self, table: Table[Any], values: Sequence[Any], objects: Objects, prefix: tuple[str, ...]
    ) -> None:
        """Write values into the lists their table walks over."""
        made: list[Objects] = []
        for value in values:
            own: Objects = tuple({} for _ in table.over)
            self.value(table, value, (*objects, *own), ())
            made.append(own)
        _nest(made, table.over, objects[-1], prefix)

    def _part(self, rule: Part, held: Any, objects: Objects, prefix: tuple[str, ...]) -> None:
        keys = (*prefix, *rule.at.keys)
        # an object of defaults only is still an object: it is not the same as none
        _object(objects[-1], keys)
        self.value(rule.table, held, objects, keys)

    def _field(self, rule: Field, held: Any, objects: Objects, prefix: tuple[str, ...]) -> None:
        if rule.writes is None or (rule.only_on_create and not self.create):
            return
        if held == rule.default and not rule.always_written:
            return
        try:
            if rule.all_present:
                paths = [path for path in rule.reads if isinstance(path, Path)]
                for path, one in zip(paths[: len(held)], held, strict=True):
                    _put(objects, prefix, path, rule.codec.write(one))
            else:
                _put(objects, prefix, rule.writes, rule.codec.write(held))
        except UNREADABLE as error:
            raise Misuse(
                f"{rule.attribute.name} cannot be written as {rule.codec.name}: {held!r} ({error})"
            ) from error


def _object(outer: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """Find or make the object at *keys*."""
    for key in keys:
        outer = outer.setdefault(key, {})
    return outer


def _put(objects: Objects, prefix: tuple[str, ...], path: Path, value: Any) -> None:
    keys = path.keys if path.up else (*prefix, *path.keys)
    _object(objects[-1 - path.up], keys[:-1])[keys[-1]] = value


def _nest(
    made: list[Objects], over: tuple[Over, ...], outer: dict[str, Any], prefix: tuple[str, ...]
) -> None:
    """Put elements into their lists; neighbours that agree on an outer element share it."""
    keys = (*prefix, *(over[0].keys or ("",)))
    elements: list[dict[str, Any]] = []
    if len(over) == 1:
        elements = [own for (own,) in made]
    else:
        for head, group in groupby(made, key=lambda objects: objects[0]):
            element = dict(head)
            _nest([objects[1:] for objects in group], over[1:], element, ())
            elements.append(element)
    _object(outer, keys[:-1])[keys[-1]] = elements
