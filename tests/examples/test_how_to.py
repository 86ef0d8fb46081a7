"""The page on connectors quotes what stands in the example, and knows every test of the suites."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from po_bridge.testing import GraphContract, TargetContract

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "how-to" / "write-a-connector.md").read_text(encoding="utf-8")
QUOTED = re.findall(
    r"<!-- not run: quoted from (\S+) -->\n```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize(("path", "text"), QUOTED, ids=[path for path, _ in QUOTED])
def test_a_quotation_stands_in_the_example(path: str, text: str) -> None:
    """Line by line, one after the other."""
    source = (ROOT / path).read_text(encoding="utf-8")
    assert dedent(text).rstrip() in dedent_all(source, text)


def dedent_all(source: str, text: str) -> str:
    """A source with the indentation of a quotation taken away."""
    first = text.splitlines()[0]
    margin = first[: len(first) - len(first.lstrip())]
    return "\n".join(line.removeprefix(margin) for line in source.splitlines())


def test_every_block_of_python_is_a_quotation() -> None:
    """Nothing on the page is code that only stands there."""
    assert PAGE.count("```python") == len(QUOTED) >= 10


def test_every_test_is_explained() -> None:
    """The table has a row for each test of both suites, and no other."""
    rows = re.findall(r"^\| `(test_\w+)` \|", PAGE, re.MULTILINE)
    tests = {
        name for suite in (TargetContract, GraphContract) for name in dir(suite) if name.startswith("test_")
    }
    assert sorted(rows) == sorted(tests)


def test_the_example_is_short() -> None:
    """A reader has one day."""
    sources = (ROOT / "examples" / "sqlite_pos").glob("*.py")
    assert sum(len(source.read_text(encoding="utf-8").splitlines()) for source in sources) < 600
