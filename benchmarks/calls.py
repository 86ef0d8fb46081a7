"""API calls of a first and a repeated sync, part by part, beside the targets of the design.

Usage: python benchmarks/calls.py

Both remotes are emulators in this process; a clock that only sleeping moves stands in for waiting.
Writes must be equal to the vendor's minimum, everything else at most its bound.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from math import ceil
from typing import Any, assert_never

import httpx
from attrs import define, field, frozen

from po_bridge import Bridge, MemoryJournal, Setup
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import XSeries
from po_bridge.execution.event import (
    BucketShared,
    CacheMended,
    Event,
    MirrorRead,
    RunEnded,
    RunStarted,
    StepMarked,
    Waiting,
)
from po_bridge.models.gtin import check_digit
from po_bridge.sandbox.app import Exchange
from po_bridge.sandbox.nuorder import Credential, NuOrderSandbox, Portal as SandboxPortal
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Goods, Limit, XSeriesSandbox
from po_bridge.testing.subject import TrialClock

PAGE, LINES_PER_CALL = 200, 500
BRAND = "Fennick & Rowe"
NUMBER = "240117"
KEYS: dict[str, Any] = {
    "consumer_key": "a key",
    "consumer_secret": "opens an emulator only",
    "token": "a token",
    "token_secret": "opens an emulator only",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"a picture" * 8


def upc(number: int) -> str:
    body = f"85{number:09}"
    return f"{body}{check_digit(body)}"


@frozen(kw_only=True)
class Case:
    """What is ordered, and what the store has of it."""

    name: str
    families: int
    variants: int
    known: bool
    """Whether supplier, brand, options and products are in the store."""
    quantity: int = 2

    @property
    def lines(self) -> int:
        """Products on the order."""
        return self.families * self.variants


CASES = (
    Case(name="new brand, 1 family of 12 variants", families=1, variants=12, known=False),
    Case(name="new brand, 40 families of 12 variants", families=40, variants=12, known=False),
    Case(name="500 known products", families=25, variants=20, known=True),
    Case(name="1,200 known products", families=60, variants=20, known=True),
)


@define(kw_only=True)
class Stand:
    """Both emulators and a Bridge that tells where its parts begin."""

    case: Case
    clock: TrialClock = field(factory=TrialClock)
    nuorder: NuOrderSandbox = field(init=False)
    xseries: XSeriesSandbox = field(init=False)
    bridge: Bridge = field(init=False)
    started: int = 0
    ended: int = 0

    def __attrs_post_init__(self) -> None:
        credential = Credential(**KEYS)
        self.nuorder = NuOrderSandbox(
            clock=self.clock.now, portals=(SandboxPortal(name=BRAND, credentials=(credential,)),)
        )
        self.xseries = XSeriesSandbox(clock=self.clock.now, limit=Limit(enforced=False))
        token = self.xseries.furnish().token
        self._fill()
        apps = {"nuorder.test": self.nuorder, "xseries.test": self.xseries}
        portal = Portal(
            name=BRAND,
            address="https://nuorder.test",
            **KEYS,
            images="https://nuorder.test/product/{hash}.jpg",
        )
        self.bridge = Bridge(
            source=NuOrder(portals=(portal,)),
            target=XSeries(
                domain_prefix="demo",
                token=token,
                address="https://xseries.test",
                image_host="https://nuorder.test",
            ),
            journal=MemoryJournal(),
            setup=Setup(),
            http=httpx.Client(transport=SandboxTransport(apps, sleep=self.clock.sleep)),
            clock=self.clock,
            on_event=self._hear,
        )

    def _fill(self) -> None:
        picture = self.nuorder.add_picture(PNG)
        styles = [(number, f"style{number:019}") for number in range(self.case.families)]
        for number, style_id in styles:
            self.nuorder.add_style(self._style(number, style_id, picture))
        self.nuorder.add_order(self.order(self.case.quantity))
        if self.case.known:
            supplier, brand = self.xseries.add_supplier(BRAND), self.xseries.add_brand(BRAND)
            for number, _ in styles:
                for place in range(self.case.variants):
                    goods = Goods(
                        name=f"Cardigan {number}",
                        codes=(("UPC", upc(number * 100 + place)),),
                        options={"Size": f"{place + 30}"},
                        supplier_id=supplier,
                        brand_id=brand,
                    )
                    self.xseries.add_product(goods)

    def _style(self, number: int, style_id: str, picture: str) -> dict[str, Any]:
        return {
            "_id": style_id,
            "style_number": f"FR-{number}",
            "name": f"Cardigan {number}",
            "color": "Oat",
            "__brand_name": BRAND,
            "images": [picture],
            "sizes": [
                {"size": f"{place + 30}", "upc": upc(number * 100 + place)}
                for place in range(self.case.variants)
            ],
        }

    def order(self, quantity: int) -> dict[str, Any]:
        """The order's document; the first line has the quantity given."""
        items = [
            {
                "product": {"_id": f"style{number:019}", "style_number": f"FR-{number}", "color": "Oat"},
                "sizes": [
                    {
                        "size": f"{place + 30}",
                        "quantity": 2 if number or place else quantity,
                        "price": 10,
                        "upc": upc(number * 100 + place),
                    }
                    for place in range(self.case.variants)
                ],
            }
            for number in range(self.case.families)
        ]
        return {
            "_id": "order00000000000000000001",
            "order_number": NUMBER,
            "status": "approved",
            "currency_code": "USD",
            "created_on": "2026-06-01T10:00:00.000Z",
            "modified_on": "2026-06-01T10:00:00.000Z",
            "total": 20 * (self.case.lines - 1) + 10 * quantity,
            "line_items": items,
        }

    def _hear(self, event: Event) -> None:
        match event:
            case RunStarted():
                self.started = len(self.xseries.log)
            case StepMarked():
                self.ended = len(self.xseries.log)
            case Waiting() | RunEnded() | MirrorRead() | BucketShared() | CacheMended():
                pass
            case _:
                assert_never(event)

    def sync(self) -> dict[str, list[Exchange]]:
        """Review, plan and apply; the calls of the store by part."""
        self.xseries.log.clear()
        self.nuorder.log.clear()
        plan = self.bridge.plan(self.bridge.review(NUMBER))
        reviewed = len(self.xseries.log)
        if plan.blocking:
            raise RuntimeError(str(plan.blocking))
        if plan.empty:
            return {"look at review": self.xseries.log[:], "look at apply": [], "run": [], "verify": []}
        outcome = self.bridge.apply(plan)
        if not outcome.synced:
            raise RuntimeError(str(outcome.orders))
        log = self.xseries.log
        return {
            "look at review": log[:reviewed],
            "look at apply": log[reviewed : self.started],
            "run": log[self.started : self.ended],
            "verify": log[self.ended :],
        }


