from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from tests.sandbox.echo import Echo

from po_bridge.sandbox import Dropped, Fault, FaultKind, FaultScript, Request, Response, Served, serve


@pytest.fixture
def app() -> Echo:
    """Give an emulator."""
    return Echo()


@pytest.fixture
def served(app: Echo) -> Iterator[Served]:
    """Serve it on loopback."""
    with serve(app) as running:
        yield running


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    """Give a client of the served emulator."""
    with httpx.Client(base_url=served.address, timeout=10) as made:
        yield made


def test_answers_over_one_connection(app: Echo, client: httpx.Client) -> None:
    """Several requests go over one kept connection, with bodies and queries."""
    answers = [client.post("/a?x=1", content=b"123").json() for _ in range(3)]
    assert [answer["n"] for answer in answers] == [1, 2, 3]
    assert answers[0]["length"] == 3
    assert app.seen[0].first("x") == "1"
    assert app.seen[0].host == "127.0.0.1"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def test_every_method_is_passed_on(client: httpx.Client, method: str) -> None:
    """Each method reaches the emulator."""
    assert client.request(method, "/a").json()["method"] == method


def test_head_has_no_body(client: httpx.Client) -> None:
    """HEAD answers with headers only, and the connection stays good."""
    answer = client.head("/a")
    assert (answer.status_code, answer.content) == (200, b"")
    assert client.get("/a").json()["n"] == 2


def test_chunked_body_is_read(client: httpx.Client) -> None:
    """A body sent in chunks arrives whole."""
    assert client.post("/a", content=iter([b"abc", b"de"])).json()["length"] == 5


@pytest.mark.parametrize(
    ("kind", "error", "seen"),
    [
        (FaultKind.LOSE, httpx.RemoteProtocolError, 1),
        (FaultKind.RESET, httpx.ReadError, 0),
        (FaultKind.TRUNCATE, httpx.RemoteProtocolError, 1),
    ],
    ids=["lost", "reset", "cut"],
)
def test_broken_connection(
    app: Echo, client: httpx.Client, kind: FaultKind, error: type[Exception], seen: int
) -> None:
    """A fault of the connection is felt by a real client, and the next call works again."""
    app.front.faults = FaultScript((Fault(kind=kind),))
    with pytest.raises(error):
        client.post("/a", content=b"1")
    assert len(app.seen) == seen
    assert client.get("/b").status_code == 200


def test_delay_is_waited(app: Echo, served: Served) -> None:
    """A delayed answer is late for a client that waits less, though the change was made."""
    app.front.faults = FaultScript((Fault(kind=FaultKind.DELAY, seconds=0.3),))
    with httpx.Client(base_url=served.address, timeout=0.05) as hasty, pytest.raises(httpx.ReadTimeout):
        hasty.get("/a")
    assert len(app.seen) == 1


def test_callers_take_turns(app: Echo, served: Served) -> None:
    """Calls from many threads reach the emulator one after another; none is lost."""

    def one(place: int) -> int:
        with httpx.Client(base_url=served.address, timeout=10) as own:
            number: int = own.get(f"/{place}").json()["n"]
            return number

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(one, range(40))) == list(range(1, 41))


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "example.com", ""])  # noqa: S104 - must be refused
def test_only_loopback_is_served(host: str) -> None:
    """An emulator is never reachable from outside the machine."""
    with pytest.raises(ValueError, match="not on"):
        serve(Echo(), host=host)


def test_close_ends_open_connections() -> None:
    """After close the port answers nobody, and kept connections are gone; closing twice is fine."""
    running = serve(Echo())
    with httpx.Client(base_url=running.address, timeout=5) as kept:
        assert kept.get("/").status_code == 200
        running.close()
        with pytest.raises(httpx.TransportError):
            kept.get("/")
    running.close()


def test_port_can_be_chosen() -> None:
    """A free port that is named is the one that answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serve(Echo(), port=port) as running:
        assert running.address == f"http://127.0.0.1:{port}"
        assert httpx.get(running.address, timeout=5).status_code == 200


def test_caller_that_goes_away_is_nothing_special(
    app: Echo, served: Served, capsys: pytest.CaptureFixture[str]
) -> None:
    """A caller killed in the middle of a request leaves the server quiet and working."""
    port = int(served.address.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as caller:
        caller.sendall(b"POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nhalf")
        caller.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    assert httpx.get(served.address, timeout=5).status_code == 200
    assert capsys.readouterr().err == ""


def test_mistake_of_an_emulator_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """An emulator that raises is a mistake of ours: the caller hears nothing, the terminal shows it."""

    class Broken:
        def handle(self, request: Request) -> Response | Dropped:
            raise LookupError(request.path)

    with serve(Broken()) as running, pytest.raises(httpx.TransportError):
        httpx.get(f"{running.address}/here", timeout=5)
    assert "LookupError: /here" in capsys.readouterr().err


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine knows no IPv6")
def test_loopback_of_ipv6() -> None:
    """The other loopback address is served too, with brackets in its address."""
    try:
        running = serve(Echo(), host="::1")
    except OSError:
        pytest.skip("IPv6 is switched off here")
    with running:
        assert running.address.startswith("http://[::1]:")
        assert httpx.get(running.address, timeout=5).status_code == 200
