from __future__ import annotations

import httpx
import pytest
from tests.sandbox.rseries.store import ROOT, Store

from po_bridge.sandbox import Dropped, Fault, FaultKind, Response, calls, serve
from po_bridge.sandbox.rseries import ErrorBody, Switches
from po_bridge.sandbox.transport import SandboxTransport

NEW = {"name": "ACME"}


def names(store: Store) -> list[str]:
    """Give the names of the vendors."""
    return [vendor.name for vendor in store.sandbox.state.vendors]


@pytest.mark.parametrize(
    ("kind", "made", "status"),
    [
        (FaultKind.LOSE, True, None),
        (FaultKind.RESET, False, None),
        (FaultKind.REFUSE, False, 422),
        (FaultKind.BROKEN, False, 503),
        (FaultKind.HTML, False, 502),
        (FaultKind.BUSY, False, 429),
        (FaultKind.TRUNCATE, True, 200),
        (FaultKind.DELAY, True, 200),
    ],
    ids=lambda value: value.value if isinstance(value, FaultKind) else "",
)
def test_scripted_faults(store: Store, kind: FaultKind, made: bool, status: int | None) -> None:
    """Each scripted fault strikes once, at its call; lost answers come after or before the change."""
    store.sandbox.inject(Fault(kind=kind, method="POST", path="*/Vendor.json", seconds=2))
    answer = store.sandbox.handle(store.request("POST", "Vendor", NEW))
    assert isinstance(answer, Dropped) is (status is None)
    assert ("ACME" in names(store)) is made
    if isinstance(answer, Response):
        assert answer.status == status
    store.take("POST", "Vendor", {"name": "Other"})
    assert "Other" in names(store)


def test_late_request(store: Store) -> None:
    """A late request is carried out after its time, and shows in the digest until then."""
    store.sandbox.inject(Fault(kind=FaultKind.LATE, method="POST", seconds=30))
    store.sandbox.handle(store.request("POST", "Vendor", NEW))
    assert "late POST" in store.sandbox.digest()
    store.clock.tick(30)
    store.ask("GET", "Vendor")
    assert "ACME" in names(store)


@pytest.mark.parametrize("body", list(ErrorBody), ids=[body.value for body in ErrorBody])
def test_bodies_of_undocumented_errors(body: ErrorBody) -> None:
    """The body of 404, 403 and 422 is a switch; that of 400 was recorded and is not."""
    store = Store(Switches(error_body=body))
    answer = store.plain("GET", "Item/99")
    assert answer.status == 404
    assert answer.body[:1] == {"envelope": b"{", "html": b"<", "empty": b""}[body.value]
    assert store.plain("POST", "Item", {}).read_json()["httpCode"] == "400"


def test_body_that_is_no_json_is_400(store: Store) -> None:
    """A body that is no JSON is refused."""
    request = store.request("POST", "Vendor", NEW)
    broken = type(request)(method="POST", address=request.address, headers=request.headers, body=b"{")
    answer = store.sandbox.handle(broken)
    assert isinstance(answer, Response)
    assert answer.status == 400


def test_calls_are_logged(store: Store) -> None:
    """Every call is kept with its answer, so that they can be counted."""
    store.ask("GET", "Shop")
    store.take("POST", "Vendor", NEW)
    assert calls(store.sandbox.log) == {("GET", f"{ROOT}/Shop.json"): 1, ("POST", f"{ROOT}/Vendor.json"): 1}


def test_as_a_transport(store: Store) -> None:
    """The account answers httpx clients in this process, for both hosts of the vendor."""
    hosts = {"api.lightspeedapp.com": store.sandbox, "cloud.lightspeedapp.com": store.sandbox}
    with httpx.Client(transport=SandboxTransport(hosts)) as client:
        client.headers["authorization"] = f"Bearer {store.token}"
        found = client.get("https://api.lightspeedapp.com/API/V3/Account.json").json()
        assert found["Account"]["accountID"] == "123456"
        assert client.post("https://cloud.lightspeedapp.com/auth/oauth/token", json={}).status_code == 401


def test_over_loopback(store: Store) -> None:
    """Served over loopback it answers the same, with `next` leading back to it."""
    for name in ("Mug", "Cup"):
        store.item(name)
    headers = {"authorization": f"Bearer {store.token}"}
    with serve(store.sandbox) as served, httpx.Client(headers=headers) as client:
        page = client.get(f"{served.address}{ROOT}/Item.json", params={"limit": 1}).json()
        assert page["@attributes"]["next"].startswith(served.address)
        last = client.get(page["@attributes"]["next"]).json()
        assert (last["Item"]["description"], last["@attributes"]["next"]) == ("Cup", "")
