"""The emulator as a whole."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.sandbox.nuorder.signing import PORTALS, REP, Caller, Hands, brand, message, order

from po_bridge.sandbox.app import calls
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.message import Dropped
from po_bridge.sandbox.nuorder import NuOrderSandbox, Scene, SetStatus
from po_bridge.sandbox.server import serve
from po_bridge.sandbox.transport import SandboxTransport

SAMPLES = Path(__file__).parents[4] / "shared" / "reference" / "samples" / "nuorder"


def test_headers() -> None:
    """Answers carry the headers of the recordings; equal bodies have equal tags."""
    caller = Caller(brand())
    first, second, other = (caller.get(f"/api/order/{key}") for key in ("a1", "a1", "a2"))
    assert first.headers["x-powered-by"] == "Express"
    assert first.headers["request-token"] == "1801483200000"
    assert first.headers["cache-control"] == "private,max-age=0, must-revalidate"
    assert first.headers["content-type"] == "application/json"
    assert first.headers["etag"].strip('"').isdecimal()
    assert first.headers["etag"] == second.headers["etag"] != other.headers["etag"]


def test_five_at_once() -> None:
    """The sixth call that is under way at one time is refused, without being checked or used up."""
    hands = Hands()
    sandbox = brand(hands, call_seconds=0.5)
    caller = Caller(sandbox)
    requests = [caller.signed("GET", "/api/order/a1") for _ in range(6)]
    answers = [sandbox.handle(request) for request in requests]
    assert [not isinstance(each, Dropped) and each.status for each in answers] == [200] * 5 + [429]
    assert [not isinstance(each, Dropped) and each.delay for each in answers] == [0.5] * 5 + [0]
    hands.wait(seconds=0.5)
    again = sandbox.handle(requests[5])
    assert not isinstance(again, Dropped)
    assert again.status == 200


@pytest.mark.parametrize(("switch", "wait"), [(False, None), (True, "1")])
def test_busy_answer(switch: bool, wait: str | None) -> None:
    """A 429 carries Retry-After only where the switch says so."""
    caller = Caller(brand(call_seconds=1, concurrent=0, retry_after=switch))
    answer = caller.get("/api/order/a1")
    assert message(answer)[0] == 429
    assert answer.headers.get("retry-after") == wait


def test_waiting_in_turn_is_never_busy() -> None:
    """A caller that waits for each answer never meets the limit."""
    hands = Hands()
    caller = Caller(brand(hands, call_seconds=0.2, concurrent=1))
    for _ in range(5):
        hands.wait(seconds=caller.get("/api/order/a1").delay)
    assert caller.get("/api/order/a1").status == 200


def test_faults() -> None:
    """A scripted fault strikes; a lost answer comes after the change; BUSY speaks the vendor's form."""
    sandbox = brand()
    rep = Caller(sandbox, REP)
    sandbox.inject(
        Fault(kind=FaultKind.LOSE, method="POST"), Fault(kind=FaultKind.BUSY, path="/api/order/*", seconds=3)
    )
    busy = rep.get("/api/order/a1")
    assert (message(busy)[0], busy.headers["retry-after"]) == (429, "3")
    assert isinstance(sandbox.handle(rep.signed("POST", "/api/order/a1/process")), Dropped)
    assert rep.read("/api/order/a1")["status"] == "processed"


def test_log() -> None:
    """The log counts calls by method and path, and can be switched off."""
    sandbox = brand()
    Caller(sandbox).get("/api/order/a1?x=1")
    Caller(sandbox).get("/api/order/a1")
    assert calls(sandbox.log) == {("GET", "/api/order/a1"): 2}
    quiet = NuOrderSandbox(clock=Hands(), portals=PORTALS, keeps_log=False)
    Caller(quiet).get("/api/order/a1")
    assert quiet.log == []


def test_snapshot() -> None:
    """A snapshot is a copy: what happens later neither shows in it nor survives going back to it."""
    hands = Hands()
    sandbox = brand(hands)
    sandbox.schedule([Scene(after=timedelta(hours=1), deed=SetStatus(order="100", status="approved"))])
    before, text = sandbox.snapshot(), sandbox.digest()
    request = Caller(sandbox).signed("GET", "/api/order/a1")
    assert not isinstance(sandbox.handle(request), Dropped)
    hands.wait(hours=1)
    sandbox.advance()
    assert sandbox.digest() != text
    sandbox.restore(before)
    assert sandbox.digest() == text
    hands.wait(hours=-1)
    again = sandbox.handle(request)
    assert not isinstance(again, Dropped)
    assert again.read_json()["status"] == "pending"
    assert len(sandbox.state.script) == 1


def test_late_requests_are_state() -> None:
    """A request that is still to be carried out belongs to the snapshot and shows in the digest."""
    hands = Hands()
    sandbox = brand(hands)
    sandbox.inject(Fault(kind=FaultKind.LATE, seconds=60))
    assert isinstance(sandbox.handle(Caller(sandbox, REP).signed("POST", "/api/order/a1/process")), Dropped)
    assert sandbox.digest().endswith("late POST /api/order/a1/process")
    waiting = sandbox.snapshot()
    hands.wait(minutes=1)
    assert Caller(sandbox).read("/api/order/a1")["status"] == "processed"
    sandbox.restore(waiting)
    assert Caller(sandbox).read("/api/order/a1")["status"] == "processed"


