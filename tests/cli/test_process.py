"""The program as a shell starts it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from po_bridge.cli.emulators import Stand
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.stock_take import take_stock
from po_bridge.sandbox import Fault, FaultKind
from po_bridge.sandbox.nuorder.state import Document

PROGRAM = Path(sys.executable).with_name("po-bridge")


@contextmanager
def sandbox(*options: str | Path) -> Iterator[dict[str, object]]:
    """Serve the emulators in a process of their own."""
    command = [PROGRAM, "sandbox", "--json", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or lines[-1] != "}\n":
            lines.append(process.stdout.readline())
            assert lines[-1], process.stderr.read() if process.stderr else ""
        try:
            yield json.loads("".join(lines))
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()


def shell(*arguments: str | Path, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    """Run the program and wait for it."""
    return subprocess.run(
        [PROGRAM, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=cwd,
        env={**os.environ, **environ},
    )


def order(**more: object) -> Document:
    """Make an order as another program recorded it: small, with a style that nobody has."""
    return {
        "_id": "5f00000000000000000000a1",
        "order_number": "770001",
        "status": "pending",
        "currency_code": "USD",
        "created_on": "2026-10-01T10:00:00.000Z",
        "total": 25,
        "total_quantity": 2,
        "start_ship": "2027-02-01T00:00:00.000Z",
        "end_ship": "2027-02-28T00:00:00.000Z",
        "line_items": [
            {
                "product": {
                    "_id": "5f00000000000000000000b1",
                    "style_number": "ZZ-1",
                    "color": "Red",
                    "season": "SS27",
                },
                "sizes": [{"size": "S", "quantity": 2, "price": 12.5, "upc": "614141999996"}],
            }
        ],
        **more,
    }


def test_recorded_order_into_an_empty_store(tmp_path: Path) -> None:
    """Recorded orders are served beside an empty store; one of them is pulled, planned and applied there."""
    folder = tmp_path / "orders"
    folder.mkdir()
    (folder / "one.json").write_text(json.dumps(order()), encoding="utf-8")
    with sandbox("--nuorder-orders", folder, "--write-config", tmp_path / "po-bridge.toml") as served:
        assert served["portals"] == ["Recorded orders"]
        assert shell("review", "770001", cwd=tmp_path).returncode == ExitCode.MISUSE
        planned = shell("plan", "770001", "--any-status", "--out", "plan.json", cwd=tmp_path)
        assert (planned.returncode, planned.stderr) == (ExitCode.DONE, "")
        assert "no style document" in planned.stdout
        applied = shell("apply", "plan.json", "--json", cwd=tmp_path)
        assert json.loads(applied.stdout)["synced"]
        assert json.loads(shell("status", "--json", cwd=tmp_path).stdout)["orders"][0]["number"] == "770001"


@pytest.mark.parametrize(
    "content", [None, b"[1]", b"{", b"{}"], ids=["no file", "no orders", "not JSON", "no order"]
)
def test_folder_without_orders(tmp_path: Path, content: bytes | None) -> None:
    """A folder that holds no order is refused by name."""
    if content is not None:
        (tmp_path / "one.json").write_bytes(content)
    ended = shell("sandbox", "--nuorder-orders", tmp_path, "--for", "0", cwd=tmp_path)
    assert ended.returncode == ExitCode.MISUSE
    assert ended.stderr


def test_sandbox_ends_by_itself(tmp_path: Path) -> None:
    """The emulators can be served for some seconds; the configuration is printed."""
    ended = shell("sandbox", "--for", "0.1", cwd=tmp_path)
    assert (ended.returncode, ended.stderr) == (ExitCode.DONE, "")
    assert "[[nuorder.portals]]" in ended.stdout


def test_taken_port(tmp_path: Path) -> None:
    """A port that is taken is refused by name."""
    with sandbox() as served:
        port = str(served["xseries"]).rpartition(":")[2]
        ended = shell("sandbox", "--xseries-port", port, "--for", "0", cwd=tmp_path)
        assert ended.returncode == ExitCode.MISUSE
        assert port in ended.stderr


def test_nobody_reads_on(tmp_path: Path) -> None:
    """A reader that has seen enough is no error."""
    with sandbox("--write-config", tmp_path / "po-bridge.toml"):
        ended = subprocess.run(  # noqa: S602  # a pipe that closes early is what is tested
            f"{PROGRAM} review 240117 --json | head -c 1",
            shell=True,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=tmp_path,
        )
        assert (ended.stdout, ended.stderr) == ("{", "")


def test_stopped_and_resumed(stand: Stand, config: Path) -> None:
    """A run that Ctrl-C stops ends with 130; resume finishes it, and the order is there once."""
    shell("plan", "240119-2", "--out", "plan.json", cwd=config.parent)
    slow = Fault(kind=FaultKind.DELAY, method="POST", path="*/consignments/*/bulk", seconds=20)
    stand.emulators.xseries.inject(slow)
    command: list[str | Path] = [PROGRAM, "apply", "plan.json"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=config.parent) as process:
        while not any(one.request.path.endswith("/bulk") for one in stand.emulators.xseries.log):
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        told = process.stderr.read() if process.stderr else ""
        assert process.wait(timeout=20) == ExitCode.STOPPED
    assert "resume" in told
    assert "Traceback" not in told
    assert shell("status", cwd=config.parent).returncode == ExitCode.ATTENTION
    resumed = shell("resume", "--json", cwd=config.parent)
    assert json.loads(resumed.stdout)["synced"]
    assert len(take_stock(stand.emulators.xseries).orders["240119-2"]) == 1


def test_library_needs_no_extra() -> None:
    """Importing the library and its command line imports neither what draws nor what parses nor templates."""
    code = "import sys, po_bridge, po_bridge.cli, po_bridge.report; print(*sys.modules)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name.partition(".")[0] for name in ended.stdout.split()}
    assert not loaded & {"cyclopts", "rich", "jinja2", "httpx"}
