"""Every verb answers with one document of a stated form, and --dry-run writes nothing anywhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from attrs import define, field
from jsonschema import Draft202012Validator
from tests.cli.documents import FORMS

from po_bridge import AsyncBridge, Bridge
from po_bridge.cli import main
from po_bridge.cli.app import make_app
from po_bridge.cli.emulators import Stand, seeded, standing
from po_bridge.cli.ready_config import config_text
from po_bridge.cli.watch import writes_of
from po_bridge.journal import open_journal
from po_bridge.sandbox.seed import BRAND, DEMO_ORDER

EASY = "240119-2"
"""An order of the seed without any question."""

VERBS = {
    "mirror_estimate": "refresh",
    **{verb: verb for verb in ("orders", "review", "decide", "decisions", "links", "revoke", "explain")},
    **{verb: verb for verb in ("plan", "apply", "resume", "publish", "undo", "refresh", "changed")},
    **{verb: verb for verb in ("watch", "availability", "status")},
}
"""Every call of the face, and the verb that makes it."""

ELSEWHERE = {
    "demo": "takes seconds; see test_demo.py",
    "connect rseries": "needs another POS than this walk has; its form is that of connect xseries",
}
"""Commands whose documents other tests look at, and why."""


READING = {
    *("orders", "review", "explain", "decisions", "links", "plan", "plan diff", "status", "availability"),
    *("doctor", "journal check", "completion", "sandbox", "demo"),
}
"""Verbs that write neither to a store, nor into the journal, nor keep a token."""


@define(kw_only=True)
class Walk:
    """Takes orders through the verbs, and keeps what they answered."""

    folder: Path
    stand: Stand
    documents: dict[str, Any] = field(factory=dict)
    leaks: list[str] = field(factory=list)
    """Dry runs after which anything was another than before."""

    def say(self, name: str, *arguments: str | Path) -> Any:
        """Run a command."""
        found = answer(*name.split(), *arguments, "--config", self.folder / "po-bridge.toml")
        self.documents[name] = found
        return found

    def rehearse(self, name: str, *arguments: str | Path) -> Any:
        """Run a command dry, and look whether it wrote anything."""
        before = self.kept()
        document = self.say(f"{name} --dry-run", *arguments)
        self.leaks.extend([name] if self.kept() != before else [])
        return document

    def kept(self) -> tuple[str, int]:
        """What is in the journal, and how many writes reached the emulators."""
        with closing(open_journal(self.folder / "bridge.db")) as journal:
            lines = b"\n".join(journal.upkeep.export())
        return hashlib.sha256(lines).hexdigest(), writes_of(self.stand.emulators)

    def decide(self) -> None:
        """Look at orders, and answer what is asked."""
        self.say("orders")
        line = self.say("review", DEMO_ORDER)["questions"][0]["line"]
        said = self.rehearse("decide", DEMO_ORDER, f"{line}=create")
        assert said["counts"]["needs_review"] == 0
        self.say("decide", DEMO_ORDER, f"{line}=create")
        self.say("decisions")
        self.rehearse("revoke", line)
        self.say("revoke", line)
        self.say("explain", EASY)
        self.say("availability", EASY)

    def carry(self) -> None:
        """Carry an order across, and back."""
        plan = self.folder / "plan.json"
        plan.write_text(json.dumps(self.say("plan", EASY)), encoding="utf-8")
        self.say("plan diff", plan, plan)
        assert self.rehearse("apply", plan)["writes"]
        self.say("apply", plan)
        self.rehearse("resume")
        self.say("resume")
        self.rehearse("publish", EASY)
        digest = self.say("publish", EASY)["plan"]
        for verb in ("links", "status"):
            self.say(verb)
        for words in (("changed",), ("watch", EASY)):
            self.rehearse(*words)
            self.say(*words)
        assert self.rehearse("undo", digest)["writes"]
        self.say("undo", digest)

    def keep_house(self) -> None:
        """Everything around the orders."""
        copy = self.folder / "copy.jsonl"
        self.rehearse("refresh")
        for verb in ("refresh", "doctor", "journal check"):
            self.say(verb)
        self.rehearse("journal export", copy)
        assert not copy.exists()
        self.say("journal export", copy)
        self.rehearse("journal compact", "--older-than", "0")
        self.say("journal compact", "--older-than", "0")
        self.documents |= imported(self.folder, copy)
        for account in (("nuorder", "--portal", BRAND), ("xseries",)):
            self.rehearse(f"connect {account[0]}", *account[1:])
            self.say(f"connect {account[0]}", *account[1:])
        self.say("completion", "bash")
        self.say("error", "nothing")
        self.documents["sandbox"] = answer("sandbox", "--for", "0")


def answer(*arguments: str | Path) -> Any:
    """Run a command with --json."""
    out = StringIO()
    with redirect_stdout(out), redirect_stderr(StringIO()):
        main([*map(str, arguments), "--json"])
    return json.loads(out.getvalue())


def imported(folder: Path, copy: Path) -> Mapping[str, Any]:
    """Import into a journal that is not there, dry first."""
    other = folder / "other"
    other.mkdir()
    config = other / "po-bridge.toml"
    config.write_text((folder / "po-bridge.toml").read_text(encoding="utf-8"), encoding="utf-8")
    dry = answer("journal", "import", copy, "--dry-run", "--config", config)
    assert not (other / "bridge.db").exists()
    done = answer("journal", "import", copy, "--config", config)
    return {"journal import --dry-run": dry, "journal import": done}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """Take two orders through every verb, each rehearsed before it is done."""
    folder = tmp_path_factory.mktemp("walk")
    with standing(seeded()) as stand:
        (folder / "po-bridge.toml").write_text(config_text(stand, settle=0.1), encoding="utf-8")
        found = Walk(folder=folder, stand=stand)
        found.decide()
        found.carry()
        found.keep_house()
    return found


@pytest.mark.parametrize("name", FORMS)
def test_form(walk: Walk, name: str) -> None:
    """The document is of the form that scripts rely on."""
    faults = [fault.message for fault in Draft202012Validator(FORMS[name]).iter_errors(walk.documents[name])]
    assert faults == []


def test_dry_runs_write_nothing(walk: Walk) -> None:
    """After a dry run the journal holds what it held, and no remote was written to."""
    assert walk.leaks == []


def test_every_verb_has_a_form() -> None:
    """No command is without a stated document."""
    told = {name.partition(" --")[0] for name in FORMS} | ELSEWHERE.keys()
    assert commands() <= told


def test_whatever_writes_can_be_rehearsed(walk: Walk) -> None:
    """Every verb that writes anything has --dry-run."""
    rehearsed = {name.removesuffix(" --dry-run") for name in walk.documents if name.endswith(" --dry-run")}
    assert commands() - READING - ELSEWHERE.keys() == rehearsed


def commands() -> set[str]:
    """Every command, with those below another one."""
    found: set[str] = set()
    app = make_app()
    for name in app:
        below = [] if name.startswith("-") else [one for one in app[name] if not one.startswith("-")]
        found |= {f"{name} {one}" for one in below} or {name}
        found |= {"plan"} if name == "plan" else set()
    return {name for name in found if not name.startswith("-")} - {"stock"}


@pytest.mark.parametrize("face", [Bridge, AsyncBridge], ids=["blocking", "async"])
def test_every_call_has_a_verb(face: type) -> None:
    """What the face can do can be done from a shell."""
    calls = {name for name in dir(face) if not name.startswith("_")} - {"close"}
    assert calls == VERBS.keys()
    assert set(VERBS.values()) <= commands()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_names_every_verb(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The script of each shell offers every verb."""
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    missing = [word for name in commands() for word in name.split() if word not in script]
    assert missing == []
