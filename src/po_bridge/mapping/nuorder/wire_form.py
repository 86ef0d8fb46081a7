"""How values of this platform are written."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from attrs import evolve

from ...errors import Issue
from ...models.wholesale_order import WholesaleStatus
from ..codec import UNREADABLE, Codec, Unreadable, issues_of
from ..numbers import DECIMAL
from ..rule import Absent
from ..seen import key_text, seen
from ..words import OPTIONAL_TEXT, words

NULL: Final = Absent.NULL
"""Keys are left out rather than null, but both were seen for the same key."""

BLANK: Final = Absent.BLANK
"""Dates and amounts that are not set may be empty text."""


def _code(value: Any) -> str | None:
    if type(value) is int or type(value) is Decimal:
        return str(value)
    return OPTIONAL_TEXT.read(value)


CODE: Final = Codec[str | None](
    name="code",
    expected="a code as text, or nothing",
    read=_code,
    write=OPTIONAL_TEXT.write,
    gives=(str, type(None)),
)
"""Any text stands in ``upc``; a number is kept as its digits, although zeros in front are lost by then."""


def _told(value: Any) -> tuple[str, ...]:
    given = value if isinstance(value, list) else [value]
    return tuple(text for one in given if (text := _words_of(one)))


def _words_of(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, dict):
        plain = {name: held for name, held in value.items() if not isinstance(held, dict | list)}
        return ", ".join(f"{name}: {held}" for name, held in plain.items() if held not in (None, ""))
    return "" if value is None else seen(value)


TOLD: Final = Codec[tuple[str, ...]](
    name="anything, told",
    expected="anything",
    read=_told,
    write=list,
    gives=(tuple,),
)
"""For what has no known shape: shown to people as it stands, and never refused."""

_WORDS: Final = words(WholesaleStatus, fallback=WholesaleStatus.OTHER)


def _status(value: Any) -> WholesaleStatus:
    if type(value) is not str:
        return _WORDS.read(value)
    word = value.strip().lower()
    return _WORDS.read("cancelled" if word == "canceled" else word)


STATUS: Final = evolve(_WORDS, read=_status)
"""The words in lower case, as the API spells them; other case and *canceled* mean the same."""


def _currency(value: Any) -> str | None:
    text = OPTIONAL_TEXT.read(value)
    return (text.strip().upper() or None) if text else None


CURRENCY: Final = Codec[str | None](
    name="currency",
    expected="a currency as USD, or nothing",
    read=_currency,
    write=OPTIONAL_TEXT.write,
    gives=(str, type(None)),
)
"""Letters of ISO 4217; case and white space around them mean nothing."""


def _price(entry: Any, member: str) -> Decimal | None:
    if not isinstance(entry, dict):
        raise Unreadable("an object with wholesale and retail")
    held = entry.get(member)
    off = entry.get("disabled") is True or entry.get("wholesale") == 0
    return None if off or held is None or held == "" else DECIMAL.read(held)


def prices(member: str) -> Codec[Mapping[str, Decimal]]:
    """Make a codec for one kind of price by currency.

    ``disabled``, or a wholesale price of 0, turns a currency off; empty text is no price.
    """

    def read(value: Any) -> Mapping[str, Decimal]:
        if not isinstance(value, dict):
            raise Unreadable
        found: dict[str, Decimal] = {}
        issues: list[Issue] = []
        for currency, entry in value.items():
            try:
                price = _price(entry, member)
            except UNREADABLE as error:
                inside = isinstance(entry, dict)
                path = key_text(currency) + (key_text(member) if inside else "")
                issues += issues_of(error, DECIMAL, path, entry.get(member) if inside else entry)
            else:
                found |= {} if price is None else {currency: price}
        if issues:
            raise Unreadable(inside=tuple(issues))
        return found

    return Codec(
        name=f"{member} price by currency",
        expected="an object of prices by currency",
        read=read,
        write=lambda value: {currency: {member: price} for currency, price in value.items()},
        gives=(dict,),
    )
