"""What was reached before beside what holds now: nothing vanishes silently."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from attrs import evolve

from ..models.milestone import Milestone, Reached

Carried = tuple[tuple[Milestone, ...], tuple[str, ...]]
"""Milestones in the order of life, and what went back, for people."""


def carried(now: Sequence[Milestone], before: Sequence[Milestone], at: datetime) -> Carried:
    """Carry earlier milestones on: what still holds keeps the moment it was first seen.

    What no longer holds is marked as taken back, once; what was taken back and is reached again holds anew.
    A cancelled order was on its way all the same: what it had reached stays.
    """
    kept = [_first_seen(one, before) for one in now]
    cancelled = any(one.reached is Reached.CANCELLED and one.holds for one in now)
    whole = {one.reached for one in now if one.holds and not one.in_part}
    present = {(one.reached, one.in_part) for one in now}
    history: list[Milestone] = []
    told: list[str] = [_told(one) for one in kept if not one.holds and one not in before]
    for old in before:
        if (old.reached, old.in_part) in present:
            continue
        if (old.in_part and old.reached in whole) or cancelled:
            history.append(old)
        elif old.holds:
            history.append(evolve(old, taken_back_at=at))
            told.append(_told(old))
        else:
            history.append(old)
    every = sorted((*kept, *history), key=lambda one: (one.reached.rank, not one.in_part))
    return tuple(every), tuple(dict.fromkeys(told))


def _first_seen(one: Milestone, before: Sequence[Milestone]) -> Milestone:
    """The milestone with the earliest moment at which it was seen without a break; stated beats inferred."""
    same = (old for old in before if (old.reached, old.in_part) == (one.reached, one.in_part))
    old = next(same, None)
    if old is None or old.holds is not one.holds:
        return one
    if not one.holds:
        return old
    if one.inferred and not old.inferred:
        return old
    return one if old.inferred and not one.inferred else evolve(one, seen_at=min(old.seen_at, one.seen_at))


def _told(one: Milestone) -> str:
    part = " in part" if one.in_part else ""
    word = one.reached.value
    if one.reached is Reached.CANCELLED:
        return "it was cancelled before and is not any more"
    return f"it went back: {word}{part} before (seen {one.seen_at:%Y-%m-%d %H:%M} UTC), and not any more"
