"""Draws the picture of the marks into explanation/exactly-once.md, from the table that the journal obeys.

Usage: python docs/make_marks.py
"""  # noqa: INP001  # a script

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from po_bridge.planning.mark import SUCCESSIONS, Mark

PAGE = Path(__file__).parent / "explanation" / "exactly-once.md"
BEGIN, END = "<!-- marks: made by docs/make_marks.py -->", "<!-- end of marks -->"


def name(mark: Mark | None) -> str:
    """A mark as Mermaid takes it; nothing is the beginning."""
    return "[*]" if mark is None else mark.name.lower()


def lines() -> Iterator[str]:
    """The picture line by line, in the order of the table."""
    yield "stateDiagram-v2"
    for mark in Mark:
        yield f"    {name(mark)}: {mark.value}"
    for before, after in SUCCESSIONS.items():
        for mark in Mark:
            if mark in after:
                yield f"    {name(before)} --> {name(mark)}"


def block() -> str:
    """The picture, as it must stand in the page."""
    picture = "\n".join(lines())
    return f"{BEGIN}\n\n```mermaid\n{picture}\n```\n\n{END}"


def drawn(page: str) -> str:
    """The page with the picture as it is now."""
    before, rest = page.split(BEGIN)
    return before + block() + rest.split(END)[1]


if __name__ == "__main__":
    PAGE.write_text(drawn(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
