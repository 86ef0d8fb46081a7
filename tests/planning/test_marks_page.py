"""The page about exactly once is what the code says, and its proofs exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from po_bridge.planning.mark import SUCCESSIONS, Mark

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "exactly-once.md"
SHOW = "import make_marks; print(make_marks.drawn(make_marks.PAGE.read_text(encoding='utf-8')), end='')"


def test_picture_is_current() -> None:
    """The picture is what the script draws from the table; if not: python docs/make_marks.py."""
    drawn = subprocess.run(
        (sys.executable, "-c", SHOW), cwd=ROOT / "docs", capture_output=True, check=True, encoding="utf-8"
    ).stdout
    assert PAGE.read_text(encoding="utf-8") == drawn


def test_picture_has_every_succession() -> None:
    """Each mark and each arrow of the table stands in the picture, and no other arrow."""
    page = PAGE.read_text(encoding="utf-8")
    arrows = re.findall(r"^    (\S+) --> (\S+)$", page, re.MULTILINE)
    names = {"[*]": None, **{mark.name.lower(): mark for mark in Mark}}
    assert len(arrows) == len(set(arrows))
    assert {(names[before], names[after]) for before, after in arrows} == {
        (before, after) for before, all_after in SUCCESSIONS.items() for after in all_after
    }


def proofs() -> list[str]:
    """Every path that a proof on the page names."""
    commands = re.findall(r"`pytest ([^`]+)`", PAGE.read_text(encoding="utf-8"))
    return sorted({word for command in commands for word in command.split() if word.startswith("tests/")})


@pytest.mark.parametrize("path", proofs())
def test_proof_exists(path: str) -> None:
    """What a claim is proved by is there."""
    assert (ROOT / path).exists()
