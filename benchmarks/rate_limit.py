"""The time of rate-limited work against the bound: spend the window, then wait.

    python benchmarks/rate_limit.py

For N calls from a full budget of B calls a window of W seconds nobody can be faster than floor((N-1)/B) * W and the
latency of the calls in the last window, since the calls of full windows pass while their window does.
A whole sync, a mirror and workers that share a cache file run with the vendor's own figures, on a clock that moves
only when somebody sleeps or a call is under way. Tasks and processes run on the real clock too, with short windows:
there the load of the machine counts, so they are shown and not judged.
"""

from __future__ import annotations

import asyncio
import heapq
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from attrs import frozen
from calls import BRAND, KEYS, NUMBER, Case, Stand

from po_bridge import Bridge, MemoryJournal
from po_bridge.catalog import SqliteCache, open_cache
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import AsyncWorld, World, adrive, drive
from po_bridge.execution.event import BucketShared, Event, Waiting, ignore
from po_bridge.execution.http import AsyncHttpSender, HttpSender
from po_bridge.execution.memory_budget import MemoryBudget
from po_bridge.execution.pacing import PIECE, Pacing
from po_bridge.planning.snapshot import Collection
from po_bridge.ports.allowance import Pause, Ticket
from po_bridge.ports.exchange import Exchange, Response as Answer
from po_bridge.sandbox.message import Request, Response
from po_bridge.sandbox.server import serve
from po_bridge.sandbox.transport import SandboxTransport
from po_bridge.sandbox.xseries import Goods, Limit, XSeriesSandbox
from po_bridge.testing.subject import START, TrialClock

LATENCY = 0.3
WITHIN = 0.02
CHILD = "--reader"


@frozen(kw_only=True)
class Measured:
    """What a piece of work took."""

    name: str
    calls: int
    refused: int
    seconds: float
    size: int
    window: float
    latency: float
    parallel: int = 1
    judged: bool = True

    @property
    def bound(self) -> float:
        """Nobody can be faster."""
        full, last = divmod(self.calls - 1, self.size)
        return full * self.window + (last + 1) * self.latency / self.parallel

    def show(self) -> bool:
        """Print it; whether it is within the target."""
        over = self.seconds / self.bound - 1
        met = over <= WITHIN
        verdict = ("met" if met else "MISSED") if self.judged else "shown"
        design = (self.calls - 1) // self.size * self.window + self.latency * self.calls / self.parallel
        print(
            f"  {self.name:44} {self.calls:5,} calls  {self.refused} refused  {self.seconds:9.2f} s  "
            f"bound {self.bound:9.2f} s  {over:+7.2%}  {verdict:6}"
            f"   (with the latency of all calls: {design:.2f} s)"
        )
        return met or not self.judged


class Lagging(httpx.BaseTransport):
    """Lets each call to the store take its time on the clock."""

    def __init__(self, inner: SandboxTransport, clock: TrialClock, host: str) -> None:
        self.inner, self.clock, self.host = inner, clock, host

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Sleep, then answer."""
        if request.url.host == self.host:
            self.clock.sleep(LATENCY)
        return self.inner.handle_request(request)


def counts(sandbox: XSeriesSandbox) -> tuple[int, int]:
    """Calls that were counted, and those that were refused for the limit."""
    answers = [one.answer for one in sandbox.log]
    refused = sum(isinstance(answer, Response) and answer.status == 429 for answer in answers)
    return len(answers) - refused, refused


def bridge_of(
    stand: Stand,
    clock: TrialClock,
    cache: Path,
    on_event: Callable[[Event], None],
    *,
    page_size: int = 200,
    token: str = "",
) -> Bridge:
    apps = {"nuorder.test": stand.nuorder, "xseries.test": stand.xseries}
    inner = SandboxTransport(apps, sleep=clock.sleep)
    portal = Portal(
        name=BRAND, address="https://nuorder.test", **KEYS, images="https://nuorder.test/product/{hash}.jpg"
    )
    target = XSeries(
        domain_prefix="demo",
        token=token or stand.xseries.add_token(),
        address="https://xseries.test",
        image_host="https://nuorder.test",
        page_size=page_size,
    )
    return Bridge(
        source=NuOrder(portals=(portal,)),
        target=target,
        journal=MemoryJournal(),
        cache=open_cache(cache),
        http=httpx.Client(transport=Lagging(inner, clock, "xseries.test")),
        clock=clock,
        on_event=on_event,
    )


def measured(name: str, stand: Stand, clock: TrialClock, work: Callable[[], object]) -> Measured:
    stand.xseries.log.clear()
    began = clock.now()
    work()
    calls, refused = counts(stand.xseries)
    return Measured(
        name=name,
        calls=calls,
        refused=refused,
        seconds=(clock.now() - began).total_seconds(),
        size=350,
        window=300.0,
        latency=LATENCY,
    )


def whole_sync(folder: Path) -> list[Measured]:
    """An order of 450 new families with a picture each, and the plan's own estimate beside it."""
    clock = TrialClock()
    stand = Stand(case=Case(name="", families=450, variants=2, known=False), clock=clock)
    stand.xseries.limit = Limit()
    waits: list[Event] = []
    bridge = bridge_of(stand, clock, folder / "sync.db", waits.append)

    def sync() -> None:
        plan = bridge.plan(bridge.review(NUMBER))
        began = clock.now()
        outcome = bridge.apply(plan)
        seconds = (clock.now() - began).total_seconds()
        if not outcome.synced or plan.estimate is None:
            raise RuntimeError(str(outcome.orders))
        print(
            f"  the plan said {plan.estimate.seconds:.0f} s for {plan.estimate.calls} calls; apply took {seconds:.0f} s"
        )

    found = measured("a whole sync, 450 new families", stand, clock, sync)
    print(f"  told while waiting: {sum(isinstance(event, Waiting) for event in waits)} times")
    return [found]


