"""Codecs of days and moments."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from .codec import Codec, Unreadable

_MIDNIGHT: Final = re.compile(r"T00:00(:00(\.0{1,6})?)?(Z|[+-]00:?00)")
_MOMENT: Final = re.compile(
    r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d(:?\d\d)?)", re.ASCII
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND: Final = timedelta(milliseconds=1)


def _calendar_day(text: str, separator: str) -> date:
    if text[4:5] != separator or text[7:8] != separator:
        raise Unreadable  # date.fromisoformat alone also reads week dates
    return date.fromisoformat(text.replace(separator, "-"))


def _day(value: Any) -> date:
    if type(value) is not str or not value.isascii():
        raise Unreadable
    rest = value[10:]
    if rest and rest != "T00:00:00.000Z" and _MIDNIGHT.fullmatch(rest) is None:
        raise Unreadable
    return _calendar_day(value[:10], "-")


def _slashed_day(value: Any) -> date:
    if type(value) is not str or len(value) != 10 or not value.isascii():
        raise Unreadable
    return _calendar_day(value, "/")


def _moment(value: Any) -> datetime:
    if type(value) is not str or _MOMENT.fullmatch(value) is None:
        raise Unreadable
    return datetime.fromisoformat(value).astimezone(UTC)


def _moment_text(value: datetime) -> str:
    if value.tzinfo is None:
        raise Unreadable("a moment with a time zone")
    precision = "microseconds" if value.microsecond % 1000 else "milliseconds"
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def _epoch(value: Any) -> datetime:
    if type(value) is not int:
        raise Unreadable
    return _EPOCH + timedelta(milliseconds=value)


def _epoch_number(value: datetime) -> int:
    count, rest = divmod(value - _EPOCH, _MILLISECOND)
    if rest:
        raise Unreadable("a moment of whole milliseconds")
    return count


def _day_codec(
    name: str, expected: str, read: Callable[[Any], date], write: Callable[[date], str]
) -> Codec[date]:
    return Codec(name=name, expected=expected, read=read, write=write, gives=(date,))


DAY: Final = _day_codec(
    "day", "a day as 2025-03-01, alone or at 00:00 UTC", _day, lambda value: value.isoformat()[:10]
)
"""A calendar day. Midnight UTC is how systems write days; it is never shifted into a zone.

Any other time of day is refused, since nobody can say which day is meant.
"""

SLASHED_DAY: Final = _day_codec(
    "day with slashes",
    "a day as 2025/03/01",
    _slashed_day,
    lambda value: value.isoformat()[:10].replace("-", "/"),
)
"""A calendar day with slashes, year first."""

MOMENT: Final = Codec[datetime](
    name="moment",
    expected="a moment as 2025-03-01T09:30:00.000Z, with a time zone",
    read=_moment,
    write=_moment_text,
    gives=(datetime,),
)
"""An aware datetime in UTC; text without a zone is refused."""

EPOCH_MILLISECONDS: Final = Codec[datetime](
    name="moment in milliseconds",
    expected="whole milliseconds since 1970",
    read=_epoch,
    write=_epoch_number,
    gives=(datetime,),
)
"""An aware datetime in UTC, as milliseconds since 1970."""
