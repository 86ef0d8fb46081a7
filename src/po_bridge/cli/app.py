"""Every command, and what happens around each."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version

from cyclopts import App, CycloptsError, Parameter

from ..errors import Misuse
from .apply import apply, resume
from .demo import demo
from .exit_code import MEANINGS
from .orders import orders
from .plan import plan
from .review import decide, review
from .serving import sandbox
from .status import status

_EPILOGUE = "Exit codes:\n\n" + "\n\n".join(f"{int(code):>3}  {text}" for code, text in MEANINGS.items())


def make_app() -> App:
    """Make the application with every command."""
    app = App(
        name="po-bridge",
        help="Carry wholesale orders into a point of sale: reviewed, journalled, each step once.",
        help_epilogue=_EPILOGUE,
        help_format="plaintext",
        version=lambda: version("po-bridge"),
        default_parameter=Parameter(negative=()),
        result_action="return_value",
        exit_on_error=False,
        print_error=False,
        suppress_keyboard_interrupt=False,
    )
    for command in (demo, orders, review, decide, plan, apply, resume, status, sandbox):
        app.command(command)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit code; raises Misuse for a command line that makes no sense."""
    try:
        return int(make_app()(list(arguments)) or 0)
    except CycloptsError as error:
        raise Misuse(f"{error} See po-bridge --help.") from error
