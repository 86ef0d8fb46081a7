"""The one converter that reads canonical documents: strict hooks, exact texts, tagged unions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any

from cattrs import Converter

from ..mapping.codec import Codec, Unreadable
from ..mapping.converter import strict_converter
from .exact import EXACT, KEYS
from .tagged import (
    Reader,
    is_mapping,
    is_tuple,
    is_union,
    mapping_reader,
    tuple_reader,
    union_reader,
)


@cache
def written_form(*, careful: bool = False) -> Converter:
    """Give the one converter, made at its first use; a *careful* one is slower and notes where faults are."""
    converter = strict_converter().copy(forbid_extra_keys=True, detailed_validation=careful)
    if not careful:
        for kind in (str, int, bool):
            converter.register_structure_hook(kind, _itself(kind))
        converter.register_structure_hook_factory(is_tuple, tuple_reader)
    for kind, codec in EXACT.items():
        converter.register_structure_hook(kind, _reader(codec))
    converter.register_structure_hook(float, _seconds)
    converter.register_structure_hook_factory(_is_enum, _enum_reader)
    converter.register_structure_hook_factory(is_union, union_reader)
    converter.register_structure_hook_factory(is_mapping, mapping_reader(KEYS))
    return converter


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
