"""``plan diff``: what a person must look at again after planning anew."""

from __future__ import annotations

from pathlib import Path

from ..planning.diff import diff as difference
from .exit_code import ExitCode
from .json_form import diff_json
from .options import DEFAULT, Options
from .plan_file import read_plan_file
from .printing import show


def diff(first: Path, second: Path, *, options: Options = DEFAULT) -> ExitCode:
    """Compare two plans change by change and question by question; ends with 1 where they differ.

    Parameters
    ----------
    first
        A plan that plan --out wrote.
    second
        The plan to compare it with.
    """
    found = difference(read_plan_file(first), read_plan_file(second))
    show(options, str(found), diff_json(found))
    return ExitCode.DONE if found.empty else ExitCode.ATTENTION
