"""What a journal holds, one value for each line of an export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from attrs import evolve, field, frozen

from ..errors import BadDocument, Issue
from ..models.checks import aware, frozen_mapping
from ..planning.book import Applied, Decision, Link, Opened
from ..planning.canonical import plan_bytes, read_plan, read_value, write_value
from ..planning.history import Entry, History
from ..planning.refs import Slot
from ..planning.sighting import Sighting
from ..planning.snapshot import Positions
from .ended import End

EXPORT_FORMAT: Final = 2
"""Version of the format of an exported journal: 2 has sightings, which 1 had not."""

_READ: Final = frozenset({EXPORT_FORMAT - 1, EXPORT_FORMAT})


@frozen(kw_only=True)
class Head:
    """The first line."""

    format: int
    """Version of the format."""


@frozen(kw_only=True)
class Kept:
    """A plan as it was written: a plan of an older format keeps its bytes and its seal."""

    digest: str
    """By which the journal knows it."""
    at: datetime = field(validator=aware)
    """When it was opened."""
    closed_at: datetime | None = field(validator=aware)
    """When it was closed, None while it is unfinished."""
    since: Positions = field(converter=frozen_mapping)
    """Cursor positions before its first write."""
    document: str
    """The sealed plan as text."""

    @classmethod
    def of(cls, opened: Opened) -> Kept:
        """Write an opened plan."""
        return cls(
            digest=opened.plan.digest,
            at=opened.at,
            closed_at=opened.closed_at,
            since=opened.since,
            document=plan_bytes(opened.plan).decode(),
        )

    def opened(self) -> Opened:
        """Read the plan; raises ForeignPlan, BadDocument, and ValueError where it is another one."""
        if f'"digest":"{self.digest}"' not in self.document:
            raise ValueError("another plan stands in its place")
        # a plan of an older format was sealed anew; the journal knows it by its first seal
        plan = evolve(read_plan(self.document), digest=self.digest)
        return Opened(plan=plan, at=self.at, since=self.since, closed_at=self.closed_at)


@frozen(kw_only=True)
class Written:
    """An entry of a plan."""

    plan: str
    """Digest of the plan."""
    entry: Entry
    """The entry."""


@frozen(kw_only=True)
class Folded:
    """What is left of the entries of a plan that was compacted."""

    plan: str
    """Digest of the plan."""
    at: datetime = field(validator=aware)
    """When they were folded away."""
    entries: int
    """How many they were."""
    made: Mapping[Slot, str] = field(converter=frozen_mapping)
    """Remote ids of what the plan made."""

    @classmethod
    def of(cls, plan: str, history: History, at: datetime) -> Folded:
        """Fold a plan's entries."""
        return cls(plan=plan, at=at, entries=len(history.entries), made=history.ids)

    @property
    def history(self) -> History:
        """What can still be said: what was made, and nothing of how."""
        return History(ids=self.made)


@frozen(kw_only=True)
class Tied:
    """A link, in force or ended."""

    link: Link
    """The link."""
    end: End | None
    """Its end, None while it is in force."""


@frozen(kw_only=True)
class Decided:
    """A decision, in force or ended."""

    decision: Decision
    """The decision."""
    end: End | None
    """Its end, None while it is in force."""


@frozen(kw_only=True)
class Tail:
    """The last line: a file that was cut off has none."""

    records: int
    """How many records stand between the first line and this one."""


Record = Kept | Written | Folded | Applied | Tied | Decided | Sighting
"""What an export holds: each plan with its entries, then what was applied, the ties, and what looks found."""

Line = Head | Record | Tail
"""A line of an export."""


def lines_of(records: Iterable[Record]) -> tuple[bytes, ...]:
    """Write records as the lines of an export."""
    written = [write_value(record, Line) for record in records]
    head = write_value(Head(format=EXPORT_FORMAT), Line)
    return (head, *written, write_value(Tail(records=len(written)), Line))


def records_of(lines: Iterable[bytes]) -> tuple[Record, ...]:
    """Read the lines of an export; raises BadDocument with every line that is wrong."""
    issues: list[Issue] = []
    found: list[Line | None] = []
    for number, line in enumerate(lines, start=1):
        try:
            found.append(read_value(line, Line))
        except BadDocument as error:
            found.append(None)
            issues += [evolve(issue, path=f"line {number}: {issue.path}") for issue in error.issues]
    issues += _frame(found)
    if issues:
        raise BadDocument("journal export", tuple(issues))
    return tuple(line for line in found if not isinstance(line, (Head, Tail)) and line is not None)


def _frame(found: list[Line | None]) -> list[Issue]:
    """Find what is wrong with the first and the last line, and with the count between them."""
    head = found[0] if found else None
    tail = found[-1] if found else None
    issues: list[Issue] = []
    if not isinstance(head, Head) or head.format not in _READ:
        expected = f"the head of an export of format {' or '.join(map(str, sorted(_READ)))}"
        issues.append(Issue(path="line 1", seen=_named(head), expected=expected))
    if not isinstance(tail, Tail) or tail.records != len(found) - 2:
        expected = f"the tail that counts {max(len(found) - 2, 0)} record(s)"
        issues.append(Issue(path=f"line {len(found)}", seen=_named(tail), expected=expected))
    between = enumerate(found[1:-1], start=2)
    issues += [
        Issue(path=f"line {number}", seen=_named(line), expected="a record")
        for number, line in between
        if isinstance(line, (Head, Tail))
    ]
    return issues


def _named(line: Line | None) -> str:
    match line:
        case None:
            return "nothing that can be read"
        case Head() | Tail():
            return repr(line)
        case _:
            return f"a {type(line).__name__}"
