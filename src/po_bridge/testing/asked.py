"""What an exchange asks for, seen without standing in its way."""

from __future__ import annotations

from typing import Any, TypeVar, assert_never

from attrs import define, evolve, field

from ..errors import PoBridgeError
from ..ports.exchange import All, Ask, Await, Call, Exchange, Now, Request, Run, Wait

T = TypeVar("T")


@define(kw_only=True)
class Asked:
    """Everything that one exchange asked for."""

    _own: list[Call | Run | Await] = field(factory=list, init=False)
    _groups: list[tuple[Asked, ...]] = field(factory=list, init=False)

    @property
    def work(self) -> tuple[Call | Run | Await, ...]:
        """What was to be done outside, side by side exchanges included, in no promised order among those."""
        inner = (ask for group in self._groups for part in group for ask in part.work)
        return (*self._own, *inner)

    @property
    def requests(self) -> tuple[Request, ...]:
        """The requests among it."""
        return tuple(ask.request for ask in self.work if isinstance(ask, Call))

    @property
    def writes(self) -> tuple[Call | Run | Await, ...]:
        """What may have changed the remote."""
        return tuple(ask for ask in self.work if ask.writes)

    @property
    def peak(self) -> int:
        """How much may have been under way at once, where the driver runs exchanges side by side."""
        groups = [sum(part.peak for part in group) for group in self._groups]
        return max((int(bool(self._own)), *groups))

    def watch(self, exchange: Exchange[T]) -> Exchange[T]:
        """The same exchange, seen."""
        answer: Any = None
        error: PoBridgeError | None = None
        while True:
            try:
                ask = exchange.throw(error) if error else exchange.send(answer)
            except StopIteration as stop:
                result: T = stop.value
                return result
            answer, error = None, None
            try:
                answer = yield self._see(ask)
            except PoBridgeError as raised:
                error = raised

    def _see(self, ask: Ask) -> Ask:
        match ask:
            case Call() | Run() | Await():
                self._own.append(ask)
                return ask
            case All():
                group = tuple(Asked() for _ in ask.exchanges)
                self._groups.append(group)
                return evolve(
                    ask,
                    exchanges=tuple(
                        part.watch(exchange) for part, exchange in zip(group, ask.exchanges, strict=True)
                    ),
                )
            case Wait() | Now():
                return ask
            case _:
                assert_never(ask)
