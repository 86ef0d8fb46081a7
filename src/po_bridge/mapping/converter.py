"""One strict cattrs converter per platform, with tables as hooks.

By itself cattrs turns None into ``"None"``, 7.9 into 7 and ``"false"`` into True; nothing of that here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeVar, get_args, get_origin

from cattrs import Converter
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    IterableValidationNote,
)

from ..errors import BadDocument, Issue
from .codec import UNREADABLE, Codec, Unreadable
from .moments import DAY, MOMENT
from .numbers import DECIMAL
from .seen import MISSING, key_text, seen
from .table import Table
from .words import BOOL, TEXT

T = TypeVar("T")


# AttributeError is how cattrs meets something that is no mapping
_READING: Final = (BaseValidationError, BadDocument, AttributeError, *UNREADABLE)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise Unreadable
    return value


def _no_float(_value: Any) -> float:
    raise Unreadable


WHOLE: Final = Codec[int](
    name="whole number", expected="a whole number", read=_whole, write=_whole, exact=int, gives=(int,)
)
"""A JSON integer; ``7.9``, ``"7"`` and ``true`` are refused."""

_NO_FLOAT: Final = Codec[float](
    name="no float", expected="no float at all: declare Decimal", read=_no_float, write=_no_float
)

_SCALARS: Final[tuple[tuple[type, Codec[Any]], ...]] = (
    (str, TEXT),
    (int, WHOLE),
    (bool, BOOL),
    (float, _NO_FLOAT),
    (Decimal, DECIMAL),
    (datetime, MOMENT),
    (date, DAY),
)


def strict_converter(*tables: Table[Any], context: Mapping[str, Any] | None = None) -> Converter:
    """Make a converter that takes scalars as they are and reads and writes by the *tables* given.

    Each call makes a new one: a platform has its own, and none is global.
    *context* is what the tables need besides the document.
    """
    converter = Converter(detailed_validation=True)
    for kind, codec in _SCALARS:
        converter.register_structure_hook(kind, _hook(codec))
        converter.register_unstructure_hook(kind, codec.write)
    converter.register_structure_hook_factory(_is_homogenous_tuple, _tuple_hook)
    for table in tables:
        install(converter, table, context=context)
    return converter


def install(converter: Converter, table: Table[Any], *, context: Mapping[str, Any] | None = None) -> None:
    """Make *converter* read and write the table's model by the table."""
    given = context or {}
    converter.register_structure_hook_func(
        lambda kind: kind is table.model, lambda value, _kind: table.read(value, context=given)
    )
    converter.register_unstructure_hook_func(lambda kind: kind is table.model, table.write)


def structured(converter: Converter, document: Any, kind: type[T], *, name: str = "document") -> T:
    """Read a document by a converter; raises BadDocument with everything that is wrong, called *name*.

    For small answers that need no table: classes, tuples and mappings of them are read by their annotations.
    """
    try:
        return converter.structure(document, kind)
    except _READING as error:
        raise BadDocument(name, tuple(_issues(error, "$", document))) from error


def _hook(codec: Codec[Any]) -> Callable[[Any, Any], Any]:
    def hook(value: Any, _kind: Any) -> Any:
        try:
            return codec.read(value)
        except UNREADABLE as error:
            raise Unreadable(codec.expected) from error

    return hook


def _is_homogenous_tuple(kind: Any) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def _tuple_hook(kind: Any, converter: Converter) -> Callable[[Any, Any], tuple[Any, ...]]:
    """Read lists only: cattrs would read text as a tuple of its characters."""
    element = get_args(kind)[0]

    def hook(value: Any, _kind: Any) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise Unreadable("a list")
        found: list[Any] = []
        issues: list[Issue] = []
        for index, inner in enumerate(value):
            try:
                found.append(converter.structure(inner, element))
            except _READING as error:
                issues += _issues(error, f"[{index}]", inner)
        if issues:
            raise Unreadable(inside=tuple(issues))
        return tuple(found)

    return hook


def _issues(error: BaseException, path: str, value: Any) -> Iterator[Issue]:
    """Turn the tree of errors that cattrs raised about a value into issues with paths."""
    if isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from _issues(inner, *_inside(inner, path, value))
    elif isinstance(error, BadDocument) or (isinstance(error, Unreadable) and error.inside):
        for issue in error.issues if isinstance(error, BadDocument) else error.inside:
            yield Issue(path=path + issue.path.removeprefix("$"), seen=issue.seen, expected=issue.expected)
    else:
        expected = error.expected if isinstance(error, Unreadable) else f"something readable ({error})"
        yield Issue(path=path, seen=seen(value), expected="a value" if value is MISSING else expected)


def _inside(error: BaseException, path: str, value: Any) -> tuple[str, Any]:
    """Follow the note that says where inside a value an error was met."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            held = value.get(note.name, MISSING) if isinstance(value, dict) else value
            return path + (key_text(note.name) if isinstance(value, dict) else ""), held
        if isinstance(note, IterableValidationNote):
            if isinstance(note.index, int):
                return f"{path}[{note.index}]", value[note.index]
            return path + key_text(note.index), value[note.index]
    return path, value
