"""Feeds scripted answers to an exchange and keeps what it asked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, ClassVar, TypeVar

from attrs import define, field

from po_bridge.clients.xseries import XSeries
from po_bridge.errors import PoBridgeError
from po_bridge.ports.exchange import Call, Exchange, Now, Request, Response, Run, Wait

T = TypeVar("T")

AT = datetime(2026, 8, 3, 9, 30, tzinfo=UTC)
Answer = Response | PoBridgeError


def reply(body: object = None, status: int = 200, **headers: str) -> Response:
    """Make an answer with a JSON body."""
    raw = b"" if body is None else json.dumps(body).encode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(status=status, headers=named, body=raw, at=AT)


def html(status: int = 502) -> Response:
    """Make the answer of a proxy in trouble."""
    return Response(status=status, body=b"<html><h1>Bad gateway</h1></html>", at=AT)


def adapter(**choices: Any) -> XSeries:
    """Make an adapter that no store stands behind."""
    plain: dict[str, Any] = {"domain_prefix": "example", "token": "personal"}
    return XSeries(**(plain | choices))


@define
class Script:
    """Answers in the order they are asked for."""

    moment: ClassVar[datetime] = AT
    answers: list[Answer]
    asked: list[Call] = field(factory=list)
    waited: list[float] = field(factory=list)

    @property
    def requests(self) -> list[Request]:
        """What was sent."""
        return [ask.request for ask in self.asked]

    @property
    def writes(self) -> int:
        """Mutating requests."""
        return sum(ask.writes for ask in self.asked)

    def bodies(self) -> list[Any]:
        """The JSON bodies that were sent."""
        return [json.loads(request.body) for request in self.requests if request.body]

    def run(self, exchange: Exchange[T]) -> T:
        """Run an exchange to its end; raises what it raises."""
        answers: Iterator[Answer] = iter(self.answers)
        answer: Any = None
        error: PoBridgeError | None = None
        while True:
            try:
                ask = exchange.throw(error) if error else exchange.send(answer)
            except StopIteration as stop:
                result: T = stop.value
                return result
            answer, error = None, None
            if isinstance(ask, Run):
                answer = ask.fn()
                continue
            if isinstance(ask, Now):
                answer = self.moment
                continue
            if isinstance(ask, Wait):
                self.waited.append(ask.seconds)
                continue
            assert isinstance(ask, Call), ask
            self.asked.append(ask)
            given = next(answers)
            answer, error = (None, given) if isinstance(given, PoBridgeError) else (given, None)


def talk(exchange: Exchange[T], *answers: Answer) -> tuple[T, Script]:
    """Run an exchange with these answers."""
    script = Script(list(answers))
    return script.run(exchange), script
