"""A Bridge between the seeded brands and the seeded account, on a clock that moves only when somebody sleeps."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx
from attrs import define, evolve, field

from po_bridge import Bridge, MemoryJournal, Outcome, Plan, Review, Setup, link_to
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.rseries import RSeries, Settings
from po_bridge.matching.result import NeedsReview
from po_bridge.planning.ruling import Ruling
from po_bridge.ports.journal import Journal
from po_bridge.sandbox.app import Sandbox, calls
from po_bridge.sandbox.nuorder import NuOrderSandbox
from po_bridge.sandbox.rseries import RSeriesSandbox, Switches
from po_bridge.sandbox.seed import (
    DEMO_ORDER,
    OUTLETS,
    PORTALS,
    SeededAccount,
    seed_nuorder,
    seed_rseries,
)
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.testing.subject import TrialClock


@define(kw_only=True)
class Till:
    """Both emulators, a journal and a Bridge; every part is within reach."""

    setup: Setup = field(factory=lambda: Setup(outlets=OUTLETS))
    switches: Switches = field(factory=Switches)
    journal: Journal = field(factory=MemoryJournal)
    clock: TrialClock = field(factory=TrialClock)
    nuorder: NuOrderSandbox = field(init=False)
    rseries: RSeriesSandbox = field(init=False)
    account: SeededAccount = field(init=False)
    bridge: Bridge = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.nuorder = NuOrderSandbox(clock=self.clock.now, portals=PORTALS)
        seed_nuorder(self.nuorder)
        self.rseries = RSeriesSandbox(clock=self.clock.now, switches=self.switches)
        self.account = seed_rseries(self.rseries)
        self.bridge = self.another()

    def another(self, **choices: Any) -> Bridge:
        """Another Bridge between the same two, with the same journal."""
        apps: dict[str, Sandbox] = {"orders.test": self.nuorder, "pos.test": self.rseries}
        http = httpx.Client(transport=SandboxTransport(apps, sleep=self.clock.sleep))
        target = RSeries(
            account_id=self.rseries.state.account.id,
            token=self.account.token,
            address="https://pos.test",
            image_host="orders.test",
            settings=Settings(settle=30.0),
        )
        plain: dict[str, Any] = {
            "source": NuOrder(portals=_portals()),
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

    def review(self, *numbers: str) -> Review:
        """Review orders and link every line in question to its first candidate."""
        review = self.bridge.review(*(numbers or (DEMO_ORDER,)))
        rulings: dict[Any, Ruling] = {}
        for line in review.needs_review:
            match = line.match
            if isinstance(match, NeedsReview) and match.candidates:
                rulings[line.key] = link_to(match.candidates[0].product_id)
        return self.bridge.decide(review, rulings) if rulings else review

    def plan(self, *numbers: str) -> Plan:
        """Review and plan."""
        return self.bridge.plan(self.review(*numbers))

    def sync(self, *numbers: str) -> Outcome:
        """Review, plan and apply."""
        return self.bridge.apply(self.plan(*numbers))

    def asked(self) -> Counter[str]:
        """What the POS was asked since the last look, by method."""
        counted: Counter[str] = Counter()
        for (method, _), number in calls(self.rseries.log).items():
            counted[method] += number
        self.rseries.log.clear()
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
