"""Toy adapters with one fault each, tried by one test of a suite."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

import pytest
from attrs import field, frozen

from po_bridge.models.capabilities import Capabilities
from po_bridge.testing import TargetContract
from po_bridge.testing.sample import sample_plan
from po_bridge.testing.toy_subject import ToySubject
from po_bridge.testing.toy_target import COARSE, ToyTarget


@frozen
class Case:
    """A fault, the test that sees it, and the line that it tells."""

    test: str
    """Name of the test."""
    line: str
    """What the author is told, from its beginning."""
    methods: Mapping[str, Callable[..., Any]] = field(factory=dict)
    """Methods of the toy that are broken."""
    given: Mapping[str, Any] = field(factory=dict)
    """Parameters of the test."""
    fields: Mapping[str, Any] = field(factory=dict)
    """What the toy is made with."""
    capabilities: Capabilities = COARSE
    """What the toy says of itself."""

    def __str__(self) -> str:
        return f"{self.test.removeprefix('test_')}: {self.line}"


def told(case: Case) -> str:
    """The one line that a broken toy is told."""
    subject = ToySubject(capabilities=case.capabilities)
    broken: type[ToyTarget] = type("Broken", (ToyTarget,), dict(case.methods))
    subject.target = broken(capabilities=case.capabilities, **case.fields)
    plan = sample_plan(case.capabilities)
    test = getattr(TargetContract(), case.test)
    at_hand = {"subject": subject, "plan": plan, **case.given}
    with pytest.raises(AssertionError) as caught:
        test(**{name: at_hand[name] for name in signature(test).parameters})
    return str(caught.value).partition("\n")[0]
