"""Every command, and what happens around each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, Parameter

from ..errors import Misuse
from .apply import apply, resume
from .changed import changed
from .connect import nuorder
from .decisions import decisions, revoke
from .demo import demo
from .diff import diff
from .exit_code import MEANINGS
from .journal import check, compact, export, load
from .orders import orders
from .plan import plan
from .review import decide, review
from .serving import sandbox
from .status import status
from .timeline import watch
from .undo import undo

_PARAMETER = Parameter(negative=())
_EPILOGUE = "Exit codes:\n\n" + "\n\n".join(f"{int(code):>3}  {text}" for code, text in MEANINGS.items())


def make_app() -> App:
    """Make the application with every command."""
    app = App(
        name="po-bridge",
        help="Carry wholesale orders into a point of sale: reviewed, journalled, each step once.",
        help_epilogue=_EPILOGUE,
        help_format="plaintext",
        version=lambda: version("po-bridge"),
        default_parameter=_PARAMETER,
        result_action="return_value",
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
    )
    for command in (demo, orders, review, decide, decisions, revoke, apply, resume, undo, status, sandbox):
        app.command(command)
    app.command(watch)
    app.command(changed)
    app.command(_connect_app())
    app.command(_plan_app())
    app.command(_journal_app())
    return app


def _connect_app() -> App:
    """Make the commands that connect accounts."""
    app = App(
        name="connect",
        help="Connect an account, and look whether it can be used.",
        default_parameter=_PARAMETER,
    )
    app.command(nuorder)
    return app


def _plan_app() -> App:
    """Make ``plan``, which is a command itself and has one below it."""
    app = App(name="plan", default_parameter=_PARAMETER)
    app.default(plan)
    app.command(diff)
    return app


def _journal_app() -> App:
    """Make the commands for the journal file."""
    text = "Look after the journal file: check, compact, export, import."
    app = App(name="journal", help=text, default_parameter=_PARAMETER)
    for command in (check, compact, export):
        app.command(command)
    app.command(load, name="import")
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; raises Misuse for a command line that makes no sense."""
    try:
        return int(make_app()(list(arguments)) or 0)
    except CycloptsError as error:
        raise Misuse(f"{error} See po-bridge --help.") from error
