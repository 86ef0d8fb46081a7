"""What leaves this machine, what may have left, and what no error tells."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from threading import Thread

import httpx
import pytest
from attrs import define, evolve, field, frozen

from po_bridge.errors import Misuse, Unreachable
from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import AsyncWorld, World, adrive, drive
from po_bridge.execution.http import AsyncHttpSender, HttpSender
from po_bridge.ports.exchange import Request, Response, call
from po_bridge.sandbox.message import Dropped, Request as Asked, Response as Answer
from po_bridge.sandbox.server import serve

SECRET = "s3cr3t-t0k3n"


@define
class App:
    """Answers with the lines of a script, then always the same; keeps what it was asked."""

    script: list[Answer | Dropped] = field(factory=list)
    asked: list[Asked] = field(factory=list)

    def handle(self, request: Asked) -> Answer | Dropped:
        """Answer one request."""
        self.asked.append(request)
        return self.script.pop(0) if self.script else Answer(headers={"X-Kind": "Plain"}, body=b"fine")


@pytest.fixture
def app() -> App:
    """What answers."""
    return App()


@pytest.fixture
def address(app: App) -> Generator[str]:
    """Where it answers."""
    with serve(app) as served:
        yield served.address


@frozen
class Signed:
    """Signs with a nonce that one can see."""

    def sign(self, request: Request, now: datetime, nonce: str) -> Request:
        """The request with its header."""
        headers = {**request.headers, "authorization": f"Bearer {SECRET}", "x-nonce": nonce}
        return evolve(request, headers=headers)


def blocking(request: Request, client: httpx.Client | None = None) -> Response:
    """Send with the blocking sender."""
    sender = HttpSender(SystemClock(), client)
    try:
        return sender.send(request)
    finally:
        sender.close()


def not_blocking(request: Request) -> Response:
    """Send with the other."""

    async def main() -> Response:
        sender = AsyncHttpSender(SystemClock())
        try:
            return await sender.send(request)
        finally:
            await sender.close()

    return asyncio.run(main())


Send = Callable[[Request], Response]
SENDERS = pytest.mark.parametrize("send", [blocking, not_blocking], ids=["blocking", "not blocking"])


# --- answers --------------------------------------------------------------------------------------


@SENDERS
def test_an_answer_arrives_whole(send: Send, address: str, app: App) -> None:
    """Status, headers with names in lower case, body and the moment come out; method, path and body arrive."""
    request = Request(method="POST", address=f"{address}/things?a=1", headers={"x-a": "b"}, body=b"{}")
    response = send(request)
    assert (response.status, response.headers["x-kind"], response.body) == (200, "Plain", b"fine")
    assert response.at is not None
    (asked,) = app.asked
    assert (asked.method, asked.path, asked.body, asked.headers["x-a"]) == ("POST", "/things", b"{}", "b")


@SENDERS
def test_a_redirect_is_an_answer_like_any_other(send: Send, address: str, app: App) -> None:
    """Nobody is followed elsewhere, credentials least of all."""
    app.script = [Answer(status=302, headers={"location": "https://elsewhere.example/"})]
    assert send(Request(method="GET", address=f"{address}/", auth=Signed())).status == 302
    assert len(app.asked) == 1


# --- what may have left ---------------------------------------------------------------------------


def closed_port() -> str:
    """An address where nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{one.getsockname()[1]}"


@contextmanager
def hanging_up(words: bytes = b"") -> Generator[str]:
    """A server that reads a request, says some words or none, and hangs up."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(words)

        thread = Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        thread.join()


@SENDERS
@pytest.mark.parametrize(
    "base",
    [
        closed_port(),
        "http://no-such-host.invalid",
        "ftp://shop.example",
        "http://127.0.0.1:nine",
        "no address",
    ],
    ids=["closed port", "unknown host", "no HTTP", "no port", "no address"],
)
def test_what_never_left_is_known_not_to_have(send: Send, base: str) -> None:
    """Where no connection was made, a write was not done."""
    with pytest.raises(Unreachable) as lost:
        send(Request(method="POST", address=f"{base}/things"))
    assert lost.value.sent is False


@SENDERS
@pytest.mark.parametrize(
    "words",
    [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{", b"nonsense\r\n\r\n"],
    ids=["no answer", "half an answer", "no HTTP"],
)
def test_what_was_not_answered_may_have_left(send: Send, words: bytes) -> None:
    """Where the connection was made and no whole answer came, a write may have been done."""
    with hanging_up(words) as base, pytest.raises(Unreachable) as lost:
        send(Request(method="POST", address=f"{base}/things"))
    assert lost.value.sent is True
    assert lost.value.host == base.removeprefix("http://")


def test_a_read_that_takes_too_long_may_have_left(app: App, address: str) -> None:
    """A time-out after the request went out leaves the outcome open."""
    app.script = [Answer(delay=0.3)]
    with httpx.Client(timeout=0.05) as client, pytest.raises(Unreachable) as lost:
        blocking(Request(method="POST", address=f"{address}/things"), client)
    assert lost.value.sent is True


def test_a_passed_client_stays_open(address: str) -> None:
    """Who brings a client closes it."""
    with httpx.Client() as client:
        blocking(Request(method="GET", address=address), client)
        assert not client.is_closed


# --- signatures and secrets -----------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["blocking", "not blocking"])
def test_each_attempt_is_signed_anew(kind: str, app: App, address: str) -> None:
    """A read that is sent again carries a fresh nonce each time."""
    app.script = [Answer(status=503), Answer(status=429, headers={"retry-after": "0"})]
    request = Request(method="GET", address=f"{address}/things", auth=Signed())
    clock = SystemClock()

    async def main() -> Response:
        sender = AsyncHttpSender(clock)
        world = AsyncWorld(sender.send, clock)
        response = await adrive(call(request), world)
        world.close()
        await sender.close()
        return response

    if kind == "blocking":
        sender = HttpSender(clock)
        assert drive(call(request), World(sender.send, clock)).status == 200
        sender.close()
    else:
        assert asyncio.run(main()).status == 200
    nonces = [asked.headers["x-nonce"] for asked in app.asked]
    assert len(set(nonces)) == len(nonces) == 3


def test_no_repr_shows_a_signature() -> None:
    """A signed request shows that it is signed, and with what it is not."""
    request = Signed().sign(Request(method="GET", address="https://shop.example/"), SystemClock().now(), "n")
    assert SECRET not in repr(request)
    assert "authorization" in repr(request)
    assert request.headers["authorization"].endswith(SECRET)


@frozen
class Pasted:
    """Signs with a token that was pasted with what stood around it."""

    token: str

    def sign(self, request: Request, now: datetime, nonce: str) -> Request:
        """The request with its header."""
        return evolve(request, headers={"authorization": f"Bearer {self.token}"})


@SENDERS
@pytest.mark.parametrize(
    "token", [f"{SECRET}\n", f"“{SECRET}”", f"{SECRET}\x00"], ids=["line", "quotes", "null"]
)
def test_a_token_that_cannot_be_sent_is_told_of_but_not_told(
    send: Send, token: str, address: str, app: App
) -> None:
    """The library quotes the header it cannot send; our error says who must look where, without the header."""
    request = Request(method="GET", address=f"{address}/things", auth=Pasted(token), system="Shop of Ann")
    with pytest.raises(Misuse) as misuse:
        send(request)
    assert "Shop of Ann" in str(misuse.value)
    assert "token" in str(misuse.value)
    told = "".join(traceback.format_exception(misuse.value))
    assert SECRET not in told
    assert app.asked == []
