"""A mirror of a big store: built from the sandbox, then brought up to date after a few changes.

    python benchmarks/mirror.py [PRODUCTS] [CHANGES]

Calls and file size do not depend on the machine. The time is ours and the emulator's together, and stands beside
the time of the emulator's answers alone; what the rate limit makes of these calls in a real store stands beside it.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx

from po_bridge import Bridge, MemoryJournal
from po_bridge.catalog import open_cache
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import XSeries
from po_bridge.ports.allowance import Allowance, duration
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Goods, XSeriesSandbox
from po_bridge.sandbox.xseries.limit import Limit

PRODUCTS, CHANGES = 200_000, 100
COLORS = ("Navy", "Red", "Stone", "Olive")
SIZES = ("S", "M", "L")
SUPPLIERS, BRANDS = 40, 60
PAGE = 200

chance = random.Random(20261121)


def gtin12(number: int) -> str:
    digits = f"{70_000_000_000 + number:011d}"
    odd, even = sum(map(int, digits[::2])), sum(map(int, digits[1::2]))
    return digits + str(-(3 * odd + even) % 10)


def stocked(products: int) -> tuple[XSeriesSandbox, str, list[str]]:
    """Fill a store with families of twelve."""
    sandbox = XSeriesSandbox(clock=lambda: datetime.now(UTC), limit=Limit(enforced=False))
    sandbox.front.keeps_log = False
    token = sandbox.furnish().token
    suppliers = [sandbox.add_supplier(f"Supplier {number}") for number in range(SUPPLIERS)]
    brands = [sandbox.add_brand(f"Brand {number}") for number in range(BRANDS)]
    ids: list[str] = []
    for number in range(products):
        family, member = divmod(number, len(COLORS) * len(SIZES))
        color, size = COLORS[member % len(COLORS)], SIZES[member // len(COLORS)]
        style = f"HT{family:06d}"
        goods = Goods(
            name=f"Harbour Tee {style}",
            codes=(("UPC", gtin12(number)), f"{style}-{color}-{size}"),
            options={"Colour": color, "Size": size},
            supplier_id=suppliers[family % SUPPLIERS],
            supplier_code=f"{style}-{color}-{size}",
            supply_price=Decimal("12.50"),
            price=Decimal("29.95"),
            brand_id=brands[family % BRANDS],
            description=f"<p>Style {style}: a tee of organic cotton in {color.lower()}.</p>",
        )
        ids.append(sandbox.add_product(goods))
    return sandbox, token, ids


class Counting(httpx.BaseTransport):
    """Counts calls, and the time that the emulator takes for them."""

    def __init__(self, inner: SandboxTransport) -> None:
        self.inner = inner
        self.calls = 0
        self.seconds = 0.0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer and count."""
        began = time.perf_counter()
        answer = self.inner.handle_request(request)
        self.seconds += time.perf_counter() - began
        self.calls += 1
        return answer


def edited(sandbox: XSeriesSandbox, ids: list[str], changes: int) -> None:
    """Change products as a shop does in a day."""
    merchant = sandbox.merchant
    for number, product in enumerate(chance.sample(ids, changes)):
        match number % 5:
            case 0 | 1:
                merchant.edit_product(product, price_excluding_tax=Decimal("24.95"))
            case 2:
                merchant.edit_product(product, is_active=False)
            case 3:
                merchant.delete_product(product)
            case _:
                merchant.regroup_product(product, ids[0])


def told(what: str, transport: Counting, work: Callable[[], object]) -> float:
    """Run some work and print its calls and seconds."""
    calls, answering, began = transport.calls, transport.seconds, time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    theirs = transport.seconds - answering
    print(
        f"  {what:34} {transport.calls - calls:6,} calls  {seconds:8.2f} s  "
        f"(the emulator {theirs:.2f}, ours {seconds - theirs:.2f})"
    )
    return seconds


def bridge_of(path: Path, token: str, transport: Counting) -> Bridge:
    portal = Portal(name="Nobody", consumer_key="k", consumer_secret="s", token="t", token_secret="s")  # noqa: S106  # nobody is asked
    return Bridge(
        source=NuOrder(portals=(portal,)),
        target=XSeries(domain_prefix="demo", token=token, address="https://pos.test", page_size=PAGE),
        journal=MemoryJournal(),
        cache=open_cache(path),
        http=httpx.Client(transport=transport),
    )


def main(products: int, changes: int) -> None:
    began = time.perf_counter()
    sandbox, token, ids = stocked(products)
    print(f"a store of {products:,} products, made in {time.perf_counter() - began:.0f} s:")
    transport = Counting(SandboxTransport({"pos.test": sandbox}))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bridge.cache.db"
        bridge = bridge_of(path, token, transport)
        print(f"  reckoned before: {bridge.mirror_estimate(products=products)}")
        told("the mirror is built", transport, bridge.refresh)
        first = transport.calls
        size = sum(file.stat().st_size for file in path.parent.iterdir())
        print(f"  {'its file':34} {size / 1e6:6.1f} MB  {size / products:8.0f} bytes a product")
        told("nothing changed", transport, bridge.refresh)
        edited(sandbox, ids, changes)
        told(f"{changes} products changed", transport, bridge.refresh)
        again = bridge_of(path, token, transport)
        told("nothing changed, opened again", transport, again.refresh)
        bucket = again._flows.target.capabilities.bucket  # noqa: SLF001  # the figure is the adapter's
        if bucket is not None:
            now = datetime.now(UTC)
            full = Allowance(limit=bucket.size)
            seconds = duration(first, full, bucket, now, latency=0.3, parallel=1)
            print(
                f"  {first:,} calls in a real store of one register, {bucket.size} in {bucket.window:.0f} s: "
                f"{seconds / 60:.0f} min"
            )
        sync = bridge._flows.cache.mirror  # noqa: SLF001  # compared with the store
        kept = sync.products(ids)
        wrong = [key for key, product in kept.items() if product.deleted != _is_deleted(sandbox, key)]
        print(f"  kept {len(kept):,} products, {len(wrong)} of them other than the store has them")


def _is_deleted(sandbox: XSeriesSandbox, key: str) -> bool:
    return sandbox.state.products.by_id[key].deleted_at is not None


if __name__ == "__main__":
    figures = [int(argument) for argument in sys.argv[1:]]
    main(*figures, *(PRODUCTS, CHANGES)[len(figures) :])
