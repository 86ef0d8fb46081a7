"""Decisions as they are typed."""

from __future__ import annotations

import pytest
from tests.report import made

from po_bridge.cli.rulings import read_rulings
from po_bridge.errors import Misuse
from po_bridge.matching.result import Choice


def odd(name: str) -> str:
    """Put signs of equality into every name."""
    return f"{name}=a=b"


KEY = str(made.line_key(odd, 1))


@pytest.mark.parametrize("prefix", ["", "line:"])
@pytest.mark.parametrize(
    ("how", "choice", "product"),
    [
        ("create", Choice.CREATE, ""),
        ("skip", Choice.SKIP, ""),
        ("link:p=1:2", Choice.LINK, "p=1:2"),
    ],
)
def test_line(prefix: str, how: str, choice: Choice, product: str) -> None:
    """A line is named by its key, with or without its kind in front, whatever signs the key holds."""
    rulings = read_rulings([f"{prefix}{KEY}={how}"], made.review(odd), made.plan(odd), "because")
    ruling = rulings[made.line_key(odd, 1)]
    assert (ruling.choice, ruling.product_id, ruling.why) == (choice, product, "because")


def test_answer() -> None:
    """A question takes one of its answers."""
    item = f"{odd('question-key')}={odd('answer-two')}"
    rulings = read_rulings([item], made.review(odd), made.plan(odd), "")
    assert rulings[odd("question-key")].text == odd("answer-two")


@pytest.mark.parametrize(
    "item",
    [
        "",
        "x",
        "=create",
        KEY,
        f"{KEY}=",
        f"{KEY}=Create",
        f"{odd('question-key')}=else",
        f"{odd('setup-key')}=x",
    ],
)
def test_what_is_not_understood(item: str) -> None:
    """What makes no sense is named, together with all else that makes none."""
    with pytest.raises(Misuse) as caught:
        read_rulings([item, "nowhere=skip"], made.review(odd), made.plan(odd), "")
    assert len(str(caught.value).splitlines()) == 2
