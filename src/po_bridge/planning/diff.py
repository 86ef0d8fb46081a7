"""What differs between two plans: change by change, question by question."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from .change import change_key
from .change_text import describe
from .plan import Plan


@frozen(kw_only=True)
class PlanDiff:
    """What a person must look at again after planning anew."""

    added: tuple[str, ...]
    """Titles of changes that only the second plan has."""
    removed: tuple[str, ...]
    """Titles of changes that only the first plan has."""
    changed: tuple[str, ...]
    """Titles of changes that both have, with each field that differs."""
    moved: tuple[str, ...]
    """Deciding fields with another value: where, then, now."""
    asked: tuple[str, ...]
    """Questions that only the second plan has."""
    answered: tuple[str, ...]
    """Questions that only the first plan has."""

    @property
    def empty(self) -> bool:
        """Whether the plans do the same for the same reasons."""
        return not (self.added or self.removed or self.changed or self.moved or self.asked or self.answered)

    def __str__(self) -> str:
        parts = (
            ("+", self.added),
            ("-", self.removed),
            ("~", self.changed),
            ("moved", self.moved),
            ("asked", self.asked),
            ("answered", self.answered),
        )
        return "\n".join(f"{sign} {line}" for sign, lines in parts for line in lines) or "no difference"


def diff(first: Plan, second: Plan) -> PlanDiff:
    """Compare two plans; the order of changes does not count."""
    one = {change_key(change): change for change in first.changes}
    two = {change_key(change): change for change in second.changes}
    both = [key for key in one if key in two and one[key] != two[key]]
    then = {basis.where: basis.value for basis in first.basis}
    now = {basis.where: basis.value for basis in second.basis}
    asked = {question.key: str(question) for question in second.questions}
    before = {question.key: str(question) for question in first.questions}
    return PlanDiff(
        added=tuple(describe(two[key]).title for key in two if key not in one),
        removed=tuple(describe(one[key]).title for key in one if key not in two),
        changed=tuple(
            line
            for key in both
            for line in _fields(
                describe(one[key]).title,
                {row.what: row.after for row in describe(one[key]).rows},
                {row.what: row.after for row in describe(two[key]).rows},
            )
        ),
        moved=_moved(then, now),
        asked=tuple(asked[key] for key in asked if key not in before),
        answered=tuple(before[key] for key in before if key not in asked),
    )


def _fields(title: str, one: Mapping[str, str], two: Mapping[str, str]) -> tuple[str, ...]:
    keys = [key for key in dict.fromkeys((*one, *two)) if one.get(key) != two.get(key)]
    return tuple(f"{title}, {key}: {one.get(key, 'nothing')} -> {two.get(key, 'nothing')}" for key in keys)


def _moved(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(
        f"{where}: was {then.get(where, 'not looked at')}, is {now.get(where, 'not looked at')}"
        for where in sorted(then.keys() | now.keys())
        if then.get(where) != now.get(where)
    )
