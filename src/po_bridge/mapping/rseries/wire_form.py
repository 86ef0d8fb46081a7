"""How values of this platform are written: every scalar of an answer is text, and an unset id is ``0``."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any, Final, NoReturn

from attrs import fields

from ...models.origin import Origin
from ..codec import Codec, Unreadable
from ..moments import MOMENT
from ..numbers import DECIMAL, DECIMAL_TEXT
from ..rule import Absent, rule
from ..table import Table, table
from ..words import TEXT, literals

BLANK: Final = Absent.BLANK
"""An unset value is an absent key, an empty text or null."""


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _id(value: Any) -> str:
    text = str(value) if type(value) is int else value
    if type(text) is not str or not text or text.isspace():
        raise Unreadable
    return text


def _ref(value: Any) -> str | None:
    text = str(value) if type(value) is int else value
    if text is None or text in {"", "0"}:
        return None
    return _id(text)


def _ref_text(value: str | None) -> str:
    return value or "0"


def _stated(value: Any) -> Decimal | None:
    return _plain(DECIMAL.read(value)) or None


def _whole(value: Decimal) -> str:
    if value != value.to_integral_value():
        raise Unreadable("whole units")
    return format(value.to_integral_value(), "f")


def _day(value: datetime) -> str:
    if value.tzinfo is None:
        raise Unreadable("a moment with a time zone")
    return value.date().isoformat()


def _never(_value: Any) -> NoReturn:
    raise Unreadable("nothing, since it is only read")


AMOUNT: Final = Codec[Decimal](
    name="amount as text",
    expected=DECIMAL.expected,
    read=lambda value: _plain(DECIMAL.read(value)),
    write=lambda value: DECIMAL_TEXT.write(_plain(value)),
    gives=(Decimal,),
)
"""Numbers are text without fixed places; text is sent too, the safest for money."""

STATED: Final = Codec[Decimal | None](
    name="stated amount as text",
    expected=DECIMAL.expected,
    read=_stated,
    write=lambda value: AMOUNT.write(value) if value is not None else "0",
    gives=(Decimal, type(None)),
)
"""An amount that is zero where nobody stated one."""

UNITS: Final = Codec[Decimal](
    name="units as text",
    expected="whole units as text",
    read=lambda value: _plain(DECIMAL.read(value)),
    write=_whole,
    gives=(Decimal,),
)
"""Order lines take whole units only."""

ID: Final = Codec[str](name="id", expected="an id (text, not blank)", read=_id, write=_id, gives=(str,))
"""An identifier, digits as text."""

REF: Final = Codec[str | None](
    name="id or 0", expected="an id, or 0 for none", read=_ref, write=_ref_text, gives=(str, type(None))
)
"""The id of another record."""

FLAG: Final = literals(
    "flag as text", {"true": True, "false": False, True: True, False: False}, gives=(bool,)
)
"""``"true"`` and ``"false"``."""

INSTANT: Final = Codec[datetime](
    name="moment", expected=MOMENT.expected, read=MOMENT.read, write=_never, gives=(datetime,)
)
"""A moment in UTC."""

SHOP_DAY: Final = Codec[datetime](
    name="day of the shop",
    expected=MOMENT.expected,
    read=MOMENT.read,
    write=_day,
    gives=(datetime,),
)
"""Written as a day, which is midnight in the shop's zone there; so a moment is put into that zone before."""

_OR: Final = fields(Origin)


def origin_by(key: str) -> Table[Origin]:
    """Make the table of system, id and revision beside the other members of a record."""
    return table(
        Origin,
        (
            rule(_OR.system, read="@system", codec=TEXT),
            rule(_OR.record, read=key, codec=ID),
            rule(_OR.revision, read="timeStamp", codec=TEXT, default="", absent=BLANK),
        ),
    )
