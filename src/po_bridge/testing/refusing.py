"""A target whose remote refuses some kinds of write for good."""

from __future__ import annotations

from typing import Any, cast

from attrs import frozen

from ..errors import Refused
from ..planning.receipt import Receipt, Rest
from ..planning.refs import Ids
from ..planning.step import Step
from ..ports.exchange import Exchange
from ..ports.target import Target


def refusing(target: Target, kinds: frozenset[str]) -> Target:
    """All that the target is, but for the writes it refuses; nothing of those is sent."""
    return cast("Target", _Refusing(target, kinds))


@frozen
class _Refusing:
    _target: Target
    _kinds: frozenset[str]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._target, name)

    def perform(self, step: Step, ids: Ids) -> Exchange[Receipt | Rest]:
        yield from ()
        kind = type(step.write).__name__
        if kind in self._kinds:
            raise Refused(self._target.label, 422, "no", what=kind, mend="mend the data, then resume")
        return (yield from self._target.perform(step, ids))
