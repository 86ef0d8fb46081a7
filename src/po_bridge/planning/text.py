"""A plan as plain text: every change with before and after, what it takes, what is lost, what is open."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from .change import NewOrder, NewRecord
from .change_text import NO_NAMES, ChangeText, Names, describe
from .question import Question, Stops
from .refs import Ref

if TYPE_CHECKING:
    from .plan import Goal, Loss, Plan

NOTHING: Final = "-"
"""Stands where nothing was before, or nothing is to be after."""

_WIDEST: Final = 48

# Marks that turn the direction of text around, so that what is read is not what is there.
_TURNING: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def printable(text: str) -> str:
    """Make foreign text safe for a terminal and keep it on one line.

    Line ends and tabs become spaces; control characters, marks that turn the direction of text, and half
    surrogate pairs, which no terminal can print, are written as escapes.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else _shown(char) for char in text)


def _shown(char: str) -> str:
    if char in "\t\n\r\v\f" or unicodedata.category(char) in {"Zs", "Zl", "Zp"}:
        return " "
    if unicodedata.category(char) in {"Cc", "Cs"} or char in _TURNING:
        return char.encode("unicode_escape").decode("ascii")
    return char


def plan_text(plan: Plan, names: Names = NO_NAMES) -> str:
    """Write a plan for a terminal, in plain text without colour.

    *names* tells what the records are called that the plan knows by id only.
    """
    return "\n".join(_lines(plan, names_in(plan, names)))


def _lines(plan: Plan, names: Names) -> Iterator[str]:
    yield f"plan {plan.digest[:12]} for {printable(plan.store)}"
    yield from (_goal(goal) for goal in plan.goals)
    if plan.empty:
        yield ""
        yield "nothing is left to do"
    for number, change in enumerate(plan.changes, start=1):
        yield ""
        yield from change_lines(number, describe(change, names))
    yield ""
    yield effort(plan)
    if plan.losses:
        yield ""
        yield "not carried over:"
        yield from (f"  - {_loss(loss)}" for loss in plan.losses)
    if plan.questions:
        yield ""
        yield "open questions:"
        for question in plan.questions:
            yield from question_lines(question)


def _goal(goal: Goal) -> str:
    return (
        f"order {printable(goal.number)} ({printable(goal.order.portal)}): "
        f"{goal.matched} matched, {goal.created} new, {goal.skipped} left out"
    )


def names_in(plan: Plan, known: Names = NO_NAMES) -> Names:
    """Add the names that a plan itself tells to those that are *known*."""
    names: dict[Ref, str] = dict(known)
    for change in plan.changes:
        if isinstance(change, NewRecord):
            names[change.slot] = change.name
        elif isinstance(change, NewOrder):
            names.setdefault(change.supplier, change.draft.supplier)
    return names


def change_lines(number: int, change: ChangeText) -> Iterator[str]:
    """Write one change with its number: a title, then field, before and after in columns."""
    yield f"{number}. {printable(change.title)}"
    rows = [("field", "before", "after")]
    rows += [
        (printable(row.what), printable(row.before) or NOTHING, printable(row.after) or NOTHING)
        for row in change.rows
    ]
    first, second = (min(max(len(row[place]) for row in rows), _WIDEST) for place in (0, 1))
    for what, before, after in rows:
        yield f"     {what.ljust(first)}  {before.ljust(second)}  {after}"


def effort(plan: Plan) -> str:
    """Tell in one line what applying takes."""
    steps = f"{len(plan.steps)} step(s)"
    if plan.estimate is None:
        return steps
    return f"{steps}, {plan.estimate.calls} call(s), about {plan.estimate.seconds:.1f} s"


def _loss(loss: Loss) -> str:
    return f"{printable(loss.what)} {printable(loss.value)}: {printable(loss.why)}"


STOPS: Final = {
    Stops.ORDER: "stops the order",
    Stops.LINE: "stops its line",
    Stops.NOTHING: "stops nothing",
}
"""What an open question stops, in words."""


def question_lines(question: Question) -> Iterator[str]:
    """Write a question with what it stops, and how it is answered where an answer is understood."""
    yield f"  ? {printable(question.text)} ({STOPS[question.stops]})"
    answers = answers_to(question)
    if answers:
        yield f"      {printable(question.key)} = {' | '.join(map(printable, answers))}"


def answers_to(question: Question) -> tuple[str, ...]:
    """What may be answered; empty where something else must be mended first, as the setup."""
    if question.line is not None and question.key == f"line:{question.line}":
        return ("link:ID", "create", "skip")
    return question.answers
