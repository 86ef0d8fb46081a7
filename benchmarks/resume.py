"""Resume after a kill: a plan of 1,000 steps, its process killed in the middle, and what a new process needs.

Usage: python benchmarks/resume.py [STEPS]

The store lives in this process and answers at once over a pipe, so that all time is ours. The worker is a real process
with a journal on disk; it is killed with SIGKILL when half of its steps are done, once right after a change whose
answer is lost, once right before a change. In the second case nothing is there, which counts only once the settle time
is over: it is set apart.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path

from attrs import define, evolve

from po_bridge.execution.clock import SystemClock
from po_bridge.execution.drive import World, drive
from po_bridge.execution.runner import LEASE_SECONDS, Runner
from po_bridge.journal import open_journal
from po_bridge.planning.book import Opened
from po_bridge.planning.canonical import read_value, write_value
from po_bridge.planning.plan import Plan
from po_bridge.planning.receipt import Absent, Done, Partly, Probed, Receipt, Rest, Unclear
from po_bridge.planning.refs import Ids
from po_bridge.planning.snapshot import Positions
from po_bridge.planning.step import Step
from po_bridge.ports.exchange import Exchange, Lane, Request, Response, run
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_pos import ToyPos
from po_bridge.testing.toy_probe import probe_toy
from po_bridge.testing.toy_target import FINE, ToyTarget
from po_bridge.testing.toy_write import write_toy

STEPS = 1_000
ROUNDS = 3
SETTLE = 2.0
TARGET_SECONDS = 1.0
DISK = Path(__file__).parents[1] / "build"  # the system's temporary folder may be in memory
Answer = Receipt | Done | Absent | Partly | Unclear
GRAIN = evolve(FINE, settle=SETTLE)


@define(kw_only=True)
class PipeTarget(ToyTarget):
    """The toy at the other end of a pipe."""

    pipe: Connection

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        return (yield from run(lambda: self._say("write", step, ids), Lane.TARGET, writes=True))

    def probe(self, step: Step, ids: Ids, since: Positions) -> Exchange[Probed]:
        return (yield from run(lambda: self._say("probe", step, ids), Lane.TARGET))

    def _say(self, what: str, step: Step, ids: Ids):  # noqa: ANN202  # whatever the store answers
        self.pipe.send((what, step, dict(ids)))
        return read_value(self.pipe.recv(), Answer)


def no_wire(request: Request) -> Response:
    raise RuntimeError(f"the toy is at the end of a pipe, not at {request.what}")


class Counting(SystemClock):
    """The machine's clock, and how long was slept by it."""

    slept = 0.0

    def sleep(self, seconds: float) -> None:
        self.slept += seconds
        super().sleep(seconds)


def work(pipe: Connection, path: str, plan: Plan | None) -> None:
    """Apply the plan, or resume the one that is unfinished."""
    pipe.send(("begun", None, None))
    clock = Counting()
    journal = open_journal(path)
    lease = journal.take(("order",), journal.worker(), clock.now(), LEASE_SECONDS)
    if plan is not None:
        journal.open_plan(Opened(plan=plan, at=clock.now()), lease)
    (opened,) = journal.unfinished()
    target = PipeTarget(capabilities=GRAIN, pipe=pipe)
    drive(Runner(target=target, journal=journal, opened=opened, lease=lease).run(), World(no_wire, clock))
    pipe.send(("ended", clock.slept, None))


@define
class Served:
    """What the store saw of one process."""

    begun: float = 0.0
    first_call: float = 0.0
    first_write: float = 0.0
    ended: float = 0.0
    slept: float = 0.0
    writes: int = 0


def serve(pos: ToyPos, path: Path, plan: Plan | None, kill_at: int = 0, *, before: bool = False) -> Served:
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=work, args=(theirs, str(path), plan))
    process.start()
    theirs.close()
    seen = Served()
    while not seen.ended:
        what, step, ids = ours.recv()
        moment = time.perf_counter()
        if what == "begun":
            seen.begun = moment
            continue
        if what == "ended":
            seen.ended, seen.slept = moment, step
            continue
        seen.first_call = seen.first_call or moment
        if what == "probe":
            ours.send(write_value(probe_toy(pos, step.write, ids), Answer))
            continue
        seen.first_write = seen.first_write or moment
        seen.writes += 1
        dies = seen.writes == kill_at
        if dies and before:
            os.kill(process.pid or 0, signal.SIGKILL)
            break
        receipt = write_toy(pos, step.write, ids)
        if dies:
            os.kill(process.pid or 0, signal.SIGKILL)
            break
        ours.send(write_value(receipt, Answer))
    process.join()
    return seen


def trial(plan: Plan, *, before: bool) -> tuple[Served, ToyPos]:
    DISK.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=DISK) as folder:
        path, pos = Path(folder) / "bridge.db", ToyPos()
        serve(pos, path, plan, len(plan.steps) // 2, before=before)
        return serve(pos, path, None), pos


def undisturbed(plan: Plan) -> str:
    pos, ids = ToyPos(), {}
    for step in plan.steps:
        ids.update(write_toy(pos, step.write, ids).made)
    return pos.digest()


def main() -> None:
    steps = int(sys.argv[1]) if sys.argv[1:] else STEPS
    # a supplier, a brand, options, a shell, a picture, an order and its status, then two steps a size
    plan = sample_plan(GRAIN, sizes=tuple(f"size {number}" for number in range((steps - 7) // 2)))
    wanted, met = undisturbed(plan), True
    print(f"a plan of {len(plan.steps)} steps, killed at half; median of {ROUNDS} rounds, in seconds")
    print(
        "killed                     to first call   to first write   less settle   to the end   less settle"
    )
    for name, before in (("after a change, not told", False), ("before a change", True)):
        found = []
        for _ in range(ROUNDS):
            seen, pos = trial(plan, before=before)
            if pos.digest() != wanted:
                raise SystemExit("the store does not hold what an undisturbed run leaves")
            found.append(seen)
        middle = sorted(found, key=lambda seen: seen.first_write - seen.begun - seen.slept)[ROUNDS // 2]
        call, first, end = (
            moment - middle.begun for moment in (middle.first_call, middle.first_write, middle.ended)
        )
        print(
            f"{name:24}   {call:13.3f}   {first:14.3f}   {first - middle.slept:11.3f}   {end:10.3f}"
            f"   {end - middle.slept:11.3f}"
        )
        met = met and first - middle.slept < TARGET_SECONDS
    print(f"first effect below {TARGET_SECONDS} s, settle apart: {'met' if met else 'MISSED'}")


if __name__ == "__main__":
    main()
