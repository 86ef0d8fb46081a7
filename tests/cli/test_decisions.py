"""Decisions about styles and rules, listing them, and taking them back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import Run

from po_bridge.cli.exit_code import ExitCode
from po_bridge.models.keys import LineKey, quoted
from po_bridge.sandbox.seed import BRAND, DEMO_ORDER


def decisions(run: Run, config: Path, *more: str) -> list[dict[str, str]]:
    """List the decisions in force."""
    found: list[dict[str, str]] = run("decisions", *more, "--config", config, "--json").json["decisions"]
    return found


@pytest.fixture
def asked(run: Run, config: Path) -> LineKey:
    """Give the line that the demo order asks about."""
    questions = run("review", DEMO_ORDER, "--config", config, "--json").json["questions"]
    return LineKey.parse(questions[0]["line"])


def test_none(run: Run, config: Path) -> None:
    """Before the first decision the list is empty, and no journal is made for it."""
    ran = run("decisions", "--config", config)
    assert (ran.code, ran.out) == (ExitCode.DONE, "no decisions\n")
    assert run("revoke", "line:a/b/c/d", "--config", config).code == ExitCode.MISUSE
    assert not (config.parent / "bridge.db").exists()


def test_style(run: Run, config: Path, asked: LineKey) -> None:
    """A decision about a style holds for its lines, is listed with who and why, and can be taken back."""
    key = f"style:{quoted(asked.portal)}/{quoted(asked.style_id)}"
    ran = run(
        "decide", DEMO_ORDER, f"{key}=skip", "--by", "Ann", "--why", "sold out", "--config", config, "--json"
    )
    assert ran.json["counts"]["left_out"] > 0
    (found,) = decisions(run, config)
    assert (found["key"], found["choice"], found["by"], found["why"]) == (key, "skip", "Ann", "sold out")
    assert "sold out" in run("decisions", "--config", config).out
    assert run("revoke", key, "--by", "Bob", "--config", config).code == ExitCode.DONE
    assert decisions(run, config) == []
    assert run("revoke", key, "--config", config).code == ExitCode.MISUSE


def test_rule(run: Run, config: Path, asked: LineKey) -> None:
    """A rule holds for every line it fits; its conditions may be typed in any order."""
    color, size = quoted(asked.color), quoted(asked.size)
    typed = f"rule:{quoted(BRAND)}/size={size}/color={color}"
    ran = run("decide", DEMO_ORDER, f"{typed}=create", "--config", config, "--json")
    assert ran.json["counts"]["needs_review"] == 0
    (found,) = decisions(run, config)
    assert found["key"].startswith("rule:")
    assert found["choice"] == "create"
    assert run("revoke", typed, "--config", config).code == ExitCode.DONE
    assert decisions(run, config) == []


def test_line(run: Run, config: Path, asked: LineKey) -> None:
    """The decision about a line is taken back by the key that review shows."""
    run("decide", DEMO_ORDER, f"{asked}=skip", "--config", config)
    ran = run("revoke", str(asked), "--config", config, "--json")
    assert ran.json == {"key": f"line:{asked}", "dry_run": False}
    assert decisions(run, config) == []


@pytest.mark.parametrize(
    "item",
    [
        "style:nowhere=skip",
        "rule:somebody=skip",
        "rule:somebody/price=1=skip",
        "rule:somebody/color=red=perhaps",
        "style:somebody/1=link:5",
    ],
)
def test_what_is_not_understood(run: Run, config: Path, item: str) -> None:
    """A style or rule that makes no sense is misuse; the error names it, and nothing is stored."""
    ran = run("decide", DEMO_ORDER, item, "--config", config)
    assert ran.code == ExitCode.MISUSE
    assert item in ran.err
    assert decisions(run, config) == []


def test_rule_of_another_brand(run: Run, config: Path) -> None:
    """A rule about a portal that the order does not come from is misuse."""
    ran = run("decide", DEMO_ORDER, "rule:somebody/color=red=skip", "--config", config)
    assert ran.code == ExitCode.MISUSE
    assert "somebody" in ran.err


def test_links(run: Run, config: Path) -> None:
    """Links that a plan made are listed where they are asked for."""
    plan = config.parent / "plan.json"
    run("plan", "240119-2", "--out", plan, "--config", config)
    run("apply", plan, "--config", config)
    assert run("decisions", "--config", config, "--json").json["links"] == []
    ran = run("decisions", "--links", "--config", config, "--json")
    assert ran.json["links"]
    assert all(link["by"].startswith("plan ") for link in ran.json["links"])
    assert "is " in run("decisions", "--links", "--config", config).out
