"""Reports with colour: the page's words, and nothing foreign that could steer the terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from tests.report import made
from tests.report.hostile import MARK, hostile

from po_bridge import DEFAULT_TABLES, ORDER_TABLE
from po_bridge.errors import MissingExtra, Misuse
from po_bridge.report import to_rich, to_text

SHOWN: dict[str, Callable[[made.Word], Any]] = {
    "review": made.review,
    "plan": made.plan,
    "empty plan": lambda word: made.plan(word, empty=True),
    "outcome": made.outcome,
    "timeline": made.timeline,
    "orders": made.order_rows,
    "status": made.status_rows,
    "nothing": lambda _: (),
    "tables": lambda _: DEFAULT_TABLES,
    "table": lambda _: ORDER_TABLE,
}


def printed(shown: Any) -> str:
    """Print as a wide terminal without colour would."""
    stream = io.StringIO()
    Console(file=stream, width=4000, color_system=None, force_terminal=False).print(to_rich(shown))
    return stream.getvalue()


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("write", [printed, to_text], ids=["rich", "plain"])
def test_hostile_text_cannot_steer(name: str, write: Callable[[Any], str]) -> None:
    """Each line can be printed anywhere, and what looks like markup is text."""
    text = write(SHOWN[name](hostile))
    assert all(line.isprintable() for line in text.split("\n"))
    assert (MARK in text) is (MARK in repr(SHOWN[name](hostile)))


def test_markup_is_no_markup() -> None:
    """Square brackets of a name are shown as they are."""
    assert "[bold red]status-word" in printed(made.order_rows(lambda name: f"[bold red]{name}"))


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("review", "1 of 4 lines needs a decision."),
        ("review", "link:p1"),
        ("review", "sign ours is against theirs"),
        ("plan", "2 open questions stop the plan."),
        ("plan", "name-before"),
        ("plan", "your product touched is changed"),
        ("plan", "1 line added, 1 line set, 1 line removed"),
        ("empty plan", "Nothing is left to do."),
        ("outcome", "3 of 5 orders need attention."),
        ("outcome", "remote-words"),
        ("timeline", "shipped in part"),
        ("timeline", "lost-tracking"),
        ("orders", "changed since"),
        ("status", "1 order needs attention."),
        ("nothing", "The journal knows no order yet."),
        ("tables", "Customer PO Number"),
        ("table", "Order Date"),
    ],
)
def test_told(name: str, word: str) -> None:
    """What a person needs stands in it."""
    assert word in printed(SHOWN[name](made.plain))


@pytest.mark.parametrize("write", [to_rich, to_text], ids=["rich", "plain"])
@pytest.mark.parametrize("shown", [(1, 2), 7], ids=["strange rows", "strange"])
def test_misuse(write: Callable[[Any], Any], shown: Any) -> None:
    """What has no report is refused."""
    with pytest.raises(Misuse, match="has no report"):
        write(shown)


def test_missing_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the extra that brings what is missing."""
    monkeypatch.delitem(sys.modules, "po_bridge.report.rich_parts", raising=False)
    for name in [name for name in sys.modules if name == "rich" or name.startswith("rich.")]:
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delattr(sys.modules["po_bridge.report"], "rich_parts", raising=False)
    with pytest.raises(MissingExtra) as caught:
        to_rich(())
    assert caught.value.extra == "cli"
