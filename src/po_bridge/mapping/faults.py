"""What is wrong with a table, found when it is built."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin, get_type_hints

from attrs import fields

from .compiler import model_default
from .location import Standpoint, Steps, fields_of, steps_text, tables_of
from .path import Path
from .rule import UNSET, Field, Part, Rows

if TYPE_CHECKING:
    from .table import Table


def faults_of(table: Table[Any]) -> tuple[str, ...]:
    """List every fault of a table in words; empty where it is sound."""
    return (
        *_attribute_faults(table),
        *_rule_faults(table),
        *_codec_faults(table),
        *_wire_faults(table),
    )


def _attribute_faults(table: Table[Any]) -> Iterator[str]:
    own = {attribute.name: attribute for attribute in fields(table.model) if attribute.init}
    named = [rule.attribute for rule in table.rules] + list(table.left_out)
    if table.keeper is not None:
        named.append(table.keeper)
    counted = Counter(attribute.name for attribute in named)
    for attribute in named:
        if own.get(attribute.name) != attribute:
            yield f"{attribute.name} is no attribute of {table.model.__name__}"
    for name in own:
        if counted[name] == 0:
            yield f"{name} has no rule; list it in left_out if that is meant"
        elif counted[name] > 1:
            yield f"{name} is named {counted[name]} times"
    for attribute in table.left_out:
        if model_default(attribute) is None:
            yield f"{attribute.name} is left out but has no default"


def _rule_faults(table: Table[Any]) -> Iterator[str]:
    for rule in table.rules:
        name = rule.attribute.name
        match rule:
            case Field():
                yield from _field_faults(name, rule)
            case Part() if rule.table.over:
                yield f"{name} is a part, but its table walks over lists: use rows"
            case Rows() if not rule.table.over:
                yield f"{name} has rows, but its table walks over no list"
            case _:
                pass


def _field_faults(name: str, rule: Field) -> Iterator[str]:
    if any(isinstance(place, Path) and not place.keys for place in rule.reads):
        yield f"{name} is read from a whole object; use part"
    if rule.all_present and not all(isinstance(place, Path) for place in rule.reads):
        yield f"{name} gathers paths of the document only"
    if rule.default is not UNSET and not rule.required:
        yield f"{name} has a default of its own and required=False: one of them is too much"
    if (not rule.required or not rule.reads) and model_default(rule.attribute) is None:
        yield f"{name} may be missing but the model has no default for it"
    if rule.always_written and rule.writes is None:
        yield f"{name} is never written, so always_written means nothing"
    if rule.only_on_create and rule.writes is None:
        yield f"{name} is never written, so only_on_create means nothing"


def _kinds(hint: Any) -> frozenset[Any]:
    """Flatten a type hint to plain classes; whatever has no plain class becomes ``Any``."""
    if get_origin(hint) in {Union, UnionType}:
        return frozenset(kind for member in get_args(hint) for kind in _kinds(member))
    plain = getattr(hint, "__supertype__", get_origin(hint) or hint)
    return frozenset({plain if isinstance(plain, type) else Any})


def _codec_faults(table: Table[Any]) -> Iterator[str]:
    try:
        hints = get_type_hints(table.model)
    except NameError:  # a name that exists for type checkers only
        return
    for rule in table.rules:
        if not isinstance(rule, Field) or not rule.codec.gives:
            continue
        name, kinds = rule.attribute.name, _kinds(hints.get(rule.attribute.name, Any))
        gives = (tuple,) if rule.all_present else rule.codec.gives
        if Any in kinds:
            continue
        for given in gives:
            if not any(issubclass(given, kind) for kind in kinds):
                yield f"{name} cannot hold what {rule.codec.name} gives ({given.__name__})"
        if rule.writes is not None and NoneType in kinds and NoneType not in gives:
            yield f"{name} may be None, which {rule.codec.name} cannot write: use optional"


def _written(table: Table[Any]) -> Iterator[tuple[Steps, str]]:
    """Yield where the table and the tables inside it write, and which attribute."""
    for owner, rule, here in fields_of(table, Standpoint()):
        name = f"{owner.model.__name__}.{rule.attribute.name}"
        if rule.writes is not None:
            paths = rule.reads if rule.all_present else (rule.writes,)
            yield from ((here.locate(path), name) for path in paths if isinstance(path, Path))
    for owner, here in tables_of(table, Standpoint()):
        yield from (
            (here.locate(one.writes), f"{owner.model.__name__}'s constant") for one in owner.wire_constants
        )


def _wire_faults(table: Table[Any]) -> Iterator[str]:
    written: dict[Steps, str] = {}
    for steps, name in _written(table):
        if steps in written:
            yield f"{steps_text(steps)} is written twice: by {written[steps]} and by {name}"
        written[steps] = name
    for steps, name in written.items():
        for length in range(1, len(steps)):
            if steps[:length] in written:
                outer = steps[:length]
                yield f"{name} is written inside {steps_text(outer)}, which {written[outer]} writes"
    yield from _reaching_faults(table)
    for owner, rule, here in fields_of(table, Standpoint()):
        others = rule.reads[1:] if rule.two_way and not rule.all_present else ()
        for place in others:
            if isinstance(place, Path) and here.locate(place) in written:
                yield (
                    f"{owner.model.__name__}.{rule.attribute.name} falls back on {here.text(place)}, which "
                    f"{written[here.locate(place)]} writes: a default would not be read again; use read="
                )


def _reaching_faults(table: Table[Any]) -> Iterator[str]:
    """Find rules that write what several elements would have to agree on, or that has no place of its own."""
    if not table.over:
        return
    for owner, rule, here in fields_of(table, Standpoint()):
        name = f"{owner.model.__name__}.{rule.attribute.name}"
        if rule.writes is None:
            continue
        if rule.writes.up >= len(here.stems) - 1:
            yield f"{name} is written outside the list it is read from; use read="
        if any(over.entries for over in table.over):
            yield f"{name} is written to an entry of an object, which is only read; use read="
