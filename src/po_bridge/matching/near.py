"""Products whose texts resemble: candidates for a person, never a match.

The extra ``fast`` ranks; without it nothing resembles anything. This is the one place that imports it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any, Final, Protocol

from .default_vocabulary import DEFAULT
from .demand import Demand, NearHit
from .folding import fold
from .options import color_key, size_key
from .pos_options import PosOptions
from .vocabulary import Vocabulary

RESEMBLES: Final = 60.0
"""Scores below it are chance; two unrelated names of four words reach 45."""

_DIVIDER: Final = " | "


class _Ranker(Protocol):
    """``rapidfuzz.process.extract``, as far as it is used here."""

    def __call__(
        self, query: str, choices: Iterable[str], /, *, scorer: Any, limit: None, score_cutoff: float
    ) -> list[tuple[str, float, int]]: ...


@cache
def _ranker() -> tuple[_Ranker, Any] | None:
    try:
        process, fuzz = import_module("rapidfuzz.process"), import_module("rapidfuzz.fuzz")
    except ModuleNotFoundError as missing:
        if (missing.name or "").partition(".")[0] != "rapidfuzz":
            raise
        return None
    return process.extract, fuzz.ratio


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


def _scores(text: str, choices: Iterable[str]) -> list[tuple[str, float]]:
    """Give the choices that resemble with their scores, best first, equal ones by text."""
    ranker = _ranker()
    if ranker is None:
        return []
    extract, ratio = ranker
    found = extract(text, tuple(choices), scorer=ratio, limit=None, score_cutoff=RESEMBLES)
    return sorted(((choice, score) for choice, score, _ in found), key=lambda pair: (-pair[1], pair[0]))


def near_names(text: str, names: Iterable[str], limit: int) -> tuple[str, ...]:
    """Give the names that resemble the name in a text most, best first, at most *limit* of them."""
    name = text.partition(_DIVIDER)[0]
    return tuple(choice for choice, _ in islice(_scores(name, names), limit)) if name else ()


def near_hits(text: str, members: Iterable[tuple[str, str]], limit: int) -> tuple[NearHit, ...]:
    """Rank the members of near names, given as product id and joined text, best first, equal ones by id.

    Option values count only where the text asked for has some.
    """
    whole = _DIVIDER in text
    ids: dict[str, list[str]] = {}
    for product_id, member in members:
        ids.setdefault(member if whole else member.partition(_DIVIDER)[0], []).append(product_id)
    scored = dict(_scores(text, ids))
    hits = (NearHit(product_id=one, score=score) for choice, score in scored.items() for one in ids[choice])
    return tuple(sorted(hits, key=lambda hit: (-hit.score, hit.product_id))[:limit])
