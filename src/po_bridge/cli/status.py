"""``status``: where every order stands, from the journal alone."""

from __future__ import annotations

import os
from contextlib import closing

from ..execution.status import OrderState, OrderStatus, status_of
from ..journal import open_journal
from ..report import status_text
from .config import read_config
from .exit_code import ExitCode
from .json_form import status_json
from .options import DEFAULT, Options
from .printing import show

_CALM = frozenset({OrderState.SYNCED, OrderState.UNDONE})


def status(*, options: Options = DEFAULT) -> ExitCode:
    """Show where every order of the journal stands; calls no remote and needs no secret."""
    rows = _rows(options)
    show(options, status_text(rows), status_json(rows))
    calm = all(row.state in _CALM for row in rows)
    return ExitCode.DONE if calm else ExitCode.ATTENTION


def _rows(options: Options) -> tuple[OrderStatus, ...]:
    config = read_config(options.config, os.environ, needs_secrets=False)
    if not config.journal.exists():
        return ()
    with closing(open_journal(config.journal)) as journal:
        return status_of(journal.applied(), journal.unfinished())
