"""What a run tells while it goes on: a closed union, delivered in order after the commit it reports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from attrs import field, frozen

from ..models.checks import aware
from ..models.keys import OrderKey
from ..planning.history import Detail
from ..planning.mark import Mark


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


@frozen(kw_only=True)
class Waiting:
    """Nothing can happen before a moment."""

    plan: str
    """Digest of the plan."""
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


Event = RunStarted | StepMarked | Waiting | RunEnded
"""Every event there is."""

OnEvent = Callable[[Event], None]
"""Takes events; an exception in it stops the run like a crash."""


def ignore(_event: Event) -> None:
    """Take an event and do nothing."""
