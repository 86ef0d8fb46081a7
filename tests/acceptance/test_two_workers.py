"""Two real processes apply the same plan at once: one is told who holds it, and there is one purchase order."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.acceptance.test_sigkill import ORDER, ROOT, SETTLE, doubles, fresh, job_of
from tests.acceptance.worker import Job
from tests.stand import Stand, seeded, served

from po_bridge.execution.clock import SystemClock
from po_bridge.journal import open_journal
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.xseries import Switches

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="leases name processes as this system does")

APPLYING = """
import json, sys
from pathlib import Path
from tests.acceptance.worker import Job, bridge_of
from po_bridge import open_journal
from po_bridge.errors import LeaseHeld, UsedPlan
from po_bridge.planning.canonical import read_plan

job = Job(**json.loads(sys.stdin.readline()))
plan = read_plan(Path(job.plan).read_bytes())
journal = open_journal(job.journal)
with bridge_of(job, journal) as bridge:
    print("ready", flush=True)
    sys.stdin.readline()
    try:
        outcome = bridge.apply(plan)
        print("synced" if outcome.synced else "not synced", flush=True)
    except LeaseHeld as error:
        print("held", error.holder, error.since.isoformat(), error.key, sep="|", flush=True)
    except UsedPlan as error:
        print("used", error.why, sep="|", flush=True)
"""


class Process:
    """One worker, which waits for its sign."""

    def __init__(self, job: Job) -> None:
        pipes = subprocess.PIPE
        command = (sys.executable, "-c", APPLYING)
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=pipes, stdout=pipes, text=True)
        self.tell(job.line())
        assert self.hear() == "ready"

    @property
    def pid(self) -> int:
        """Its id."""
        return self._process.pid

    def tell(self, line: str) -> None:
        """Write a line to it."""
        assert self._process.stdin is not None
        print(line, file=self._process.stdin, flush=True)

    def hear(self) -> str:
        """Read a line of it."""
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def end(self) -> None:
        """Wait until it is gone."""
        self._process.communicate()


@pytest.fixture
def stand() -> Generator[Stand]:
    """Both emulators served, the store slow enough that two processes overlap."""
    stand = seeded(SystemClock(), Switches(image_time=timedelta(0)))
    stand.xseries.inject(Fault(kind=FaultKind.DELAY, times=10**9, seconds=0.02))
    with served(stand, settle=SETTLE) as running:
        yield running


def test_two_processes_apply_the_same_plan(stand: Stand, tmp_path: Path) -> None:
    """One applies it, the other is told holder and moment and writes nothing: one purchase order, nothing twice."""
    job = fresh(job_of(stand, tmp_path), tmp_path, "shared")
    before = stand.xseries.snapshot()
    known = doubles(stand)
    began = SystemClock().now()
    both = (Process(job), Process(job))
    for process in both:
        process.tell("go")
    told = [process.hear().split("|") for process in both]
    for process in both:
        process.end()
    assert sorted(words[0] for words in told) == ["held", "synced"], told
    loser = next(number for number, words in enumerate(told) if words[0] == "held")
    _, holder, since, key = told[loser]
    assert str(both[1 - loser].pid) in holder
    assert began <= datetime.fromisoformat(since) <= SystemClock().now()
    assert key
    (order,) = stand.orders
    assert order["lines"]
    assert doubles(stand) == known
    together = stand.xseries.digest()

    stand.xseries.restore(before)
    alone = Process(fresh(job_of(stand, tmp_path), tmp_path, "alone"))
    alone.tell("go")
    assert alone.hear() == "synced"
    alone.end()
    assert stand.xseries.digest() == together
    with closing(open_journal(job.journal)) as journal:
        assert journal.upkeep.check() == ()
        assert [str(applied.order) for applied in journal.applied()] == [ORDER]
