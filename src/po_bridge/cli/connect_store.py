"""``connect xseries``: from an application, or a personal token, to a store that was looked at."""

from __future__ import annotations

import os
import re
import sys
from getpass import getpass
from typing import Any, Final

from ..clients.xseries import Application, Begun, Connected, Preflight, Right, XSeries, granted, redeem
from ..errors import Misuse
from ..execution.clock import SystemClock
from ..journal import TokenFile
from ..models.secret import Secret
from .asking import ask
from .config import read_store
from .consent import Waiting, begun, instructions, listened, pasted
from .exit_code import ExitCode
from .options import DEFAULT, Options
from .printing import show
from .xseries_section import StoreSide

_TOKEN: Final = re.compile(r"[\x21-\x7e]+")
_CONNECTED: Final = "connected already; --begin-again asks the store anew"


def xseries(
    *,
    paste: bool = False,
    callback: str = "",
    personal_token: bool = False,
    begin_again: bool = False,
    wait: float = 300.0,
    dry_run: bool = False,
    options: Options = DEFAULT,
) -> ExitCode:
    """Connect a store: the merchant agrees in a browser, the tokens are kept, the store is looked at.

    The consent comes back to a listener on this machine, or is pasted. A store that is connected already is only
    looked at. Ends with 1 where a consent is still waited for, or anything is missing.

    Parameters
    ----------
    paste
        Listen nowhere: the address of the last page is pasted, now or later with --callback.
    callback
        The whole address of the page that the merchant ended at.
    personal_token
        Take a personal token instead, from the terminal or the standard input, never from the command line.
    begin_again
        Ask anew even where the store is connected.
    wait
        Seconds to listen for the consent.
    dry_run
        Say what would be asked for; ask nobody, keep nothing.
    """
    side = read_store(options.config, os.environ)
    if dry_run:
        return _foretold(options, side, personal=personal_token)
    if side.connected and not (begin_again or callback):
        return _looked_at(options, side.adapter(), _CONNECTED)
    if side.token is not None:
        raise Misuse("the configuration names a token; take it out of [xseries] to connect in another way")
    if personal_token:
        return _personal(options, side)
    waiting = _waiting(side, begin_again=begin_again, later=bool(callback))
    given = callback or (_pasted(side, waiting) if paste else listened(waiting, wait))
    if not given:
        return _still(options, side, waiting)
    connected = _redeemed(side, waiting, given)
    lacking = f"; not given: {', '.join(connected.lacking)}" if connected.lacking else ""
    words = f"connected{lacking}; its tokens are kept in {side.tokens}"
    return _looked_at(options, side.adapter(), words)


def _application(side: StoreSide) -> Application:
    if side.application is None:
        raise Misuse(
            "[xseries] names no application; add application = { client_id = ..., client_secret = "
            '{ env = "NAME" } } as registered with the vendor, or use --personal-token'
        )
    return side.application


def _waiting(side: StoreSide, *, begin_again: bool, later: bool) -> Begun:
    """The connection whose callback is wanted: a new one, or the one that an earlier run began."""
    application = _application(side)
    kept = None if begin_again and not later else Waiting(side).kept(application)
    if later and kept is None:
        raise Misuse("no connection waits for a callback; run the command with --paste first")
    return kept or begun(side, application)


def _pasted(side: StoreSide, waiting: Begun) -> str:
    Waiting(side).keep(waiting)
    return pasted(waiting)


def _redeemed(side: StoreSide, waiting: Begun, callback: str) -> Connected:
    """Exchange the code; raises Misuse before that for a store that is not the configured one."""
    consent = granted(waiting, callback)
    if consent.domain_prefix != side.domain_prefix.lower():
        raise Misuse(
            f"the store {consent.domain_prefix!r} agreed, and the configuration names {side.domain_prefix!r}; "
            "sign in to that store, or change domain_prefix"
        )
    Waiting(side).forget()
    return ask(redeem(waiting, consent, TokenFile(side.tokens)))


def _still(options: Options, side: StoreSide, waiting: Begun) -> ExitCode:
    Waiting(side).keep(waiting)
    text = instructions(waiting)
    show(options, text, {"store": side.account, "state": "waiting", "next": text})
    return ExitCode.ATTENTION


def _personal(options: Options, side: StoreSide) -> ExitCode:
    """Try a personal token, and keep it only where the store takes it."""
    token = _typed()
    found = ask(side.tried(token).preflight())
    taken = any(trial.right is Right.WORKS for trial in found.trials)
    if taken:
        TokenFile(side.tokens).store(side.account, {"access_token": token.reveal()})
    words = f"connected; its token is kept in {side.tokens}" if taken else "not connected; nothing was kept"
    return _told(options, side.tried(token), found, words)


def _typed() -> Secret:
    if sys.stdin.isatty():
        text = getpass("personal token (it is not shown): ", stream=sys.stderr).strip()
    else:
        text = sys.stdin.readline().strip()
    if not _TOKEN.fullmatch(text):
        raise Misuse("no personal token was given; make one in the store under Setup > Personal tokens")
    return Secret(text)


def _foretold(options: Options, side: StoreSide, *, personal: bool) -> ExitCode:
    scopes = () if personal or side.token else begun(side, _application(side)).scopes
    how = f"asked for: {', '.join(scopes)}; sent back to {side.redirect}" if scopes else "a personal token"
    words = f"store {side.account}: {how}; tokens would be kept in {side.tokens}"
    show(options, words, {"store": side.account, "state": "dry run", "scopes": list(scopes)})
    return ExitCode.DONE


def _looked_at(options: Options, store: XSeries, words: str) -> ExitCode:
    """Try everything that a sync needs, and say it in words."""
    return _told(options, store, ask(store.preflight()), words)


def _told(options: Options, store: XSeries, found: Preflight, words: str) -> ExitCode:
    age = store.version_age(SystemClock().now().date())
    show(options, f"{words}\n{found}\n{age}", _document(found, words, str(age)))
    return ExitCode.DONE if found.ready and not age.expired else ExitCode.ATTENTION


def _document(found: Preflight, words: str, version: str) -> dict[str, Any]:
    return {
        "store": found.store,
        "state": "connected" if not words.startswith("not") else "refused",
        "words": words,
        "ready": found.ready,
        "version": version,
        "findings": [
            {"what": one.what, "state": one.right.value, "words": one.words} for one in found.trials
        ],
    }
