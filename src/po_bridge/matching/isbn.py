"""The ten-digit ISBN of books before 2007, as the thirteen digits they bear today."""

from __future__ import annotations

import re
from typing import Final

from ..models.gtin import check_digit
from .code_text import without_separators

_TEN: Final = re.compile(r"[0-9]{9}[0-9Xx]")


def isbn_13_of(text: str) -> str:
    """Give the ISBN-13 of a written ISBN-10, empty where the text is none.

    ISO 2108: weights 10 down to 1, the sum divisible by 11, X is ten; 978 goes in front of the first nine.
    """
    ten = without_separators(text)
    if not _TEN.fullmatch(ten):
        return ""
    values = [*map(int, ten[:9]), 10 if ten[9] in "Xx" else int(ten[9])]
    if sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11:
        return ""
    body = f"978{ten[:9]}"
    return f"{body}{check_digit(body)}"
