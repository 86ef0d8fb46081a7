"""The loopback listener: what it takes for the callback, what it refuses, and that nobody keeps it busy."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from attrs import define

from po_bridge.cli.callback import LONGEST, Accepted, Rejected, Unfinished, judge, redirect_of
from po_bridge.cli.listener import Listener
from po_bridge.models.secret import Secret

REDIRECT = redirect_of("http://127.0.0.1:8417/callback")
STATE = Secret("a-state-of-length")
HOST = "host: 127.0.0.1:8417"


def head(first: str = "GET /callback?state=a-state-of-length&code=c HTTP/1.1", *lines: str) -> bytes:
    """Write the head of a request."""
    return "\r\n".join((first, *(lines or (HOST,)), "", "")).encode("latin-1")


def test_ours_is_taken() -> None:
    """A plain GET with our state is the callback, whatever else its head says."""
    found = judge(
        head("GET /callback?state=a-state-of-length&code=c HTTP/1.1", HOST, "accept: */*"), REDIRECT, STATE
    )
    assert found == Accepted(query="state=a-state-of-length&code=c", agreed=True)


def test_refusal_of_the_merchant_is_taken_too() -> None:
    """A declined consent ends the waiting as well, and is known as such."""
    found = judge(head("GET /callback?state=a-state-of-length&error=access_denied HTTP/1.1"), REDIRECT, STATE)
    assert isinstance(found, Accepted)
    assert not found.agreed


def test_secrets_are_not_shown() -> None:
    """The code is in no repr, where a log would keep it."""
    assert "code" not in repr(judge(head(), REDIRECT, STATE))


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (head("GET /callback HTTP/1.1"), 403),
        (head("GET /callback?state=a-state-of-lengt HTTP/1.1"), 403),
        (head("GET /callback?state=x&state=a-state-of-length HTTP/1.1"), 403),
        (head("GET /callback?state=%ff HTTP/1.1"), 403),
        (head("GET /callback/?state=a-state-of-length HTTP/1.1"), 404),
        (head("GET / HTTP/1.1"), 404),
        (head("POST /callback?state=a-state-of-length HTTP/1.1"), 405),
        (head("GET http://127.0.0.1:8417/callback HTTP/1.1"), 400),
        (head("GET /callback HTTP/2"), 400),
        (head("GET /callback"), 400),
        (head("\xff GET / HTTP/1.1"), 400),
        (head("GET /callback HTTP/1.1", "host: localhost:8417"), 421),
        (head("GET /callback HTTP/1.1", HOST, "Host: evil.example"), 421),
        (head("GET /callback HTTP/1.1", "accept: */*"), 421),
        (b"G" * (LONGEST + 1), 431),
    ],
    ids=str,
)
def test_anything_else_is_refused(said: bytes, status: int) -> None:
    """Without our state, address, host and method it is somebody else's."""
    assert judge(said, REDIRECT, STATE) == Rejected(status=status)  # type: ignore[arg-type]  # compares as an int


def test_half_a_head_is_waited_for() -> None:
    """A head comes in pieces."""
    assert judge(head()[:-1], REDIRECT, STATE) == Unfinished()


@define
class Hurrying:
    """A clock on which every look takes a while."""

    pace: float = 1.0
    moment: datetime = datetime(2027, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        """Later than the last time."""
        self.moment += timedelta(seconds=self.pace)
        return self.moment

    def sleep(self, seconds: float) -> None:
        """Nobody sleeps here."""

    async def asleep(self, seconds: float) -> None:
        """Nobody sleeps here."""

    def nonce(self) -> str:
        """Give no nonce that matters."""
        return ""


@pytest.fixture
def port() -> int:
    """A free port."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        found: int = free.getsockname()[1]
    return found


@pytest.fixture
def listener(port: int) -> Iterator[Listener]:
    """A listener in a hurry."""
    with Listener(f"http://127.0.0.1:{port}/callback", STATE, Hurrying()) as found:
        yield found


def test_silent_guests_are_hung_up_on(listener: Listener, port: int) -> None:
    """A connection that never says anything is closed, and does not keep the callback out."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        assert listener.wait(40) is None
        assert silent.recv(1) == b""


def test_too_many_guests_are_hung_up_on(port: int) -> None:
    """One connection more than are kept is closed at once, long before the others."""
    with Listener(f"http://127.0.0.1:{port}/callback", STATE, Hurrying(pace=0.02)) as listener:
        guests = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(33)]
        listener.wait(2.5)
        assert guests[-1].recv(1) == b""
        guests[0].settimeout(0)
        with pytest.raises(BlockingIOError):
            guests[0].recv(1)
    for guest in guests:
        guest.close()


def test_callback_in_pieces_behind_a_guest_that_left(listener: Listener, port: int) -> None:
    """The callback is taken even where it comes byte by byte, after others."""
    socket.create_connection(("127.0.0.1", port), timeout=10).close()
    said = head("GET /callback?state=a-state-of-length&code=c HTTP/1.1", f"host: 127.0.0.1:{port}")
    with socket.create_connection(("127.0.0.1", port), timeout=10) as guest:
        guest.sendall(said[:7])
        assert listener.wait(5) is None
        guest.sendall(said[7:])
        assert listener.wait(60) == "state=a-state-of-length&code=c"
        assert guest.recv(12) == b"HTTP/1.1 200"


def test_a_guest_that_does_not_hear_the_answer(listener: Listener, port: int) -> None:
    """Somebody who resets the connection harms nobody."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as guest:
        guest.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        guest.sendall(b"GET / HTTP/1.1\r\nhost: x\r\n\r\n")
    assert listener.wait(5) is None


def test_listener_of_the_other_loopback() -> None:
    """An address of IPv6 is listened on as such, where the machine has it."""
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6) as free:
            port = free.getsockname()[1]
    except OSError:
        pytest.skip("this machine has no IPv6")
    with Listener(f"http://[::1]:{port}/callback", STATE, Hurrying()) as found:
        assert found.wait(1) is None