def mirror(folder: Path) -> list[Measured]:
    """Pages of twenty, so that there are many."""
    clock = TrialClock()
    stand = Stand(case=Case(name="", families=1, variants=1, known=True), clock=clock)
    stand.xseries.limit = Limit()
    for number in range(20_000):
        stand.xseries.add_product(Goods(name=f"Sock {number}"))
    bridge = bridge_of(stand, clock, folder / "mirror.db", ignore, page_size=20)
    return [measured("a mirror, 20,000 products, 20 a page", stand, clock, bridge.refresh)]


def workers(folder: Path) -> list[Measured]:
    """Three workers, each with the cache file opened for itself; events in the order of time."""
    size, window, calls = 350, 300.0, 1_401
    clock = TrialClock()
    sandbox = XSeriesSandbox(clock=clock.now)
    token = sandbox.furnish().token
    bucket = target_of("https://pos.test", token, window).capabilities.bucket
    if bucket is None:
        raise RuntimeError("the store counts calls")
    caches = [open_cache(folder / "workers.db") for _ in range(3)]
    request = Request(
        method="GET",
        address="https://pos.test/api/2026-07/tags",
        headers={"authorization": f"Bearer {token}"},
        body=b"",
    )
    order, left = itertools.count(), calls
    queue: list[tuple[datetime, int, SqliteCache, Any]] = [(START, next(order), one, None) for one in caches]
    while queue:
        moment, _, cache, what = heapq.heappop(queue)
        clock.moment = moment
        wait = LATENCY / 2
        if isinstance(what, Ticket):
            answer = sandbox.handle(request)
            if not isinstance(answer, Response):
                raise RuntimeError("a lost answer")  # noqa: TRY004  # no argument was wrong: the run went wrong
            what = (what, answer)
        else:
            if what is not None:
                ticket, answer = what
                told = Answer(status=answer.status, headers=answer.headers, at=moment)
                cache.budget.learn(bucket, ticket, told)
                left -= answer.status == 200
            under_way = sum(one[3] is not None for one in queue)
            if left <= under_way:
                continue
            what = cache.budget.take(bucket, moment)
            if isinstance(what, Pause):
                wait, what = min(what.seconds, PIECE), None
        heapq.heappush(queue, (moment + timedelta(seconds=wait), next(order), cache, what))
    for cache in caches:
        cache.close()
    counted, refused = counts(sandbox)
    return [
        Measured(
            name="three workers, one cache file",
            calls=counted,
            refused=refused,
            seconds=(clock.moment - START).total_seconds(),
            size=size,
            window=window,
            latency=LATENCY,
            parallel=3,
        )
    ]


# --- on the real clock ----------------------------------------------------------------------------


def small_store(size: int, window: float) -> tuple[XSeriesSandbox, str]:
    sandbox = XSeriesSandbox(
        clock=lambda: datetime.now(UTC),
        limit=Limit(per_register=size, extra=0, window=timedelta(seconds=window)),
    )
    return sandbox, sandbox.furnish().token


def target_of(address: str, token: str, window: float) -> XSeries:
    return XSeries(domain_prefix="demo", token=token, address=address, settings=Settings(window=window))


def read_some(target: XSeries, number: int) -> Exchange[None]:
    for _ in range(number):
        yield from target.changes(Collection.TAGS, "")


