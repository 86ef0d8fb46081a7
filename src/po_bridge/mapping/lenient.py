"""Codecs of lists whose bad elements are left out and told, for what no order should wait for."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from .codec import Codec, Unreadable, issues_of, tuple_of

T = TypeVar("T")

_LEFT_OUT: Final = "bad elements are left out"


def readable_of(codec: Codec[T]) -> Codec[tuple[T, ...]]:
    """Read the elements of a list that can be read, none of what is no list; pair it with ``unreadable_of``."""
    every = tuple_of(codec)

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            return ()
        return tuple(element for each in value for element in _read_one(every, each))

    return Codec(
        name=f"list of {codec.name}, {_LEFT_OUT}",
        expected=every.expected,
        read=read,
        write=every.write,
        gives=(tuple,),
    )


def unreadable_of(codec: Codec[T], path: str) -> Codec[tuple[str, ...]]:
    """Read what ``readable_of`` leaves out of the list at *path*: where it stands, what it is and what is expected."""
    every = tuple_of(codec)

    def read(value: Any) -> tuple[str, ...]:
        try:
            every.read(value)
        except Unreadable as error:
            return tuple(map(str, issues_of(error, every, path, value)))
        return ()

    return Codec(
        name=f"what of a list of {codec.name} cannot be read",
        expected="anything",
        read=read,
        write=list,
        gives=(tuple,),
    )


def _read_one(every: Codec[tuple[T, ...]], element: Any) -> tuple[T, ...]:
    try:
        return every.read([element])
    except Unreadable:
        return ()
