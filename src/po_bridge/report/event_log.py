"""Events of a run as records of ``logging``, with the ids of order, plan and step."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Final, assert_never

from attrs import define, field

from ..execution.event import (
    BucketShared,
    CacheMended,
    Event,
    MirrorRead,
    RunEnded,
    RunStarted,
    StepMarked,
    Waiting,
)
from ..models.keys import OrderKey
from ..planning.mark import Mark
from ..planning.text import printable
from .tally import Tally

LOGGER: Final = "po_bridge"
"""Name of the logger that is used where none is given."""

_GOOD: Final = frozenset({"synced", "undone"})


@define
class EventLog:
    """Takes events and logs them; hand its ``take`` to a Bridge as ``on_event``.

    Records carry ``po_bridge_plan``, ``po_bridge_step`` and ``po_bridge_orders`` (keys with a space between), each
    empty where an event has none, so that a formatter can name them. What a person should see is a warning.
    """

    logger: logging.Logger = field(factory=lambda: logging.getLogger(LOGGER))
    """Where the records go."""
    _tally: Tally = field(factory=Tally, init=False)

    def take(self, event: Event) -> None:
        """Log an event."""
        note = self._tally.take(event)
        match event:
            case RunStarted():
                words = f"run started: {event.done} of {event.steps} steps done before"
                self._log(logging.INFO, words, plan=event.plan, orders=event.orders)
            case StepMarked():
                self._step(event, note)
            case Waiting():
                words = f"waiting until {event.until.isoformat(timespec='seconds')}: {event.why}"
                self._log(logging.INFO, words, plan=event.plan)
            case RunEnded():
                self._ended(event)
            case MirrorRead():
                self._log(logging.DEBUG, self._tally.now)
            case BucketShared() | CacheMended():
                self._log(logging.WARNING, note or "")
            case _:
                assert_never(event)

    def _step(self, event: StepMarked, note: str | None) -> None:
        level = logging.INFO if event.mark in {Mark.DONE, Mark.UNDONE} else logging.DEBUG
        words = note or f"{event.title}: {event.mark.value}"
        self._log(
            level if note is None else logging.WARNING,
            f"{words} (step {event.step}, attempt {event.attempt})",
            plan=event.plan,
            step=event.step,
            orders=event.orders,
        )

    def _ended(self, event: RunEnded) -> None:
        for order, word in event.words:
            level = logging.INFO if word in _GOOD else logging.WARNING
            self._log(level, f"run ended: {word}", plan=event.plan, orders=(order,))

    def _log(
        self, level: int, words: str, *, plan: str = "", step: str = "", orders: Sequence[OrderKey] = ()
    ) -> None:
        named = " ".join(map(str, orders))
        about = f"order {named}: " if named else ""
        ids = {"po_bridge_plan": plan, "po_bridge_step": step, "po_bridge_orders": printable(named)}
        self.logger.log(level, "%s", printable(about + words), extra=ids)
