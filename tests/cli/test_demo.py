"""The demonstration keeps its promises, and says so where it does not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.report.page import read

from po_bridge.cli import tour
from po_bridge.cli.exit_code import ExitCode
from po_bridge.cli.narrator import Narrator
from po_bridge.cli.pos import Pos
from po_bridge.planning.canonical import read_plan
from po_bridge.sandbox import Fault, FaultKind

PROGRAM = Path(sys.executable).with_name("po-bridge")


def test_demo_as_a_process(tmp_path: Path) -> None:
    """From a shell the demonstration ends with 0, tells its story in sections and writes its report."""
    report, kept = tmp_path / "demo.html", tmp_path / "kept"
    ended = subprocess.run(
        [PROGRAM, "demo", "--report", report, "--keep", kept],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "NOT SO" not in ended.stdout
    assert "intended -> unknown -> done (looked up and found there" in ended.stdout
    assert "changing calls that reached the emulators: 0" in ended.stdout
    assert {"review", "plan", "outcome"} <= set(read(report.read_text(encoding="utf-8")).values("id"))
    assert read_plan((kept / "plan.json").read_bytes()).changes
    assert (kept / "bridge.db").exists()


def test_demo_of_the_second_pos_ends_in_the_same_report(tmp_path: Path) -> None:
    """With --pos rseries the story, the report and the exit code are the same, one call a line."""
    report, kept = tmp_path / "demo.html", tmp_path / "kept"
    ended = subprocess.run(
        [PROGRAM, "demo", "--pos", "rseries", "--report", report, "--keep", kept],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "NOT SO" not in ended.stdout
    assert ended.stdout.count("looked up and found there") == 1
    assert {"review", "plan", "outcome"} <= set(read(report.read_text(encoding="utf-8")).values("id"))
    assert read_plan((kept / "plan.json").read_bytes()).store.startswith("r-series:")
    assert "[rseries]" in (kept / "po-bridge.toml").read_text(encoding="utf-8")


def test_kept_folder_is_not_used_twice(run: Run, tmp_path: Path) -> None:
    """A folder with an earlier journal is refused."""
    (tmp_path / "bridge.db").write_bytes(b"")
    assert run("demo", "--keep", tmp_path).code == ExitCode.MISUSE


@pytest.mark.parametrize(
    ("fault", "broken"),
    [
        (Fault(kind=FaultKind.LOSE, path="*/nowhere"), "an answer was lost"),
        (
            Fault(kind=FaultKind.REFUSE, method="POST", path="*/consignments*", times=100),
            "read back as planned",
        ),
        (
            Fault(kind=FaultKind.RESET, method="POST", path="*/consignments/*/bulk"),
            "an answer was lost",
        ),
    ],
    ids=["nothing is lost", "the store refuses", "the store never hears"],
)
def test_broken_promise(run: Run, monkeypatch: pytest.MonkeyPatch, fault: Fault, broken: str) -> None:
    """Where something is not so, it is named and the code is not 0."""
    monkeypatch.setitem(tour.LOST_CALLS, Pos.XSERIES, fault)
    ran = run("demo", "--json")
    assert ran.code == ExitCode.ATTENTION
    assert broken in ran.json["broken"]
    assert f"NOT SO  {broken}" in ran.err


def test_narrator_numbers_sections(capsys: pytest.CaptureFixture[str]) -> None:
    """Sections are numbered, and foreign text cannot steer the terminal."""
    narrator = Narrator(sys.stdout, sys.stderr)
    narrator.section("One", "why")
    narrator.section("Two")
    narrator.say("x\x1b[2J")
    out = capsys.readouterr().out
    assert "1. One" in out
    assert "2. Two" in out
    assert "\x1b" not in out
