"""Calls to X-Series in either generation, part by part, beside the targets.

Usage: python benchmarks/xseries_calls.py

The store is an emulator in this process, the order comes from memory, and a clock that only sleeping moves stands in
for waiting. Writes are held against the vendor's minimum; whole journeys with NuORDER are in calls.py.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from math import ceil

import httpx
from attrs import define, evolve, field, frozen

from po_bridge import Bridge, MemoryJournal, Setup
from po_bridge.clients.xseries import ApiVersion, Settings, XSeries
from po_bridge.models.gtin import check_digit
from po_bridge.models.keys import LineKey, OrderKey
from po_bridge.models.origin import Origin
from po_bridge.models.style_document import StyleDocument, StyleSize
from po_bridge.models.wholesale_order import OrderLine, ShipWindow, WholesaleOrder, WholesaleStatus
from po_bridge.ports.exchange import Exchange
from po_bridge.ports.source import OrderFilter
from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.app import Sandbox
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Goods, Limit, XSeriesSandbox
from po_bridge.testing.subject import TrialClock

BRAND, PAGE, LINES_PER_CALL, SIZES = "Fennick & Rowe", 200, 500, 12
KEY = OrderKey(portal=BRAND, order_id="1")


def upc(number: int) -> str:
    body = f"85{number:09}"
    return f"{body}{check_digit(body)}"


@define(kw_only=True)
class Memory:
    """A source that holds one order of some families with a size run each."""

    families: int
    sizes: int
    quantity: int = 2

    @property
    def label(self) -> str:
        """Name it."""
        return "a platform"

    def orders(self, wanted: OrderFilter) -> Exchange[tuple[WholesaleOrder, ...]]:  # the port's
        """List the one order."""
        return ((yield from self.order(KEY)),)

    def find(self, number: str) -> Exchange[tuple[OrderKey, ...]]:  # the port's
        """Find it."""
        yield from ()
        return (KEY,)

    def order(self, key: OrderKey) -> Exchange[WholesaleOrder]:  # the port's
        """Give it; the first line may have another quantity."""
        yield from ()
        lines = [self._line(number) for number in range(self.families * self.sizes)]
        lines[0] = evolve(lines[0], quantity=Decimal(self.quantity))
        total = sum((line.quantity * (line.unit_price or 0) for line in lines), Decimal(0))
        return WholesaleOrder(
            key=KEY,
            number="240117",
            status=WholesaleStatus.APPROVED,
            currency="USD",
            created_at=datetime(2026, 7, 1, tzinfo=UTC),
            lines=tuple(lines),
            total=total,
            origin=Origin(system="a platform", record="1", revision=f"quantity {self.quantity}"),
        )

    def _line(self, number: int) -> OrderLine:
        family, size = divmod(number, self.sizes)
        return OrderLine(
            key=LineKey(portal=BRAND, style_id=f"style-{family}", color="Oat", size=f"{size + 30}"),
            style_number=f"FR-{family}",
            quantity=Decimal(2),
            unit_price=Decimal("12.50"),
            retail_price=Decimal(30),
            upc=upc(number),
            window=ShipWindow(start=date(2026, 9, 1), end=date(2026, 9, 30)),
            path=f"$.lines[{number}]",
        )

    def style(self, portal: str, style_id: str) -> Exchange[StyleDocument | None]:
        """Give a style document."""
        yield from ()
        family = style_id.removeprefix("style-")
        return StyleDocument(
            portal=portal,
            style_id=style_id,
            number=f"FR-{family}",
            name=f"Cardigan {family}",
            brand=BRAND,
            color="Oat",
            sizes=tuple(StyleSize(size=f"{size + 30}") for size in range(self.sizes)),
            images=(f"https://images.test/{style_id}.png",),
        )


class Pictures:
    """A host that has one picture for each address."""

    def handle(self, request: Request) -> Response:
        """Answer with bytes of its own for each path."""
        body = b"\x89PNG\r\n\x1a\n" + request.path.encode()
        return Response(status=200, headers={"content-type": "image/png"}, body=body)


@define(kw_only=True)
class Stand:
    """A store and a Bridge that speaks one generation to it."""

    source: Memory
    generation: ApiVersion
    known: bool
    store: XSeriesSandbox = field(init=False)
    bridge: Bridge = field(init=False)

    def __attrs_post_init__(self) -> None:
        clock = TrialClock()
        self.store = XSeriesSandbox(clock=clock.now, limit=Limit(enforced=False))
        token = self.store.furnish().token
        if self.known:
            supplier = self.store.add_supplier(BRAND)
            for number in range(self.source.families * self.source.sizes):
                family, size = divmod(number, self.source.sizes)
                goods = Goods(
                    name=f"Cardigan {family}",
                    codes=(("UPC", upc(number)),),
                    options={"Color": "Oat", "Size": f"{size + 30}"},
                    supplier_id=supplier,
                    supplier_code=f"FR-{family}",
                )
                self.store.add_product(goods)
        apps: dict[str, Sandbox] = {"pos.test": self.store, "images.test": Pictures()}
        self.bridge = Bridge(
            source=self.source,
            target=XSeries(
                domain_prefix="demo",
                token=token,
                address="https://pos.test",
                image_host="images.test",
                page_size=PAGE,
                settings=Settings(generation=self.generation),
            ),
            journal=MemoryJournal(),
            setup=Setup(),
            http=httpx.Client(transport=SandboxTransport(apps, sleep=clock.sleep)),
            clock=clock,
        )

    def sync(self) -> Counter[str]:
        """Review, plan, apply; gives what was asked by method and resource."""
        self.store.log.clear()
        outcome = None
        review = self.bridge.review("240117")
        if review.needs_review:
            raise SystemExit(f"{len(review.needs_review)} lines need review")
        plan = self.bridge.plan(review)
        if not plan.empty:
            outcome = self.bridge.apply(plan)
        if outcome is not None and not outcome.synced:
            raise SystemExit(f"not synced: {outcome.orders}")
        return Counter(_part(f"{one.request.method} {one.request.path}") for one in self.store.log)


_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]+")


def _part(call: str) -> str:
    method, _, path = call.partition(" ")
    if method == "GET":
        back = "/product_families/" in path
        return "read-back of new families" if back else "looks and verification"
    return f"{method} {_ID.sub('*', path.split('/', 3)[3])}"


@frozen(kw_only=True)
class Case:
    """What is ordered."""

    name: str
    families: int
    sizes: int
    known: bool


CASES = (
    Case(name="new brand with 1 family", families=1, sizes=SIZES, known=False),
    Case(name="40 families of 12 variants with images", families=40, sizes=SIZES, known=False),
    Case(name="500-line order of known products", families=25, sizes=20, known=True),
)


def minimum(case: Case, generation: ApiVersion) -> dict[str, int]:
    """Mutating calls of a first sync by section 5 of the reference."""
    lines = ceil(case.families * case.sizes / LINES_PER_CALL)
    wanted = {"POST consignments": 1, "POST consignments/*/bulk": lines}
    if case.known:
        return wanted
    create = "POST products" if generation is ApiVersion.V2026_07 else "POST product_families"
    return wanted | {
        "POST suppliers": 1,
        "POST brands": 1,
        "POST variant_attributes": 2,
        create: case.families,
        "POST products/*/actions/image_upload": case.families,
    }


def show(what: str, counted: Counter[str], wanted: dict[str, int]) -> bool:
    """Print the parts; tells whether writes are as wanted."""
    wrote = {part: number for part, number in counted.items() if part[:3] in {"POS", "PUT", "PAT", "DEL"}}
    print(f"  {what}")
    for part in sorted(counted.keys() | wanted.keys()):
        target = f"= {wanted[part]:4}" if part in wanted else ("=    0" if part in wrote else "")
        print(f"    {part:50} {counted[part]:5} {target}")
    return wrote == wanted


def main() -> None:
    """Run every case in both generations."""
    met = True
    for generation in ApiVersion:
        for case in CASES:
            print(f"\n{generation.value}: {case.name}")
            source = Memory(families=case.families, sizes=case.sizes)
            stand = Stand(source=source, generation=generation, known=case.known)
            met &= show("first sync", stand.sync(), minimum(case, generation))
            met &= show("repeat of the unchanged order", stand.sync(), {})
            source.quantity = 3
            met &= show("one changed quantity", stand.sync(), {"PUT consignments/*/products/*": 1})
            if not case.known:
                bound = min(case.families, ceil(case.families * case.sizes / PAGE) + 1)
                print(f"  read-back: {case.families} reads, one each; a sweep would need {bound}")
    print(f"\nwrites equal to their targets: {'all' if met else 'NOT all'}")


if __name__ == "__main__":
    main()
