"""``changed``: orders that moved on with the brand since they were taken over."""

from __future__ import annotations

from ..report import status_text
from .desk import desk
from .exit_code import ExitCode
from .json_form import status_json
from .options import DEFAULT, Options
from .printing import show


def changed(*, dry_run: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Look at every order that was taken over and is not over yet, one call each; show those that moved on.

    An edit, a cancellation and a step back count, also from where an earlier look saw the order; going on, as from
    approved to processed, does not. The journal keeps what is new, and ``po-bridge status`` shows it.

    Parameters
    ----------
    dry_run
        Look all the same, and keep nothing of it.
    """
    with desk(options, copy=dry_run) as at:
        rows = at.bridge.changed()
    show(
        options, status_text(rows) if rows else "no order moved on since it was taken over", status_json(rows)
    )
    return ExitCode.ATTENTION if rows else ExitCode.DONE
