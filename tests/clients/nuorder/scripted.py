"""A driver that answers an exchange from a script, and documents in the vendor's shapes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from po_bridge.clients.nuorder import Portal
from po_bridge.errors import PoBridgeError
from po_bridge.mapping.json_text import write_json
from po_bridge.ports.exchange import All, Ask, Call, Exchange, Now, Request, Response

T = TypeVar("T")

AT = datetime(2025, 3, 1, 9, 30, tzinfo=UTC)
KEYS: Mapping[str, Any] = {
    "consumer_key": "key-of-acme",
    "consumer_secret": "consumer-secret-of-acme",
    "token": "token-of-acme",
    "token_secret": "token-secret-of-acme",
}


def portal(name: str = "Acme", **choices: Any) -> Portal:
    """Make a connected portal on the retailer's host."""
    return Portal(**{"name": name, **KEYS, **choices})


def answer(value: Any, status: int = 200, **headers: str) -> Response:
    """Make a JSON answer."""
    named = {
        "content-type": "application/json",
        **{key.replace("_", "-"): text for key, text in headers.items()},
    }
    return Response(status=status, headers=named, body=write_json(value), at=AT)


def text(body: str, status: int, kind: str = "text/plain") -> Response:
    """Make an answer that is no JSON."""
    return Response(status=status, headers={"content-type": kind}, body=body.encode(), at=AT)


def refusal(status: int, message: str, **headers: str) -> Response:
    """Make an error in the vendor's words."""
    return answer({"code": status, "message": message}, status, **headers)


class Script:
    """Answers by path; the last answer of a path is given again, a path without any fails the test."""

    def __init__(self, **answers: Response | PoBridgeError | list[Response | PoBridgeError]) -> None:
        """Take answers by the path below /api, with ``_`` for ``/``; or fill ``paths``."""
        self.paths: dict[str, list[Response | PoBridgeError]] = defaultdict(list)
        for name, given in answers.items():
            self.paths["/api/" + name.replace("_", "/")] = given if isinstance(given, list) else [given]
        self.requests: list[Request] = []
        self.written: list[Request] = []
        self.widths: list[int] = []

    @property
    def called(self) -> list[str]:
        """The paths that were asked for, in order."""
        return ["/" + request.address.split("/", 3)[3] for request in self.requests]

    def run(self, exchange: Exchange[T]) -> T:
        """Run an exchange to its end."""
        given: Any = None
        error: PoBridgeError | None = None
        while True:
            try:
                ask = exchange.throw(error) if error else exchange.send(given)
            except StopIteration as stop:
                result: T = stop.value
                return result
            given, error = None, None
            try:
                given = self._answer(ask)
            except PoBridgeError as raised:
                error = raised

    def _answer(self, ask: Ask) -> Any:
        if isinstance(ask, All):
            self.widths.append(len(ask.exchanges))
            return tuple(self.run(exchange) for exchange in ask.exchanges)
        if isinstance(ask, Now):
            return AT
        assert isinstance(ask, Call), f"a source asked for {ask}"
        self.requests.append(ask.request)
        if ask.writes:
            self.written.append(ask.request)
        waiting = self.paths[self.called[-1]]
        assert waiting, f"no answer for {self.called[-1]}"
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(reply, PoBridgeError):
            raise reply
        return reply
