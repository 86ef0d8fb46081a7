"""Holders of leases: who is this, and who is certainly dead."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from po_bridge.journal import holder, this_process
from po_bridge.journal.holder import provably_dead
from po_bridge.ports.leases import Holder

pytestmark = pytest.mark.skipif(
    not this_process().started, reason="this system does not tell about processes"
)


def another(pid: int) -> Holder:
    """Give a running process as a holder."""
    field = _start_tick(pid)
    here = this_process()
    return evolve(here, pid=pid, started=f"{here.started.rpartition('.')[0]}.{field}")


def _start_tick(pid: int) -> str:
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:  # noqa: PTH123  as a stranger would
        return file.read().rpartition(")")[2].split()[19]


def test_this_process_lives() -> None:
    """A process knows itself, by the same name each time, and is not dead."""
    assert this_process() == this_process()
    assert this_process().pid == os.getpid()
    assert this_process("a") != this_process("b")
    assert not provably_dead(this_process())


def test_killed_process_is_dead() -> None:
    """A killed process is dead at once, also while its parent has not asked for its end."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        victim = another(child.pid)
        assert not provably_dead(victim)
        child.send_signal(signal.SIGKILL)
        os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        assert provably_dead(victim), "a zombie runs no more"
    assert provably_dead(victim)


def test_stopped_process_is_alive() -> None:
    """A paused process may go on, so it is not dead."""
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        child.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, child.pid, os.WSTOPPED | os.WNOWAIT)
        assert not provably_dead(another(child.pid))
        child.kill()


@pytest.mark.parametrize(
    "change",
    [
        {"host": "far.example"},
        {"started": "0.0.0"},
        {"started": "12345"},
        {"started": ""},
    ],
    ids=["another host", "another boot", "another form", "nothing known"],
)
def test_doubt_is_no_proof(change: dict[str, Any]) -> None:
    """A holder of another host, boot or namespace is never called dead, though its number runs here no more."""
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    gone = evolve(this_process(), pid=child.pid)
    assert provably_dead(gone)
    assert not provably_dead(evolve(gone, **change))


def test_process_of_another_user_is_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that may not be signalled exists all the same."""

    def refuse(_pid: int, _signal: int) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "kill", refuse)
    assert not provably_dead(this_process())


def test_nothing_is_proven_without_proc(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the system does not tell about processes, nobody is called dead."""
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        child.wait()
    gone = evolve(this_process(), pid=child.pid)
    monkeypatch.setattr(holder, "_PROC", tmp_path)
    assert this_process().started == ""
    assert not provably_dead(gone)
    assert not provably_dead(evolve(gone, started=""))
