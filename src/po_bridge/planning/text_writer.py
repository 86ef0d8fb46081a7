"""Writers of canonical text, one for each kind of value, made from the type that it is to be read as.

They write what JSON is of the documents that ``written`` reads, without making the documents first.
Keys are sorted, there are no spaces; equal values give equal text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring as quoted
from typing import Any, Final, get_args, get_origin, get_type_hints

from attrs import Attribute, Factory, fields, has

from ..errors import Misuse
from ..mapping.codec import Unreadable
from .change import NewOrder
from .exact import EXACT, KEYS, decimal_text
from .plan import Goal
from .receipt import Receipt
from .tagged import TAG, check_tagged, is_mapping, is_union, members_of
from .write import CreateOrder, Member, SetStatus

TextWriter = Callable[[Any], str]

LATE: Final[Mapping[Any, tuple[str, ...]]] = {
    Member: (fields(Member).sku_from_store.name,),
    SetStatus: (fields(SetStatus).on.name,),
    CreateOrder: (fields(CreateOrder).charges.name,),
    NewOrder: (fields(NewOrder).charges.name,),
    Goal: (fields(Goal).charges.name,),
    Receipt: (fields(Receipt).unread.name, fields(Receipt).differences.name),
}
"""Fields that came after a format was given out: written where they say something, so older bytes stay the same."""


def _whole(value: Any) -> str:
    if type(value) is not int:
        raise Unreadable("a whole number")
    return int.__repr__(value)


def _truth(value: Any) -> str:
    if type(value) is not bool:
        raise Unreadable("true or false")
    return "true" if value else "false"


def _fraction(value: float) -> str:
    return json.dumps(float(value), allow_nan=False)


def _decimal(value: Any) -> str:
    # a plan has ten amounts a line; their texts need no quoting
    return '"' + (str(value) if type(value) is Decimal and value.is_finite() else decimal_text(value)) + '"'


def _anything(value: Any) -> str:
    """Write what was kept of a document that nobody reads, by what it is."""
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{quoted(name)}:{_anything(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_anything, value)) + "]"
    kind: Any = type(value)
    return text_writer(kind)(value)


_PLAIN: Final[Mapping[Any, TextWriter]] = {
    str: quoted,
    int: _whole,
    bool: _truth,
    float: _fraction,
    Decimal: _decimal,
    Any: _anything,
}


@cache
def text_writer(kind: Any) -> TextWriter:
    """Give what writes values of a kind; raises Misuse for a kind that has no canonical text."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind in EXACT:
        return _exact_writer(EXACT[kind].write)
    if is_union(kind):
        return _union_writer(kind)
    if is_mapping(kind):
        return _mapping_writer(*get_args(kind))
    if get_origin(kind) is tuple:
        return _tuple_writer(get_args(kind))
    if isinstance(kind, type) and issubclass(kind, Enum):
        texts = {member.value: quoted(member.value) for member in kind}
        return lambda member: texts[member.value]
    if has(kind):
        return object_writer(kind)
    raise Misuse(f"{kind} has no canonical text")


def _exact_writer(write: Callable[[Any], str]) -> TextWriter:
    return lambda value: quoted(write(value))


@cache
def object_writer(kind: type, *, tagged: bool = False, without: tuple[str, ...] = ()) -> TextWriter:
    """Give what writes an attrs class, some fields left out, with its name under ``TAG`` where it is *tagged*."""
    late = [one for one in fields(kind) if one.name in LATE.get(kind, ()) and one.name not in without]
    if late:
        return _late_writer(kind, late, tagged=tagged, without=without)
    return _object_writer(kind, tagged=tagged, without=without)


def _object_writer(kind: type, *, tagged: bool, without: tuple[str, ...]) -> TextWriter:
    hints = get_type_hints(kind)
    names = sorted(one.name for one in fields(kind) if one.name not in without)
    parts = {name: f"{quoted(name)}:%s" for name in names}
    if tagged:
        parts[TAG] = f"{quoted(TAG)}:{quoted(kind.__name__)}"
    form = "{" + ",".join(parts[name] for name in sorted(parts)) + "}"
    writers = {f"write_{name}": text_writer(_present(hints[name])) for name in names}
    calls = "".join(_call(name, hints[name]) for name in names)
    # compiled, as attrs compiles what it makes: half of a plan's sealing would be calls and loops otherwise
    made: TextWriter = eval(f"lambda value: form % ({calls})", {"form": form, **writers})  # noqa: S307  # names of attributes alone
    return made


def _present(hint: Any) -> Any:
    """Give what a field holds where it holds anything, if that is one kind."""
    members = members_of(hint) if is_union(hint) else ()
    return members[0] if len(members) == 1 else hint


def _call(name: str, hint: Any) -> str:
    call = f"write_{name}(value.{name}), "
    return call if _present(hint) is hint else f"'null' if value.{name} is None else {call}"


def _late_writer(
    kind: type, late: list[Attribute[Any]], *, tagged: bool, without: tuple[str, ...]
) -> TextWriter:
    defaults = [(one.name, _default(one)) for one in late]

    def write(value: Any) -> str:
        silent = tuple([name for name, default in defaults if getattr(value, name) == default])
        return _chosen(kind, tagged, (*without, *silent))(value)

    return write


@cache
def _chosen(kind: type, tagged: bool, without: tuple[str, ...]) -> TextWriter:  # noqa: FBT001  # a key of the cache
    return _object_writer(kind, tagged=tagged, without=without)


def _default(one: Attribute[Any]) -> Any:
    default: Any = one.default
    return default.factory() if isinstance(default, Factory) else default  # type: ignore[arg-type]  # a class, which the stubs call a function


def _tuple_writer(elements: tuple[Any, ...]) -> TextWriter:
    if elements[1:] == (Ellipsis,):
        one = text_writer(elements[0])
        return lambda value: "[" + ",".join([one(held) for held in value]) + "]"
    writers = tuple(text_writer(element) for element in elements)
    return lambda value: (
        "[" + ",".join([write(held) for write, held in zip(writers, value, strict=True)]) + "]"
    )


def _mapping_writer(key_type: Any, value_type: Any) -> TextWriter:
    key, held = KEYS[key_type].write, text_writer(value_type)

    def write(value: Mapping[Any, Any]) -> str:
        texts = {key(one): held(other) for one, other in value.items()}
        return "{" + ",".join([f"{quoted(name)}:{texts[name]}" for name in sorted(texts)]) + "}"

    return write


def _union_writer(union: Any) -> TextWriter:
    members = members_of(union)
    if len(members) == 1:
        alone = text_writer(members[0])
        return lambda value: "null" if value is None else alone(value)
    check_tagged(union, members)
    writers = {kind: object_writer(kind, tagged=True) for kind in members}
    return lambda value: "null" if value is None else writers[type(value)](value)
