"""Emulators over real HTTP, on loopback only."""

from __future__ import annotations

import socket
import struct
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self, cast

from .app import Sandbox
from .message import Dropped, Request, Response

LOOPBACK = ("127.0.0.1", "localhost", "::1")
"""The only hosts an emulator may be served on."""


_RESET = struct.pack("ii", 1, 0)


class Served:
    """A running server; leaving its context, or `close`, ends it and its connections."""

    def __init__(self, server: _Server) -> None:
        """Start answering on a thread of its own."""
        self._server = server
        self._thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Base address without a trailing slash, `http://127.0.0.1:40123`."""
        host, port = self._server.server_address[:2]
        name = str(host)
        return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"

    def close(self) -> None:
        """Stop answering and end the open connections; may be called twice."""
        self._server.shutdown()
        self._server.server_close()
        self._server.hang_up()
        self._thread.join()

    def __enter__(self) -> Self:
        """Give the running server."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the server."""
        self.close()


def serve(app: Sandbox, host: str = "127.0.0.1", port: int = 0) -> Served:
    """Serve an emulator over HTTP/1.1 on loopback; port 0 takes a free one.

    Raises ValueError for a host that is not loopback, OSError when the port is taken.
    """
    if host not in LOOPBACK:
        raise ValueError(f"a sandbox is served on {', '.join(LOOPBACK)} only, not on {host!r}")
    return Served(_server_for(host)((host, port), app))


def _server_for(host: str) -> type[_Server]:
    return _Server6 if ":" in host else _Server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, place: tuple[str, int], app: Sandbox) -> None:
        super().__init__(place, _Handler)
        self.app = app
        self.lock = Lock()
        self._open: set[socket.socket] = set()
        self._open_lock = Lock()

    def server_bind(self) -> None:
        # HTTPServer would look its own name up in DNS here.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def note(self, connection: socket.socket) -> None:
        with self._open_lock:
            self._open.add(connection)

    def forget(self, connection: socket.socket) -> None:
        with self._open_lock:
            self._open.discard(connection)

    def hang_up(self) -> None:
        with self._open_lock:
            for connection in self._open:
                _shut(connection)

    def shutdown_request(self, request: Any) -> None:
        # An orderly shutdown would send an end before the reset that a dropped call asks for.
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER, len(_RESET)) == _RESET:
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A caller that was killed in the middle of a call is an ordinary event here.
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


class _Server6(_Server):
    address_family = socket.AF_INET6


def _shut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    @property
    def home(self) -> _Server:
        return cast("_Server", self.server)

    def setup(self) -> None:
        super().setup()
        self.home.note(self.connection)

    def finish(self) -> None:
        self.home.forget(self.connection)
        super().finish()

    def log_message(self, format: str, *args: object) -> None:
        """Print nothing; the emulator keeps its own log."""

    def _answer(self) -> None:
        request = Request(
            method=self.command,
            address=f"http://{self.headers.get('host', 'localhost')}{self.path}",
            headers=dict(self.headers.items()),
            body=self._body(),
        )
        with self.home.lock:
            answer = self.home.app.handle(request)
        if isinstance(answer, Dropped):
            self._drop(answer)
        else:
            self._send(answer)

    def _body(self) -> bytes:
        if self.headers.get("transfer-encoding", "").lower() == "chunked":
            return self._chunks()
        return self.rfile.read(int(self.headers.get("content-length", "0")))

    def _chunks(self) -> bytes:
        body = bytearray()
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        while self.rfile.readline().strip():
            continue
        return bytes(body)

    def _drop(self, answer: Dropped) -> None:
        # A request that never arrived looks like a reset, a lost answer like an orderly end; both occur.
        if not answer.after_change:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        else:
            _shut(self.connection)
        self.close_connection = True

    def _send(self, answer: Response) -> None:
        if answer.delay:
            time.sleep(answer.delay)  # noqa: TID251 - a real server really waits
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status not in (204, 304):
            self.send_header("content-length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.sent)
        if answer.cut:
            self.wfile.flush()
            _shut(self.connection)
            self.close_connection = True

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = do_OPTIONS = _answer
