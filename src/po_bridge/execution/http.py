"""The one module that knows the HTTP library; imported when a Bridge opens, since httpx is slow to import."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import httpx

from ..errors import Misuse, Unreachable
from ..ports.clock import Clock
from ..ports.exchange import Request, Response

TIMEOUT = httpx.Timeout(30.0, connect=10.0, pool=5.0)
"""Waiting for a connection, making it and sending last 45 s together: a lease outlives a call by so much."""

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_VALUE = re.compile(r"(?:[\x21-\x7e](?:[\t\x20-\x7e]*[\x21-\x7e])?)?")
"""What a header may hold (RFC 9110 section 5.5) in ASCII. The library's errors and logs quote a header that is
refused, and it may be the one with the credentials: so it never gets one."""


def _signed(request: Request, clock: Clock) -> Request:
    signed = request.auth.sign(request, clock.now(), clock.nonce()) if request.auth else request
    if not all(_VALUE.fullmatch(value) for value in signed.headers.values()):
        raise _unsendable(request)
    return signed


def _response(answer: httpx.Response, clock: Clock) -> Response:
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return Response(status=answer.status_code, headers=headers, body=answer.content, at=clock.now())


def _within(own: httpx.Timeout) -> httpx.Timeout:
    """The time-outs of a passed client, none longer than ours: its calls must not outlast a lease either."""
    theirs, ours = own.as_dict(), TIMEOUT.as_dict()
    phases = {phase: min(theirs[phase] or longest, longest) for phase, longest in ours.items() if longest}
    return httpx.Timeout(**phases)


def _host(request: Request) -> str:
    return request.address.split("://", 1)[-1].split("/", 1)[0].rpartition("@")[2]


def _unreachable(request: Request, error: httpx.RequestError | httpx.InvalidURL) -> Unreachable:
    never_left = isinstance(error, (*_NEVER_LEFT, httpx.InvalidURL))
    return Unreachable(_host(request), f"{type(error).__name__}: {error}", sent=not never_left)


def _unsendable(request: Request) -> Misuse:
    return Misuse(
        f"{request.what} cannot be sent to {request.system or _host(request)}: a header holds a character that "
        "HTTP does not carry; whoever configured keys and tokens looks for line ends and quotation marks in them"
    )


def _arguments(signed: Request, timeout: httpx.Timeout) -> dict[str, Any]:
    """What both clients are asked with."""
    return {
        "method": signed.method,
        "url": signed.address,
        "headers": dict(signed.headers),
        "content": signed.body or None,
        "timeout": timeout,
        "follow_redirects": False,  # a redirect that is followed is a second request
    }


class HttpSender:
    """Sends requests, blocking."""

    def __init__(self, clock: Clock, client: httpx.Client | None = None) -> None:
        self._clock = clock
        self._own = client is None
        self._client = client or httpx.Client(timeout=TIMEOUT)
        self._timeout = _within(self._client.timeout)

    def send(self, request: Request) -> Response:
        """Sign and send once.

        Raises ``Unreachable`` telling whether the request may have left, ``Misuse`` for what cannot be sent.
        """
        signed = _signed(request, self._clock)
        try:
            answer = self._client.request(**_arguments(signed, self._timeout))
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise _unreachable(request, error) from error
        return _response(answer, self._clock)

    def close(self) -> None:
        """Close the client, unless it was passed in."""
        if self._own:
            self._client.close()


class AsyncHttpSender:
    """Sends requests without blocking the event loop."""

    def __init__(self, clock: Clock, client: httpx.AsyncClient | None = None) -> None:
        self._clock = clock
        self._own = client is None
        self._client = client or httpx.AsyncClient(timeout=TIMEOUT)
        self._timeout = _within(self._client.timeout)

    async def send(self, request: Request) -> Response:
        """Sign and send once.

        Raises ``Unreachable`` telling whether the request may have left, ``Misuse`` for what cannot be sent.
        """
        signed = _signed(request, self._clock)
        try:
            answer = await self._client.request(**_arguments(signed, self._timeout))
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise _unreachable(request, error) from error
        return _response(answer, self._clock)

    async def close(self) -> None:
        """Close the client, unless it was passed in."""
        if self._own:
            await self._client.aclose()


Sender = Callable[[Request], Response]
"""Sends one request once."""
