"""How long a call may take: a passed HTTP client changes nothing about it."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from po_bridge.execution.clock import SystemClock
from po_bridge.execution.http import TIMEOUT, AsyncHttpSender, HttpSender
from po_bridge.execution.runner import CALL_SECONDS
from po_bridge.ports.exchange import Request, Response


class Noted(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers everything, and keeps the time-outs that requests bring."""

    def __init__(self) -> None:
        self.timeouts: dict[str, float | None] = {}

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the caller elsewhere."""
        self.timeouts = request.extensions["timeout"]
        return httpx.Response(307, headers={"location": "https://elsewhere.example/"})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the caller elsewhere."""
        return self.handle_request(request)


@pytest.mark.parametrize(
    ("brought", "phases"),
    [
        (httpx.Timeout(None), {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 5.0}),
        (httpx.Timeout(600.0), {"connect": 10.0, "read": 30.0, "write": 30.0, "pool": 5.0}),
        (httpx.Timeout(2.0, read=None), {"connect": 2.0, "read": 30.0, "write": 2.0, "pool": 2.0}),
    ],
    ids=["none", "long", "short"],
)
def test_a_passed_client_does_not_outlast_a_lease(
    brought: httpx.Timeout, phases: dict[str, float | None]
) -> None:
    """Time-outs of a passed client hold as far as they are shorter than ours; a redirect is not followed."""
    noted = Noted()
    request = Request(method="POST", address="https://pos.example/")
    with httpx.Client(transport=noted, timeout=brought, follow_redirects=True) as client:
        assert HttpSender(SystemClock(), client).send(request).status == 307
    assert noted.timeouts == phases
    noted.timeouts = {}

    async def main() -> Response:
        async with httpx.AsyncClient(transport=noted, timeout=brought, follow_redirects=True) as client:
            return await AsyncHttpSender(SystemClock(), client).send(request)

    assert asyncio.run(main()).status == 307
    assert noted.timeouts == phases


def test_sending_takes_no_longer_than_a_lease_allows() -> None:
    """Waiting for a connection, making it and sending end before the time that a lease outlives a call."""
    phases = TIMEOUT.as_dict()
    assert sum(phases[phase] or 1e9 for phase in ("pool", "connect", "write")) <= CALL_SECONDS