def tasks() -> list[Measured]:
    """Five tasks of one event loop."""
    size, window, latency, parallel, calls = 100, 2.0, 0.005, 5, 805
    sandbox, token = small_store(size, window)
    clock = SystemClock()

    class Late(httpx.AsyncBaseTransport):
        inner = SandboxTransport({"pos.test": sandbox})

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            """Sleep, then answer."""
            await asyncio.sleep(latency)
            return await self.inner.handle_async_request(request)

    async def run() -> float:
        target = target_of("https://pos.test", token, window)
        async with httpx.AsyncClient(transport=Late()) as client:
            sender = AsyncHttpSender(clock, client)
            world = AsyncWorld(
                sender.send, clock, pacing=Pacing(budget=MemoryBudget(), clock=clock, on_event=ignore)
            )
            began = time.perf_counter()
            await asyncio.gather(
                *(adrive(read_some(target, calls // parallel), world) for _ in range(parallel))
            )
            seconds = time.perf_counter() - began
            world.close()
            return seconds

    seconds = asyncio.run(run())
    counted, refused = counts(sandbox)
    return [
        Measured(
            name="five tasks, real clock",
            calls=counted,
            refused=refused,
            seconds=seconds,
            size=size,
            window=window,
            latency=latency,
            parallel=parallel,
            judged=False,
        )
    ]


def processes(folder: Path) -> list[Measured]:
    """Two processes that know of each other by the cache file alone."""
    size, window, calls = 100, 4.0, 302
    sandbox, token = small_store(size, window)
    with serve(sandbox) as served:
        command = [sys.executable, __file__, CHILD, served.address, token, str(folder / "shared.db")]
        readers = [
            subprocess.Popen(  # noqa: S603  # this script
                [*command, str(window), str(calls // 2)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for _ in range(2)
        ]
        for reader in readers:
            reader.stdout.readline()  # type: ignore[union-attr]  # it is a pipe
        began = time.perf_counter()
        for reader in readers:
            reader.stdin.close()  # type: ignore[union-attr]  # it is a pipe
        for reader in readers:
            reader.wait()
        seconds = time.perf_counter() - began
    counted, refused = counts(sandbox)
    return [
        Measured(
            name="two processes, one cache file, real clock",
            calls=counted,
            refused=refused,
            seconds=seconds,
            size=size,
            window=window,
            latency=0.005,
            judged=False,
        )
    ]


def reader(address: str, token: str, path: str, window: str, calls: str) -> None:
    """One of the processes: says that it is ready, waits for the start, reads."""
    clock, cache = SystemClock(), open_cache(path)
    world = World(
        HttpSender(clock).send, clock, pacing=Pacing(budget=cache.budget, clock=clock, on_event=ignore)
    )
    print("ready", flush=True)
    sys.stdin.read()
    drive(read_some(target_of(address, token, float(window)), int(calls)), world)


def stranger(folder: Path) -> bool:
    """A client that knows nothing of us uses the same bucket: it is noticed, and few calls are refused."""
    clock = TrialClock()
    stand = Stand(case=Case(name="", families=1, variants=1, known=True), clock=clock)
    stand.xseries.limit = Limit()
    for number in range(20_000):
        stand.xseries.add_product(Goods(name=f"Sock {number}"))
    events: list[Event] = []
    token = stand.xseries.add_token()
    target = target_of("https://xseries.test", token, 300.0)
    other = World(
        HttpSender(clock, httpx.Client(transport=SandboxTransport({"xseries.test": stand.xseries}))).send,
        clock,
    )

    def disturbed(event: Event) -> None:
        events.append(event)
        if len(events) % 10 == 0:
            drive(target.changes(Collection.TAGS, ""), other)

    bridge = bridge_of(stand, clock, folder / "stranger.db", disturbed, page_size=20, token=token)
    began = clock.now()
    bridge.refresh()
    seconds = (clock.now() - began).total_seconds()
    counted, refused = counts(stand.xseries)
    noticed = [event for event in events if isinstance(event, BucketShared)]
    print(
        f"  with a stranger in the bucket: {counted:,} calls together in {seconds:.0f} s, {refused} refused, "
        f"noticed in {len(noticed)} windows"
    )
    return bool(noticed) and refused <= 2 * len(noticed)


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print("time of rate-limited work:")
        results = [*whole_sync(folder), *mirror(folder), *workers(folder), *tasks(), *processes(folder)]
        met = [one.show() for one in results]
        met.append(stranger(folder))
    print(f"within {WITHIN:.0%} of the bound: {'all' if all(met) else 'NOT all'}")


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        reader(*sys.argv[2:])
    else:
        main()
