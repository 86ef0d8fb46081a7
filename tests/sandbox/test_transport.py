from __future__ import annotations

import asyncio

import httpx
import pytest
from tests.sandbox.echo import Echo

from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.transport import SandboxTransport

Asked = tuple[Echo, SandboxTransport, list[float]]


def wired(*faults: Fault) -> Asked:
    """Give an emulator, a transport to it under echo.test, and the waits asked for."""
    app, waits = Echo(*faults), list[float]()

    async def asleep(seconds: float) -> None:
        waits.append(seconds)

    return app, SandboxTransport({"echo.test": app}, sleep=waits.append, asleep=asleep), waits


def fetch(transport: SandboxTransport, asynchronous: bool, url: str = "http://echo.test/a") -> httpx.Response:
    """Post with a sync or an async client."""
    timeout = httpx.Timeout(5)
    if not asynchronous:
        with httpx.Client(transport=transport, timeout=timeout) as client:
            return client.post(url, content=b"123")

    async def run() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, timeout=timeout) as client:
            return await client.post(url, content=b"123")

    return asyncio.run(run())


both = pytest.mark.parametrize("asynchronous", [False, True], ids=["sync", "async"])


@both
def test_answer_comes_through(asynchronous: bool) -> None:
    """Method, path and body reach the emulator; status, headers and body come back."""
    app, transport, _ = wired()
    answer = fetch(transport, asynchronous)
    assert answer.json() == {"n": 1, "method": "POST", "path": "/a", "length": 3}
    assert answer.headers["content-length"] == str(len(answer.content))
    assert app.seen[0].headers["host"] == "echo.test"


@both
def test_unknown_host_cannot_be_reached(asynchronous: bool) -> None:
    """A host without an emulator is a connection error, never the network."""
    with pytest.raises(httpx.ConnectError, match=r"nowhere\.test"):
        fetch(wired()[1], asynchronous, "http://nowhere.test/")


@both
@pytest.mark.parametrize("kind", [FaultKind.LOSE, FaultKind.RESET], ids=["lost", "reset"])
def test_lost_connection_is_a_read_error(asynchronous: bool, kind: FaultKind) -> None:
    """A caller cannot tell a lost answer from a request that never arrived."""
    app, transport, _ = wired(Fault(kind=kind))
    with pytest.raises(httpx.ReadError):
        fetch(transport, asynchronous)
    assert len(app.seen) == (kind is FaultKind.LOSE)


@both
def test_cut_body_is_a_protocol_error(asynchronous: bool) -> None:
    """A body that ends too early raises, as on a real wire."""
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        fetch(wired(Fault(kind=FaultKind.TRUNCATE))[1], asynchronous)


@both
def test_delay_is_slept(asynchronous: bool) -> None:
    """A delay below the timeout is handed to the sleep callable."""
    _, transport, waits = wired(Fault(kind=FaultKind.DELAY, seconds=3))
    assert fetch(transport, asynchronous).status_code == 200
    assert waits == [3]


@both
def test_delay_beyond_the_timeout(asynchronous: bool) -> None:
    """A delay beyond the read timeout waits as long as the timeout and raises; the change was made."""
    app, transport, waits = wired(Fault(kind=FaultKind.DELAY, seconds=60))
    with pytest.raises(httpx.ReadTimeout):
        fetch(transport, asynchronous)
    assert waits == [5]
    assert len(app.seen) == 1


def test_host_with_port_is_told_apart() -> None:
    """An emulator can be bound to one port of a host."""
    one, two = Echo(), Echo()
    transport = SandboxTransport({"echo.test:81": one, "echo.test": two})
    fetch(transport, False, "http://echo.test:81/")
    fetch(transport, False, "http://echo.test:82/")
    assert (len(one.seen), len(two.seen)) == (1, 1)


def test_client_without_timeout_waits() -> None:
    """Without a timeout any delay is waited for."""
    _, transport, waits = wired(Fault(kind=FaultKind.DELAY, seconds=600))
    with httpx.Client(transport=transport, timeout=None) as client:  # noqa: S113 - that is what is tested
        assert client.get("http://echo.test/").status_code == 200
    assert waits == [600]
