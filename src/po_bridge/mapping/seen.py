"""What stood in a document, shortened so that a person can read it."""

from __future__ import annotations

import re
import reprlib
from typing import Any, Final

_PLAIN_KEY: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_LONGEST: Final = 80


class _Missing:
    """The type of ``MISSING``."""

    def __repr__(self) -> str:
        return "nothing"


MISSING: Final = _Missing()
"""Stands for a key that is not in the document; a null is ``None``."""


class _Shortened(reprlib.Repr):
    def __init__(self) -> None:
        super().__init__()
        self.maxlevel = 2
        self.maxdict = self.maxlist = self.maxtuple = 3
        self.maxstring = self.maxother = self.maxlong = 60

    def repr_int(self, x: int, level: int) -> str:  # noqa: ARG002  # called by reprlib
        # CPython refuses to print integers of more than 4,300 digits.
        return f"a whole number of {x.bit_length()} bits" if x.bit_length() > 256 else repr(x)


_shortened: Final = _Shortened()


def seen(value: Any) -> str:
    """Show a value as ``repr``, at most 80 characters, nesting cut off; ``'nothing'`` for ``MISSING``."""
    text = repr(value) if value is MISSING else _shortened.repr(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def key_text(key: object) -> str:
    """Show a key as a step of a document path: ``.price``, or ``['a.b']`` where it is not plain."""
    text = str(key)
    if _PLAIN_KEY.fullmatch(text):
        return f".{text}"
    return f"[{_shortened.repr(text)}]" if text else ""
