"""Codecs of numbers: decimals, counts, percentages, money text."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from .codec import Codec, Unreadable

_DECIMAL_TEXT: Final = re.compile(r"-?(?:\d+(?:\.\d*)?|\.\d+)", re.ASCII)
_LONGEST_TEXT: Final = 60
_DIGITS: Final = 15
_DECIMALS: Final = 30
_BOUND: Final = 10**_DIGITS
_NO_FLOAT: Final = "a decimal number; a float has lost digits, read JSON with parse_json"
_RANGE: Final = f"a decimal number below 10^{_DIGITS} with at most {_DECIMALS} decimals"


def _bounded(value: Decimal) -> Decimal:
    """Refuse what is no amount of anything: NaN, infinities, exponents that would fill the memory as text."""
    if value.is_finite() and -_DECIMALS <= value.adjusted() < _DIGITS:
        return value
    raise Unreadable(_RANGE)


def _number(value: Any) -> Decimal:
    """Take a JSON number as it is, exactly."""
    kind = type(value)
    if kind is Decimal:
        return _bounded(value)
    if kind is int:
        if -_BOUND < value < _BOUND:
            return Decimal(value)
        raise Unreadable(_RANGE)
    raise Unreadable(_NO_FLOAT if kind is float else "")


def _number_or_text(value: Any) -> Decimal:
    if type(value) is not str:
        return _number(value)
    if len(value) > _LONGEST_TEXT or _DECIMAL_TEXT.fullmatch(value) is None:
        raise Unreadable
    return _bounded(Decimal(value))


def _checked(read: Callable[[Any], Decimal], holds: Callable[[Decimal], bool]) -> Callable[[Any], Decimal]:
    def checked(value: Any) -> Decimal:
        number = read(value)
        if not holds(number):
            raise Unreadable
        return number

    return checked


def _is_count(number: Decimal) -> bool:
    return number >= 0 and number == number.to_integral_value()


def _is_whole(number: Decimal) -> bool:
    return number == number.to_integral_value()


def _is_percent(number: Decimal) -> bool:
    return 0 <= number <= 100


DECIMAL: Final = Codec[Decimal](
    name="decimal",
    expected="a decimal number or its digits as text",
    read=_number_or_text,
    write=_bounded,
    gives=(Decimal,),
)
"""A JSON number, or text such as ``"84"``; display text such as ``"$28.00"`` is refused."""

DECIMAL_TEXT: Final = Codec[Decimal](
    name="decimal text",
    expected="a decimal number or its digits as text",
    read=_number_or_text,
    write=lambda value: format(_bounded(value), "f"),
    gives=(Decimal,),
)
"""As ``DECIMAL``, written as text without exponent."""

COUNT: Final = Codec[Decimal](
    name="count",
    expected="a whole number, 0 or more",
    read=_checked(_number_or_text, _is_count),
    write=_checked(_number, _is_count),
    gives=(Decimal,),
)
"""Whole units; ``3``, ``"3"`` and ``3.0`` are three."""

UNITS: Final = Codec[Decimal](
    name="units",
    expected="a whole number",
    read=_checked(_number_or_text, _is_whole),
    write=_checked(_number, _is_whole),
    gives=(Decimal,),
)
"""As ``COUNT``, and below zero for what goes back."""

PERCENT: Final = Codec[Decimal](
    name="percent",
    expected="a percentage from 0 to 100",
    read=_checked(_number_or_text, _is_percent),
    write=_checked(_number, _is_percent),
    gives=(Decimal,),
)
"""Percent points, not a fraction."""


def money_text(places: int) -> Codec[Decimal]:
    """Make a codec for amounts written as text with at least *places* decimals, as ``"12.50"``.

    Digits beyond are kept: rounding is a decision, not a format.
    """
    smallest = Decimal(1).scaleb(-places)

    def write(value: Decimal) -> str:
        short = int(_bounded(value).as_tuple().exponent) > -places
        return format(value.quantize(smallest) if short else value, "f")

    return Codec(
        name=f"amount as text, {places} decimals",
        expected="an amount as a decimal number or its digits as text",
        read=_number_or_text,
        write=write,
        gives=(Decimal,),
    )


MONEY: Final = money_text(2)
"""An amount in major units, written with two decimals or more."""
