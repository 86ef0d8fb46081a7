"""What a durable step costs, beside a bare fdatasync and DBOS on SQLite in the same run.

Usage: python benchmarks/journal.py [STEPS]

A step is what the runner commits: the end of the last step and the intent of the next, in one append.
Rounds of all three take turns, since a disk has better and worse minutes; figures are medians of all rounds.
fdatasyncs are counted by strace where it is installed. DBOS is left out where it is not installed.
The second table has the files in memory, where a sync costs nothing: what is left is the work besides.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from po_bridge.journal import open_journal
from po_bridge.models.capabilities import Capabilities
from po_bridge.planning.canonical import plan_bytes, read_plan, sealed
from po_bridge.planning.plan import Plan
from po_bridge.testing.journal_case import done_and_next, open_one, opened_of
from po_bridge.testing.sample import sample_plan

try:
    from dbos import DBOS
except ImportError:
    DBOS = None

STEPS = 300
ROUNDS = 5
DISK = Path(__file__).parents[1] / "build"  # the system's temporary folder may be in memory
MEMORY = Path("/dev/shm")  # noqa: S108  # in memory on purpose
TARGET_SYNCS, TARGET_MS, TARGET_RATIO = 2.5, 0.25, 0.2
PLAN_STEPS = 1_000

NAMES = {"bare": "bare fdatasync", "ours": "po_bridge, SQLite WAL FULL", "dbos": "DBOS, SQLite"}

Seconds = list[float]


def timed(calls: Iterator[Callable[[], object]]) -> Seconds:
    found = []
    for call in calls:
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return found


@contextmanager
def folder(root: Path) -> Iterator[Path]:
    root.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root) as name:
        yield Path(name)


def bare(steps: int, root: Path) -> Seconds:
    """Append as many bytes as a step of ours leaves in the write-ahead log, and sync."""
    with folder(root) as place:
        file = os.open(place / "file", os.O_CREAT | os.O_WRONLY | os.O_APPEND)

        def sync() -> None:
            os.write(file, b"x" * 8192)
            os.fdatasync(file)

        found = timed(sync for _ in range(steps))
        os.close(file)
    return found


def ours(steps: int, root: Path) -> Seconds:
    keys = [f"{number:016x}" for number in range(steps)]
    batches = [done_and_next(keys, number) for number in range(steps)]
    with folder(root) as place:
        journal = open_journal(place / "bridge.db")
        digest, lease = open_one(journal)
        found = timed(lambda batch=batch: journal.append(digest, batch, lease) for batch in batches)
        journal.close()
    return found


def dbos(steps: int, root: Path) -> Seconds:
    """Run a workflow of steps that do nothing; a step ends with its result committed."""
    with folder(root) as place:
        address = f"sqlite:///{place / 'dbos.sqlite'}"
        DBOS(config={"name": "bench", "system_database_url": address, "log_level": "ERROR"})

        @DBOS.step()
        def step(number: int) -> str:
            return f"id-{number}"

        @DBOS.workflow()
        def work() -> Seconds:
            return timed(lambda number=number: step(number) for number in range(steps))

        DBOS.launch()
        found = work()
        DBOS.destroy(destroy_registry=True)
    return found


KINDS = {"bare": bare, "ours": ours} | ({"dbos": dbos} if DBOS else {})


def syncs_in(kind: str, steps: int) -> int:
    with tempfile.NamedTemporaryFile("r") as told:
        command = ["strace", "-f", "-o", told.name, "-e", "trace=fsync,fdatasync"]
        again = [sys.executable, __file__, "--count", kind, str(steps)]
        subprocess.run([*command, *again], check=True)  # noqa: S603  # this script
        return sum("sync(" in line for line in told)


def syncs_a_step(kind: str) -> float:
    """The difference of two runs, so that opening and closing do not count."""
    return (syncs_in(kind, 300) - syncs_in(kind, 100)) / 200


def sized_plan() -> Plan:
    grain = Capabilities(members_per_create=0, members_per_add=1, lines_per_add=1)
    sizes = tuple(f"size {number}" for number in range((PLAN_STEPS - 8) // 2))
    return sample_plan(grain, sizes=sizes)


def best(call: Callable[[], object], times: int = 7) -> float:
    return min(timed(call for _ in range(times))) * 1e3


def plans() -> None:
    plan = sized_plan()
    data = plan_bytes(plan)
    keys = [step.key for step in plan.steps]
    with folder(DISK) as place:
        journal = open_journal(place / "bridge.db")
        lease = journal.take(("order",), journal.worker(), opened_of(plan).at, 60.0)
        opening = timed(iter([lambda: journal.open_plan(opened_of(plan), lease)]))[0] * 1e3
        for number in range(len(keys) + 1):
            journal.append(plan.digest, done_and_next(keys, number), lease)
        history = best(lambda: journal.read(plan.digest))
        unfinished = best(journal.unfinished)
        journal.close()
    print(f"a plan of {len(plan.steps)} steps, {len(data) / 1e3:.0f} kB, best of 7:")
    print(f"  write {best(lambda: plan_bytes(plan)):6.1f} ms   read {best(lambda: read_plan(data)):6.1f} ms")
    print(f"  seal  {best(lambda: sealed(plan)):6.1f} ms   open {opening:6.1f} ms (once)")
    print(f"  resume: read the plan {unfinished:.1f} ms, its {2 * len(keys)} entries {history:.1f} ms")


def medians(steps: int, root: Path) -> dict[str, float]:
    rounds: dict[str, Seconds] = {kind: [] for kind in KINDS}
    for _ in range(ROUNDS):
        for kind, run in KINDS.items():
            rounds[kind] += run(steps, root)
    return {kind: statistics.median(found) * 1e3 for kind, found in rounds.items()}


def main(steps: int) -> None:
    on_disk = medians(steps, DISK)
    counted = {kind: syncs_a_step(kind) for kind in KINDS} if shutil.which("strace") else {}
    print(f"a durable step, median of {ROUNDS} x {steps}:")
    for kind, median in on_disk.items():
        count = f"{counted[kind]:.2f} fdatasyncs" if counted else "fdatasyncs not counted (no strace)"
        print(f"  {NAMES[kind]:28} {median:7.3f} ms   {count}   {1e3 / median:.0f} a second")
    over, allowed = on_disk["ours"], TARGET_SYNCS * on_disk["bare"] + TARGET_MS
    print(
        f"  target {TARGET_SYNCS} fdatasyncs + {TARGET_MS} ms = {allowed:.3f} ms: {verdict(over <= allowed)}"
    )
    if DBOS:
        ratio = on_disk["ours"] / on_disk["dbos"]
        print(
            f"  of DBOS in the same run: {ratio:.3f}, target {TARGET_RATIO}: {verdict(ratio <= TARGET_RATIO)}"
        )
    if MEMORY.is_dir():
        print("the same with the files in memory, where a sync costs nothing:")
        for kind, median in medians(steps, MEMORY).items():
            print(f"  {NAMES[kind]:28} {median:7.3f} ms")
    plans()


def verdict(met: object) -> str:
    return "met" if met else "MISSED"


if __name__ == "__main__":
    if sys.argv[1:2] == ["--count"]:
        KINDS[sys.argv[2]](int(sys.argv[3]), DISK)
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else STEPS)