@frozen(kw_only=True)
class Part:
    """One part of a sync with what it may take."""

    name: str
    calls: int
    target: int
    exact: bool = False

    @property
    def met(self) -> bool:
        """Whether the target is kept."""
        return self.calls == self.target if self.exact else self.calls <= self.target


def mutating(log: Iterable[Exchange]) -> Counter[str]:
    """Mutating calls by what they are about."""
    words = ("image_upload", "bulk", "products", "suppliers", "brands", "variant_attributes", "consignments")
    found: Counter[str] = Counter()
    for one in log:
        if one.request.method != "GET":
            path = one.request.path
            found[next(word for word in words if word in path)] += 1
    return found


def cursor(records: int) -> int:
    """Pages of a list that is read until an empty one."""
    return ceil(records / PAGE) + 1


def first(stand: Stand) -> list[Part]:
    case, state = stand.case, stand.xseries.state
    new = not case.known
    lists = [state.products, state.suppliers, state.brands, state.consignments]
    review_bound = 1 + cursor(1) + sum(cursor(len(one.by_id)) for one in lists) + 1
    parts = stand.sync()
    run, wrote = parts["run"], mutating(parts["run"])
    reads = sum(one.request.method == "GET" for one in run)
    families = case.families if new else 0
    read_back = min(families, ceil(families * case.variants / PAGE) + 1)
    minimum = {
        "suppliers": int(new),
        "brands": int(new),
        "variant_attributes": 2 * int(new),
        "products": families,
        "image_upload": families,
        "consignments": 1,
        "bulk": ceil(case.lines / LINES_PER_CALL),
    }
    return [
        Part(
            name="looks at review: retailer, outlets, options, one a cursor",
            calls=len(parts["look at review"]),
            target=review_bound,
        ),
        Part(name="looks at apply: the deciding ones again", calls=len(parts["look at apply"]), target=5),
        *(
            Part(name=f"writes: {name}", calls=wrote[name], target=many, exact=True)
            for name, many in minimum.items()
        ),
        Part(name="read-back of new families", calls=reads, target=read_back),
        Part(name="verification", calls=len(parts["verify"]), target=ceil(case.lines / PAGE) + 2),
        Part(
            name="NuORDER: number, order twice, styles, pictures",
            calls=len(stand.nuorder.log),
            target=3 + case.families + families,
        ),
    ]


def again(stand: Stand) -> list[Part]:
    stand.sync()  # takes in what the first sync made, as any later review does once
    parts = stand.sync()
    looks = parts["look at review"]
    order_reads = [one for one in looks if "/consignments/" in one.request.path]
    return [
        Part(name="products cursor", calls=len(looks) - len(order_reads), target=1),
        Part(
            name="the purchase order and its line pages",
            calls=len(order_reads),
            target=cursor(stand.case.lines) + 1,
        ),
        Part(name="writes", calls=sum(mutating(stand.xseries.log).values()), target=0, exact=True),
        Part(name="NuORDER", calls=len(stand.nuorder.log), target=1),
    ]


def edited(stand: Stand) -> list[Part]:
    stand.nuorder.add_order(stand.order(stand.case.quantity + 3))
    wrote = mutating(stand.sync()["run"])
    return [Part(name="writes: one line set", calls=sum(wrote.values()), target=1, exact=True)]


def table(title: str, parts: Iterable[Part]) -> bool:
    print(f"  {title}")
    met = True
    for part in parts:
        bound = "=" if part.exact else "<="
        print(
            f"    {part.name:64} {part.calls:5}   {bound:>2} {part.target:4}{'' if part.met else '   MISSED'}"
        )
        met = met and part.met
    return met


def main() -> None:
    met = True
    for case in CASES:
        stand = Stand(case=case)
        print(f"\n{case.name}, {case.lines} lines")
        flows: tuple[tuple[str, Callable[[Stand], list[Part]]], ...] = (
            ("first sync", first),
            ("repeat, unchanged", again),
            ("one quantity changed", edited),
        )
        for title, flow in flows:
            met = table(title, flow(stand)) and met
    print(f"\ncalls within their targets: {'all' if met else 'NOT all'}")


if __name__ == "__main__":
    main()
