"""Errors are text on the standard error stream with a code that a script can use, and hold no secret."""

from __future__ import annotations

import json
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from po_bridge.cli import main
from po_bridge.cli.app import make_app
from po_bridge.cli.emulators import Stand
from po_bridge.cli.exit_code import ATTENTION_OF, MEANINGS, ExitCode, code_of
from po_bridge.errors import (
    AmbiguousNumber,
    BadDocument,
    Broken,
    Busy,
    ForeignPlan,
    JournalDamaged,
    LeaseHeld,
    LeaseLost,
    MissingExtra,
    Misuse,
    NotOffered,
    OpenQuestions,
    PoBridgeError,
    StalePlan,
    UnknownOrder,
    Unreachable,
    UsedPlan,
)
from po_bridge.sandbox.seed import DEMO_ORDER

NOW = datetime(2027, 1, 1, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "cli.md"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OpenQuestions(("why",)), ExitCode.ATTENTION),
        (Misuse("no"), ExitCode.MISUSE),
        (MissingExtra("cli", "rich"), ExitCode.MISUSE),
        (AmbiguousNumber("1", ("a/1", "b/1")), ExitCode.MISUSE),
        (UnknownOrder("1", "here"), ExitCode.MISUSE),
        (NotOffered("1", "draft"), ExitCode.MISUSE),
        (Unreachable("host", "why", sent=False), ExitCode.REMOTE),
        (Busy("system", 429, "wait", what="GET /", mend="wait"), ExitCode.REMOTE),
        (Broken("system", 500, "oops", what="GET /"), ExitCode.REMOTE),
        (ForeignPlan("a", "b", "store"), ExitCode.PLAN),
        (UsedPlan("a", "why"), ExitCode.PLAN),
        (StalePlan("a", ()), ExitCode.PLAN),
        (LeaseHeld("order", "somebody", NOW), ExitCode.PLAN),
        (LeaseLost("order"), ExitCode.PLAN),
        (BadDocument("order", ()), ExitCode.UNREADABLE),
        (JournalDamaged("file", "why"), ExitCode.UNREADABLE),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else value.name,
)
def test_code_of(error: PoBridgeError, code: ExitCode) -> None:
    """Each kind of error has its code."""
    assert code_of(error) is code


def test_codes_are_documented(capsys: pytest.CaptureFixture[str]) -> None:
    """The help and its page tell what each code means, and the help what 1 means for each command."""
    make_app()(["--help"])
    shown = " ".join(capsys.readouterr().out.split())
    written = PAGE.read_text(encoding="utf-8")
    assert set(MEANINGS) == set(ExitCode)
    for code, meaning in MEANINGS.items():
        assert f"{int(code)} {meaning}" in shown
        assert f"| {int(code)} | {meaning} |" in written
    assert [text for verbs, text in ATTENTION_OF.items() if f"of {verbs}: {text}" not in shown] == []


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["orders", "--nonsense"], ["apply"], ["sandbox", "--for", "soon"], ["review", "--config"]],
    ids=" ".join,
)
def test_bad_command_line(run: Run, arguments: list[str]) -> None:
    """A command line that makes no sense ends with 2 and one line of text."""
    ran = run(*arguments)
    assert (ran.code, ran.out) == (ExitCode.MISUSE, "")
    assert "See po-bridge --help." in ran.err


def test_no_arguments(run: Run) -> None:
    """Without arguments the help is shown."""
    ran = run()
    assert (ran.code, ran.err) == (ExitCode.DONE, "")
    assert "demo" in ran.out


def test_version(run: Run) -> None:
    """The version is one word."""
    assert run("--version").out.strip().count(".") == 2


@pytest.mark.parametrize("number", ["99", "240125", "240122"], ids=["unknown", "twice", "not offered"])
def test_number_that_does_not_do(run: Run, config: Path, number: str) -> None:
    """An order that is not there, not one, or not offered is misuse, and the error says what to do."""
    ran = run("review", number, "--config", config)
    assert (ran.code, ran.out) == (ExitCode.MISUSE, "")
    assert number in ran.err


def test_error_as_json(run: Run, config: Path) -> None:
    """With --json the standard output is a document in trouble too."""
    ran = run("review", "99", "--config", config, "--json")
    assert ran.json["error"]["kind"] == "UnknownOrder"
    assert ran.json["error"]["exit_code"] == ran.code
    assert ran.json["error"]["text"] == ran.err.rstrip("\n")


@pytest.mark.parametrize("command", ["orders", "review", "plan"])
def test_wrong_token(run: Run, config: Path, stand: Stand, command: str) -> None:
    """A wrong token ends with 3, says who must do what, and shows neither the wrong nor a right one."""
    right = stand.emulators.token if command != "orders" else "demo-token-fennick"
    config.write_text(config.read_text(encoding="utf-8").replace(right, "wrong-and-secret"), encoding="utf-8")
    ran = run(command, *([] if command == "orders" else [DEMO_ORDER]), "--config", config)
    assert ran.code == ExitCode.REMOTE
    assert "401" in ran.err
    assert "wrong-and-secret" not in ran.out + ran.err
    assert "demo-token" not in ran.out + ran.err


def test_unreachable_host(run: Run, config: Path, stand: Stand) -> None:
    """A host that does not answer ends with 3 and is named."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    config.write_text(config.read_text(encoding="utf-8").replace(stand.xseries, nowhere), encoding="utf-8")
    ran = run("review", DEMO_ORDER, "--config", config)
    assert ran.code == ExitCode.REMOTE
    assert nowhere.removeprefix("http://") in ran.err


def test_damaged_journal(run: Run, config: Path) -> None:
    """A journal file that is none ends with 5, and stays as it is."""
    journal = config.parent / "bridge.db"
    journal.write_bytes(b"no journal at all" * 500)
    for command in (["status"], ["review", DEMO_ORDER]):
        assert run(*command, "--config", config).code == ExitCode.UNREADABLE
    assert journal.read_bytes() == b"no journal at all" * 500


def test_remote_words_cannot_steer_the_terminal(run: Run, config: Path, stand: Stand) -> None:
    """Escape sequences that a number or a remote brings along are not printed."""
    ran = run("review", "99\x1b[2J\x07", "--config", config)
    assert "\x1b" not in ran.err
    assert "\x07" not in ran.err


@pytest.mark.parametrize("module", ["cyclopts", "rich"])
def test_missing_extra(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], module: str
) -> None:
    """Without the extra the command names it and ends with 2."""
    for name in [name for name in sys.modules if name.startswith(("po_bridge.cli.", module))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, module, None)
    assert main(["status", "--json"]) == ExitCode.MISUSE
    captured = capsys.readouterr()
    assert 'pip install "po-bridge[cli]"' in captured.err
    assert json.loads(captured.out)["error"]["kind"] == "MissingExtra"
