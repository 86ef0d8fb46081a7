"""API calls of first, repeated and changed syncs, in either generation of X-Series, part by part beside the targets.

Usage: python benchmarks/calls.py

Both remotes are emulators in this process; a clock that only sleeping moves stands in for waiting.
Targets are what section 10 of the design and section 5 of the vendor's reference come to for each case; calls must be
equal to them. A sweep may take one page more in a store where others change products meanwhile.
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
from po_bridge.clients.xseries import ApiVersion, Settings, XSeries
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
from po_bridge.sandbox.app import Exchange, Sandbox
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
    lines_move: bool | None = None
    """Whether the store is known to move an order's version with its lines."""

    @property
    def lines(self) -> int:
        """Products on the order."""
        return self.families * self.variants


CASES = (
    Case(name="new brand with 1 family of 12 variants and an image", families=1, variants=12, known=False),
    Case(name="new brand with 40 families of 12 variants with images", families=40, variants=12, known=False),
    Case(name="500-line order of known products", families=25, variants=20, known=True),
    Case(
        name="the same where lines are known to move their order",
        families=25,
        variants=20,
        known=True,
        lines_move=True,
    ),
)


@define(kw_only=True)
class Stand:
    """Both emulators and a Bridge that tells where its parts begin."""

    case: Case
    generation: ApiVersion = ApiVersion.V2026_07
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
        apps: dict[str, Sandbox] = {"nuorder.test": self.nuorder, "xseries.test": self.xseries}
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
                page_size=PAGE,
                settings=Settings(generation=self.generation, line_moves_version=self.case.lines_move),
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


WORDS = {
    "image_upload": "images",
    "bulk": "order lines in bulk",
    "product_families": "families",
    "products": "families",
    "suppliers": "supplier",
    "brands": "brand",
    "variant_attributes": "options",
    "consignments": "purchase order",
}


def mutating(log: Iterable[Exchange]) -> Counter[str]:
    """Mutating calls by what they are about."""
    found: Counter[str] = Counter()
    for one in log:
        if one.request.method != "GET":
            path = one.request.path
            found[next(word for key, word in WORDS.items() if key in path)] += 1
    return found


def pages(records: int) -> int:
    """Pages of a list that is read until an empty one."""
    return ceil(records / PAGE) + 1


def reading(case: Case) -> int:
    """Calls that read new families or their pictures back: one each, or one sweep of pages that they fill."""
    families = 0 if case.known else case.families
    return min(families, ceil(families * case.variants / PAGE))


def pictures_read(run: list[Exchange]) -> int:
    """Looks after the last upload: the emulator is not done with a picture at once, and nothing else is read then."""
    uploads = [place for place, one in enumerate(run) if "image_upload" in one.request.path]
    return sum(one.request.method == "GET" for one in run[uploads[-1] :]) if uploads else 0


def first(stand: Stand) -> list[Part]:
    """A first sync: facts of the store are asked for once, each list is read to its end."""
    case = stand.case
    new, products = not case.known, case.lines if case.known else 0
    suppliers = int(case.known)
    facts = 1 + pages(1)
    lists = [pages(products), pages(0), pages(suppliers), pages(suppliers), int(new)]
    again = [1, 1, 1, 1, int(new)]
    parts = stand.sync()
    run, wrote = parts["run"], mutating(parts["run"])
    families = case.families if new else 0
    writes = {
        "supplier": int(new),
        "brand": int(new),
        "options": 2 * int(new),
        "families": families,
        "images": families,
        "purchase order": 1,
        "order lines in bulk": ceil(case.lines / LINES_PER_CALL),
    }
    pictures = pictures_read(run)
    reads = sum(one.request.method == "GET" for one in run) - pictures
    brands = 3 + case.families + families
    return [
        Part(
            name="looks at review: facts, each cursor to its end, options",
            calls=len(parts["look at review"]),
            target=facts + sum(lists),
        ),
        Part(
            name="looks at apply: one for each list that decides",
            calls=len(parts["look at apply"]),
            target=sum(again),
        ),
        *(Part(name=f"writes: {name}", calls=wrote[name], target=many) for name, many in writes.items()),
        Part(name="read-back of new families", calls=reads, target=reading(case)),
        Part(name="pictures the store still processed", calls=pictures, target=reading(case)),
        Part(
            name="verification: the order and its line pages",
            calls=len(parts["verify"]),
            target=pages(case.lines) + 1,
        ),
        Part(
            name="NuORDER: number, order twice, styles, pictures", calls=len(stand.nuorder.log), target=brands
        ),
    ]


def again(changed: int, *, kept: bool) -> Callable[[Stand], list[Part]]:
    """A repeat, when a number of products changed since the last one; *kept* where the lines are known."""

    def flow(stand: Stand) -> list[Part]:
        parts = stand.sync()
        looks = parts["look at review"]
        order_reads = [one for one in looks if "/consignments/" in one.request.path]
        return [
            Part(name="products cursor", calls=len(looks) - len(order_reads), target=pages(changed)),
            Part(
                name="the purchase order and its line pages",
                calls=len(order_reads),
                target=1 if kept else pages(stand.case.lines) + 1,
            ),
            Part(name="writes", calls=sum(mutating(stand.xseries.log).values()), target=0),
            Part(name="NuORDER: the order", calls=len(stand.nuorder.log), target=1),
        ]

    return flow


def edited(stand: Stand) -> list[Part]:
    """One quantity changed by the brand."""
    stand.nuorder.add_order(stand.order(stand.case.quantity + 3))
    parts = stand.sync()
    run = parts["run"]
    order = pages(stand.case.lines) + 1
    look = 1 if stand.case.lines_move else order
    return [
        Part(
            name="looks at review: products, the order and its line pages",
            calls=len(parts["look at review"]),
            target=1 + look,
        ),
        Part(name="looks at apply: the same again", calls=len(parts["look at apply"]), target=1 + look),
        Part(name="writes: one line set", calls=sum(mutating(run).values()), target=1),
        Part(name="reads around it", calls=len(run) - sum(mutating(run).values()), target=0),
        Part(name="verification: the order and its line pages", calls=len(parts["verify"]), target=order),
        Part(name="NuORDER: the order twice", calls=len(stand.nuorder.log), target=2),
    ]


def table(title: str, parts: Iterable[Part]) -> bool:
    """Print the parts; tells whether all are equal to their targets."""
    print(f"  {title}")
    met = True
    for part in parts:
        equal = part.calls == part.target
        print(f"    {part.name:62} {part.calls:5}  = {part.target:4}{'' if equal else '   MISSED'}")
        met = met and equal
    return met


def main() -> None:
    """Run every case in both generations."""
    met = True
    for generation in ApiVersion:
        for case in CASES:
            stand = Stand(case=case, generation=generation)
            print(f"\n{generation.value}: {case.name}, {case.lines} lines")
            made = 0 if case.known else case.lines
            flows: tuple[tuple[str, Callable[[Stand], list[Part]]], ...] = (
                ("first sync", first),
                ("repeat, taking in what the sync made", again(made, kept=False)),
                ("repeat of the unchanged order", again(0, kept=bool(case.lines_move))),
                ("one quantity changed", edited),
            )
            for title, flow in flows:
                met = table(title, flow(stand)) and met
    print(f"\ncalls equal to their targets: {'all' if met else 'NOT all'}")
    if not met:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