def renamed(document: Any) -> Any:
    """Give a copy with another id and other moments."""
    copy = json.loads(json.dumps(document).replace('"a1"', '"zz"'))
    return {**copy, "created_on": "2020-01-01T00:00:00.000Z", "total": float(copy["total"])}


def test_digest() -> None:
    """The digest knows neither ids nor moments nor the order of loading, but every business field."""
    left, right = (NuOrderSandbox(clock=Hands(), portals=PORTALS) for _ in range(2))
    left.add_order(order())
    left.add_order(order("a2", order_number="2"))
    right.add_order(order("a2", order_number="2"))
    right.add_order(renamed(order()))
    assert left.digest() == right.digest()
    right.shelf().orders["zz"]["line_items"][0]["sizes"][0]["quantity"] = 4
    assert left.digest() != right.digest()


def test_two_runs_are_equal() -> None:
    """Two emulators that do the same give out the same ids and secrets."""
    answers = []
    for _ in range(2):
        sandbox = NuOrderSandbox(clock=Hands(), portals=PORTALS)
        first = sandbox.add_order({"line_items": []})
        answers.append((first, sandbox.state.new_secret(64), sandbox.state.new_id()))
    assert answers[0] == answers[1]
    assert len(set(answers[0])) == 3


def test_folder_of_orders(tmp_path: Path) -> None:
    """A folder holds orders one a file or in lists; the same id again replaces, other files are left."""
    (tmp_path / "1.json").write_text(json.dumps(order(total=9.5)))
    (tmp_path / "2.json").write_text(json.dumps([order("a2"), order("a3")]))
    (tmp_path / "3.json").write_text(json.dumps(order(status="cancelled")))
    (tmp_path / "notes.txt").write_text("not an order")
    sandbox = NuOrderSandbox(clock=Hands(), portals=PORTALS)
    assert sandbox.load_orders(tmp_path) == ("a1", "a2", "a3", "a1")
    caller = Caller(sandbox)
    assert caller.read("/api/order/a1") == order(status="cancelled")
    assert caller.read("/api/orders/pending/list") == ["a2", "a3"]


@pytest.mark.parametrize("text", ["{", '{"a": 1}', "[3]", "7"], ids=["half", "no order", "numbers", "number"])
def test_folder_with_something_else(tmp_path: Path, text: str) -> None:
    """A file that holds no order is named."""
    (tmp_path / "odd.json").write_text(text)
    with pytest.raises(ValueError, match=r"odd\.json"):
        brand().load_orders(tmp_path)


def recorded() -> list[Any]:
    """List the recorded orders, empty where the samples are not at hand."""
    documents = (json.loads(path.read_text()) for path in sorted(SAMPLES.glob("order_*.json")))
    return [order for each in documents for order in (each if isinstance(each, list) else [each])]


@pytest.mark.skipif(not SAMPLES.exists(), reason="the recorded samples are not beside the repository")
def test_recorded_orders() -> None:
    """Each recorded order is served as it was recorded, by id and in the list of its status."""
    assert len(recorded()) == 15
    for document in recorded():
        sandbox = NuOrderSandbox(clock=Hands(), portals=PORTALS)
        sandbox.add_order(document)
        caller = Caller(sandbox)
        assert json.loads(caller.get(f"/api/order/{document['_id']}").body) == document
        assert json.loads(caller.get(f"/api/orders/{document['status']}/detail").body) == [document]
        assert caller.get(f"/api/product/{document['line_items'][0]['product']['_id']}").status == 404


@pytest.mark.parametrize("scheme", ["standard", "vendor"])
def test_over_loopback(scheme: str) -> None:
    """Served over HTTP the same signatures open the same doors."""
    sandbox = brand()
    with serve(sandbox) as served, httpx.Client() as client:
        signed = Caller(sandbox, REP, scheme, served.address).signed("POST", "/api/order/a1/process")
        answer = client.post(signed.address, headers=dict(signed.headers))
        assert (answer.status_code, answer.json()["status"]) == (200, "processed")
        again = client.post(signed.address, headers=dict(signed.headers))
        assert again.json() == {"code": 401, "message": "Signature is not correct"}
        fresh = Caller(sandbox, REP, scheme, served.address).signed("POST", "/api/order/a1/process")
        assert client.post(fresh.address, headers=dict(fresh.headers)).status_code == 304


def test_as_transport() -> None:
    """The emulator answers an httpx client in tests without a socket."""
    sandbox = brand()
    signed = Caller(sandbox, host="https://buyer.nuorder.com").signed("GET", "/api/order/a1?a=b%20c")
    transport = SandboxTransport({"buyer.nuorder.com": sandbox})
    with httpx.Client(transport=transport) as client:
        answer = client.get(signed.address, headers=dict(signed.headers))
    assert answer.json()["order_number"] == "100"
