"""What the runner adds to a call: the same steps driven bare, with a journal in memory, and with one on disk.

Usage: python benchmarks/step_overhead.py [STEPS ...]

The target answers at once, in this process, so that everything above the bare loop is ours: asking what is ready,
intents, commits, receipts, events. fdatasyncs are counted by strace where it is installed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import World, drive
from po_bridge.execution.runner import LEASE_SECONDS, Runner
from po_bridge.journal import MemoryJournal, open_journal
from po_bridge.planning.book import Opened
from po_bridge.planning.plan import Plan
from po_bridge.planning.receipt import Receipt
from po_bridge.planning.refs import Slot
from po_bridge.ports.exchange import Request, Response
from po_bridge.ports.journal import Journal
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_target import FINE, ToyTarget

STEPS = (50, 200, 800)
ROUNDS = 5
DISK = Path(__file__).parents[1] / "build"  # the system's temporary folder may be in memory
TARGET_OWN_MS, TARGET_SYNCS, TARGET_MS = 1.0, 2.5, 0.25
COUNTED = "PO_BRIDGE_COUNTED"


def no_wire(request: Request) -> Response:
    raise RuntimeError(f"the toy is called in this process, not by {request.what}")


def plan_of(steps: int) -> Plan:
    # a supplier, a brand, options, a shell, a picture, an order and its status, then two steps a size
    return sample_plan(FINE, sizes=tuple(f"size {number}" for number in range((steps - 7) // 2)))


def bare(plan: Plan) -> None:
    target, world = ToyTarget(capabilities=FINE), World(no_wire, SystemClock())
    ids: dict[Slot, str] = {}
    for step in plan.steps:
        receipt = drive(target.perform(step, ids), world)
        if not isinstance(receipt, Receipt):
            raise TypeError(receipt)
        ids.update(receipt.made)


def journalled(plan: Plan, journal: Journal) -> None:
    clock = SystemClock()
    lease = journal.take(("order",), journal.worker(), clock.now(), LEASE_SECONDS)
    opened = Opened(plan=plan, at=clock.now())
    journal.open_plan(opened, lease)
    runner = Runner(target=ToyTarget(capabilities=FINE), journal=journal, opened=opened, lease=lease)
    drive(runner.run(), World(no_wire, clock))


def in_memory(plan: Plan) -> None:
    journalled(plan, MemoryJournal())


def on_disk(plan: Plan) -> None:
    DISK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DISK) as folder:
        journal = open_journal(Path(folder) / "bridge.db")
        journalled(plan, journal)
        journal.close()


def per_step(work: Callable[[Plan], None], plan: Plan) -> float:
    """Milliseconds a step, the best of the rounds' median half."""
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work(plan)
        found.append((time.perf_counter() - began) * 1000 / len(plan.steps))
    return statistics.median(found)


def one_sync() -> float:
    """Milliseconds that one fdatasync of a small write takes here."""
    DISK.mkdir(exist_ok=True)
    found = []
    with tempfile.NamedTemporaryFile(dir=DISK) as file:
        for _ in range(200):
            file.write(b"x" * 512)
            file.flush()
            began = time.perf_counter()
            os.fdatasync(file.fileno())
            found.append((time.perf_counter() - began) * 1000)
    return statistics.median(found)


def syncs(steps: int) -> int | None:
    """How often a run on disk calls fdatasync or fsync, None where nobody can count."""
    strace = shutil.which("strace")
    if strace is None:
        return None
    command = [strace, "-f", "-e", "trace=fdatasync,fsync", sys.executable, __file__, str(steps)]
    done = subprocess.run(command, env={**os.environ, COUNTED: "1"}, capture_output=True, check=True)  # noqa: S603  # our own program
    return done.stderr.count(b"sync(")


def count_per_step(small: int, large: int) -> float | None:
    """Syncs a step, what opening and closing takes left out."""
    few, many = syncs(small), syncs(large)
    if few is None or many is None:
        return None
    return (many - few) / (len(plan_of(large).steps) - len(plan_of(small).steps))


def main() -> None:
    sizes = tuple(int(text) for text in sys.argv[1:]) or STEPS
    if os.environ.get(COUNTED):
        on_disk(plan_of(sizes[0]))
        return
    sync = one_sync()
    counted = count_per_step(40, 140)
    allowed = TARGET_SYNCS * sync + TARGET_MS
    print(f"one fdatasync of 512 bytes: {sync:.3f} ms")
    told = (
        "not counted, strace is missing"
        if counted is None
        else f"{counted:.2f} (target at most {TARGET_SYNCS})"
    )
    print(f"fdatasyncs a step: {told}")
    print(f"allowed on disk: {TARGET_SYNCS} fdatasyncs + {TARGET_MS} ms = {allowed:.3f} ms a step\n")
    print("steps   bare ms   memory: own ms   disk: own ms   disk / allowed   disk / fdatasync")
    met = counted is None or counted <= TARGET_SYNCS
    for size in sizes:
        plan = plan_of(size)
        base, memory, disk = (per_step(work, plan) for work in (bare, in_memory, on_disk))
        own, durable = memory - base, disk - base
        print(
            f"{len(plan.steps):5}   {base:7.3f}   {own:14.3f}   {durable:12.3f}"
            f"   {durable / allowed:14.2f}   {durable / sync:16.1f}"
        )
        met = met and own < TARGET_OWN_MS
    print(f"\nown work below {TARGET_OWN_MS} ms a step: {'met' if met else 'MISSED'}")


if __name__ == "__main__":
    main()
