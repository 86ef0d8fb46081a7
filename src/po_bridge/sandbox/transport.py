"""Emulators as an httpx transport, for tests without sockets."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from threading import Lock

import httpx

from .app import Sandbox
from .message import Dropped, Request, Response


class SandboxTransport(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Carries the requests of httpx clients, sync and async, to emulators by host name.

    A lost connection is raised as httpx.ReadError, whether or not the change was made, as on a real wire;
    an unknown host as httpx.ConnectError; a delay beyond the client's read timeout as httpx.ReadTimeout.
    """

    def __init__(
        self,
        apps: Mapping[str, Sandbox],
        sleep: Callable[[float], object] = time.sleep,  # noqa: TID251 - only the default
        asleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        """Take the emulators by host, as `host` or `host:port`, and the ways to wait."""
        self._apps = dict(apps)
        self._sleep = sleep
        self._asleep = asleep
        self._lock = Lock()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of a sync client."""
        answer = self._ask(request, request.read())
        wait = _patience(request, answer)
        if wait:
            self._sleep(wait)
        return _as_httpx(request, answer)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request of an async client."""
        answer = self._ask(request, await request.aread())
        wait = _patience(request, answer)
        if wait:
            await self._asleep(wait)
        return _as_httpx(request, answer)

    def _ask(self, request: httpx.Request, body: bytes) -> Response | Dropped:
        url = request.url
        app = self._apps.get(url.netloc.decode(), self._apps.get(url.host))
        if app is None:
            raise httpx.ConnectError(f"no sandbox answers for {url.host!r}", request=request)
        asked = Request(method=request.method, address=str(url), headers=request.headers, body=body)
        with self._lock:
            return app.handle(asked)


def _read_timeout(request: httpx.Request) -> float | None:
    timeout: float | None = request.extensions.get("timeout", {}).get("read")
    return timeout


def _patience(request: httpx.Request, answer: Response | Dropped) -> float:
    if isinstance(answer, Dropped):
        return 0.0
    limit = _read_timeout(request)
    return answer.delay if limit is None else min(answer.delay, limit)


def _as_httpx(request: httpx.Request, answer: Response | Dropped) -> httpx.Response:
    if isinstance(answer, Dropped):
        raise httpx.ReadError("connection reset by peer", request=request)
    limit = _read_timeout(request)
    if limit is not None and answer.delay > limit:
        raise httpx.ReadTimeout("the read operation timed out", request=request)
    headers = {"content-length": str(len(answer.body)), **answer.headers}
    if answer.cut:
        return httpx.Response(answer.status, headers=headers, stream=_Cut(answer.sent, request))
    return httpx.Response(answer.status, headers=headers, content=answer.body)


class _Cut(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that ends too early."""

    def __init__(self, content: bytes, request: httpx.Request) -> None:
        self._content = content
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
        raise self._error()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self._content
        raise self._error()

    def _error(self) -> httpx.RemoteProtocolError:
        text = "peer closed connection without sending complete message body"
        return httpx.RemoteProtocolError(text, request=self._request)
