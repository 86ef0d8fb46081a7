"""The one converter of canonical documents: strict hooks, exact texts, tagged unions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Final

from attrs import fields
from cattrs import Converter
from cattrs.gen import make_dict_unstructure_fn, override

from ..mapping.codec import Codec, Unreadable
from ..mapping.converter import strict_converter
from ..mapping.words import TEXT
from ..models.keys import LineKey, OrderKey
from .exact import COLLECTION, DAY, DECIMAL, LINE_KEY, MOMENT, ORDER_KEY, SLOT
from .refs import Slot
from .snapshot import Collection
from .tagged import (
    Reader,
    is_mapping,
    is_tuple,
    is_union,
    mapping_reader,
    mapping_writer,
    tuple_reader,
    tuple_writer,
    union_reader,
    union_writer,
)
from .write import Member

_EXACT: Final[Mapping[Any, Codec[Any]]] = {
    Decimal: DECIMAL,
    datetime: MOMENT,
    date: DAY,
    OrderKey: ORDER_KEY,
    LineKey: LINE_KEY,
}
_KEYS: Final[Mapping[Any, Codec[Any]]] = {
    str: TEXT,
    Slot: SLOT,
    OrderKey: ORDER_KEY,
    LineKey: LINE_KEY,
    Collection: COLLECTION,
}

_LATE: Final[Mapping[type, tuple[str, ...]]] = {Member: (fields(Member).sku_from_store.name,)}
"""Fields that came after a format was given out: written where they say something, so older bytes stay the same."""


@cache
def written_form(*, careful: bool = False) -> Converter:
    """Give the one converter, made at its first use; a *careful* one is slower and notes where faults are."""
    converter = strict_converter().copy(forbid_extra_keys=True, detailed_validation=careful)
    if not careful:
        for kind in (str, int, bool):
            converter.register_structure_hook(kind, _itself(kind))
        converter.register_structure_hook_factory(is_tuple, tuple_reader)
    converter.register_unstructure_hook_factory(is_tuple, tuple_writer)
    for kind, codec in _EXACT.items():
        converter.register_structure_hook(kind, _reader(codec))
        converter.register_unstructure_hook(kind, codec.write)
    converter.register_structure_hook(float, _seconds)
    converter.register_unstructure_hook(float, float)
    converter.register_structure_hook_factory(_is_enum, _enum_reader)
    converter.register_structure_hook_factory(is_union, union_reader)
    converter.register_unstructure_hook_factory(is_union, union_writer)
    converter.register_structure_hook_factory(is_mapping, mapping_reader(_KEYS))
    converter.register_unstructure_hook_factory(is_mapping, mapping_writer(_KEYS))
    for late, names in _LATE.items():
        converter.register_unstructure_hook(late, _brief_writer(late, names, converter))
    return converter


def _brief_writer(kind: type, names: tuple[str, ...], converter: Converter) -> Callable[[Any], Any]:
    brief: Any = {name: override(omit_if_default=True) for name in names}
    write: Callable[[Any], Any] = make_dict_unstructure_fn(kind, converter, _cattrs_use_alias=False, **brief)
    return write


def _itself(expected: type) -> Reader:
    def read(value: Any, _kind: Any) -> Any:
        if type(value) is not expected:
            raise Unreadable(expected.__name__)
        return value

    return read


def _reader(codec: Codec[Any]) -> Reader:
    read: Callable[[Any], Any] = codec.read
    return lambda value, _kind: read(value)


def _seconds(value: Any, _kind: Any) -> float:
    """Read a number that may have a fraction; no amount is ever a float."""
    if type(value) not in {int, Decimal}:
        raise Unreadable("a number")
    return float(value)


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def _enum_reader(kind: type[Enum], _converter: Converter) -> Reader:
    members = {member.value: member for member in kind}
    expected = f"one of {', '.join(map(repr, members))}"

    def read(value: Any, _kind: Any) -> Enum:
        if type(value) is not str or value not in members:
            raise Unreadable(expected)
        return members[value]

    return read
