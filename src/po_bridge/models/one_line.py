"""Text that goes where one line is shown."""

from __future__ import annotations

import re
from typing import Final

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]+")


def one_line(text: str) -> str:
    """Put text on one line: control characters and runs of white space become single blanks.

    A zero byte alone makes some systems refuse a whole record.
    """
    return " ".join(_CONTROL.sub(" ", text).split())
