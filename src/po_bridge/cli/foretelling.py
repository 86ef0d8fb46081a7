"""What a dry run says: every write in order, and which of them an earlier run has done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..planning.history import History
from ..planning.outcome import Outcome, Undone
from ..planning.plan import Plan
from ..planning.progress import Progress, State
from ..planning.text import effort, printable
from ..planning.title import title
from .exit_code import ExitCode
from .options import Options
from .printing import show

NOTHING = "dry run: nothing was written"
"""Ends every dry run."""


def foretell(options: Options, plan: Plan, history: History) -> ExitCode:
    """Show what a run of a plan would write, from the first step that is not done."""
    progress = Progress(agenda=plan.agenda, history=history)
    steps = [(title(step.write), progress.state(step) is State.DONE) for step in plan.agenda.steps]
    orders = ", ".join(f"{goal.number} ({goal.order})" for goal in plan.goals)
    lines = [
        f"plan {plan.digest[:12]} of {orders}",
        *(f"  {'done before' if done else 'would write'}: {what}" for what, done in steps),
        effort(plan),
        NOTHING,
    ]
    document = _document(plan.digest, steps, ())
    show(options, "\n".join(map(printable, filter(None, lines))), document)
    return ExitCode.DONE


def foretell_undo(options: Options, outcome: Outcome, writes: Sequence[str]) -> ExitCode:
    """Show what taking back would write, and what would stay."""
    kept = _kept(outcome)
    lines = [
        f"plan {outcome.plan[:12]}",
        *(f"  would write: {what}" for what in writes),
        *(f"  would stay: {what}" for what in kept),
        NOTHING,
    ]
    document = _document(outcome.plan, [(what, False) for what in writes], kept)
    show(options, "\n".join(map(printable, lines)), document)
    return ExitCode.DONE


def foretell_none(options: Options, why: str) -> ExitCode:
    """Say that nothing would be written."""
    show(options, f"{printable(why)}\n{NOTHING}", _document("", (), ()))
    return ExitCode.DONE


def _kept(outcome: Outcome) -> tuple[str, ...]:
    undone = (one for one in outcome.orders.values() if isinstance(one, Undone))
    return tuple(dict.fromkeys(text for one in undone for text in one.kept))


def _document(plan: str, steps: Sequence[tuple[str, bool]], kept: Sequence[str]) -> dict[str, Any]:
    return {
        "dry_run": True,
        "plan": plan,
        "writes": [{"what": what, "done": done} for what, done in steps],
        "kept": list(kept),
    }
