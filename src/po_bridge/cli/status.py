"""``status``: the merchant's list, from the journal alone."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from ..journal import open_journal
from .config import read_config
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .page import write_page
from .printing import show
from .standing import Standings, standings, standings_json, standings_text


def status(*, report: Path | None = None, options: Options = DEFAULT) -> ExitCode:
    """List what made it across, what is in flight and what needs attention, with the reason and what to do.

    From the journal alone: calls no remote and needs no secret. Ends with 1 where anything is in flight or needs a
    person.

    Parameters
    ----------
    report
        Write the list as an HTML page to this file, where it can be filtered and searched.
    """
    found = _read(options)
    if report is not None:
        write_page(report, status=[one.status for one in found.orders])
    show(options, standings_text(found), standings_json(found))
    return ExitCode.DONE if found.calm else ExitCode.ATTENTION


def _read(options: Options) -> Standings:
    config = read_config(options.config, os.environ, needs_secrets=False)
    if not config.journal.exists():
        return Standings(orders=())
    with closing(open_journal(config.journal)) as journal:
        return standings(journal)
