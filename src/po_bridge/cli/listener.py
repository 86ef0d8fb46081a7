"""A loopback listener for one callback: it takes the first request that is ours, then it is gone."""

from __future__ import annotations

import selectors
import socket
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self, assert_never

from attrs import define

from ..errors import Misuse
from ..models.secret import Secret
from ..ports.clock import Clock
from .callback import Accepted, Rejected, Unfinished, judge, redirect_of

_TURN: Final = 0.2
"""Seconds between looks at the clock."""
_PATIENCE: Final = timedelta(seconds=10)
"""How long one connection may take to say what it wants; browsers open some that never say anything."""
_MOST: Final = 32
"""Connections that are kept open; the next one is hung up on."""
_PIECE: Final = 4_096

_AGREED: Final = "The store agreed. You can close this page; po_bridge goes on in its terminal."
_DECLINED: Final = "The store did not agree. You can close this page; the terminal says what to do."


@define
class _Guest:
    """One connection."""

    channel: socket.socket
    until: datetime
    head: bytes = b""


class Listener:
    """Listens from the moment it is made; leaving its context ends it."""

    def __init__(self, redirect: str, state: Secret, clock: Clock) -> None:
        """Raises Misuse for an address that is not of this machine, or a port that is taken."""
        self._redirect = redirect_of(redirect)
        self._state = state
        self._clock = clock
        self._selector = selectors.DefaultSelector()
        self._server = self._bound()
        self._selector.register(self._server, selectors.EVENT_READ, None)

    def _bound(self) -> socket.socket:
        host, port = self._redirect.hostname or "", self._redirect.port or 0
        place = ("::1" if host == "::1" else "127.0.0.1", port)
        family = socket.AF_INET6 if host == "::1" else socket.AF_INET
        try:
            server = socket.create_server(place, family=family, backlog=_MOST)
        except OSError as error:
            raise Misuse(
                f"port {port} of this machine cannot be listened on: {error.strerror}; end what uses it, or "
                "use --paste"
            ) from error
        server.settimeout(0)
        return server

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for key in tuple(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]  # only sockets are registered
        self._selector.close()

    def wait(self, seconds: float) -> str | None:
        """Give the query of our callback; None where it did not come in so many seconds."""
        end = self._clock.now() + timedelta(seconds=seconds)
        while self._clock.now() < end:
            for key, _ in self._selector.select(_TURN):
                guest: _Guest | None = key.data
                if guest is None:
                    self._welcome()
                elif (query := self._heard(guest)) is not None:
                    return query
            self._drop_slow()
        return None

    def _guests(self) -> tuple[_Guest, ...]:
        return tuple(key.data for key in self._selector.get_map().values() if key.data is not None)

    def _welcome(self) -> None:
        with suppress(OSError):  # it may have hung up before we answered
            channel, _ = self._server.accept()
            if len(self._guests()) >= _MOST:
                channel.close()
                return
            channel.settimeout(0)
            guest = _Guest(channel, self._clock.now() + _PATIENCE)
            self._selector.register(channel, selectors.EVENT_READ, guest)

    def _heard(self, guest: _Guest) -> str | None:
        piece = b""
        with suppress(OSError):  # a connection that was reset has nothing more to say
            piece = guest.channel.recv(_PIECE)
        guest.head += piece
        if not piece:
            self._part_with(guest)
            return None
        match found := judge(guest.head, self._redirect, self._state):
            case Unfinished():
                return None
            case Rejected():
                self._answer(guest, found.status, found.status.phrase)
                return None
            case Accepted():
                self._answer(guest, HTTPStatus.OK, _AGREED if found.agreed else _DECLINED)
                return found.query
            case _:
                assert_never(found)

    def _answer(self, guest: _Guest, status: HTTPStatus, words: str) -> None:
        """Answer with words of our own only, and hang up."""
        head = (
            f"HTTP/1.1 {status.value} {status.phrase}",
            "content-type: text/plain; charset=utf-8",
            f"content-length: {len(words)}",
            "cache-control: no-store",
            "referrer-policy: no-referrer",
            "x-content-type-options: nosniff",
            "content-security-policy: default-src 'none'",
            "connection: close",
        )
        with suppress(OSError):  # it may not have stayed to hear it
            guest.channel.send(("\r\n".join(head) + f"\r\n\r\n{words}").encode())
            guest.channel.shutdown(socket.SHUT_WR)
        self._part_with(guest)

    def _part_with(self, guest: _Guest) -> None:
        self._selector.unregister(guest.channel)
        guest.channel.close()

    def _drop_slow(self) -> None:
        now = self._clock.now()
        for guest in self._guests():
            if now >= guest.until:
                self._part_with(guest)
