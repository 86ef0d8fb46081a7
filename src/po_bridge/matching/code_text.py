"""A written code, freed from what spreadsheets and people put around its digits."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final, NamedTuple

from ..models.gtin import is_digits


class Note(Enum):
    """What was done to a written code to read it; the words are for people."""

    FULL_WIDTH = "full-width digits were read as ordinary ones"
    SEPARATORS = "spaces, hyphens or invisible characters were left out"
    DECIMALS = "a spreadsheet's decimal ending was left out"
    QUOTES = "a spreadsheet's text mark was left out"
    IDENTIFIER = "the GS1 application identifier (01) was left out"
    LOST_ZEROS = "leading zeros were put back"
    TWO_WAYS = "eight digits that are right as UPC-E and as GTIN-8"


_FULL_WIDTH: Final = {0xFF10 + digit: 0x30 + digit for digit in range(10)}

# Every space of Unicode, the invisible joiners that web pages leave in copied text, and all hyphens and
# dashes (U+2010 to U+2015, minus, small and full-width hyphen). Dots and slashes divide other things.
_SEPARATORS: Final = dict.fromkeys(
    [
        *range(0x09, 0x0E),
        *(0x20, 0x2D, 0x85, 0xA0, 0xAD, 0x1680, 0x180E),
        *range(0x2000, 0x2016),
        *(0x2028, 0x2029, 0x202F, 0x205F, 0x2060, 0x2212, 0x3000, 0xFE58, 0xFE63, 0xFEFF, 0xFF0D),
    ]
)

# ="012345678905" and '012345678905 are how spreadsheets are told to keep leading zeros.
_QUOTED: Final = re.compile(r'\s*(?:=\s*"([^"]*)"|"([^"]*)"|\'([^\']*)\'?)\s*')
_IDENTIFIER: Final = re.compile(r"\s*\(01\)(.*)", re.DOTALL)
_DECIMALS: Final = re.compile(r"(.*\d)(?:\.0+|,00?)\s*", re.DOTALL)


class CodeText(NamedTuple):
    """The digits of a written code, or its text where it is not made of digits."""

    digits: str
    """ASCII digits; empty where the code holds anything else."""
    text: str
    """What was written, without marks and outer spaces."""
    notes: tuple[Note, ...] = ()
    """What was done to have the digits, in order."""


def without_separators(text: str) -> str:
    """Take out spaces, hyphens and dashes of every kind, and invisible characters."""
    # The two that nearly all are, a tenth of the time of a table.
    common = text.replace("-", "").replace(" ", "")
    return common if is_digits(common) else common.translate(_SEPARATORS)


def _unquoted(text: str) -> str:
    found = _QUOTED.fullmatch(text)
    return next((group for group in found.groups() if group is not None), "") if found else text


def _inner(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.fullmatch(text)
    return found[1] if found else text


def clean_code(text: str) -> CodeText:
    """Take a written code down to its digits, with a note for whatever was taken away.

    Digits of other scripts than ASCII and full-width ones make no code.
    Nothing is taken from between the digits but spaces, hyphens and dashes.
    """
    if is_digits(text):
        return CodeText(digits=text, text=text)
    bare = without_separators(text)
    if is_digits(bare):
        return CodeText(digits=bare, text=text.strip(), notes=(Note.SEPARATORS,))
    ascii_digits = text.translate(_FULL_WIDTH)
    unquoted = _unquoted(ascii_digits)
    payload = _inner(_IDENTIFIER, unquoted)
    whole = _inner(_DECIMALS, payload)
    digits = without_separators(whole)
    if not is_digits(digits):
        return CodeText(digits="", text=unquoted.strip())
    steps = (
        (Note.FULL_WIDTH, text, ascii_digits),
        (Note.QUOTES, ascii_digits, unquoted),
        (Note.IDENTIFIER, unquoted, payload),
        (Note.DECIMALS, payload, whole),
        (Note.SEPARATORS, whole, digits),
    )
    notes = tuple(note for note, before, after in steps if before != after)
    return CodeText(digits=digits, text=unquoted.strip(), notes=notes)
