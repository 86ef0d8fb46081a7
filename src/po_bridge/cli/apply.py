"""``apply`` and ``resume``: writing a plan, and finishing one that was interrupted."""

from __future__ import annotations

from pathlib import Path

from ..errors import Misuse
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..report import outcome_text
from .desk import desk
from .exit_code import ExitCode
from .json_form import outcome_json
from .options import DEFAULT, Options
from .page import write_page
from .plan_file import read_plan_file
from .printing import show


def apply(file: Path, *, report: Path | None = None, options: Options = DEFAULT) -> ExitCode:
    """Write a plan as it was shown: journalled, each step once, read back afterwards.

    Parameters
    ----------
    file
        A plan that plan --out wrote.
    report
        Write an HTML report of plan and outcome to this file.
    """
    made = read_plan_file(file)
    with desk(options) as at:
        outcome = at.bridge.apply(made)
    return _shown(options, made, outcome, report)


def resume(digest: str = "", *, report: Path | None = None, options: Options = DEFAULT) -> ExitCode:
    """Finish what was interrupted or held: the oldest unfinished plan, or the one that is named.

    Parameters
    ----------
    digest
        The plan's digest or its beginning, as status shows it; may be left out where one plan is unfinished.
    report
        Write an HTML report of plan and outcome to this file.
    """
    with desk(options) as at:
        waiting = [opened.plan for opened in at.journal.unfinished()]
        found = [plan for plan in waiting if plan.digest.startswith(digest)]
        if not waiting:
            show(options, "nothing to resume: no plan is unfinished", {"orders": {}, "synced": True})
            return ExitCode.DONE
        if len(found) != 1:
            named = ", ".join(plan.digest[:12] for plan in waiting)
            raise Misuse(f"{len(found)} unfinished plans begin with {digest!r}; name one of: {named}")
        outcome = at.bridge.resume(found[0].digest)
    return _shown(options, found[0], outcome, report)


def _shown(options: Options, plan: Plan, outcome: Outcome, report: Path | None) -> ExitCode:
    if report is not None:
        write_page(report, plan=plan, outcome=outcome)
    show(options, outcome_text(outcome), outcome_json(outcome))
    return ExitCode.DONE if outcome.synced else ExitCode.ATTENTION
