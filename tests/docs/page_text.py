"""Pages of the documentation, and the blocks of code that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

from attrs import frozen

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

RUN = frozenset({"python", "console"})
"""Languages that are executed."""
OTHER_SHELLS = frozenset({"bash", "sh", "shell", "zsh", "pycon", "py", "python3", "shell-session"})
"""Spellings under which code would slip through."""

_FENCE = re.compile(
    r"^(?P<indent> *)```(?P<language>[\w-]*)(?P<info>[^\n`]*)\n(?P<text>.*?)^(?P=indent)```$",
    re.MULTILINE | re.DOTALL,
)
_TITLE = re.compile(r'title="([^"]+)"')
_NOT_RUN = re.compile(r"<!-- not run: (?P<reason>[^>]+) -->\s*$")


@frozen(kw_only=True)
class Block:
    """One fenced block."""

    page: Path
    line: int
    """Line of the page on which its text begins."""
    language: str
    title: str
    """File that the block is the content of; empty: none."""
    text: str
    not_run: str
    """Why it is not executed; empty: it is."""

    @property
    def name(self) -> str:
        """Where it stands, for people."""
        return f"{named(self.page)}:{self.line}"


def named(page: Path) -> str:
    """A page by its path in the repository."""
    return str(page.relative_to(ROOT))


def pages() -> list[Path]:
    """Every page: the README, and all below docs."""
    return [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]


def blocks(page: Path) -> Iterator[Block]:
    """Every fenced block of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for found in _FENCE.finditer(text):
        title = _TITLE.search(found["info"])
        before = _NOT_RUN.search(text[: found.start()])
        yield Block(
            page=page,
            line=text.count("\n", 0, found.start("text")) + 1,
            language=found["language"],
            title=title[1] if title else "",
            text=dedent(found["text"]),
            not_run=before["reason"].strip() if before else "",
        )


def prose(page: Path) -> str:
    """A page without its blocks and without code in a line."""
    text = _FENCE.sub("", page.read_text(encoding="utf-8"))
    return re.sub(r"``[^`]+``|`[^`\n]+`", "", text)


def needs(page: Path) -> list[tuple[Path, str]]:
    """Files of other pages that a page goes on with, as page and title."""
    found = re.findall(r"<!-- needs: (\S+) of (\S+) -->", page.read_text(encoding="utf-8"))
    return [((page.parent / other).resolve(), title) for title, other in found]


def titled(page: Path, title: str) -> str:
    """The text of the file that a page has the reader save."""
    (found,) = [block.text for block in blocks(page) if block.title == title]
    return found
