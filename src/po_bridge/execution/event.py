"""What a run tells while it goes on: a closed union, delivered in order after the commit it reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from attrs import field, frozen

from ..models.checks import aware
from ..models.keys import OrderKey
from ..planning.history import Detail
from ..planning.mark import Mark
from ..planning.snapshot import Collection


@frozen(kw_only=True)
class RunStarted:
    """A plan's run began, or went on after a stop."""

    plan: str
    """Digest of the plan."""
    orders: tuple[OrderKey, ...]
    """Its orders."""
    steps: int
    """Steps in all."""
    done: int
    """Steps done before."""
    at: datetime = field(validator=aware)
    """When."""


@frozen(kw_only=True)
class StepMarked:
    """A step got a mark."""

    plan: str
    """Digest of the plan."""
    step: str
    """Key of the step."""
    title: str
    """What the step does, for people."""
    mark: Mark
    """Its mark."""
    attempt: int
    """Which attempt."""
    detail: Detail | None
    """Receipt, refusal, doubt, rest or question."""
    at: datetime = field(validator=aware)
    """When it was written."""
    orders: tuple[OrderKey, ...] = ()
    """Orders that need the step."""


@frozen(kw_only=True)
class Waiting:
    """Nothing can happen before a moment."""

    plan: str
    """Digest of the plan; empty where a call of any kind waits for the rate budget."""
    until: datetime = field(validator=aware)
    """The moment."""
    why: str
    """What is waited for."""


@frozen(kw_only=True)
class RunEnded:
    """A plan's run ended."""

    plan: str
    """Digest of the plan."""
    at: datetime = field(validator=aware)
    """When."""
    words: tuple[tuple[OrderKey, str], ...]
    """Outcome word of each order."""


@frozen(kw_only=True)
class MirrorRead:
    """A page of a list was read and kept."""

    collection: Collection
    """The list."""
    records: int
    """Records that were read of it by now, in this reading."""
    calls: int
    """Calls that took."""
    more: bool
    """Whether there is more to come."""


@frozen(kw_only=True)
class BucketShared:
    """Others use the same rate budget: calls were counted that are not ours."""

    bucket: str
    """Name of the bucket."""
    calls: int
    """Calls of others in this window so far; what an earlier run without a cache file sent is among them."""
    at: datetime = field(validator=aware)
    """When it was noticed."""


@frozen(kw_only=True)
class CacheMended:
    """What the cache had kept could not be used; it is read again."""

    why: str
    """What was wrong, and what was done."""


Event = RunStarted | StepMarked | Waiting | RunEnded | MirrorRead | BucketShared | CacheMended
"""Every event there is."""

OnEvent = Callable[[Event], None]
"""Takes events; an exception in it stops the run like a crash."""


def ignore(_event: Event) -> None:
    """Take an event and do nothing."""
