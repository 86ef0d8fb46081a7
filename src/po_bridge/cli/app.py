"""Every command, and what happens around each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Literal

from cyclopts import App, CycloptsError, Parameter

from ..errors import Misuse
from .apply import apply, resume
from .changed import changed
from .connect import nuorder
from .connect_account import rseries
from .connect_store import xseries
from .decisions import decisions, links, revoke
from .demo import demo
from .diff import diff
from .doctor import doctor
from .exit_code import ATTENTION_OF, MEANINGS, ExitCode
from .explain import explain
from .journal import check, compact, export, load
from .options import DEFAULT, Options
from .orders import orders
from .plan import plan
from .printing import show
from .publish import publish
from .refresh import refresh
from .review import decide, review
from .serving import sandbox
from .status import status
from .stock import availability
from .timeline import watch
from .undo import undo

Shell = Literal["bash", "zsh", "fish"]
"""Shells with a completion script."""

_PARAMETER = Parameter(negative=())
_CODES = (f"{int(code):>3}  {text}" for code, text in MEANINGS.items())
_ONES = (f"{int(ExitCode.ATTENTION):>3}  of {verb}: {text}" for verb, text in ATTENTION_OF.items())
_PRECEDENCE = (
    "Configuration: an option precedes the environment (PO_BRIDGE__SECTION__KEY; PO_BRIDGE_CONFIG names the file), "
    "the environment precedes the file, the file precedes the defaults. Unknown keys are refused."
)
_EPILOGUE = "\n\n".join((_PRECEDENCE, "Exit codes:", *_CODES, "What 1 means, command by command:", *_ONES))
_VERBS = (
    demo,
    orders,
    review,
    explain,
    decide,
    decisions,
    links,
    revoke,
    apply,
    resume,
    publish,
    undo,
    status,
    watch,
    changed,
    refresh,
    doctor,
    sandbox,
)


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
    for command in _VERBS:
        app.command(command)
    app.command(availability, alias="stock")
    app.command(completion)
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
    app.command(xseries)
    app.command(rseries)
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


def completion(shell: Shell, /, *, options: Options = DEFAULT) -> ExitCode:
    """Print the completion script of a shell; load it as: eval "$(po-bridge completion bash)".

    Parameters
    ----------
    shell
        Which shell the script is for.
    """
    script = make_app().generate_completion(shell=shell)
    show(options, script, {"shell": shell, "script": script})
    return ExitCode.DONE


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; raises Misuse for a command line that makes no sense."""
    try:
        return int(make_app()(list(arguments)) or 0)
    except CycloptsError as error:
        raise Misuse(f"{error} See po-bridge --help.") from error
