"""How unions and collections are written: a union's member names its class, a mapping has texts as keys."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import UnionType
from typing import Any, Final, Union, get_args, get_origin

from cattrs import Converter

from ..errors import Misuse
from ..mapping.codec import Codec, Unreadable

TAG: Final = "type"
"""The key that names the class of a union's member."""

Reader = Callable[[Any, Any], Any]


def is_union(kind: Any) -> bool:
    """Whether an annotation is a union, of either spelling."""
    return get_origin(kind) in {Union, UnionType}


def is_tuple(kind: Any) -> bool:
    """Whether an annotation is a tuple of any length."""
    return get_origin(kind) is tuple and get_args(kind)[1:] == (Ellipsis,)


def is_mapping(kind: Any) -> bool:
    """Whether an annotation is a ``Mapping`` with types of key and value."""
    return get_origin(kind) is Mapping


def members_of(union: Any) -> tuple[Any, ...]:
    """Give the members of a union, null left out."""
    return tuple(member for member in get_args(union) if member is not type(None))


def check_tagged(union: Any, classes: tuple[Any, ...]) -> None:
    """Refuse a union whose members a tag could not tell apart."""
    strange = [kind for kind in classes if not hasattr(kind, "__attrs_attrs__") or hasattr(kind, TAG)]
    if strange or len({kind.__name__ for kind in classes}) < len(classes):
        raise Misuse(f"{union} is no union of attrs classes with names of their own and without {TAG!r}")


def union_reader(union: Any, converter: Converter) -> Reader:
    """Read null where the union allows it, else the one other member, or the class that the tag names."""
    members = members_of(union)
    inner = _alone_reader(members[0], converter) if len(members) == 1 else _tagged_reader(union, converter)
    if len(members) == len(get_args(union)):
        return inner
    return lambda value, kind: None if value is None else inner(value, kind)


def _alone_reader(member: Any, converter: Converter) -> Reader:
    read = converter.get_structure_hook(member)
    return lambda value, _kind: read(value, member)


def _tagged_reader(union: Any, converter: Converter) -> Reader:
    classes = members_of(union)
    check_tagged(union, classes)
    readers = {kind.__name__: (converter.get_structure_hook(kind), kind) for kind in classes}
    expected = f"an object whose {TAG!r} is one of {', '.join(readers)}"

    def read(value: Any, _kind: Any) -> Any:
        tag = value.get(TAG) if type(value) is dict else None
        if type(tag) is not str or tag not in readers:
            raise Unreadable(expected)
        reader, kind = readers[tag]
        return reader({key: held for key, held in value.items() if key != TAG}, kind)

    return read


def tuple_reader(kind: Any, converter: Converter) -> Reader:
    """Read a list without noting where a fault stands."""
    element = get_args(kind)[0]
    read = converter.get_structure_hook(element)

    def read_tuple(value: Any, _kind: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise Unreadable("a list")
        return tuple([read(held, element) for held in value])

    return read_tuple


def mapping_reader(keys: Mapping[Any, Codec[Any]]) -> Callable[[Any, Converter], Reader]:
    """Make the hooks that read an object as a mapping, its keys by the codec of their type."""

    def factory(kind: Any, converter: Converter) -> Reader:
        key_type, value_type = get_args(kind)
        codec = keys[key_type]
        read = converter.get_structure_hook(value_type)

        def read_mapping(value: Any, _kind: Any) -> Any:
            if type(value) is not dict:
                raise Unreadable("an object")
            return {codec.read(key): read(held, value_type) for key, held in value.items()}

        return read_mapping

    return factory
