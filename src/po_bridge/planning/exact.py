"""Codecs of canonical text: each value has one spelling, and no other spelling is read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, TypeVar

from ..mapping.codec import UNREADABLE, Codec, Unreadable
from ..mapping.words import TEXT
from ..models.keys import LineKey, OrderKey
from .refs import Kind, Slot
from .snapshot import Collection

T = TypeVar("T")


def _codec(name: str, expected: str, parse: Callable[[str], T], write: Callable[[T], str]) -> Codec[T]:
    # a document repeats the same few amounts, moments and keys thousands of times
    @lru_cache(maxsize=1024)
    def made(text: str) -> T:
        try:
            value = parse(text)
            written = write(value)
        except UNREADABLE as error:
            raise Unreadable(expected) from error
        if written != text:
            raise Unreadable(expected)
        return value

    def read(value: Any) -> T:
        if type(value) is not str:
            raise Unreadable(expected)
        return made(value)

    return Codec(name=name, expected=expected, read=read, write=write)


def decimal_text(value: Any) -> str:
    """Write an amount with its digits and exponent as they are; it needs no quoting."""
    if type(value) is not Decimal or not value.is_finite():
        raise Unreadable("a finite Decimal")
    return str(value)


def _moment_text(value: datetime) -> str:
    if value.tzinfo is None:
        raise Unreadable("a moment with a time zone")
    # always six decimals: texts sort as the moments do
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _day_text(value: Any) -> str:
    if type(value) is not date:  # a datetime is a date to Python, and would lose its time
        raise Unreadable("a calendar day")
    return value.isoformat()


def _slot(text: str) -> Slot:
    kind, _, name = text.partition(":")
    return Slot(kind=Kind(kind), name=name)


DECIMAL: Final = _codec("exact decimal", "a decimal number as text, 12.50", Decimal, decimal_text)
"""Digits and exponent as they are: ``1.0`` and ``1.00`` stay what they were."""

MOMENT: Final = _codec("exact moment", "a moment as 2025-03-01T09:30:00.000000Z", _moment, _moment_text)
"""UTC with six decimals, so that equal moments have equal text and texts sort by time."""

DAY: Final = _codec("exact day", "a day as 2025-03-01", date.fromisoformat, _day_text)
"""A calendar day."""

ORDER_KEY: Final = _codec("order key", "an order key as portal/id", OrderKey.parse, str)
"""Portal and order id."""

LINE_KEY: Final = _codec("line key", "a line key as portal/style/colour/size", LineKey.parse, str)
"""Portal, style, colour and size."""

SLOT: Final = _codec("slot", "a slot as kind:name", _slot, str)
"""Kind and name."""

COLLECTION: Final = _codec(
    "collection", "the name of a collection", Collection, lambda collection: str(collection.value)
)
"""A collection's word."""

EXACT: Final[Mapping[Any, Codec[Any]]] = {
    Decimal: DECIMAL,
    datetime: MOMENT,
    date: DAY,
    OrderKey: ORDER_KEY,
    LineKey: LINE_KEY,
}
"""Kinds that are one text."""

KEYS: Final[Mapping[Any, Codec[Any]]] = {
    str: TEXT,
    Slot: SLOT,
    OrderKey: ORDER_KEY,
    LineKey: LINE_KEY,
    Collection: COLLECTION,
}
"""Kinds that may be the keys of a mapping."""
