"""The entry point: imports what draws and parses only now, and turns errors into text and exit codes."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence

from ..errors import MissingExtra, PoBridgeError
from .exit_code import ExitCode, code_of


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code; without *arguments* those of the process.

    An error of po_bridge is printed as its own text on the standard error stream, never with a traceback.
    With ``--json`` the standard output then holds a document whose one key is ``error``.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(given)
    except PoBridgeError as error:
        return _told(error, code_of(error), given)
    except KeyboardInterrupt:
        print("stopped; po-bridge resume finishes what was begun", file=sys.stderr)
        return ExitCode.STOPPED
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter would complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE


def _run(given: list[str]) -> int:
    try:
        from .app import run  # noqa: PLC0415  # the library itself needs neither cyclopts nor rich
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing not in {"cyclopts", "rich"}:
            raise
        raise MissingExtra("cli", missing) from error
    return run(given)


def _told(error: PoBridgeError, code: ExitCode, given: list[str]) -> int:
    print(_safe(str(error)), file=sys.stderr)
    if "--json" in given:
        document = {"error": {"kind": type(error).__name__, "text": str(error), "exit_code": int(code)}}
        print(json.dumps(document, sort_keys=True))
    return code


def _safe(text: str) -> str:
    """Keep the lines of an error, and let nothing that a remote said steer the terminal."""
    return "\n".join(
        "".join(char if char.isprintable() else "?" for char in line) for line in text.splitlines()
    )
