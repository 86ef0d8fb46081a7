"""Processes that apply a plan and may be killed at any moment.

``python -m tests.acceptance.worker`` reads one job a line and forks a process for each, so that a kill costs no
second of imports. Of each process it tells three lines: its id, that it is about to apply, how it ended.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from attrs import asdict, frozen

from po_bridge import Bridge, Setup, open_journal
from po_bridge.clients.nuorder import NuOrder, Portal
from po_bridge.clients.xseries import Settings, XSeries
from po_bridge.planning.canonical import read_plan

BEGUN = "begun"


@frozen(kw_only=True)
class Job:
    """What a process needs to know."""

    portals: tuple[dict[str, Any], ...]
    xseries: str
    token: str
    settle: float
    outlets: dict[str, str]
    journal: str
    plan: str

    def line(self) -> str:
        """The job as the worker reads it."""
        return json.dumps(asdict(self))


def bridge_of(job: Job, journal: Any) -> Bridge:
    """A Bridge that calls the emulators of a job."""
    portals = tuple(Portal(**portal) for portal in job.portals)
    target = XSeries(
        domain_prefix="trial",
        token=job.token,
        address=job.xseries,
        image_host=portals[0].address,
        settings=Settings(settle=job.settle),
    )
    return Bridge(
        source=NuOrder(portals=portals), target=target, journal=journal, setup=Setup(outlets=job.outlets)
    )


def work(job: Job) -> bool:
    """Do what a person would do: apply the plan, or resume it where it was opened before."""
    plan = read_plan(Path(job.plan).read_bytes())
    journal = open_journal(job.journal)
    with bridge_of(job, journal) as bridge:
        _tell(BEGUN)
        opened = journal.opened(plan.digest)
        if opened is not None and opened.closed_at is not None:
            return True
        outcome = bridge.apply(plan) if opened is None else bridge.resume(plan.digest)
    if not outcome.synced:
        os.write(2, f"{outcome.orders}\n".encode())
    return outcome.synced


def _tell(line: object) -> None:
    os.write(1, f"{line}\n".encode())


def _forked(job: Job) -> int:
    process = os.fork()
    if process:
        return process
    code = 70
    try:
        code = 0 if work(job) else 1
    finally:
        os._exit(code)


def main() -> None:
    """Fork for each job until there is none."""
    import_module("po_bridge.execution.http")  # the one module that a Bridge imports late
    for line in sys.stdin:
        process = _forked(Job(**json.loads(line)))
        _tell(process)
        _, status = os.waitpid(process, 0)
        _tell(os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
