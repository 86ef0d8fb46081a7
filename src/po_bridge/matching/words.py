"""Whether a POS product's name can be that of a brand product: a doubt about a code, never a reason to match."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from .demand_facts import DemandFacts
from .folding import fold
from .product_facts import ProductFacts

_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 3
"""Shorter words, as sizes and articles, are in every name."""
_CACHED: Final = 1 << 12
_STEM: Final = 4
"""Words that begin alike so far are one: *cardigan* and *cardigans*, *trouser* and *trousers*."""


@lru_cache(maxsize=_CACHED)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) >= _SHORTEST)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(_words_of, texts))


def _is_among(word: str, words: frozenset[str]) -> bool:
    if word in words:
        return True
    if len(word) < _STEM:
        return False
    stems = tuple(other for other in words if len(other) >= _STEM)
    return word.startswith(stems) or any(other.startswith(word) for other in stems)


def is_strange(demand: DemandFacts, product: ProductFacts) -> bool:
    """Tell whether most words of a product's name are none of the brand product's: name, colour, size, numbers.

    A name that is not known on either side is not strange.
    """
    style = demand.demand.style
    theirs = _words_of(product.product.name)
    if style is None or not theirs:
        return False
    named = _words_of(style.name)
    if not named or 2 * len(theirs & named) >= len(theirs):
        return False
    key = demand.demand.key
    texts = (
        style.name,
        style.number,
        style.brand,
        style.season,
        demand.demand.style_number,
        key.color,
        key.size,
    )
    ours = _words((*texts, *demand.colors.values()))
    return 2 * sum(_is_among(word, ours) for word in theirs) < len(theirs)
