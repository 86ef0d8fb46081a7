"""Columns of written codes, read at once: a catalogue has millions, and nearly all are plain.

Two engines give the same answer: plain Python, and numpy of the extra ``fast``.
Both decide only about codes that are twelve or thirteen digits and right as they stand;
every other code goes through ``clean_code`` and ``plain_number``, as ``read_code`` does.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache, lru_cache
from importlib import import_module
from typing import Final, Protocol

from attrs import frozen

from ..errors import MissingExtra
from ..models.gtin import is_digits
from .code_text import clean_code, without_separators
from .code_words import judge_text
from .judgement import NoCode
from .plain_number import plain_number
from .readings import CodeReadings, read_code


class Engine(Enum):
    """What a column is read with."""

    ANY = "numpy where it is installed, else Python"
    PYTHON = "Python"
    NUMPY = "numpy"


@frozen(kw_only=True, eq=False)
class CodeColumn:
    """A column of codes as index keys, with the reasons of the odd ones worked out when asked for."""

    written: Sequence[str]
    """The codes as given."""
    numbers: memoryview
    """The plain number of each code as int64, 0 where it has none; numpy takes it without a copy."""
    odd: memoryview
    """Rows, ascending, that a person or a weaker rung may look at: a code without a plain number,
    or with another reading beside it. Empty fields and words for nothing are not among them."""

    def readings(self, row: int) -> CodeReadings:
        """Read one row again, with every reading and its reason."""
        return read_code(self.written[row])

    def reasons(self) -> Iterator[tuple[int, CodeReadings]]:
        """Yield each odd row with its readings."""
        return ((row, self.readings(row)) for row in self.odd)


class _Reader(Protocol):
    """Gives the number of each code that is certain, 0 for the others, and the rows of these."""

    def __call__(self, texts: Sequence[str], /) -> tuple[array[int], Sequence[int]]: ...


_CERTAIN: Final = (12, 13)

_TWO_WAYS: Final = (8, 14)
"""Lengths at which a plain number may be something else besides: a UPC-E, or a case."""


def _read_with_python(texts: Sequence[str]) -> tuple[array[int], Sequence[int]]:
    numbers = array("q", bytes(8 * len(texts)))
    rest: list[int] = []
    for row, text in enumerate(texts):
        if len(text) in _CERTAIN and text.isascii() and text.isdecimal():
            number = plain_number(text)
            if number:
                numbers[row] = number
                continue
        rest.append(row)
    return numbers, rest


@cache
def _numpy_reader() -> _Reader | None:
    try:
        module = import_module("._numpy_reader", __package__)
    except ModuleNotFoundError as missing:
        if missing.name != "numpy":
            raise
        return None
    reader: _Reader = module.read_with_numpy
    return reader


def _reader(engine: Engine) -> _Reader:
    fast = None if engine is Engine.PYTHON else _numpy_reader()
    if fast is None and engine is Engine.NUMPY:
        raise MissingExtra("fast", "numpy")
    return fast or _read_with_python


def _judged(digits: str) -> tuple[int, bool]:
    number = plain_number(digits)
    if number and len(digits) in _TWO_WAYS:
        return number, bool(read_code(digits).hints)
    return number, not number


# The words that stand where a code is missing are few and come again and again.
@lru_cache(maxsize=4096)
def _cleaned(text: str) -> tuple[int, bool]:
    cleaned = clean_code(text)
    if cleaned.digits:
        return _judged(cleaned.digits)
    return 0, not isinstance(judge_text(cleaned.text), NoCode)


def _number_and_oddity(text: str) -> tuple[int, bool]:
    """Read a code that is not certain; agrees with ``read_code`` without building its values."""
    digits = text if is_digits(text) else without_separators(text)
    return _judged(digits) if is_digits(digits) else _cleaned(text)


def read_codes(texts: Sequence[str], *, engine: Engine = Engine.ANY) -> CodeColumn:
    """Read a column of codes; the same numbers as ``read_code`` gives, whatever the engine.

    Raises MissingExtra where numpy is insisted on and not installed.
    """
    numbers, rest = _reader(engine)(texts)
    odd = array("q")
    for row in rest:
        text = texts[row]
        if text:
            numbers[row], is_odd = _number_and_oddity(text)
            if is_odd:
                odd.append(row)
    return CodeColumn(
        written=texts, numbers=memoryview(numbers).toreadonly(), odd=memoryview(odd).toreadonly()
    )
