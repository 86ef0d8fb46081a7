"""``%load_ext po_bridge.report``: what the Bridge gives shows itself, everything else stays as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from typing import Any

import pytest
from tests.report import made
from tests.report.hostile import MARK, hostile
from tests.report.page import read

from po_bridge import DEFAULT_TABLES, ORDER_TABLE

interactiveshell = pytest.importorskip("IPython.core.interactiveshell")

SHOWN: dict[str, Callable[[made.Word], Any]] = {
    "review": made.review,
    "plan": made.plan,
    "outcome": made.outcome,
    "timeline": made.timeline,
    "orders": made.order_rows,
    "orders as a list": lambda word: list(made.order_rows(word)),
    "status": made.status_rows,
    "tables": lambda _: DEFAULT_TABLES,
    "table": lambda _: ORDER_TABLE,
}


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Generator[Callable[[Any], dict[str, str]]]:
    """A shell into which the extension was loaded."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        shell = interactiveshell.InteractiveShell()
        shell.history_manager.enabled = False
        shell.extension_manager.load_extension("po_bridge.report")
        yield lambda shown: shell.display_formatter.format(shown)[0]
        shell.history_manager.end_session()


@pytest.mark.parametrize("name", SHOWN)
def test_shows_itself(name: str, show: Callable[[Any], dict[str, str]]) -> None:
    """A value has HTML with its own style, and text for a terminal."""
    shown = show(SHOWN[name](made.plain))
    assert '<div class="report">' in shown["text/html"]
    assert "<script" not in shown["text/html"]
    assert len(shown["text/plain"].splitlines()) > 1
    assert "<" not in shown["text/plain"][:1]


@pytest.mark.parametrize("name", SHOWN)
def test_hostile_text_changes_no_markup(name: str, show: Callable[[Any], dict[str, str]]) -> None:
    """Whatever things are called, tags and attributes stay the same, and a terminal is not steered."""
    attacked = show(SHOWN[name](hostile))
    assert read(attacked["text/html"]).shape == read(show(SHOWN[name](made.plain))["text/html"]).shape
    assert not [value for value in read(attacked["text/html"]).attributes if MARK in value[2]]
    assert all(line.isprintable() for line in attacked["text/plain"].splitlines())


@pytest.mark.parametrize("shown", [(), [], (1, "two"), ["x"], {"a": 1}, "text"], ids=repr)
def test_everything_else_stays(shown: Any, show: Callable[[Any], dict[str, str]]) -> None:
    """Other tuples and lists are shown as IPython shows them."""
    assert show(shown) == {"text/plain": repr(shown)}


def test_outputs_do_not_meet(show: Callable[[Any], dict[str, str]]) -> None:
    """Two outputs of one notebook share no anchor, and none is without the prefix."""
    first, second = (set(read(show(made.review(made.plain))["text/html"]).values("id")) for _ in range(2))
    assert first
    assert not first & second
    assert all(re.match(r"po-bridge-\d+-", anchor) for anchor in first | second)


def test_style_stays_inside(show: Callable[[Any], dict[str, str]]) -> None:
    """Every rule of an output's style stands inside its own class."""
    style = re.findall(r"<style>(.*?)</style>", show(made.plan(made.plain))["text/html"], re.DOTALL)[0]
    assert style.strip().startswith(".po-bridge {")
    assert style.count("{") == style.count("}")
    assert not re.search(r"(^|[\s,}])(html|body|:root)\b", style)
