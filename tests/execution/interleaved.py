"""Exchanges driven ask by ask, so that a test decides who goes on and who is paused, at any ask.

Reading the clock is no place to pause at: what a worker does next it does by that reading, as the deadline of a call
covers the moment between the last look at the lease and the request.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, assert_never

from attrs import define, field

from po_bridge.errors import Misuse
from po_bridge.ports.exchange import All, Ask, Await, Call, Exchange, Now, Run, Wait
from po_bridge.testing.subject import TrialClock

Choose = Callable[[Sequence["Task"]], "Task"]
"""Picks which of the exchanges side by side goes on."""


def first(tasks: Sequence[Task]) -> Task:
    """The first that is not done: as the blocking driver does it."""
    return tasks[0]


@define(eq=False)
class Task:
    """One exchange on its way."""

    exchange: Exchange[Any]
    clock: TrialClock
    ended: bool = False
    result: Any = None
    raised: BaseException | None = None
    wake: datetime | None = None
    asks: int = 0
    _answer: Any = None
    _error: BaseException | None = None
    _children: list[Task] = field(factory=list)

    @property
    def asleep(self) -> bool:
        """Whether it waits for a moment that has not come."""
        return self.wake is not None and self.clock.now() < self.wake

    def step(self, choose: Choose = first) -> None:
        """Answer one ask; looks at the clock are answered on the way."""
        if self.ended or self.asleep:
            return
        if self._children:
            self._step_child(choose)
            return
        while self._next() is Now:
            pass

    def run(self, choose: Choose = first) -> None:
        """Go on to the end; a wait moves the clock."""
        while not self.ended:
            if self.asleep and self.wake is not None:
                self.clock.moment = self.wake
            self.step(choose)

    def _step_child(self, choose: Choose) -> None:
        open_ones = [child for child in self._children if not child.ended]
        if open_ones:
            choose(open_ones).step(choose)
            return
        errors = [child.raised for child in self._children if child.raised]
        self._error = errors[0] if errors else None
        self._answer = tuple(child.result for child in self._children)
        self._children = []

    def _next(self) -> type[Now] | None:
        answer, error = self._answer, self._error
        self._answer = self._error = self.wake = None
        try:
            ask: Ask = self.exchange.throw(error) if error else self.exchange.send(answer)
        except StopIteration as stop:
            self.ended, self.result = True, stop.value
            return None
        except BaseException as raised:  # noqa: BLE001  # what a worker ends with is what a test looks at
            self.ended, self.raised = True, raised
            return None
        self.asks += 1
        return self._do(ask)

    def _do(self, ask: Ask) -> type[Now] | None:
        match ask:
            case Now():
                self._answer = self.clock.now()
                return Now
            case Run():
                try:
                    self._answer = ask.fn()
                except BaseException as raised:  # noqa: BLE001  # handed on, as the drivers do
                    self._error = raised
            case Wait():
                self.wake = self.clock.now() + timedelta(seconds=ask.seconds)
            case All():
                self._children = [Task(exchange, self.clock) for exchange in ask.exchanges]
            case Call() | Await():
                raise Misuse("the toy POS is called in this process")
            case _:
                assert_never(ask)
        return None
