"""The ways to understand one written code, best first, with a judgement of the whole.

A number whose length and check digit fit as they stand is read so and in no other way,
since nine of ten accidents fail the check digit; where the standard itself knows two ways
(eight digits, the case of an each) both are kept side by side.
"""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Final, assert_never

from attrs import frozen

from ..models.gtin import LENGTHS, Gtin, check_digit, ends_with_check_digit
from .code_text import CodeText, Note, clean_code
from .code_words import judge_text
from .gs1_prefix import judge_key
from .isbn import isbn_13_of
from .judgement import (
    Coupon,
    Doubtful,
    Fit,
    Judgement,
    NoCode,
    NotACode,
    Placeholder,
    Restricted,
    Rounded,
    Scientific,
    VariableMeasure,
    WrongCheckDigit,
    WrongLength,
    explain,
)
from .plain_number import pattern_of, plain_number, rounded_zeros
from .upc_e import expand_upc_e

_CACHED: Final = 1 << 13
"""Codes whose readings are kept: those of an order of some thousand lines, and of what it is compared with."""


class ReadingKind(Enum):
    """How a written code is understood; the words are for people."""

    PLAIN = "as it stands"
    LOST_ZERO = "with the leading zeros that a spreadsheet drops"
    NO_CHECK_DIGIT = "as a code written without its check digit"
    UPC_E = "as a UPC-E, expanded to twelve digits"
    ISBN_10 = "as an old ten-digit ISBN"
    CASE_OF_EACH = "as a case, by the number of the each in it; the quantity multiplies"
    RESTRICTED = "as a number that means something only inside one company or region"
    VARIABLE_MEASURE = "as something sold by weight or length"

    @property
    def alone(self) -> bool:
        """Whether a product may be matched by this reading without a second sign."""
        return self is ReadingKind.PLAIN


@frozen(kw_only=True)
class Reading:
    """One way to understand a written code."""

    gtin: Gtin
    """The number it gives."""
    kind: ReadingKind
    """How it was had."""
    notes: tuple[Note, ...] = ()
    """What was done to the text on the way."""


@frozen(kw_only=True)
class CodeReadings:
    """Every way to understand one written code, and what the code is worth."""

    written: str
    """As it stood in the document."""
    judgement: Judgement
    """The closed judgement; readings beside anything but Fit are hints for a person."""
    readings: tuple[Reading, ...] = ()
    """Best first; at most one is plain, and it stands first."""

    @property
    def plain(self) -> Gtin | None:
        """The number that may match by itself; None where there is none."""
        first = self.readings[0] if self.readings else None
        return first.gtin if first and first.kind.alone else None

    @property
    def number(self) -> int:
        """The plain number as an integer, 0 where there is none: what ``read_codes`` gives for a column."""
        return self.plain.number if self.plain else 0

    @property
    def hints(self) -> tuple[Reading, ...]:
        """The readings that need a second sign."""
        return tuple(reading for reading in self.readings if not reading.kind.alone)

    @property
    def explanation(self) -> str:
        """One line for a merchant: the code, its judgement, what it may be, and what was done to read it."""
        hints = [f"perhaps {reading.gtin}, read {reading.kind.value}" for reading in self.hints]
        notes = dict.fromkeys(note.value for reading in self.readings for note in reading.notes)
        return "; ".join([f"{self.written!r}: {explain(self.judgement)}", *hints, *notes])


_ONE_WAY: Final = (12, 13)
"""Lengths whose check digit, where it is right, leaves no second way."""

_FIT: Final = Fit()

_Way = tuple[ReadingKind, str]
"""A kind of reading with the digits it gives: 8, 12, 13 or 14, check digit right."""


def _kept(judgement: Judgement, digits: str) -> tuple[_Way, ...]:
    """Read digits as they stand, as far as their judgement leaves anything to read."""
    match judgement:
        case Fit() if len(digits) == 14 and digits[0] != "0":
            return (ReadingKind.PLAIN, digits), (ReadingKind.CASE_OF_EACH, Gtin(key=digits).each().key)
        case Fit():
            return ((ReadingKind.PLAIN, digits),)
        case Restricted():
            return ((ReadingKind.RESTRICTED, digits),)
        case VariableMeasure():
            return ((ReadingKind.VARIABLE_MEASURE, digits),)
        case Doubtful() | WrongCheckDigit() | Coupon() | Placeholder() | Rounded():
            return ()
        case Scientific() | WrongLength() | NotACode() | NoCode():
            return ()
        case _:
            assert_never(judgement)


def _unfinished(digits: str) -> _Way:
    """Add the check digit that senders of EDI may leave out.

    X12 element 235: UI (11 digits, UPC-A), UD (12, EAN-13) and U2 (13, GTIN-14) carry none.
    """
    return ReadingKind.NO_CHECK_DIGIT, f"{digits}{check_digit(digits)}"


