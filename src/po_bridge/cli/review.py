"""``review`` and ``decide``: what matches, what a person must say, and saying it."""

from __future__ import annotations

import os
from pathlib import Path

from ..errors import Misuse
from ..planning.plan import Plan
from ..planning.review import Review
from ..report import review_text
from .desk import Desk, desk
from .exit_code import ExitCode
from .json_form import json_text, review_json
from .options import DEFAULT, Options
from .page import fetch_pictures, write_page
from .printing import show, write_file
from .rulings import read_rulings


def review(
    *numbers: str,
    any_status: bool = False,
    out: Path | None = None,
    pictures: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Match the lines of orders with the store; writes nothing there.

    Parameters
    ----------
    numbers
        Order numbers or keys; several orders make one review. A number of several brands is refused, with its keys.
    any_status
        Take orders of any status.
    out
        Write the review to this file: HTML where it ends in .html, else as --json prints it.
    pictures
        Put pictures into the HTML; they are fetched from the portals' picture hosts.
    """
    with desk(options) as at:
        found = at.bridge.review(*numbers, any_status=any_status)
        plan = at.bridge.plan(found)
        if out is not None:
            _write(out, at, found, plan, pictures=pictures)
    return _shown(options, found, plan)


def _write(out: Path, at: Desk, review: Review, plan: Plan, *, pictures: bool) -> None:
    if out.suffix.lower() not in {".html", ".htm"}:
        write_file(out, json_text(review_json(review, plan)).encode())
        return
    seen = fetch_pictures(review, at.config) if pictures else {}
    write_page(out, review=review, plan=plan, pictures=seen)


def _shown(options: Options, found: Review, plan: Plan) -> ExitCode:
    show(options, review_text(found, plan.questions), review_json(found, plan))
    return ExitCode.ATTENTION if plan.blocking else ExitCode.DONE


def decide(
    number: str,
    *decisions: str,
    any_status: bool = False,
    by: str = "",
    why: str = "",
    dry_run: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Answer what a review asks; decisions hold for later orders too.

    Parameters
    ----------
    number
        Number or key of the order.
    decisions
        LINE-KEY=link:PRODUCT-ID, LINE-KEY=create, LINE-KEY=skip or QUESTION=ANSWER, as review shows them;
        for many lines style:PORTAL/STYLE-ID=create or =skip, and rule:PORTAL/FIELD=VALUE/...=create or =skip,
        where a FIELD is season, style_number, color or size.
    any_status
        Take an order of any status.
    by
        Who decides; the user of this machine unless stated.
    why
        The reason, kept with each decision.
    dry_run
        Show the review as it would be; store nothing.
    """
    if not decisions:
        raise Misuse("name at least one decision, as LINE-KEY=create; po-bridge review shows the keys")
    with desk(options, copy=dry_run) as at:
        before = at.bridge.review(number, any_status=any_status)
        rulings = read_rulings(decisions, before, at.bridge.plan(before), why)
        after = at.bridge.decide(before, rulings, by=by or os.environ.get("USER", ""))
        plan = at.bridge.plan(after)
    return _shown(options, after, plan)
