"""What people and spreadsheets write into a code field that is not made of digits."""

from __future__ import annotations

import re
from typing import Final

from .code_text import without_separators
from .judgement import Judgement, NoCode, NotACode, Scientific

NO_CODE_WORDS: Final = frozenset(
    {
        "",
        "#n/a",
        "#name?",
        "#ref!",
        "#value!",
        "?",
        "n.a.",
        "n/a",
        "na",
        "nan",
        "nil",
        "nobarcode",
        "nocode",
        "noean",
        "nogtin",
        "none",
        "notapplicable",
        "notavailable",
        "notyet",
        "noupc",
        "null",
        "pending",
        "tba",
        "tbc",
        "tbd",
        "toadd",
        "tofollow",
        "undefined",
        "unknown",
    }
)
"""Words for no code, in lower case and without spaces and hyphens."""

# A decimal mantissa, a signed exponent, or an exponent that makes 8 to 15 digits: 5E3 may be an article.
_SCIENTIFIC: Final = re.compile(
    r"[0-9]+[.,][0-9]*E\+?[0-9]{1,2}|[0-9]+E\+[0-9]{1,2}|[0-9]E(?:0?[7-9]|1[0-4])", re.IGNORECASE
)


def judge_text(text: str) -> Judgement:
    """Judge a code that is not made of digits."""
    bare = without_separators(text).casefold()
    if bare in NO_CODE_WORDS or set(bare) <= set(".?x*/_"):
        return NoCode()
    return Scientific() if _SCIENTIFIC.fullmatch(bare) else NotACode()
