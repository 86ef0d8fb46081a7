"""A codec: one wire form of one kind of value, as a named pair of read and write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final, Generic, TypeVar

from attrs import field, frozen

from ..errors import Issue
from .seen import seen

T = TypeVar("T")

UNREADABLE: Final = (ValueError, TypeError, ArithmeticError, LookupError)
"""What a codec or a model may raise about a value; a table turns each into an issue."""


class Unreadable(ValueError):
    """A wire value is not what a codec reads."""

    def __init__(self, expected: str = "", *, inside: tuple[Issue, ...] = ()) -> None:
        self.expected = expected
        """What should stand there, in words; empty: what the codec expects."""
        self.inside = inside
        """Faults inside the value, with paths that begin at the value, as ``[3]``; empty: the whole value."""
        super().__init__(expected or "; ".join(str(issue) for issue in inside))


@frozen(kw_only=True)
class Codec(Generic[T]):
    """A named pair: ``read(write(value)) == value`` for every value that ``write`` accepts."""

    name: str
    """Short name, as it stands in the rendered tables."""
    expected: str
    """What the wire should hold, in words that follow *expected*: ``a whole number``."""
    read: Callable[[Any], T] = field(repr=False)
    """From the wire; raises ``Unreadable`` or any of ``UNREADABLE``."""
    write: Callable[[T], Any] = field(repr=False)
    """To the wire; raises any of ``UNREADABLE`` for a value that has no wire form."""
    exact: type | None = None
    """A wire value of exactly this type is taken as it is, without calling ``read``."""
    present: Callable[[Any], T] | None = field(default=None, repr=False)
    """As ``read``, for what is not null: it need not look for null again."""
    gives: tuple[type, ...] = ()
    """Types of the values read, compared with the attribute when a table is built; empty: not compared."""


def issues_of(error: Exception, codec: Codec[Any], path: str, value: Any) -> tuple[Issue, ...]:
    """Turn what a codec raised about a value into issues that say where."""
    if isinstance(error, Unreadable) and error.inside:
        return tuple(
            Issue(path=path + inner.path, seen=inner.seen, expected=inner.expected) for inner in error.inside
        )
    expected = error.expected if isinstance(error, Unreadable) and error.expected else codec.expected
    return (Issue(path=path, seen=seen(value), expected=expected),)


def optional(codec: Codec[T]) -> Codec[T | None]:
    """Read null as None and write None as null; all else as *codec* does."""
    return Codec(
        name=f"{codec.name} or null",
        expected=f"{codec.expected} or null",
        read=lambda value: None if value is None else codec.read(value),
        write=lambda value: None if value is None else codec.write(value),
        exact=codec.exact,
        present=codec.read,
        gives=(*codec.gives, type(None)) if codec.gives else (),
    )


def tuple_of(codec: Codec[T]) -> Codec[tuple[T, ...]]:
    """Read a list, element by element; every bad element is an issue of its own."""

    def read(value: Any) -> tuple[T, ...]:
        if not isinstance(value, list | tuple):
            raise Unreadable
        return _each_read(codec, value)

    def write(value: tuple[T, ...]) -> list[Any]:
        return [codec.write(element) for element in value]

    expected = f"a list, each {codec.expected}"
    return Codec(name=f"list of {codec.name}", expected=expected, read=read, write=write, gives=(tuple,))


def _each_read(codec: Codec[T], values: Iterable[Any]) -> tuple[T, ...]:
    found: list[T] = []
    issues: list[Issue] = []
    for index, value in enumerate(values):
        try:
            found.append(codec.read(value))
        except UNREADABLE as error:
            issues += issues_of(error, codec, f"[{index}]", value)
    if issues:
        raise Unreadable(inside=tuple(issues))
    return tuple(found)