def _short_ways(digits: str) -> tuple[_Way, ...]:
    """Read 7, 9 or 10 digits; a spreadsheet that drops one leading zero drops them all."""
    dropped = "" if digits.startswith("0") else digits
    if len(digits) == 7:
        return ((ReadingKind.UPC_E, expand_upc_e(f"0{dropped}")),)
    return (ReadingKind.LOST_ZERO, dropped and dropped.zfill(12)), (ReadingKind.ISBN_10, isbn_13_of(digits))


def _other_ways(digits: str) -> tuple[_Way, ...]:
    """Read digits as anything that they are not by length and check digit alone; empty digits are no way."""
    match len(digits):
        case 7 | 9 | 10:
            return _short_ways(digits)
        case 8:
            return ((ReadingKind.UPC_E, expand_upc_e(digits)),)
        case 11:
            return (ReadingKind.LOST_ZERO, digits.zfill(12)), _unfinished(digits)
        case 12 | 13 if not ends_with_check_digit(int(digits)):
            return (_unfinished(digits),)
        case _:
            return ()


def _judge(digits: str) -> Judgement:
    pattern = pattern_of(digits)
    if pattern is not None:
        return Placeholder(pattern=pattern)
    zeros = rounded_zeros(digits)
    if zeros:
        return Rounded(zeros=zeros)
    if len(digits) not in LENGTHS:
        return WrongLength(digits=len(digits))
    if not ends_with_check_digit(int(digits)):
        return WrongCheckDigit(seen=int(digits[-1]), expected=check_digit(digits[:-1]))
    return judge_key(digits.zfill(14))


def _names_a_product(digits: str) -> bool:
    """Tell whether digits had by another way are a number that GS1 gives to products.

    Many zeros at the end are no fault here: a UPC-E stands for numbers that have them.
    """
    return (
        len(digits) in LENGTHS and ends_with_check_digit(int(digits)) and judge_key(digits.zfill(14)) == _FIT
    )


def _ways(judgement: Judgement, digits: str) -> tuple[_Way, ...]:
    """Give every way, best first; other ways count only where they end at a product's number."""
    if isinstance(judgement, Placeholder | Rounded):
        return ()
    kept = _kept(judgement, digits)
    others = tuple(way for way in _other_ways(digits) if _names_a_product(way[1]))
    # A GTIN-8 with a leading 0 names nothing outside one company, so eight such digits are a UPC-E first.
    return others + kept if digits.startswith("0") and len(digits) == 8 else kept + others


def _settled(judgement: Judgement, ways: tuple[_Way, ...]) -> Judgement:
    """Call it doubtful where another way is right and the plain one merely impossible."""
    another = bool(ways) and ways[0][0] is ReadingKind.UPC_E
    return Doubtful() if another or (ways and isinstance(judgement, WrongLength)) else judgement


def _notes(kind: ReadingKind, kinds: set[ReadingKind], cleaned: CodeText) -> tuple[Note, ...]:
    lost = kind is ReadingKind.LOST_ZERO or (kind is ReadingKind.UPC_E and len(cleaned.digits) == 7)
    both = ReadingKind.UPC_E in kinds and len(kinds) > 1
    return (*cleaned.notes, *[Note.LOST_ZEROS] * lost, *[Note.TWO_WAYS] * both)


def _read(text: str, cleaned: CodeText, judgement: Judgement, ways: tuple[_Way, ...]) -> CodeReadings:
    kinds = {kind for kind, _ in ways}
    readings = tuple(
        Reading(gtin=Gtin(key=digits.zfill(14), written=text), kind=kind, notes=_notes(kind, kinds, cleaned))
        for kind, digits in ways
    )
    return CodeReadings(written=text, judgement=_settled(judgement, ways), readings=readings)


# a plan asks for codes that its review has just read
@lru_cache(maxsize=_CACHED)
def read_code(text: str) -> CodeReadings:
    """Understand one written code in every way that the standard or experience allows.

    Never raises; a wrong check digit is never repaired, and digits that a spreadsheet lost are never guessed.
    """
    cleaned = clean_code(text)
    digits = cleaned.digits
    if len(digits) in _ONE_WAY and plain_number(digits):
        # Nine of ten codes end here; what follows would say the same of them, at ten times the time.
        gtin = Gtin(key=digits.zfill(14), written=text)
        plain = Reading(gtin=gtin, kind=ReadingKind.PLAIN, notes=cleaned.notes)
        return CodeReadings(written=text, judgement=_FIT, readings=(plain,))
    if digits:
        judgement = _judge(digits)
        return _read(text, cleaned, judgement, _ways(judgement, digits))
    isbn = isbn_13_of(cleaned.text)
    if isbn:
        return _read(text, cleaned, Doubtful(), ((ReadingKind.ISBN_10, isbn),))
    return CodeReadings(written=text, judgement=judge_text(cleaned.text))
