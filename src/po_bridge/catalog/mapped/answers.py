"""Answers to a batch of questions, made of what the tables found; in C wherever a loop in Python would cost more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from ...matching.demand import Hits

_HITS: Final[Callable[[tuple[Any, ...]], Hits]] = partial(tuple.__new__, Hits)
"""``Hits._make`` without a Python frame for each of a thousand lines, which took a third of a look-up."""


Asked = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Keys of one kind, question by question, and beside each the place of its question."""


def asked(groups: Sequence[tuple[int, ...]]) -> Asked:
    """Lay the keys of questions behind one another."""
    if not any(groups):
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing
    counts = np.fromiter(map(len, groups), dtype=np.int64, count=len(groups))
    keys = np.fromiter(chain.from_iterable(groups), dtype=np.int64, count=int(counts.sum()))
    return keys, np.repeat(np.arange(len(groups)), counts)


def gathered(questions: NDArray[np.int64], ids: Sequence[str], count: int) -> list[tuple[str, ...]]:
    """Gather ids by question, which ascend and are fewer than *count*; those of each are sorted."""
    answers: list[tuple[str, ...]] = [()] * count
    for question, one in zip(questions.tolist(), zip(ids, strict=True), strict=True):
        answers[question] = one
    for question, several in _several(questions):
        answers[question] = tuple(sorted(set(ids[several])))
    return answers


def _several(questions: NDArray[np.int64]) -> Iterable[tuple[int, slice]]:
    """Give the questions that stand more than once, with their places."""
    twice = np.unique(questions[1:][questions[1:] == questions[:-1]])
    if not len(twice):
        return ()
    first = np.searchsorted(questions, twice, side="left").tolist()
    after = np.searchsorted(questions, twice, side="right").tolist()
    return zip(twice.tolist(), map(slice, first, after), strict=True)


def hits_of(*columns: Sequence[Any]) -> tuple[Hits, ...]:
    """Make an answer of each row of the columns, which are those of ``Hits``."""
    return tuple(map(_HITS, zip(*columns, strict=True)))


def joined(one: Hits, other: Hits) -> Hits:
    """Join two answers to one question."""
    if not any(other[1:]):
        return one
    return Hits(
        key=one.key,
        by_code=_joined(one.by_code, other.by_code),
        by_supplier_code=_joined(one.by_supplier_code, other.by_supplier_code),
        by_options=_joined(one.by_options, other.by_options),
    )


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))
