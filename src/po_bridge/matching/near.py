"""Products whose texts resemble: candidates for a person, never a match.

The extra ``fast`` ranks; without it nothing resembles anything. This is the one place that imports it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib import import_module
from typing import Final, Protocol

from attrs import define, field, frozen

from .default_vocabulary import DEFAULT
from .demand import Demand, NearHit
from .folding import fold
from .options import color_key, size_key
from .pos_options import PosOptions
from .vocabulary import Vocabulary

RESEMBLES: Final = 60.0
"""Scores below it are chance; two unrelated names of four words reach 45."""

_DIVIDER: Final = " | "


class _Ratio(Protocol):
    """``rapidfuzz.fuzz.ratio``, as far as it is used here."""

    def __call__(self, one: str, other: str, /, *, score_cutoff: float) -> float: ...


class _Extract(Protocol):
    """``rapidfuzz.process.extract``, as far as it is used here."""

    def __call__(
        self, query: str, choices: tuple[str, ...], /, *, scorer: _Ratio, limit: None, score_cutoff: float
    ) -> list[tuple[str, float, int]]: ...


@frozen
class _Ranker:
    """What the extra gives."""

    extract: _Extract
    ratio: _Ratio


@cache
def _ranker() -> _Ranker | None:
    try:
        process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "rapidfuzz":
            raise
        return None
    return _Ranker(process.extract, fuzz.ratio)


@lru_cache(maxsize=1 << 12)
def name_text(name: str) -> str:
    """Fold a name for ranking."""
    return fold(name).replace(_DIVIDER, " ")


def product_text(options: PosOptions) -> str:
    """Join a product's option values for ranking members of one name."""
    return " ".join(
        filter(None, (options.color, options.size, *(fold(other.value) for other in options.others)))
    )


def near_text(demand: Demand, vocabulary: Vocabulary = DEFAULT) -> str:
    """Give the text of a demand for an index's ``near``: name, and behind a divider colour and size.

    A demand without a style document is named by its style number.
    """
    name = demand.style.name if demand.style and demand.style.name else demand.style_number
    options = (color_key(demand.key.color, vocabulary), size_key(demand.key.size, vocabulary))
    return joined_text(name_text(name), " ".join(filter(None, options)))


def same_name(ours: str, theirs: str) -> bool:
    """Tell whether two names are one but for case, spaces and kinds of signs; empty ones are not."""
    return bool(ours) and name_text(ours) == name_text(theirs)


def joined_text(name: str, options: str) -> str:
    """Join a folded name and folded option values as ``near_text`` does."""
    return f"{name}{_DIVIDER}{options}" if options else name


@define
class Names:
    """Folded names of a block's live products, with what was nearest to a name: an order asks it for every size."""

    _all: tuple[str, ...]
    _known: dict[tuple[str, int], tuple[tuple[str, float], ...]] = field(factory=dict, init=False)

    def __iter__(self) -> Iterator[str]:
        return iter(self._all)

    def near(self, ranker: _Ranker, name: str, limit: int) -> tuple[tuple[str, float], ...]:
        """Names with their scores, best first, equal ones by name."""
        known = self._known.get((name, limit))
        if known is None:
            known = self._known[name, limit] = self._near(ranker, name)[:limit]
        return known

    def _near(self, ranker: _Ranker, name: str) -> tuple[tuple[str, float], ...]:
        found = ranker.extract(name, self._all, scorer=ranker.ratio, limit=None, score_cutoff=RESEMBLES)
        return tuple(sorted(((one, score) for one, score, _ in found), key=lambda pair: (-pair[1], pair[0])))


def nearest(
    text: str,
    limit: int,
    names: Names,
    members: Callable[[str], Iterable[tuple[str, str]]],
) -> tuple[NearHit, ...]:
    """Rank the products of a block, best first, equal ones by id; nothing without the extra.

    *names* are those of its live products, each once in any order;
    *members* gives id and folded options of the live products of one name.
    The nearest names are found first; options count only where the text asked for and the product
    both have some.
    """
    ranker = _ranker()
    name, _, options = text.partition(_DIVIDER)
    if ranker is None or not name:
        return ()
    hits: list[NearHit] = []
    for near, score in names.near(ranker, name, limit):
        for product_id, own in members(near):
            both = options and own
            whole = ranker.ratio(text, joined_text(near, own), score_cutoff=RESEMBLES) if both else score
            if whole:
                hits.append(NearHit(product_id=product_id, score=whole))
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.product_id))[:limit])
