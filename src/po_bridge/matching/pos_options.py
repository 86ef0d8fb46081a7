"""The variant options of a POS product by what they mean, whatever the store calls them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from attrs import frozen

from ..models.pos_product import OptionValue
from .default_vocabulary import DEFAULT
from .options import COLOR, NOT_STATED, SIZE, color_key, name_key, size_key
from .vocabulary import Vocabulary

WAIST_NAMES: Final = frozenset({"waist", "waist size"})
"""Names of an option that holds the first half of a size of two measures."""

LENGTH_NAMES: Final = frozenset({"inseam", "leg", "leg length", "length"})
"""Names of an option that holds the second half."""

_MEANT: Final = (COLOR, SIZE)

_DIVIDERS: Final = re.compile(r"\s*[/|,]\s*")


@frozen(kw_only=True)
class PosOptions:
    """Colour, size and other options of a POS product."""

    color: str = NOT_STATED
    """Key of the colour."""
    color_written: str = ""
    """The colour as written."""
    sizes: tuple[str, ...] = ()
    """Keys of the size, the fullest first: a waist with its length before the waist alone."""
    size_written: str = ""
    """The size as written, two measures with an ``x`` between them."""
    others: tuple[OptionValue, ...] = ()
    """Stated options whose names say neither colour nor size."""
    in_one: bool = False
    """Whether the others are the halves of one option, so that they are colour and size in some order."""
    written: tuple[OptionValue, ...] = ()
    """Every stated option as written."""
    values: tuple[str, ...] = ()
    """The values of all options, those that state nothing too."""

    @property
    def size(self) -> str:
        """Key of the size in full."""
        return self.sizes[0] if self.sizes else NOT_STATED


_CACHED: Final = 1 << 14
"""A store has a few thousand pairs of colour and size, in any number of products."""


@lru_cache(maxsize=_CACHED)
def _read(name: str, value: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """Give what an option is, ``COLOR``, ``SIZE`` or its name's key, with its value's key; empty for nothing."""
    what = name_key(name, vocabulary)
    if what == COLOR:
        return COLOR, color_key(value, vocabulary)
    is_size = what == SIZE or ("size" in what.split() and what not in WAIST_NAMES)
    return SIZE if is_size else what, size_key(value, vocabulary)


def _halves(option: OptionValue) -> tuple[OptionValue, ...]:
    """Take ``Red / M`` in one option apart."""
    parts = _DIVIDERS.split(option.value)
    if len(parts) != 2 or not all(parts):
        return (option,)
    return tuple(OptionValue(name=option.name, value=part) for part in parts)


def _first(
    options: Iterable[OptionValue], names: frozenset[str], vocabulary: Vocabulary
) -> list[OptionValue]:
    return [option for option in options if _read(option.name, option.value, vocabulary)[0] in names][:1]


def _measures(
    size: OptionValue | None, others: Sequence[OptionValue], vocabulary: Vocabulary
) -> list[OptionValue]:
    """Give the options that make the size: a waist with a length, else what is called size."""
    first = [size] if size else _first(others, WAIST_NAMES, vocabulary)
    second = _first(others, LENGTH_NAMES, vocabulary) if first else []
    if first and second:
        return first + second
    return [size] if size else []


def _sizes(measures: Sequence[OptionValue], vocabulary: Vocabulary) -> tuple[str, ...]:
    if len(measures) < 2:
        return tuple(size_key(measure.value, vocabulary) for measure in measures)
    texts = ("x".join(measure.value for measure in measures), measures[0].value)
    return tuple(size_key(text, vocabulary) for text in texts)


@lru_cache(maxsize=_CACHED)
def read_options(options: tuple[OptionValue, ...], vocabulary: Vocabulary = DEFAULT) -> PosOptions:
    """Sort the options of a POS product into colour, size and others; what says nothing is left out."""
    named: dict[str, OptionValue] = {}
    others: list[OptionValue] = []
    stated: list[OptionValue] = []
    for option in options:
        what, key = _read(option.name, option.value, vocabulary)
        if key != NOT_STATED:
            stated.append(option)
            if what in _MEANT and what not in named:
                named[what] = option
            else:
                others.append(option)
    color, size = named.get(COLOR), named.get(SIZE)
    measures = _measures(size, others, vocabulary)
    others = [other for other in others if other not in measures]
    halves = _halves(others[0]) if not color and not measures and len(others) == 1 else ()
    if len(halves) > 1:
        others = list(halves)
    return PosOptions(
        color=color_key(color.value, vocabulary) if color else NOT_STATED,
        color_written=color.value if color else "",
        sizes=_sizes(measures, vocabulary),
        size_written="x".join(measure.value for measure in measures),
        others=tuple(others),
        in_one=len(halves) > 1,
        written=tuple(stated),
        values=tuple(option.value for option in options),
    )
