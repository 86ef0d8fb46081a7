"""Processes that share a token file and meet an expired token at the same time."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from po_bridge.journal import TokenFile
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.server import serve
from po_bridge.sandbox.xseries import XSeriesSandbox

ACCOUNT = "x-series:example"
ROOT = Path(__file__).parents[3]


def worker(address: str, file: Path) -> subprocess.Popen[str]:
    """Start a process that reads the store, and see that its first read went well."""
    command = [sys.executable, "-m", "tests.clients.xseries.refresher", address, str(file)]
    started = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert started.stdout is not None
    assert started.stdout.readline() == "read\n"
    return started


@pytest.mark.parametrize(
    "faults",
    [(), (Fault(kind=FaultKind.DELAY, method="POST", path="*/token", seconds=0.6),)],
    ids=["quick", "slow"],
)
def test_processes_that_refresh_at_once_leave_one_valid_pair(
    tmp_path: Path, faults: tuple[Fault, ...]
) -> None:
    """One of three refreshes, the others take over what it stored; nobody loses the store."""
    file = tmp_path / "tokens.json"
    sandbox = XSeriesSandbox(clock=lambda: datetime.now(UTC))
    sandbox.furnish()
    sandbox.add_client("client", "top-secret", "http://127.0.0.1/")
    pair = sandbox.add_pair("client")
    first = {"access_token": pair.access_token, "refresh_token": pair.refresh_token}
    TokenFile(file).store(ACCOUNT, first)
    with serve(sandbox) as server:
        workers = [worker(server.address, file) for _ in range(3)]
        sandbox.inject(*faults)
        sandbox.revoke(pair.access_token)
        for one in workers:
            assert one.stdin is not None
            one.stdin.write("go\n")
            one.stdin.flush()
        told = [one.communicate("end\n", timeout=60)[0] for one in workers]
    assert told == ["read\n"] * 3
    assert [one.returncode for one in workers] == [0, 0, 0]
    kept = TokenFile(file).load(ACCOUNT)
    assert kept is not None
    asked = [one for one in sandbox.log if one.request.path.endswith("/token")]
    assert len(asked) == 1
    assert dict(sandbox.state.refresh) == {kept["refresh_token"]: kept["access_token"]}
    assert not sandbox.state.tokens[kept["access_token"]].revoked
