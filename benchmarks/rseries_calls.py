"""API calls of syncs into R-Series beside the reference's formula, and their pace beside what drips and bursts allow.

Usage: python benchmarks/rseries_calls.py

Both remotes are emulators in this process, on a clock that moves only when somebody sleeps or a call is under way.
Writes must equal the formula ``v + b + M + V + I + 1 + L``: a vendor, a brand, each matrix, variant and picture, the
order, each line. Looks are told apart: reviewing, looking again before applying, items read back a hundred a call, a
line looked up before it is set, and the order read back.
Of the time: a call may leave while the level is below the size, so the last one leaves at (drips before it - size) /
drip at the earliest, and a second takes no more calls than the burst window; the target is within 2 % of that.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal

import httpx
from attrs import define, field, frozen
from calls import BRAND, CASES, KEYS, NUMBER, Case, Stand, upc

from po_bridge import Bridge, MemoryJournal
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.rseries import RSeries
from po_bridge.clients.xseries import ApiVersion
from po_bridge.execution.drive import World, drive
from po_bridge.execution.event import Event, RunStarted, StepMarked, ignore
from po_bridge.execution.http import HttpSender
from po_bridge.execution.memory_budget import MemoryBudget
from po_bridge.execution.pacing import Pacing
from po_bridge.planning.snapshot import Collection
from po_bridge.sandbox.app import Exchange
from po_bridge.sandbox.message import Response
from po_bridge.sandbox.rseries import Goods, Limit, RSeriesSandbox
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.testing.subject import TrialClock

LATENCY = 0.3
QUICK = 0.001
WITHIN = 0.02
ENTITIES = {
    "Vendor": "vendor",
    "Manufacturer": "brand",
    "ItemMatrix": "matrices",
    "Item": "variants",
    "Image": "pictures",
    "Order": "order",
    "OrderLine": "lines",
}


class Lagging(httpx.BaseTransport):
    """Lets each call to the account take its time on the clock."""

    def __init__(self, inner: SandboxTransport, clock: TrialClock, latency: float) -> None:
        self.inner, self.clock, self.latency = inner, clock, latency

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer, then let the way take its time."""
        answer = self.inner.handle_request(request)
        if request.url.host == "pos.test":
            self.clock.sleep(self.latency)
        return answer


@define(kw_only=True)
class Shop:
    """Both emulators and a Bridge that tells where its parts begin."""

    case: Case
    clock: TrialClock = field(factory=TrialClock)
    stand: Stand = field(init=False)
    account: RSeriesSandbox = field(init=False)
    bridge: Bridge = field(init=False)
    started: int = 0
    ended: int = 0

    def __attrs_post_init__(self) -> None:
        self.stand = Stand(case=self.case, generation=ApiVersion.V2026_07, clock=self.clock)
        self.account = RSeriesSandbox(clock=self.clock.now)
        furniture = self.account.furnish()
        if self.case.known:
            self._stock()
        apps = {"orders.test": self.stand.nuorder, "pos.test": self.account}
        inner = SandboxTransport(apps, sleep=self.clock.sleep)
        portal = Portal(
            name=BRAND, address="https://orders.test", **KEYS, images="https://orders.test/product/{hash}.jpg"
        )
        target = RSeries(
            account_id=self.account.state.account.id,
            token=furniture.token,
            address="https://pos.test",
            image_host="https://orders.test",
        )
        self.bridge = Bridge(
            source=NuOrder(portals=(portal,)),
            target=target,
            journal=MemoryJournal(),
            http=httpx.Client(transport=Lagging(inner, self.clock, LATENCY)),
            clock=self.clock,
            on_event=self._hear,
        )

    def _stock(self) -> None:
        vendor, maker = self.account.add_vendor(BRAND), self.account.add_manufacturer(BRAND)
        for number in range(self.case.families):
            matrix = self.account.add_matrix(
                f"Cardigan {number}", set_id=2, vendor_id=vendor, manufacturer_id=maker
            )
            for place in range(self.case.variants):
                goods = Goods(
                    description="",
                    upc=upc(number * 100 + place),
                    matrix_id=matrix,
                    attributes=("", f"{place + 30}", ""),
                    vendor_id=vendor,
                    manufacturer_id=maker,
                )
                self.account.add_item(goods)
        self.clock.sleep(60)

    def _hear(self, event: Event) -> None:
        if isinstance(event, RunStarted):
            self.started = len(self.account.log)
        if isinstance(event, StepMarked):
            self.ended = len(self.account.log)

    def sync(self) -> dict[str, list[Exchange]]:
        """Review, plan and apply; the calls of the account by part."""
        self.account.log.clear()
        plan = self.bridge.plan(self.bridge.review(NUMBER))
        reviewed = len(self.account.log)
        if plan.blocking:
            raise RuntimeError(str(plan.blocking))
        if plan.empty:
            return {
                "look at review": self.account.log[:],
                "look at apply": [],
                "run": [],
                "order read back": [],
            }
        outcome = self.bridge.apply(plan)
        if not outcome.synced:
            raise RuntimeError(str(outcome.orders))
        log = self.account.log
        return {
            "look at review": log[:reviewed],
            "look at apply": log[reviewed : self.started],
            "run": log[self.started : self.ended],
            "order read back": log[self.ended :],
        }


