"""Written codes by the name of their fault: how each is read, and what it is worth."""

# ruff: noqa: RUF001 - look-alike characters are what these tests are about

from __future__ import annotations

from typing import Any

import pytest
from tests.matching.code_strategies import finished

from po_bridge.matching.code_text import Note
from po_bridge.matching.judgement import (
    Circulation,
    Coupon,
    Doubtful,
    Fit,
    NoCode,
    NotACode,
    Pattern,
    Placeholder,
    Restricted,
    Rounded,
    Scientific,
    VariableMeasure,
    WrongCheckDigit,
    WrongLength,
)
from po_bridge.matching.readings import CodeReadings, ReadingKind, read_code
from po_bridge.models.gtin import Gtin

PLAIN = ReadingKind.PLAIN
LOST_ZERO = ReadingKind.LOST_ZERO
NO_CHECK_DIGIT = ReadingKind.NO_CHECK_DIGIT
UPC_E = ReadingKind.UPC_E
CASE = ReadingKind.CASE_OF_EACH
RESTRICTED = ReadingKind.RESTRICTED

COMPANY, REGION = Circulation.COMPANY, Circulation.REGION


def ways(code: CodeReadings) -> list[tuple[ReadingKind, str]]:
    """Show how a code was read."""
    return [(reading.kind, str(reading.gtin)) for reading in code.readings]


PLAIN_CODES = {
    "upc-a": ("844277097994", "844277097994"),
    "ean-13": ("6291041500213", "6291041500213"),
    "ean-8": ("96385074", "96385074"),
    "ean-13 holding a upc": ("0844277097994", "844277097994"),
    "gtin-14 holding a upc": ("00844277097994", "844277097994"),
    "upc that begins with two zeros": ("007421309859", "007421309859"),
    "ean-8 padded to twelve digits": ("000096385074", "96385074"),
    "isbn-13": ("978-0-306-40615-7", "9780306406157"),
    "trailing tab": ("844277097994\t", "844277097994"),
    "decimal ending": ("844277097994.0", "844277097994"),
    "full-width": ("８４４２７７０９７９９４", "844277097994"),
    "case-like prefix in an ean-13": ("1234567890418", "1234567890418"),
}


@pytest.mark.parametrize(("text", "shown"), PLAIN_CODES.values(), ids=PLAIN_CODES)
def test_plain(text: str, shown: str) -> None:
    """A clean code is read as it stands and in no other way."""
    code = read_code(text)
    assert ways(code) == [(PLAIN, shown)]
    assert code.judgement == Fit()
    assert code.plain == Gtin.parse(shown)
    assert code.number == int(shown)
    assert code.hints == ()
    assert code.readings[0].gtin.written == text


SEVERAL_WAYS = {
    "lost leading zero, or no check digit": (
        "63850700148",
        Doubtful(),
        [(LOST_ZERO, "063850700148"), (NO_CHECK_DIGIT, "638507001482")],
    ),
    "eleven digits that fit no leading zero": ("84427709799", Doubtful(), [(NO_CHECK_DIGIT, "844277097994")]),
    "two lost zeros": ("7421309859", Doubtful(), [(LOST_ZERO, "007421309859")]),
    "three lost zeros": ("742130980", Doubtful(), [(LOST_ZERO, "000742130980")]),
    "upc-e and an in-store ean-8": (
        "01712384",
        Doubtful(),
        [(UPC_E, "017123000084"), (RESTRICTED, "01712384")],
    ),
    "upc-e, no ean-8": ("04252614", Doubtful(), [(UPC_E, "042100005264")]),
    "upc-e of number system 1 beside an ean-8": (
        "19180205",
        Fit(),
        [(PLAIN, "19180205"), (UPC_E, "191000008025")],
    ),
    "upc-e of a number that ends in zeros": (
        "12500000",
        Fit(),
        [(PLAIN, "12500000"), (UPC_E, "125000000000")],
    ),
    "upc-e with a lost zero": ("4252614", Doubtful(), [(UPC_E, "042100005264")]),
    "case of an each": ("10844277097991", Fit(), [(PLAIN, "10844277097991"), (CASE, "844277097994")]),
    "isbn-10": ("0-306-40615-2", Doubtful(), [(ReadingKind.ISBN_10, "9780306406157")]),
    "isbn-10 with X": ("0-8044-2957-X", Doubtful(), [(ReadingKind.ISBN_10, "9780804429573")]),
    "carton without check digit": (
        "1084427709799",
        WrongCheckDigit(seen=9, expected=0),
        [(NO_CHECK_DIGIT, "10844277097991")],
    ),
    "ean-13 without check digit": (
        "629104150021",
        WrongCheckDigit(seen=1, expected=4),
        [(NO_CHECK_DIGIT, "6291041500213")],
    ),
    "in-store upc": (
        "412345678903",
        Restricted(prefix="04", circulation=COMPANY),
        [(RESTRICTED, "412345678903")],
    ),
    "in-store ean-8": ("20123451", Restricted(prefix="2", circulation=COMPANY), [(RESTRICTED, "20123451")]),
    "weighed in the store": (
        finished("21234567890"),
        Restricted(prefix="02", circulation=REGION),
        [(RESTRICTED, finished("21234567890"))],
    ),
    "in-store ean-13": (
        finished("201234567891"),
        Restricted(prefix="2", circulation=REGION),
        [(RESTRICTED, finished("201234567891"))],
    ),
    "variable measure": (
        finished("9084427709799"),
        VariableMeasure(),
        [(ReadingKind.VARIABLE_MEASURE, finished("9084427709799"))],
    ),
}


