"""``apply`` and ``resume``: writing a plan, and finishing one that was interrupted."""

from __future__ import annotations

from pathlib import Path

from ..errors import Misuse
from ..planning.outcome import Outcome
from ..planning.plan import Plan
from ..ports.journal import Journal
from ..report import outcome_text
from .desk import desk
from .exit_code import ExitCode
from .foretelling import foretell_none
from .json_form import outcome_json
from .options import DEFAULT, Options
from .page import write_page
from .plan_file import read_plan_file
from .printing import show
from .rehearsal import rehearse

_NONE = "nothing to resume: no plan is unfinished"


def apply(
    file: Path, *, report: Path | None = None, dry_run: bool = False, options: Options = DEFAULT
) -> ExitCode:
    """Write a plan as it was shown: journalled, each step once, read back afterwards.

    Parameters
    ----------
    file
        A plan that plan --out wrote.
    report
        Write an HTML report of plan and outcome to this file.
    dry_run
        Check everything and say what would be written; write nothing.
    """
    made = read_plan_file(file)
    if dry_run:
        return rehearse(options, lambda bridge: bridge.apply(made))
    with desk(options) as at:
        outcome = at.bridge.apply(made)
    return _shown(options, made, outcome, report)


def resume(
    digest: str = "", *, report: Path | None = None, dry_run: bool = False, options: Options = DEFAULT
) -> ExitCode:
    """Finish what was interrupted or held: the oldest unfinished plan, or the one that is named.

    Parameters
    ----------
    digest
        The plan's digest or its beginning, as status shows it; may be left out where one plan is unfinished.
    report
        Write an HTML report of plan and outcome to this file.
    dry_run
        Check everything and say what would be written; write nothing.
    """
    with desk(options) as at:
        plan = _waiting(at.journal, digest)
        if plan is None and dry_run:
            return foretell_none(options, _NONE)
        if plan is None:
            show(options, _NONE, {"orders": {}, "plan": "", "summary": None, "synced": True})
            return ExitCode.DONE
        if not dry_run:
            return _shown(options, plan, at.bridge.resume(plan.digest), report)
    return rehearse(options, lambda bridge: bridge.resume(plan.digest))


def _waiting(journal: Journal, digest: str) -> Plan | None:
    """The unfinished plan that is meant; None where no plan is unfinished."""
    waiting = [opened.plan for opened in journal.unfinished()]
    found = [plan for plan in waiting if plan.digest.startswith(digest)]
    if waiting and len(found) != 1:
        named = ", ".join(plan.digest[:12] for plan in waiting)
        raise Misuse(f"{len(found)} unfinished plans begin with {digest!r}; name one of: {named}")
    return found[0] if waiting else None


def _shown(options: Options, plan: Plan, outcome: Outcome, report: Path | None) -> ExitCode:
    if report is not None:
        write_page(report, plan=plan, outcome=outcome)
    show(options, outcome_text(outcome), outcome_json(outcome))
    return ExitCode.DONE if outcome.synced else ExitCode.ATTENTION