def writes(log: Iterable[Exchange]) -> Counter[str]:
    """Mutating calls by what they are about."""
    found: Counter[str] = Counter()
    for one in log:
        if one.request.method != "GET":
            entity = one.request.path.partition("/Account/")[2].split("/")[1].removesuffix(".json")
            found[f"{one.request.method} {ENTITIES[entity]}"] += 1
    return found


def formula(case: Case) -> Counter[str]:
    """What the reference counts for a first sync."""
    wanted = {"POST order": 1, "POST lines": case.lines}
    if not case.known:
        wanted |= {"POST vendor": 1, "POST brand": 1, "POST matrices": case.families}
        wanted |= {"POST variants": case.lines, "POST pictures": case.families}
    return Counter(wanted)


@frozen(kw_only=True)
class Pace:
    """What a run of calls took, and what nobody can beat."""

    name: str
    calls: int
    refused: int
    drips: Decimal
    seconds: float
    bound: float

    def show(self) -> bool:
        """Print it; whether it is within the target."""
        over = self.seconds / self.bound - 1
        met = over <= WITHIN and not self.refused
        print(
            f"  {self.name:52} {self.calls:5,} calls  {self.drips:8,} drips  {self.refused} refused"
            f"  {self.seconds:9.2f} s  bound {self.bound:9.2f} s  {over:+7.2%}  {'met' if met else 'MISSED'}"
        )
        return met


def dripped(log: Iterable[Exchange]) -> list[Decimal]:
    """What each call cost, in order."""
    answers = [one.answer for one in log]
    headers = [answer.headers for answer in answers if isinstance(answer, Response)]
    return [Decimal(one["x-ls-api-request-cost"]) for one in headers if "x-ls-api-request-cost" in one]


def refusals(log: Iterable[Exchange]) -> int:
    """Calls that were refused for the limits."""
    return sum(isinstance(one.answer, Response) and one.answer.status == 429 for one in log)


def shown(parts: dict[str, list[Exchange]], wanted: Counter[str]) -> bool:
    """Print calls by part; whether the writes are those wanted."""
    looks = ", ".join(f"{name} {len(log)}" for name, log in parts.items() if name != "run")
    run = parts["run"]
    reads = sum(one.request.method == "GET" for one in run)
    print(f"  looks apart: {looks}, items read back and lines looked up between writes {reads}")
    made = writes(run)
    for what in sorted(made.keys() | wanted.keys()):
        verdict = "met" if made[what] == wanted[what] else "MISSED"
        print(f"    {what:16} {made[what]:6,}   formula {wanted[what]:6,}   {verdict}")
    return made == wanted


def synced(case: Case) -> bool:
    """A first sync with its time, the unchanged repeat, and one changed quantity."""
    shop = Shop(case=case)
    began = shop.clock.now()
    parts = shop.sync()
    seconds = (shop.clock.now() - began).total_seconds()
    log = [one for part in parts.values() for one in part]
    costs = dripped(log)
    print(case.name)
    met = shown(parts, formula(case))
    before_last = float(sum(costs[:-1], Decimal(0)))
    limit = shop.account.limit
    bound = max((before_last - float(limit.size)) / float(limit.drip) + LATENCY, len(log) * LATENCY)
    pace = Pace(
        name="its pace, by drips",
        calls=len(log),
        refused=refusals(log),
        drips=sum(costs, Decimal(0)),
        seconds=seconds,
        bound=bound,
    )
    met &= pace.show()
    shop.clock.sleep(120)
    print("  repeated, unchanged")
    met &= shown(shop.sync(), Counter())
    shop.stand.nuorder.add_order(shop.stand.order(7))
    print("  repeated, one quantity changed")
    return met & shown(shop.sync(), Counter({"PUT lines": 1}))


def bursts(calls: int = 400) -> bool:
    """Reads that cost next to nothing in a wide bucket: only the calls of a second count."""
    clock = TrialClock()
    limit = Limit(size=Decimal(100_000), drip=Decimal(1000), burst_share=Decimal(20) / Decimal(100_000))
    account = RSeriesSandbox(clock=clock.now, limit=limit)
    token = account.furnish().token
    sender = HttpSender(
        clock, httpx.Client(transport=Lagging(SandboxTransport({"pos.test": account}), clock, QUICK))
    )
    target = RSeries(account_id=account.state.account.id, token=token, address="https://pos.test")
    pacing = Pacing(budget=MemoryBudget(), clock=clock, on_event=ignore)
    world = World(sender.send, clock, pacing=pacing)
    began = clock.now()
    for _ in range(calls):
        drive(target.changes(Collection.SUPPLIERS, ""), world)
    took: timedelta = clock.now() - began
    full, last = divmod(calls - 1, 20)
    pace = Pace(
        name="reads, by bursts",
        calls=calls,
        refused=refusals(account.log),
        drips=sum(dripped(account.log), Decimal(0)),
        seconds=took.total_seconds(),
        bound=full + (last + 1) * QUICK,
    )
    return pace.show()


def main() -> int:
    """Run every case."""
    met = [synced(case) for case in CASES[:3]]
    met.append(bursts())
    print("all met" if all(met) else "MISSED: see above")
    return int(not all(met))


if __name__ == "__main__":
    sys.exit(main())
