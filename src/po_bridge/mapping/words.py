"""Codecs of text, words and flags."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final, TypeVar

from .codec import Codec, Unreadable

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def _text(value: Any) -> str:
    if type(value) is not str:
        raise Unreadable
    return value


def _optional_text(value: Any) -> str | None:
    return None if value is None else _text(value) or None


def _id(value: Any) -> str:
    if not _text(value) or value.isspace():
        raise Unreadable
    return str(value)


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise Unreadable
    return value


TEXT: Final = Codec[str](name="text", expected="text", read=_text, write=_text, exact=str, gives=(str,))
"""Text as it stands; empty text stays empty."""

OPTIONAL_TEXT: Final = Codec[str | None](
    name="text or nothing",
    expected="text, empty text or null",
    read=_optional_text,
    write=_optional_text,
    gives=(str, type(None)),
)
"""Empty text and null are None: systems write both for *not set*."""

ID: Final = Codec[str](name="id", expected="an id (text, not blank)", read=_id, write=_id, gives=(str,))
"""An identifier, opaque."""

BOOL: Final = Codec[bool](
    name="flag", expected="true or false", read=_flag, write=_flag, exact=bool, gives=(bool,)
)
"""A JSON boolean; ``"false"``, 0 and null are refused."""


def literals(
    name: str, meaning: Mapping[Any, T], *, gives: tuple[type, ...] = (), fallback: T | None = None
) -> Codec[T]:
    """Make a codec from a table of wire values and what they mean.

    Several wire values may mean the same: the first is written.
    With a *fallback* every other wire text or number reads as it; the fallback itself can only be written
    if the table names a wire value for it.
    """
    # True == 1 == Decimal(1), so the wire type belongs to the key
    by_wire = {(type(wire), wire): value for wire, value in meaning.items()}
    wire_of: dict[T, Any] = {}
    for wire, value in meaning.items():
        wire_of.setdefault(value, wire)

    def read(value: Any) -> T:
        key = (type(value), value)
        if key in by_wire:
            return by_wire[key]
        if fallback is None or value is None:
            raise Unreadable
        return fallback

    return Codec(
        name=name,
        expected=f"one of {', '.join(repr(wire) for wire in meaning)}",
        read=read,
        write=lambda value: wire_of[value],
        gives=gives,
    )


def words(kind: type[E], meaning: Mapping[str, E] | None = None, *, fallback: E | None = None) -> Codec[E]:
    """Make a codec from words to the members of an enumeration; without *meaning* its values are the words.

    An unknown word is an issue, or the *fallback*: keep the word itself by a second rule.
    """
    if meaning is None:
        meaning = {str(member.value): member for member in kind if member is not fallback}
    known = literals(f"word for {kind.__name__}", meaning, gives=(kind,), fallback=fallback)
    listed = ", ".join(repr(word) for word in meaning)
    return Codec(
        name=known.name,
        expected=f"one of {listed}" if fallback is None else f"a word, as {listed}",
        read=lambda value: known.read(_text(value)),
        write=known.write,
        gives=(kind,),
    )
