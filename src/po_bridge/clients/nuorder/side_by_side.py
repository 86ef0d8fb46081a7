"""Questions that may be under way at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, TypeVar

from ...ports.exchange import Exchange, gather

T = TypeVar("T")

AT_ONCE: Final = 5
"""Requests the vendor takes at once, as two public integrations state; one more may be answered with 429."""


def in_slices(exchanges: Sequence[Exchange[T]]) -> Exchange[tuple[T, ...]]:
    """Run exchanges side by side, never more than ``AT_ONCE``, and have their results in order.

    Each exchange must have at most one request under way.
    """
    results: tuple[T, ...] = ()
    for start in range(0, len(exchanges), AT_ONCE):
        results += yield from gather(tuple(exchanges[start : start + AT_ONCE]))
    return results
