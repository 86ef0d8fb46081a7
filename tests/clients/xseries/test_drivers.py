"""The adapter under the library's own drivers and HTTP client, sync and async, over the emulator's transport."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import httpx
import pytest
from tests.clients.xseries.store import IMAGES, PNG

from po_bridge.clients.xseries import XSeries
from po_bridge.execution.attempt import attempt
from po_bridge.execution.drive import AsyncWorld, World, adrive, drive
from po_bridge.execution.http import AsyncHttpSender, HttpSender
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Slot
from po_bridge.planning.seen import made_of
from po_bridge.ports.exchange import Exchange
from po_bridge.sandbox import Dropped, Fault, FaultKind, Request, Response, Sandbox
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Switches, XSeriesSandbox
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.subject import TrialClock


class Pictures:
    """An image host."""

    def handle(self, request: Request) -> Response | Dropped:
        """Answer with the one picture."""
        return Response(headers={"content-type": "image/png"}, body=PNG)


class Account:
    """A store reached through httpx."""

    def __init__(self) -> None:
        self.clock = TrialClock()
        self.sandbox = XSeriesSandbox(clock=self.clock.now, switches=Switches(image_time=timedelta(0)))
        furniture = self.sandbox.furnish()
        self.target = XSeries(domain_prefix="example", token=furniture.token, image_host=IMAGES)
        apps: dict[str, Sandbox] = {
            "example.retail.lightspeed.app": self.sandbox,
            "images.example": Pictures(),
        }
        self.transport = SandboxTransport(apps, sleep=self.clock.sleep, asleep=self.clock.asleep)
        self.plan = sample_plan(
            self.target.capabilities, store=self.target.store, outlet_id=furniture.outlet_id
        )

    def apply(self) -> Exchange[dict[Slot, str]]:
        """Perform every step of the plan."""
        facts = yield from self.target.facts()
        assert facts.outlets
        ids: dict[Slot, str] = {}
        for step in self.plan.steps:
            outcome = yield from attempt(self.target.perform(step, ids))
            assert isinstance(outcome, Receipt), outcome
            ids.update(outcome.made)
            if outcome.unread:
                found = yield from self.target.read_back((step,), ids, {})
                ids.update({**made_of(step.write, found), **outcome.made})
        return ids

    def blocking(self) -> dict[Slot, str]:
        """Apply with the sync driver."""
        client = httpx.Client(transport=self.transport)
        with client:
            return drive(self.apply(), World(HttpSender(self.clock, client).send, self.clock))

    def awaiting(self) -> dict[Slot, str]:
        """Apply with the async driver."""

        async def run() -> dict[Slot, str]:
            async with httpx.AsyncClient(transport=self.transport) as client:
                world = AsyncWorld(AsyncHttpSender(self.clock, client).send, self.clock)
                try:
                    return await adrive(self.apply(), world)
                finally:
                    world.close()

        return asyncio.run(run())


def test_both_drivers_do_the_same() -> None:
    """Equal requests in equal order leave equal stores."""
    one, other = Account(), Account()
    assert one.blocking() == other.awaiting()
    assert one.sandbox.digest() == other.sandbox.digest()
    paths = [
        [(call.request.method, call.request.path) for call in account.sandbox.log] for account in (one, other)
    ]
    assert paths[0] == paths[1]


@pytest.mark.parametrize("kind", [FaultKind.RESET, FaultKind.BUSY, FaultKind.HTML, FaultKind.TRUNCATE])
def test_reads_are_sent_again(kind: FaultKind) -> None:
    """A read that fails is repeated by the driver; no write is."""
    plain, account = Account(), Account()
    account.sandbox.inject(Fault(kind=kind, method="GET", seconds=3, times=2))
    account.blocking()
    plain.blocking()
    assert account.sandbox.digest() == plain.sandbox.digest()
    writes = [call for call in account.sandbox.log if call.request.method != "GET"]
    assert len(writes) == sum(call.request.method != "GET" for call in plain.sandbox.log)
