"""What different spellings of colours and sizes mean, as data that a merchant can extend.

Only what stands in these tables is taken for equal; nothing is equal because it looks alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from attrs import Factory, field, frozen

from .folding import fold_color, fold_size


@frozen(kw_only=True)
class Word:
    """One meaning with its spellings."""

    key: str
    """The spelling that stands for all, folded."""
    spellings: tuple[str, ...] = ()
    """The others, written in any way."""


@frozen(kw_only=True)
class Shape:
    """A way to write a size that is built of parts."""

    name: str
    """What it is, for people."""
    pattern: str
    """Regular expression over the whole folded size; its groups are the parts."""
    form: str
    """How the parts are written in the key, as ``{0}x{1}``; it must fit the pattern itself."""


def _table(words: Iterable[Word], folded: Callable[[str], str]) -> Mapping[str, str]:
    """Give the key of each spelling, folded; raises ValueError for a spelling with two meanings."""
    table: dict[str, str] = {}
    for word in words:
        for spelling in map(folded, (word.key, *word.spellings)):
            if table.setdefault(spelling, word.key) != word.key:
                raise ValueError(
                    f"{spelling!r} means {table[spelling]!r} and {word.key!r}; leave one of them out"
                )
        if folded(word.key) != word.key:
            raise ValueError(f"the key {word.key!r} must be written {folded(word.key)!r}")
    return MappingProxyType(table)


def _compiled(shapes: Iterable[Shape]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Compile the patterns; raises re.error for what is no regular expression."""
    return tuple((re.compile(shape.pattern), shape.form) for shape in shapes)


def _derived(make: Callable[[Any], Any]) -> Any:
    """Declare a look-up table made from the fields above it, outside identity."""
    return field(init=False, default=Factory(make, takes_self=True), eq=False, repr=False)


@frozen(kw_only=True, cache_hash=True)
class Vocabulary:
    """Tables by which colours and sizes are compared; ``attrs.evolve`` makes one with more in it.

    Checked when built: ValueError for a spelling with two meanings, re.error for a pattern that is none.
    """

    nothing: tuple[str, ...] = ()
    """Values of any option that state nothing."""
    one_size: tuple[str, ...] = ()
    """Sizes that state nothing, since there is only one."""
    sizes: tuple[Word, ...] = ()
    """Whole sizes; two of them with a slash or space between are a size of their own."""
    widths: tuple[Word, ...] = ()
    """Widths behind a number, as in shoes."""
    units: tuple[Word, ...] = ()
    """Units behind a number."""
    shapes: tuple[Shape, ...] = ()
    """Sizes built of parts; the first that fits is taken."""
    colors: tuple[Word, ...] = ()
    """Whole colours."""
    color_words: tuple[Word, ...] = ()
    """Single words inside a colour."""
    color_names: tuple[str, ...] = ()
    """Names an option of colour goes by."""
    size_names: tuple[str, ...] = ()
    """Names an option of size goes by."""

    size_table: Mapping[str, str] = _derived(lambda own: _table(own.sizes, fold_size))
    """Key of each spelling in ``sizes``."""
    suffix_table: Mapping[str, str] = _derived(lambda own: _table((*own.units, *own.widths), fold_size))
    """Key of each spelling in ``units`` and ``widths``."""
    color_word_table: Mapping[str, str] = _derived(lambda own: _table(own.color_words, fold_color))
    """Key of each spelling in ``color_words``."""
    color_table: Mapping[str, str] = _derived(lambda own: _table(own.colors, own.worded))
    """Key of each spelling in ``colors``, its words replaced by their keys."""
    no_sizes: frozenset[str] = _derived(lambda own: frozenset(map(fold_size, (*own.nothing, *own.one_size))))
    """Folded sizes that state nothing."""
    no_colors: frozenset[str] = _derived(lambda own: frozenset(map(fold_color, own.nothing)))
    """Folded colours that state nothing."""
    patterns: tuple[tuple[re.Pattern[str], str], ...] = _derived(lambda own: _compiled(own.shapes))
    """``shapes``, compiled, with their forms."""

    def worded(self, color: str) -> str:
        """Fold a colour and replace each of its words by its key."""
        return " ".join(self.color_word_table.get(word, word) for word in fold_color(color).split())
