"""How values of this platform are written."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, Final, NoReturn

from attrs import fields

from ...models.origin import Origin
from ...models.pos_product import CodeKind
from ...models.purchase_order import PurchaseStatus
from ...models.store import TaxForm
from ..codec import Codec, Unreadable
from ..moments import MOMENT
from ..numbers import DECIMAL
from ..rule import Absent, rule
from ..table import table
from ..words import ID, TEXT, literals, words

NULL: Final = Absent.NULL
"""Examples leave null members out, recorded answers print them: both are missing."""


def _plain(value: Decimal) -> Decimal:
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _version(value: Any) -> str:
    if type(value) is not int:
        raise Unreadable
    return str(value)


def _never(_value: Any) -> NoReturn:
    raise Unreadable("nothing, since it is only read")


AMOUNT: Final = Codec[Decimal](
    name="amount",
    expected=DECIMAL.expected,
    read=lambda value: _plain(DECIMAL.read(value)),
    write=DECIMAL.write,
    gives=(Decimal,),
)
"""Order lines are read as text with five decimals, products as numbers; both are written as numbers."""

INSTANT: Final = Codec[datetime](
    name="moment",
    expected=MOMENT.expected,
    read=MOMENT.read,
    write=lambda value: value.astimezone(UTC).isoformat(timespec="seconds"),
    gives=(datetime,),
)
"""Written as the older resources print it: whole seconds, with an offset."""

STAMPED: Final = Codec[bool](
    name="stamp",
    expected="a moment or null",
    read=lambda value: value is not None,
    write=_never,
    gives=(bool,),
)
"""True where a moment stands, as in ``deleted_at``."""

VERSION: Final = Codec[str](name="version", expected="a whole number", read=_version, write=int, gives=(str,))
"""The number of the record's last change; grows over the whole store, beyond 32 bits."""

CODE_KIND: Final = words(
    CodeKind,
    {spelt: kind for kind in CodeKind for spelt in (kind.value, kind.value.lower())},
    fallback=CodeKind.CUSTOM,
)
"""The schema has capitals, examples have small letters; a kind of later years is CUSTOM."""

STATUS: Final = words(
    PurchaseStatus,
    {status.value.upper(): status for status in PurchaseStatus if status is not PurchaseStatus.OTHER},
    fallback=PurchaseStatus.OTHER,
)
"""Open-ended: a status of later years is OTHER, which cannot be edited."""

NEW_STATUS: Final = Codec[str](
    name="status word",
    expected="a word",
    read=lambda value: value if _is_new(value) else "",
    write=_never,
    gives=(str,),
)
"""A status of later years as it is told, nothing for those that are known."""


def _is_new(value: Any) -> bool:
    return STATUS.read(value) is PurchaseStatus.OTHER


TAX_FORM: Final = literals("tax form", {True: TaxForm.EXCLUSIVE, False: TaxForm.INCLUSIVE}, gives=(TaxForm,))
"""Whether the store enters prices without tax; it decides which price is written."""

_OR: Final = fields(Origin)

ORIGIN: Final = table(
    Origin,
    (
        rule(_OR.system, read="@system", codec=TEXT),
        rule(_OR.record, read="id", codec=ID),
        rule(_OR.revision, read="version", codec=VERSION, default="", absent=NULL),
    ),
)
"""System, id and version, beside the other members of a record."""
