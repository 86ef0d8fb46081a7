"""Texts as cells of a spreadsheet: never run as a formula, never turned into a number or date.

A cell that a spreadsheet would run or convert gets an apostrophe in front, and ``unguarded`` takes exactly that
away again. Where a file is opened with the wrong separator a cell falls into pieces, so each piece is guarded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Final

MARK: Final = "'"
"""What stands in front of a guarded cell."""

_SEPARATORS: Final = re.compile(r"([,;\t|\r\n])")
_WORDS: Final = re.compile(r"[^\W\d_]+")
_OPENERS: Final = frozenset("=+-@\N{MINUS SIGN}")
"""Signs that make a formula; wide and small forms of them come to the same by NFKC."""

_TRUTHS: Final = frozenset({"true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "falso"})

_DATE_WORDS: Final = frozenset({"e", "a", "p", "am", "pm"})

_MONTHS: Final = frozenset(
    {
        *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
        *("mär", "mai", "okt", "dez", "fév", "avr", "jui", "aoû", "déc", "ene", "abr", "ago", "dic"),
        *("gen", "mag", "giu", "lug", "set", "ott", "mrt", "mei"),
    }
)
"""How the months begin in the languages spreadsheets are used in most."""


def _is_skipped(sign: str) -> bool:
    """Whether a spreadsheet may overlook a sign at the beginning of a cell."""
    return sign.isspace() or sign in "'\"" or unicodedata.category(sign) in {"Cc", "Cf", "Zs"}


def _opens_formula(piece: str) -> bool:
    first = next((sign for sign in piece if not _is_skipped(sign)), "")
    return bool(first) and unicodedata.normalize("NFKC", first)[:1] in _OPENERS


def _is_converted(text: str) -> bool:
    """Whether a spreadsheet may take a text for a number, a date, a time or a truth value."""
    if not any(map(str.isdigit, text)):
        return text.strip().casefold() in _TRUTHS
    words = [word.casefold() for word in _WORDS.findall(text)]
    return len(words) <= 3 and all(word in _DATE_WORDS or word[:3] in _MONTHS for word in words)


def _needs_mark(text: str) -> bool:
    """Whether the whole cell is guarded; leading apostrophes do not count, so that this can be undone."""
    bare = text.lstrip(MARK)
    first = _SEPARATORS.split(text, maxsplit=1)[0]
    return bare[:1] in {"\t", "\r", "\n"} or (_is_converted(bare) and not _opens_formula(first))


def _in_pieces(text: str, change: Callable[[str], str]) -> str:
    pieces = _SEPARATORS.split(text)
    return "".join(piece if number % 2 else change(piece) for number, piece in enumerate(pieces))


def defused(text: str) -> str:
    """Write a text as a cell that runs nothing; unlike a guarded one it may still be taken for a number or date."""
    return _in_pieces(text, lambda piece: MARK + piece if _opens_formula(piece) else piece)


def guarded(text: str) -> str:
    """Write a text as a cell that every spreadsheet keeps as it is."""
    cell = defused(text)
    return MARK + cell if _needs_mark(cell) else cell


def unguarded(cell: str) -> str:
    """Read what ``guarded`` wrote; a cell that a person typed stays as typed, but for an apostrophe that guards."""
    text = cell[1:] if cell.startswith(MARK) and _needs_mark(cell) else cell
    return _in_pieces(
        text, lambda piece: piece[1:] if piece.startswith(MARK) and _opens_formula(piece) else piece
    )
