"""``connect nuorder``: from a key pair to a permanent token by the vendor's hand-shake, then a look at the portal."""

from __future__ import annotations

import os
import sys
from typing import Any, Final
from urllib.parse import urlsplit

from attrs import evolve

from ..clients.nuorder import Checkup, Pending, Portal, check, initiate, redeem
from ..errors import Misuse
from ..models.secret import Secret
from .asking import ask
from .config import Wholesale, read_wholesale
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .portal_section import LOOPBACK
from .printing import show

_DESK: Final = "/desk/applications"


def nuorder(
    *,
    portal: str = "",
    code: str = "",
    begin_again: bool = False,
    dry_run: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Connect a brand portal: begin the hand-shake, take the verification code, keep the token, look at the portal.

    The code is asked for where somebody sits at a terminal; else the command ends, and is given the code later.
    A portal that is connected already is only looked at.

    Parameters
    ----------
    portal
        Name of the portal in the configuration; may be left out where there is only one.
    code
        The verification code that the portal's admin was shown.
    begin_again
        Make a new hand-shake even where one waits for its code, or the portal is connected.
    dry_run
        Say where the hand-shake would begin and where its token would be kept; ask nobody, keep nothing.
    """
    wholesale = read_wholesale(options.config, os.environ)
    found = _portal(wholesale, portal)
    if dry_run:
        return _foretold(options, wholesale, found)
    if found.connected and not begin_again and not code:
        return _looked_at(options, found, "connected already; --begin-again makes a new hand-shake")
    pending = None if begin_again else wholesale.credentials.waiting(found)
    if pending is None:
        if code:
            raise Misuse(
                f"no hand-shake of {found.name!r} waits for a code; run the command without --code first"
            )
        pending = _begun(wholesale, found)
    given = code or _asked_for(pending)
    if not given:
        show(options, _next(pending), {"portal": found.name, "state": "waiting", "next": _next(pending)})
        return ExitCode.ATTENTION
    connected = ask(redeem(pending, given))
    wholesale.credentials.keep(connected)
    return _looked_at(options, connected, f"connected; its token is kept in {wholesale.credentials.path}")


def _portal(wholesale: Wholesale, name: str) -> Portal:
    names = [one.name for one in wholesale.portals]
    if not name and len(names) == 1:
        name = names[0]
    found = next((one for one in wholesale.portals if one.name == name), None)
    if found is None:
        raise Misuse(f"name one of the configured portals with --portal: {', '.join(map(repr, names))}")
    return found


def _foretold(options: Options, wholesale: Wholesale, portal: Portal) -> ExitCode:
    stands = "connected already" if portal.connected else "not connected"
    text = f"portal {portal.name!r} at {portal.address}: {stands}; a token is kept in {wholesale.credentials.path}"
    show(options, text, {"portal": portal.name, "state": "dry run", "words": text})
    return ExitCode.DONE


def _begun(wholesale: Wholesale, portal: Portal) -> Pending:
    pending = ask(initiate(evolve(portal, token="", token_secret=Secret())))
    wholesale.credentials.wait(pending)
    return pending


def _asked_for(pending: Pending) -> str:
    """The code from a person at the terminal; empty where nobody sits there."""
    if not sys.stdin.isatty():
        return ""
    print(_next(pending), file=sys.stderr)
    print("verification code: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _next(pending: Pending) -> str:
    """What to do until there is a code, and how it is given."""
    lines = [pending.instructions]
    if urlsplit(pending.portal.address).hostname in LOOPBACK:
        address = f"{pending.portal.address}{_DESK}/{pending.portal.token}/approve"
        lines.append(f"This is an emulator; its admin approves with: curl -X POST {address}")
    lines.append(f"Then: po-bridge connect nuorder --portal {pending.portal.name!r} --code CODE")
    return "\n".join(lines)


def _looked_at(options: Options, portal: Portal, words: str) -> ExitCode:
    """Try everything that a pull needs, and say it in words."""
    found = ask(check(portal))
    show(options, f"portal {portal.name!r}: {words}\n{found}", _document(portal, words, found))
    return ExitCode.DONE if found.ready else ExitCode.ATTENTION


def _document(portal: Portal, words: str, found: Checkup) -> dict[str, Any]:
    return {
        "portal": portal.name,
        "state": "connected",
        "words": words,
        "ready": found.ready,
        "findings": [
            {"what": one.what, "state": one.state.value, "words": one.words} for one in found.findings
        ],
    }
