"""The graph of durable states: proof that a plan survives any number of crashes and faults.

Only what is committed survives a crash.
A state is the last mark of every step together with what the remote holds, ids and times left out.
From every state the plan is run again, once without a fault and once for each fault at the first and second call;
every state that a run passes is added, until there is no new one.
A closed graph stands for any number of crashes at any moment.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable
from functools import cached_property
from typing import Any, Protocol

from attrs import field, frozen

from ..planning.history import Entry, History
from ..planning.plan import Plan
from .fault import Fault, FaultKind


class Remote(Protocol):
    """A remote that can be put back to where it was."""

    def snapshot(self) -> Any:
        """Everything it holds."""
        ...

    def restore(self, snapshot: Any) -> None:
        """Go back."""
        ...

    def digest(self) -> str:
        """What it holds as text, ids and times left out."""
        ...


@frozen(kw_only=True)
class Durable:
    """What survives a crash at one moment."""

    entries: tuple[Entry, ...]
    """The journal."""
    remote: Any = field(eq=False)
    """A snapshot of the remote."""
    digest: str
    """What the remote holds."""

    @cached_property
    def identity(self) -> Hashable:
        """Last mark, rest and retry of each step, and the remote; times and attempts left out."""
        last = {entry.step: entry for entry in self.entries}
        marks = ((key, entry.mark, _shape(entry)) for key, entry in last.items())
        return (frozenset(marks), self.digest)


def _shape(entry: Entry) -> str:
    detail = entry.detail
    again = getattr(detail, "again", None)
    writes = getattr(detail, "writes", ())
    return f"{type(detail).__name__} {again} {entry.not_before is not None} {len(writes)}"


@frozen(kw_only=True)
class Walk:
    """One run from one state."""

    fault: Fault | None
    """The fault it met."""
    passed: tuple[Durable, ...]
    """States it passed, the last one included."""


RunFrom = Callable[[Durable, Fault | None], Walk]
"""Runs the plan from a state until it ends or crashes."""


@frozen(kw_only=True)
class Graph:
    """A closed graph."""

    states: int
    """Durable states."""
    runs: int
    """Runs that were made."""
    ends: tuple[Durable, ...]
    """Where runs without a fault ended, each state once."""


def explore(
    start: Durable,
    run_from: RunFrom,
    *,
    kinds: tuple[FaultKind, ...] = tuple(FaultKind),
    calls: tuple[int, ...] = (1, 2),
    limit: int = 20_000,
    on_end: Callable[[Durable], None] = lambda _end: None,
) -> Graph:
    """Close the graph of durable states from *start*; raises RuntimeError beyond *limit* states.

    *on_end* sees where each run without a fault ended and may raise: a graph that doubles things never closes.
    """
    faults = (None, *(Fault(kind=kind, call=number) for kind in kinds for number in calls))
    seen = {start.identity}
    queue = deque([start])
    ends: dict[Hashable, Durable] = {}
    runs = 0
    while queue:
        state = queue.popleft()
        for fault in faults:
            walk = run_from(state, fault)
            runs += 1
            if fault is None:
                ends[walk.passed[-1].identity] = walk.passed[-1]
                on_end(walk.passed[-1])
            for passed in walk.passed:
                if passed.identity not in seen:
                    seen.add(passed.identity)
                    queue.append(passed)
        if len(seen) > limit:
            raise RuntimeError(f"more than {limit} durable states; the graph does not close")
    return Graph(states=len(seen), runs=runs, ends=tuple(ends.values()))


def finished(plan: Plan, state: Durable) -> History:
    """The history of a state, checked against the table of marks."""
    history = History.of(state.entries)
    unknown = [key for key in history.last if key.partition("/")[0] not in plan.agenda.by_key]
    if unknown:
        raise RuntimeError(f"the journal holds steps that the plan has not: {unknown}")
    return history
