"""A target that does not survive every crash is told in one line what stands there too often, or never ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from po_bridge.planning.question import Question, Stops
from po_bridge.planning.receipt import Absent, Unclear
from po_bridge.planning.write import AddLines, AttachImage, CreateSupplier
from po_bridge.ports.exchange import Exchange
from po_bridge.testing import CrashLab, GraphContract
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import ToyTarget

pytestmark = pytest.mark.no_cover


class Walk(GraphContract):
    """The suite, as far as these need it."""

    calls = (1,)
    refusals = ("AddLines",)


def lab_of(kind: type, answer: Callable[[], Any]) -> CrashLab:
    """A laboratory over a toy whose probes of one kind of write answer the same whatever is there."""

    def probe(self: ToyTarget, step: Any, ids: Any, since: Any) -> Exchange[Any]:
        found = yield from ToyTarget.probe(self, step, ids, since)
        return answer() if isinstance(step.write, kind) else found

    subject = ToySubject()
    broken: type[ToyTarget] = type("Broken", (ToyTarget,), {"probe": probe})
    subject.target = broken()
    return CrashLab.of(subject)


def doubtful() -> Unclear:
    """Ask a person."""
    return Unclear(question=Question(key="is it there", text="Is it there?", stops=Stops.ORDER))


@pytest.mark.parametrize(
    ("test", "kind", "answer", "line"),
    [
        (
            "test_every_state_ends_with_each_change_once",
            AddLines,
            Absent,
            "every restart must end with the same store, one ended otherwise: too much: orders",
        ),
        (
            "test_every_state_ends_with_each_change_once",
            AttachImage,
            doubtful,
            "perform() and probe() must bring every step to an end, left: AttachImage asked",
        ),
        (
            "test_a_refusal_is_held_and_nothing_is_there_twice",
            CreateSupplier,
            Absent,
            "every restart must end with the same store, one ended otherwise: too much: suppliers",
        ),
    ],
    ids=["added twice", "asked about what could be known", "made twice under a refusal"],
)
def test_a_broken_target_is_told_in_one_line(
    test: str, kind: type, answer: Callable[[], Any], line: str
) -> None:
    """What is too much, or what was left open."""
    with pytest.raises(AssertionError) as caught:
        getattr(Walk(), test)(lab_of(kind, answer))
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


def test_every_rule_was_broken() -> None:
    """No test of the suite passes whatever the target does."""
    rules = {name for name in dir(GraphContract) if name.startswith("test_")}
    assert len(rules) == 2
