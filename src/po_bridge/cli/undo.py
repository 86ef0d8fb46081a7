"""``undo``: taking back what a plan did."""

from __future__ import annotations

from ..planning.mark import Mark
from ..ports.journal import Journal
from ..report import outcome_text
from .desk import desk
from .exit_code import ExitCode
from .foretelling import foretell_undo
from .json_form import outcome_json
from .options import DEFAULT, Options
from .printing import show
from .rehearsal import rehearsal

_OPEN = frozenset({Mark.UNDOING, Mark.ASKED})


def undo(
    digest: str,
    *,
    delete_products: bool = False,
    cancel: bool = False,
    dry_run: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Take back what a plan did, the last step first; what it did not make stays as it is.

    Ends with 1 where it must be run again or a person must look.

    Parameters
    ----------
    digest
        The plan's digest or its beginning, as status shows it.
    delete_products
        Delete the drafts and records that the plan made; without it they stay.
    cancel
        Cancel a purchase order that was sent or changed, and so cannot be deleted.
    dry_run
        Check everything and say what would be written; write nothing.
    """
    if dry_run:
        with rehearsal(options) as unwritten:
            kept = unwritten.desk.bridge.undo(digest, delete_products=delete_products, cancel=cancel)
        return foretell_undo(options, kept, unwritten.writes)
    with desk(options) as at:
        outcome = at.bridge.undo(digest, delete_products=delete_products, cancel=cancel)
        whole = _is_whole(at.journal, outcome.plan)
    show(options, outcome_text(outcome), outcome_json(outcome))
    return ExitCode.DONE if whole else ExitCode.ATTENTION


def _is_whole(journal: Journal, digest: str) -> bool:
    if any(opened.plan.digest == digest for opened in journal.unfinished()):
        return False
    return not any(entry.mark in _OPEN for entry in journal.read(digest).last.values())