@pytest.mark.parametrize(("text", "judgement", "expected"), SEVERAL_WAYS.values(), ids=SEVERAL_WAYS)
def test_several_ways(text: str, judgement: Any, expected: list[tuple[ReadingKind, str]]) -> None:
    """What can be understood in more than one way keeps them all, best first."""
    code = read_code(text)
    assert ways(code) == expected
    assert code.judgement == judgement


REFUSED = {
    "wrong check digit": ("844277090378", WrongCheckDigit(seen=8, expected=7)),
    "wrong check digit of a case": ("10844277097992", WrongCheckDigit(seen=2, expected=1)),
    "wrong check digit of eight digits": ("96385075", WrongCheckDigit(seen=5, expected=4)),
    "scientific notation": ("1.23457E+11", Scientific()),
    "scientific notation with a comma": ("8,44277E+11", Scientific()),
    "scientific notation as text": ('="8.44E+11"', Scientific()),
    "rounded by a spreadsheet": ("844277000000", Rounded(zeros=6)),
    "rounded, leading zero lost": ("12345700000", Rounded(zeros=5)),
    "coupon 05": ("512345678900", Coupon(prefix="05")),
    "coupon 98": (finished("981234567890"), Coupon(prefix="98")),
    "coupon 99": (finished("991234567890"), Coupon(prefix="99")),
    "gs1 example": (finished("952123456789"), Placeholder(pattern=Pattern.EXAMPLE)),
    "twelve zeros": ("000000000000", Placeholder(pattern=Pattern.ZEROS)),
    "one zero": ("0", Placeholder(pattern=Pattern.ZEROS)),
    "nines": ("999999999999", Placeholder(pattern=Pattern.REPEATED)),
    "ones with a right check digit": (finished("11111111111"), Placeholder(pattern=Pattern.REPEATED)),
    "counting up": ("123456789012", Placeholder(pattern=Pattern.COUNTING)),
    "the example of every manual": ("012345678905", Placeholder(pattern=Pattern.COUNTING)),
    "the example with its zero lost": ("12345678905.0", Placeholder(pattern=Pattern.COUNTING)),
    "counting down": ("987654321098", Placeholder(pattern=Pattern.COUNTING)),
    "N/A": ("N/A", NoCode()),
    "TBD": (" tbd ", NoCode()),
    "empty": ("", NoCode()),
    "spaces": (" \t\u00a0", NoCode()),
    "dash": ("-", NoCode()),
    "error value of a spreadsheet": ("#N/A", NoCode()),
    "internal sku": ("SPREE-T-SHIRT", NotACode()),
    "alphanumeric": ("X000ABC123", NotACode()),
    "article number with an E": ("1E5", NotACode()),
    "digits of another script": ("٨٤٤٢٧٧٠٩٧٩٩٤", NotACode()),
    "two codes in one field": ("844277097994 844277090377", WrongLength(digits=24)),
    "shipping container number": ("108442770979912345", WrongLength(digits=18)),
    "short number": ("4156", WrongLength(digits=4)),
    "ten digits that lost no zero": ("0742130986", WrongLength(digits=10)),
    "a number longer than Python reads": ("7" + "1" * 9999, WrongLength(digits=10_000)),
}


@pytest.mark.parametrize(("text", "judgement"), REFUSED.values(), ids=REFUSED)
def test_hopeless(text: str, judgement: Any) -> None:
    """What names no product by itself has no plain number, and says why."""
    code = read_code(text)
    assert code.judgement == judgement
    assert code.plain is None
    assert code.number == 0


@pytest.mark.parametrize(
    "name",
    [name for name in REFUSED if not name.startswith("wrong check digit")],
)
def test_lost_digits_are_never_guessed(name: str) -> None:
    """Placeholders, coupons, rounded and shortened numbers and text give no reading at all."""
    assert read_code(REFUSED[name][0]).readings == ()


@pytest.mark.parametrize("text", ["844277097993", "844277097990", "10844277097990"])
def test_wrong_check_digit_is_never_repaired(text: str) -> None:
    """No reading of a wrong check digit is the number with another last digit."""
    repaired = finished(text[:-1]).zfill(14)
    assert repaired not in {reading.gtin.key for reading in read_code(text).readings}


def test_only_plain_matches_alone() -> None:
    """Of all kinds of readings only the plain one may match by itself."""
    assert [kind for kind in ReadingKind if kind.alone] == [PLAIN]


def test_notes_follow_the_reading() -> None:
    """What was done to the text stands with each reading, with what that reading itself needed."""
    code = read_code(" 63850700148")
    assert [reading.notes for reading in code.readings] == [
        (Note.SEPARATORS, Note.LOST_ZEROS),
        (Note.SEPARATORS,),
    ]
    assert read_code("01712384").readings[0].notes == (Note.TWO_WAYS,)
    assert read_code("4252614").readings[0].notes == (Note.LOST_ZEROS,)


@pytest.mark.parametrize(
    ("text", "explanation"),
    [
        ("844277097994", "'844277097994': a valid code"),
        (
            "844277097994.0",
            "'844277097994.0': a valid code; a spreadsheet's decimal ending was left out",
        ),
        (
            "10844277097991",
            (
                "'10844277097991': a valid code; perhaps 844277097994, read as a case, "
                "by the number of the each in it; the quantity multiplies"
            ),
        ),
        ("N/A", "'N/A': no code was given"),
        (
            "844277090378",
            (
                "'844277090378': the check digit is 8 and should be 7: a digit is mistyped; ask the brand; "
                "perhaps 8442770903785, read as a code written without its check digit"
            ),
        ),
    ],
    ids=["plain", "note", "case", "nothing", "mistyped"],
)
def test_explanation(text: str, explanation: str) -> None:
    """One line tells a merchant what a code is worth, and what it may be."""
    assert read_code(text).explanation == explanation
