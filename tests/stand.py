"""Both emulators with a Bridge over them: in this process on a clock that only sleeping moves, or over loopback."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import httpx
from attrs import define, evolve, field

from po_bridge import AsyncBridge, Bridge, MemoryJournal, Plan, Review, Setup, link_to
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.execution.clock import SystemClock
from po_bridge.execution.event import OnEvent, ignore
from po_bridge.matching.result import NeedsReview
from po_bridge.planning.ruling import Ruling
from po_bridge.ports.clock import Clock
from po_bridge.ports.journal import Journal
from po_bridge.sandbox.app import Sandbox
from po_bridge.sandbox.message import Request
from po_bridge.sandbox.nuorder import NuOrderSandbox, Portal as SandboxPortal
from po_bridge.sandbox.seed import OUTLETS, PORTALS, seed_nuorder, seed_xseries
from po_bridge.sandbox.server import serve
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Retailer, Switches, XSeriesSandbox
from po_bridge.testing.subject import TrialClock

RECORDED = "Recorded orders"
"""Name of the portal of orders that are not the seed's."""


@define(kw_only=True)
class Stand:
    """The two emulators, and whatever one connects to them."""

    nuorder: NuOrderSandbox
    xseries: XSeriesSandbox
    portals: tuple[SandboxPortal, ...]
    token: str
    clock: Clock = field(factory=TrialClock)
    nuorder_address: str = "https://nuorder.test"
    xseries_address: str = "https://xseries.test"
    settle: float = 60.0
    setup: Setup = field(factory=Setup)

    @property
    def transport(self) -> SandboxTransport:
        """Carries calls in this process; waiting moves the clock."""
        apps: dict[str, Sandbox] = {"nuorder.test": self.nuorder, "xseries.test": self.xseries}
        return SandboxTransport(apps, sleep=self.clock.sleep, asleep=self.clock.asleep)

    def source(self, **choices: Any) -> NuOrder:
        """The adapter of the wholesale side; *choices* replace what is given to each portal."""
        return NuOrder(portals=tuple(self._portal(portal, choices) for portal in self.portals))

    def _portal(self, portal: SandboxPortal, choices: Mapping[str, Any]) -> Portal:
        opened = portal.credentials[0]
        given: dict[str, Any] = {
            "name": portal.name,
            "address": self.nuorder_address,
            "consumer_key": opened.consumer_key,
            "consumer_secret": opened.consumer_secret,
            "token": opened.token,
            "token_secret": opened.token_secret,
            "images": f"{self.nuorder_address}/product/{{hash}}.jpg",
        }
        return Portal(**(given | dict(choices)))

    def target(self, **choices: Any) -> XSeries:
        """The adapter of the store."""
        given: dict[str, Any] = {
            "domain_prefix": "trial",
            "token": self.token,
            "address": self.xseries_address,
            "image_host": self.nuorder_address,
            "settings": Settings(settle=self.settle),
        }
        return XSeries(**(given | choices))

    def bridge(self, journal: Journal | None = None, *, on_event: OnEvent = ignore, **choices: Any) -> Bridge:
        """A Bridge in this process; *choices* replace what it is given."""
        return Bridge(**self._given(journal, on_event, httpx.Client(transport=self.transport)) | choices)

    def async_bridge(
        self, journal: Journal | None = None, *, on_event: OnEvent = ignore, **choices: Any
    ) -> AsyncBridge:
        """The same without blocking."""
        return AsyncBridge(
            **self._given(journal, on_event, httpx.AsyncClient(transport=self.transport)) | choices
        )

    def _given(self, journal: Journal | None, on_event: OnEvent, http: Any) -> dict[str, Any]:
        return {
            "source": self.source(),
            "target": self.target(),
            "journal": journal or MemoryJournal(),
            "setup": self.setup,
            "http": http,
            "clock": self.clock,
            "on_event": on_event,
        }

    def wire_bridge(self, journal: Journal | None = None, **choices: Any) -> Bridge:
        """A Bridge that calls the served emulators over real HTTP with its own client."""
        return self.bridge(journal, **({"http": None} | choices))

    # --- what was said

    @property
    def writes(self) -> tuple[str, ...]:
        """Mutating calls that reached either emulator, as method and path; token calls are none."""
        logs = (*self.nuorder.log, *self.xseries.log)
        return tuple(_told(one.request) for one in logs if _writes(one.request))

    def forget(self) -> None:
        """Start the logs anew."""
        self.nuorder.log.clear()
        self.xseries.log.clear()

    @property
    def orders(self) -> tuple[dict[str, Any], ...]:
        """Every live purchase order of the store: id, number, and counts by product."""
        state = self.xseries.state
        return tuple(
            {"id": one.id, "number": one.reference, "lines": self._lines(one.id)}
            for one in state.consignments.all_live()
        )

    def _lines(self, order_id: str) -> dict[str, Decimal]:
        shelf = self.xseries.state.lines.get(order_id)
        return {line.id: line.count or Decimal(0) for line in shelf.all_live()} if shelf else {}


def _told(request: Request) -> str:
    return f"{request.method} {request.path}"


def _writes(request: Request) -> bool:
    return request.method != "GET" and not request.path.endswith("/token")


def seeded(clock: Clock | None = None, switches: Switches | None = None) -> Stand:
    """The invented shop of the demo."""
    clock = clock or TrialClock()
    nuorder = NuOrderSandbox(clock=clock.now, portals=PORTALS)
    seed_nuorder(nuorder)
    xseries = XSeriesSandbox(clock=clock.now, switches=switches)
    store = seed_xseries(xseries)
    return Stand(
        nuorder=nuorder,
        xseries=xseries,
        portals=PORTALS,
        token=store.token,
        clock=clock,
        setup=Setup(outlets=OUTLETS),
    )


def empty(clock: Clock | None = None, currency: str = "USD", switches: Switches | None = None) -> Stand:
    """A portal without orders, and a store with one outlet that holds nothing."""
    clock = clock or TrialClock()
    portal = evolve(PORTALS[0], name=RECORDED)
    nuorder = NuOrderSandbox(clock=clock.now, portals=(portal,))
    xseries = XSeriesSandbox(clock=clock.now, retailer=Retailer(currency=currency), switches=switches)
    token = xseries.furnish().token
    return Stand(nuorder=nuorder, xseries=xseries, portals=(portal,), token=token, clock=clock)


@contextmanager
def served(stand: Stand, *, settle: float = 0.2) -> Generator[Stand]:
    """Serve a stand over loopback; the stand that comes out calls it there and runs on the machine's clock."""
    with serve(stand.nuorder) as nuorder, serve(stand.xseries) as xseries:
        yield evolve(
            stand,
            clock=SystemClock(),
            nuorder_address=nuorder.address,
            xseries_address=xseries.address,
            settle=settle,
        )


def linked(bridge: Bridge, review: Review) -> Review:
    """The review with each question about a line answered by its first candidate."""
    rulings: dict[Any, Ruling] = {
        line.key: link_to(line.match.candidates[0].product_id)
        for line in review.needs_review
        if isinstance(line.match, NeedsReview)
    }
    return bridge.decide(review, rulings) if rulings else review


def demo_plan(bridge: Bridge, *numbers: str) -> Plan:
    """A plan for seeded orders with every line decided."""
    return bridge.plan(linked(bridge, bridge.review(*numbers)))


def counted(calls: Iterable[str]) -> Counter[str]:
    """How often each was called."""
    return Counter(calls)
