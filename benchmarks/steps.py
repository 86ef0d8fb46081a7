"""Steps journalled a second: the same calls in a bare loop, through the runner, and as a DBOS workflow, in one run.

Usage: python benchmarks/steps.py [STEPS]

The store answers at once, in this process, so that what is above the bare loop is the price of never doing a step
twice. Both journals are on disk, in SQLite. The three take turns, since a disk has better and worse minutes; figures
are medians of all rounds. DBOS is left out where it is not installed. Unlike a step of ours, which is probed when its
outcome is not known, a step of DBOS that was interrupted is done again.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import World, drive
from po_bridge.execution.runner import LEASE_SECONDS, Runner
from po_bridge.journal import open_journal
from po_bridge.planning.book import Opened
from po_bridge.planning.plan import Plan
from po_bridge.planning.refs import Slot
from po_bridge.ports.exchange import Request, Response
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_pos import ToyPos
from po_bridge.testing.toy_target import FINE, ToyTarget
from po_bridge.testing.toy_write import write_toy

try:
    from dbos import DBOS
except ImportError:
    DBOS = None

STEPS = 500
ROUNDS = 5
DISK = Path(__file__).parents[1] / "build"  # the system's temporary folder may be in memory
TARGET_RATIO = 0.2

NAMES = {"bare": "bare loop", "ours": "po_bridge, SQLite WAL FULL", "dbos": "DBOS, SQLite"}


def no_wire(request: Request) -> Response:
    raise RuntimeError(f"the toy is called in this process, not by {request.what}")


def bare(plan: Plan, folder: Path) -> float:
    pos, ids = ToyPos(), dict[Slot, str]()
    began = time.perf_counter()
    for step in plan.steps:
        ids.update(write_toy(pos, step.write, ids).made)
    return time.perf_counter() - began


def ours(plan: Plan, folder: Path) -> float:
    clock, journal = SystemClock(), open_journal(folder / "bridge.db")
    lease = journal.take(("order",), journal.worker(), clock.now(), LEASE_SECONDS)
    opened = Opened(plan=plan, at=clock.now())
    journal.open_plan(opened, lease)
    runner = Runner(target=ToyTarget(capabilities=FINE), journal=journal, opened=opened, lease=lease)
    began = time.perf_counter()
    drive(runner.run(), World(no_wire, clock))
    seconds = time.perf_counter() - began
    journal.close()
    return seconds


def dbos(plan: Plan, folder: Path) -> float:
    address = f"sqlite:///{folder / 'dbos.sqlite'}"
    DBOS(config={"name": "bench", "system_database_url": address, "log_level": "ERROR"})
    pos, ids = ToyPos(), dict[Slot, str]()

    @DBOS.step()
    def step(number: int) -> dict[str, str]:
        made = write_toy(pos, plan.steps[number].write, ids).made
        ids.update(made)
        return {str(slot): remote for slot, remote in made.items()}

    @DBOS.workflow()
    def work() -> float:
        began = time.perf_counter()
        for number in range(len(plan.steps)):
            step(number)
        return time.perf_counter() - began

    DBOS.launch()
    seconds = work()
    DBOS.destroy(destroy_registry=True)
    return seconds


KINDS: dict[str, Callable[[Plan, Path], float]] = {"bare": bare, "ours": ours} | (
    {"dbos": dbos} if DBOS else {}
)


def main() -> None:
    steps = int(sys.argv[1]) if sys.argv[1:] else STEPS
    # a supplier, a brand, options, a shell, a picture, an order and its status, then two steps a size
    plan = sample_plan(FINE, sizes=tuple(f"size {number}" for number in range((steps - 7) // 2)))
    found: dict[str, list[float]] = {kind: [] for kind in KINDS}
    DISK.mkdir(exist_ok=True)
    for _ in range(ROUNDS):
        for kind, run in KINDS.items():
            with tempfile.TemporaryDirectory(dir=DISK) as folder:
                found[kind].append(run(plan, Path(folder)) / len(plan.steps))
    medians = {kind: statistics.median(times) for kind, times in found.items()}
    print(
        f"{len(plan.steps)} steps, median of {ROUNDS} rounds\n{'':28} ms a step   steps a second   over bare ms"
    )
    for kind, seconds in medians.items():
        over = (seconds - medians["bare"]) * 1e3
        print(f"{NAMES[kind]:28} {seconds * 1e3:9.3f}   {1 / seconds:14,.0f}   {over:12.3f}")
    if "dbos" in medians:
        ratio = (medians["ours"] - medians["bare"]) / (medians["dbos"] - medians["bare"])
        met = "met" if ratio <= TARGET_RATIO else "MISSED"
        print(f"overhead of DBOS in the same run: {ratio:.3f}, target {TARGET_RATIO}: {met}")


if __name__ == "__main__":
    main()
