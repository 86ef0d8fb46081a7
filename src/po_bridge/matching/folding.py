"""Spelling differences that never carry meaning: case, width, kinds of dashes, quotes and spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final

_DASHES: Final = dict.fromkeys([0xAD, *range(0x2010, 0x2016), 0x2212, 0xFE58, 0xFE63, 0xFF0D], "-")
_SIGNS: Final = {
    **_DASHES,
    0xD7: "x",
    0x2044: "/",
    **dict.fromkeys((0x2018, 0x2019, 0x2032, 0xB4), "'"),
    **dict.fromkeys((0x201C, 0x201D, 0x2033, 0x3003), '"'),
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF), ""),
}
_VULGAR_FRACTION: Final = re.compile("[\u00bc-\u00be\u2150-\u215f\u2189]")

_LETTER = r"[^\W\d_]"
_AROUND_SIGNS: Final = re.compile(r" ?([:,/;()]) ?")
_BETWEEN_NUMBERS: Final = re.compile(r'(?:(?<=[\d"])|(?<=\dw)) ?x ?(?=\d)')
_RANGE: Final = re.compile(r"(?<=\d) ?- (?=\d)")
_JOINT: Final = re.compile(rf"(?<={_LETTER}) ?- ?(?={_LETTER})")
_BEFORE_LETTER: Final = re.compile(rf"(?<=\d) ?- ?(?={_LETTER})")
_LOOSE_DOT: Final = re.compile(r"\.(?!\d)")
_BESIDE_DIGIT: Final = re.compile(rf'(?<=\d) (?={_LETTER}|")|(?<={_LETTER}) (?=\d)')
_CODE_SEPARATORS: Final = re.compile(r"[\s\-_/.,:;|\\]+")
_COLOR_SIGNS: Final = re.compile(r"[\s\-_/,;:|\\()]+|\.(?!\d)")


_CACHED: Final = 1 << 13
"""A store has few colours, sizes and brands, and one review reads the same names several times."""


def _spaced(fraction: re.Match[str]) -> str:
    # NFKC alone would make 91/2 of a 9 with a half behind it.
    return f" {unicodedata.normalize('NFKC', fraction[0])}"


def _settled(step: Callable[[str], str], text: str) -> str:
    """Repeat a step until it changes nothing: what one rule takes away may bring another into play."""
    before, after = text, step(text)
    while before != after:
        before, after = after, step(after)
    return after


def _fold_once(text: str) -> str:
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _VULGAR_FRACTION.sub(_spaced, text).translate(_SIGNS))
    return " ".join(text.casefold().replace("''", '"').split())


@lru_cache(maxsize=_CACHED)
def fold(text: str) -> str:
    """Fold case and Unicode forms, dashes, quotes and runs of spaces; letters keep their accents.

    Folding a folded text changes nothing.
    """
    return _settled(_fold_once, text)


def _fold_size_once(text: str) -> str:
    size = _LOOSE_DOT.sub("", fold(text).replace("_", " "))
    size = _BETWEEN_NUMBERS.sub("x", _AROUND_SIGNS.sub(r"\1", size))
    size = _JOINT.sub(" ", _RANGE.sub("-", size))
    return _BESIDE_DIGIT.sub("", _BEFORE_LETTER.sub("", " ".join(size.split())))


@lru_cache(maxsize=_CACHED)
def fold_size(text: str) -> str:
    """Fold the spacing and punctuation of a size that carry no meaning.

    A hyphen between two digits is a range, one in front of a digit may be a sign; both stay.
    Colon, slash, comma, brackets and plus stay too, without spaces around.
    """
    return _settled(_fold_size_once, text)


@lru_cache(maxsize=_CACHED)
def fold_color(text: str) -> str:
    """Fold a colour to its words; signs between words are spaces, ``&`` is a word, 1.5 keeps its point."""
    return " ".join(_COLOR_SIGNS.sub(" ", fold(text).replace("&", " & ")).split())


@lru_cache(maxsize=_CACHED)
def fold_code(text: str) -> str:
    """Fold a style number or supplier code: every run of separators is one hyphen, none at the ends."""
    return "-".join(_CODE_SEPARATORS.sub(" ", fold(text)).split())
