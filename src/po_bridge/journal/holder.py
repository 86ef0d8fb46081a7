"""Who holds a lease, and how to know that a holder is dead."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from ..ports.leases import Holder

_PROC = Path("/proc")
_DEAD_STATES = {"Z", "X"}


def this_process(worker: str = "") -> Holder:
    """Name this process as a holder of leases; *worker* tells its workers apart."""
    pid = os.getpid()
    return Holder(host=socket.gethostname(), pid=pid, started=_started(pid) or "", worker=worker)


def provably_dead(holder: Holder) -> bool:
    """Whether the holder's process certainly runs no more.

    Only a process of this host, of this boot and of this process namespace can be known to be dead;
    where the system does not tell (no /proc), nothing is certain and leases end by time alone.
    """
    here = this_process()
    if not here.started or holder.host != here.host or _realm(holder.started) != _realm(here.started):
        return False
    return _gone(holder.pid) or _started(holder.pid) not in {holder.started, None}


def _realm(started: str) -> str:
    return started.rpartition(".")[0]


def _gone(pid: int) -> bool:
    try:
        # /proc may hide the processes of others, a signal does not
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    fields = _stat(pid)
    return bool(fields) and fields[0] in _DEAD_STATES


def _stat(pid: int) -> list[str]:
    """Fields of a process from its state on; empty where the system does not tell."""
    try:
        text = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    # the second field is the program's name in brackets, and may hold brackets itself
    return text.rpartition(")")[2].split()


def _started(pid: int) -> str | None:
    """Boot, process namespace and start tick; None where the system does not tell.

    The wall-clock time of a start is no identity: it moves when the clock is set.
    """
    fields = _stat(pid)
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        namespace = (_PROC / "self/ns/pid").readlink().name.strip("pid:[]")
    except OSError:
        return None
    return f"{boot[:8]}.{namespace}.{fields[19]}" if len(fields) > 19 else None
