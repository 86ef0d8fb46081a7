"""States of orders as a merchant sorts them: what needs attention first."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from ..execution.status import OrderState
from .tone import Tone

URGENT: Final = frozenset({OrderState.ATTENTION, OrderState.CHANGED, OrderState.NEEDS_REVIEW})
"""A person must do something."""

IN_FLIGHT: Final = frozenset({OrderState.SYNCING, OrderState.READY})
"""A run will go on."""

ACROSS: Final = frozenset({OrderState.SYNCED})
"""Arrived."""

WORDS: Final[Mapping[OrderState, str]] = MappingProxyType(
    {
        OrderState.ATTENTION: "needs attention",
        OrderState.CHANGED: "changed since",
        OrderState.NEEDS_REVIEW: "needs review",
        OrderState.SYNCING: "on the way",
        OrderState.READY: "ready",
        OrderState.NOT_SYNCED: "not synced",
        OrderState.SYNCED: "synced",
        OrderState.UNDONE: "taken back",
    }
)
"""Each state in words, the most urgent first."""


def urgency(state: OrderState) -> int:
    """Place of a state in a list, the most urgent is 0."""
    return tuple(WORDS).index(state)


def tone_of(state: OrderState) -> Tone:
    """How loud a state is shown."""
    if state in URGENT:
        return Tone.WARN
    if state in ACROSS:
        return Tone.GOOD
    return Tone.NEW if state in IN_FLIGHT else Tone.CALM
