"""``publish``: drafts become active products, when the merchant says so."""

from __future__ import annotations

from ..report import outcome_text
from .desk import desk
from .exit_code import ExitCode
from .json_form import outcome_json
from .options import DEFAULT, Options
from .printing import show
from .rehearsal import rehearse


def publish(order: str, /, *, dry_run: bool = False, options: Options = DEFAULT) -> ExitCode:
    """Activate the drafts that an order's plans made, one call a product; taken back with undo.

    Products that the merchant had before stay as they are. Ends with 1 where a product could not be activated.

    Parameters
    ----------
    order
        Number or key of an order that was applied.
    dry_run
        Say what would be activated; write nothing.
    """
    if dry_run:
        return rehearse(options, lambda bridge: bridge.publish(order))
    with desk(options) as at:
        outcome = at.bridge.publish(order)
    show(options, outcome_text(outcome), outcome_json(outcome))
    return ExitCode.DONE if outcome.synced else ExitCode.ATTENTION
