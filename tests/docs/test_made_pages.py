"""What scripts made for the docs: pictures that ask nobody for anything, and times that are the script's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.page_text import DOCS, blocks, pages, prose
from tests.docs.scripts import script

from po_bridge.planning.mark import Mark

PICTURES = sorted((DOCS / "pictures").iterdir())
LARGEST = 150_000


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_picture_is_small(picture: Path) -> None:
    """A picture is no burden; make them with: python docs/make_pictures.py."""
    assert 500 < picture.stat().st_size < LARGEST


@pytest.mark.parametrize(
    "picture", [one for one in PICTURES if one.suffix == ".svg"], ids=lambda path: path.name
)
def test_drawing_fetches_nothing(picture: Path) -> None:
    """A drawing names no font, script or picture elsewhere, and no port of the run that made it."""
    text = picture.read_text(encoding="utf-8")
    assert "@font-face" not in text
    assert "<script" not in text
    assert re.findall(r'(?:href|src)="(?!#)', text) == []
    assert set(re.findall(r"127\.0\.0\.1:(\d+)", text)) <= {"8801"}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.name)
def test_picture_is_shown(picture: Path) -> None:
    """Each picture stands on a page, with words for those who do not see it."""
    shown = re.compile(rf"!\[[^\]]{{8,}}\]\([^)]*pictures/{re.escape(picture.name)}\)")
    assert any(shown.search(prose(page)) for page in pages())


def test_marks_are_drawn() -> None:
    """The site's own picture has a box for every mark and an arrow for every succession on the page."""
    (source,) = [
        one.text for one in blocks(DOCS / "explanation" / "exactly-once.md") if one.language == "mermaid"
    ]
    drawn = script("marks_picture").drawn(source)
    assert all(f">{mark.value}</text>" in drawn for mark in Mark)
    assert drawn.count('class="arrow"') == source.count("-->")


def test_other_pictures_are_refused() -> None:
    """A picture that the site cannot draw stops its build."""
    with pytest.raises(ValueError, match="picture of the marks only"):
        script("marks_picture").drawn("flowchart LR\n  a --> b\n")


def test_newcomer_takes_the_measured_steps() -> None:
    """The page's table has the steps that the script walks; if not: python docs/measure_newcomer.py --clone."""
    newcomer = script("measure_newcomer")
    page = (DOCS / "tutorial" / "newcomer.md").read_text(encoding="utf-8")
    assert list(newcomer.known(page)) == list(newcomer.STEPS)
    assert newcomer.table(newcomer.known(page)) in page
