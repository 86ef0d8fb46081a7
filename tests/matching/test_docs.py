from __future__ import annotations

from pathlib import Path

from po_bridge.matching.rungs import ladder_text

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "matching.md"


def test_page_shows_the_ladder() -> None:
    """The page about matching has the ladder as the code has it."""
    assert ladder_text() in PAGE.read_text(encoding="utf-8")
