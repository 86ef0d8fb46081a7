"""``plan``: every change before anything is written."""

from __future__ import annotations

from pathlib import Path

from ..planning.canonical import plan_bytes
from ..planning.text import plan_text
from ..report import names_of
from .desk import desk
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .page import fetch_pictures, write_page
from .printing import write_file


def plan(
    *numbers: str,
    any_status: bool = False,
    out: Path | None = None,
    report: Path | None = None,
    pictures: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Show every change, before and after, with its calls and seconds; writes nothing to the store.

    Parameters
    ----------
    numbers
        Order numbers or keys; several orders make one plan. A number of several brands is refused, with its keys.
    any_status
        Take orders of any status.
    out
        Write the sealed plan to this file, for apply; --json prints the same bytes.
    report
        Write an HTML report of review and plan to this file.
    pictures
        Put pictures into the report; they are fetched from the portals' picture hosts.
    """
    with desk(options) as at:
        review = at.bridge.review(*numbers, any_status=any_status)
        made = at.bridge.plan(review)
        if report is not None:
            seen = fetch_pictures(review, at.config) if pictures else {}
            write_page(report, review=review, plan=made, pictures=seen)
    if out is not None:
        write_file(out, plan_bytes(made))
    print(plan_bytes(made).decode() if options.json else plan_text(made, names_of(review)), flush=True)
    return ExitCode.ATTENTION if made.blocking else ExitCode.DONE
