"""SIGKILL at random moments of ``apply``: real processes, real HTTP, a real journal file, and nothing twice."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import pytest
from attrs import define, evolve
from tests.acceptance.worker import BEGUN, Job
from tests.stand import Stand, demo_plan, seeded, served

from po_bridge import open_journal
from po_bridge.execution.clock import SystemClock
from po_bridge.planning.canonical import plan_bytes
from po_bridge.sandbox.fault import Fault, FaultKind
from po_bridge.sandbox.seed import OUTLETS, SECOND_BRAND
from po_bridge.sandbox.xseries import Switches

ROOT = Path(__file__).parents[2]
KILLS = int(os.environ.get("PO_BRIDGE_KILLS", "20"))
SETTLE = 0.2
ORDER = f"{SECOND_BRAND}/6a5d00000000000000000119"
"""Of a brand the shop never bought from: everything there is to create is created."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")


@define
class Crew:
    """Starts processes one after the other, and ends them."""

    worker: subprocess.Popen[str]

    def _line(self) -> str:
        assert self.worker.stdout is not None
        line = self.worker.stdout.readline().strip()
        assert line, "the worker is gone"
        return line

    def begin(self, job: Job) -> int:
        """Start a process; answers its id once it is about to apply."""
        assert self.worker.stdin is not None
        print(job.line(), file=self.worker.stdin, flush=True)
        first, second = self._line(), self._line()
        return int(first if second == BEGUN else second)

    def end(self) -> int:
        """Wait for its end; answers the exit code, negative for a signal."""
        return int(self._line())

    def kill(self, job: Job, after: float) -> bool:
        """Start a process and kill it; False where it had ended before."""
        process = self.begin(job)
        time.sleep(after)
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        return self.end() == -signal.SIGKILL

    def finish(self, job: Job) -> float:
        """Run a process to its end; answers how long it took."""
        self.begin(job)
        began = time.perf_counter()
        assert self.end() == 0
        return time.perf_counter() - began


@pytest.fixture
def crew() -> Generator[Crew]:
    """A worker that has imported everything."""
    command = (sys.executable, "-m", "tests.acceptance.worker")
    pipes = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipes, stdout=pipes, text=True) as worker:
        yield Crew(worker)
        assert worker.stdin is not None
        worker.stdin.close()


@pytest.fixture
def stand() -> Generator[Stand]:
    """Both emulators served, every answer a little late, so that kills fall between change and answer too.

    Pictures are ready at once: how long a store processes them would differ from run to run.
    """
    stand = seeded(SystemClock(), Switches(image_time=timedelta(0)))
    slow = Fault(kind=FaultKind.DELAY, times=10**9, seconds=0.004)
    stand.nuorder.inject(slow)
    stand.xseries.inject(slow)
    with served(stand, settle=SETTLE) as running:
        yield running


def job_of(stand: Stand, folder: Path) -> Job:
    """Plan the order once, with a journal that every trial starts from."""
    journal = open_journal(folder / "begin.db")
    with stand.wire_bridge(journal) as bridge:
        plan = demo_plan(bridge, ORDER)
    journal.close()
    (folder / "plan.json").write_bytes(plan_bytes(plan))
    portals = tuple(
        {
            "name": portal.name,
            "address": portal.address,
            "consumer_key": portal.consumer_key,
            "consumer_secret": portal.consumer_secret.reveal(),
            "token": portal.token,
            "token_secret": portal.token_secret.reveal(),
            "images": portal.images,
        }
        for portal in stand.source().portals
    )
    return Job(
        portals=portals,
        xseries=stand.xseries_address,
        token=stand.token,
        settle=SETTLE,
        outlets=dict(OUTLETS),
        journal=str(folder / "begin.db"),
        plan=str(folder / "plan.json"),
    )


def fresh(job: Job, folder: Path, name: str) -> Job:
    """The same job with a journal of its own."""
    journal = folder / f"{name}.db"
    shutil.copy(job.journal, journal)
    return evolve(job, journal=str(journal))


def doubles(stand: Stand) -> list[str]:
    """Names and codes that two live records of the store bear."""
    state = stand.xseries.state
    borne = Counter(
        [f"supplier {one.name.casefold()}" for one in state.suppliers.all_live()]
        + [f"brand {one.name.casefold()}" for one in state.brands.all_live()]
        + [f"option {one.name.casefold()}" for one in state.attributes.all_live()]
        + [f"code {code.code}" for one in state.products.all_live() for code in one.codes]
        + [f"supplied {sourcing.code}" for one in state.products.all_live() for sourcing in one.sourcing]
    )
    return [name for name, count in borne.items() if count > 1]


def test_a_killed_apply_is_finished_by_resume_with_nothing_twice(
    stand: Stand, crew: Crew, tmp_path: Path
) -> None:
    """However often and whenever the process is killed, resume ends where an undisturbed run ends."""
    job = job_of(stand, tmp_path)
    before, known = stand.xseries.snapshot(), doubles(stand)
    crew.finish(fresh(job, tmp_path, "warm"))
    expected, (purchase,) = stand.xseries.digest(), stand.orders
    stand.xseries.restore(before)
    length = crew.finish(fresh(job, tmp_path, "timed"))
    chance = random.Random(20_260_701)  # noqa: S311  # seeded, so that a run can be had again
    hits = 0
    for trial in range(KILLS):
        stand.xseries.restore(before)
        tried = fresh(job, tmp_path, f"trial{trial}")
        hits += crew.kill(tried, chance.uniform(0, length))
        if chance.random() < 1 / 3:
            crew.kill(tried, chance.uniform(0, length))
        crew.finish(tried)
        (found,) = stand.orders
        assert sorted(found["lines"].values()) == sorted(purchase["lines"].values()), f"trial {trial}"
        assert doubles(stand) == known, f"trial {trial}"
        assert stand.xseries.digest() == expected, f"trial {trial}"
    assert hits > KILLS / 2, f"only {hits} of {KILLS} kills met a process at work"
