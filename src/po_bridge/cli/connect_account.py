"""``connect rseries``: from an application to an account that was looked at.

The vendor sends merchants back to https addresses only, so nothing can listen here: the address of the last page is
pasted, within the minute that its code lives.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Mapping
from typing import Any, Final

from ..clients.rseries import Application, Begun, Preflight, RSeries, granted, redeem
from ..errors import Misuse
from ..journal import TokenFile
from .asking import ask
from .config import read_account
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .printing import show
from .rseries_section import AccountSide

_WAITING: Final = "waiting "
_STATE: Final = "state"
_CLIENT: Final = "client_id"
_AGREE: Final = "open this address in a browser and agree:"
_LATER: Final = (
    "Then, within a minute: po-bridge connect rseries --callback 'THE WHOLE ADDRESS OF THE PAGE YOU END AT'"
)


def rseries(
    *, callback: str = "", begin_again: bool = False, dry_run: bool = False, options: Options = DEFAULT
) -> ExitCode:
    """Connect an account: the merchant agrees in a browser, the tokens are kept, the account is looked at.

    An account that is connected already is only looked at. Ends with 1 where a consent is still waited for, or
    anything is missing.

    Parameters
    ----------
    callback
        The whole address of the page that the merchant ended at.
    begin_again
        Ask anew even where the account is connected.
    dry_run
        Say what would be asked for; ask nobody, keep nothing.
    """
    side = read_account(options.config, os.environ)
    if side.connected and not (begin_again or callback or dry_run):
        return _looked_at(options, side.adapter(), "connected already; --begin-again asks the account anew")
    if side.token is not None:
        raise Misuse("the configuration names a token; take it out of [rseries] to connect in another way")
    waiting = _begun(side, _kept_state(side, needed=True) if callback else "")
    if dry_run:
        return _still(options, side, waiting, kept=False)
    given = callback or _pasted(side, waiting)
    if not given:
        return _still(options, side, waiting, kept=True)
    return _redeemed(options, side, waiting, given)


def _application(side: AccountSide) -> Application:
    if side.application is None:
        raise Misuse(
            "[rseries] names no application; add application = { client_id = ..., client_secret = "
            '{ env = "NAME" } } as registered with the vendor'
        )
    return side.application


def _begun(side: AccountSide, state: str) -> Begun:
    return Begun(
        application=_application(side), state=state or secrets.token_urlsafe(32), address=side.address
    )


def _kept_state(side: AccountSide, *, needed: bool) -> str:
    kept: Mapping[str, str] = TokenFile(side.tokens).load(_WAITING + side.account) or {}
    state = kept.get(_STATE, "") if kept.get(_CLIENT) == _application(side).client_id else ""
    if needed and not state:
        raise Misuse("no connection waits for a callback; run the command without --callback first")
    return state


def _keep(side: AccountSide, waiting: Begun) -> None:
    values = {_STATE: waiting.state.reveal(), _CLIENT: waiting.application.client_id}
    TokenFile(side.tokens).store(_WAITING + side.account, values)


def _pasted(side: AccountSide, waiting: Begun) -> str:
    """The callback from a person at the terminal; empty where nobody sits there."""
    if not sys.stdin.isatty():
        return ""
    _keep(side, waiting)
    print(f"{_AGREE}\n{waiting.authorise_address}", file=sys.stderr)
    print("then paste the whole address of the page you end at: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def _still(options: Options, side: AccountSide, waiting: Begun, *, kept: bool) -> ExitCode:
    if kept:
        _keep(side, waiting)
    text = f"{_AGREE}\n{waiting.authorise_address}\n{_LATER}"
    state = "waiting" if kept else "dry run"
    show(options, text, {"store": side.account, "state": state, "scopes": list(waiting.scopes), "next": text})
    return ExitCode.ATTENTION if kept else ExitCode.DONE


def _redeemed(options: Options, side: AccountSide, waiting: Begun, callback: str) -> ExitCode:
    consent = granted(waiting, callback)
    TokenFile(side.tokens).store(_WAITING + side.account, {})
    connected = ask(redeem(waiting, consent, TokenFile(side.tokens)))
    if connected.account_id != side.account_id:
        raise Misuse(
            f"account {connected.account_id} agreed, and the configuration names {side.account_id}; its tokens are "
            "kept under its own number: sign in to the other account, or change account_id"
        )
    lacking = f"; not given: {', '.join(connected.lacking)}" if connected.lacking else ""
    return _looked_at(options, side.adapter(), f"connected{lacking}; its tokens are kept in {side.tokens}")


def _looked_at(options: Options, account: RSeries, words: str) -> ExitCode:
    """Try everything that a sync needs, and say it in words."""
    found = ask(account.preflight())
    show(options, f"{words}\n{found}", _document(found, words))
    return ExitCode.DONE if found.ready else ExitCode.ATTENTION


def _document(found: Preflight, words: str) -> dict[str, Any]:
    return {
        "store": found.store,
        "state": "connected",
        "words": words,
        "ready": found.ready,
        "findings": [
            {"what": one.what, "state": one.right.value, "words": one.words} for one in found.trials
        ],
    }
