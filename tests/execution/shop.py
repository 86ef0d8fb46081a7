"""A Bridge between the seeded emulators, in this process, on a clock that moves only when somebody sleeps."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx
from attrs import define, evolve, field

from po_bridge import Bridge, MemoryJournal, Outcome, Plan, Review, Setup, link_to
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.execution.event import OnEvent, ignore
from po_bridge.matching.result import NeedsReview
from po_bridge.planning.ruling import Ruling
from po_bridge.ports.cache import Cache
from po_bridge.ports.journal import Journal
from po_bridge.sandbox.app import Sandbox, calls
from po_bridge.sandbox.nuorder import NuOrderSandbox
from po_bridge.sandbox.seed import DEMO_ORDER, OUTLETS, PORTALS, SeededStore, seed_nuorder, seed_xseries
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import XSeriesSandbox
from po_bridge.testing.subject import TrialClock


@define(kw_only=True)
class Shop:
    """Both emulators, a journal and a Bridge; every part is within reach."""

    setup: Setup = field(factory=lambda: Setup(outlets=OUTLETS))
    journal: Journal = field(factory=MemoryJournal)
    clock: TrialClock = field(factory=TrialClock)
    nuorder: NuOrderSandbox = field(init=False)
    xseries: XSeriesSandbox = field(init=False)
    store: SeededStore = field(init=False)
    bridge: Bridge = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.nuorder = NuOrderSandbox(clock=self.clock.now, portals=PORTALS)
        seed_nuorder(self.nuorder)
        self.xseries = XSeriesSandbox(clock=self.clock.now)
        self.store = seed_xseries(self.xseries)
        self.bridge = self.another()

    def source(self) -> NuOrder:
        """The adapter of the wholesale side."""
        return NuOrder(portals=_portals())

    def another(self, **choices: Any) -> Bridge:
        """Another Bridge between the same two, with the same journal."""
        apps: dict[str, Sandbox] = {"orders.test": self.nuorder, "pos.test": self.xseries}
        http = httpx.Client(transport=SandboxTransport(apps, sleep=self.clock.sleep))
        target = XSeries(
            domain_prefix="demo",
            token=self.store.token,
            address="https://pos.test",
            image_host="orders.test",
            settings=Settings(settle=30.0),
        )
        plain: dict[str, Any] = {
            "source": self.source(),
            "target": target,
            "journal": self.journal,
            "setup": self.setup,
            "http": http,
            "clock": self.clock,
        }
        return Bridge(**(plain | choices))

    def choose(self, **choices: Any) -> None:
        """Change the setup."""
        self.setup = evolve(self.setup, **choices)
        self.bridge = self.another()

    def review(self, *numbers: str, **options: Any) -> Review:
        """Review orders and link every line in question to its first candidate."""
        review = self.bridge.review(*(numbers or (DEMO_ORDER,)), **options)
        rulings: dict[Any, Ruling] = {}
        for line in review.needs_review:
            match = line.match
            if isinstance(match, NeedsReview) and match.candidates:
                rulings[line.key] = link_to(match.candidates[0].product_id)
        return self.bridge.decide(review, rulings) if rulings else review

    def plan(self, *numbers: str, **options: Any) -> Plan:
        """Review and plan."""
        return self.bridge.plan(self.review(*numbers, **options))

    def sync(self, *numbers: str, **options: Any) -> Outcome:
        """Review, plan and apply."""
        return self.bridge.apply(self.plan(*numbers, **options))

    def asked(self) -> Counter[str]:
        """What the POS was asked since the last look, by method."""
        counted: Counter[str] = Counter()
        for (method, _), number in calls(self.xseries.log).items():
            counted[method] += number
        self.xseries.log.clear()
        return counted


def _portals() -> tuple[Portal, ...]:
    return tuple(
        Portal(
            name=portal.name,
            address="https://orders.test",
            consumer_key=credential.consumer_key,
            consumer_secret=credential.consumer_secret,
            token=credential.token,
            token_secret=credential.token_secret,
            images="https://orders.test/product/{hash}.jpg",
        )
        for portal in PORTALS
        for credential in portal.credentials[:1]
    )


def small_pages(shop: Shop, cache: Cache, on_event: OnEvent = ignore) -> Bridge:
    """A Bridge with a cache that asks the POS for ten records a page."""
    target = XSeries(domain_prefix="demo", token=shop.store.token, address="https://pos.test", page_size=10)
    return shop.another(cache=cache, target=target, on_event=on_event)
