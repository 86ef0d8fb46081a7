"""How the merchant's consent comes back: to a listener on this machine, or pasted by a person."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Mapping
from typing import Final

from attrs import frozen

from ..clients.xseries import Application, Begun
from ..execution.clock import SystemClock
from ..journal import TokenFile
from .listener import Listener
from .portal_section import is_near
from .xseries_section import StoreSide

_WAITING: Final = "waiting "
_STATE: Final = "state"
_CLIENT: Final = "client_id"


@frozen
class Waiting:
    """Consents that are waited for across two runs of the command, in the token file."""

    side: StoreSide
    """The store."""

    @property
    def _name(self) -> str:
        return _WAITING + self.side.account

    def kept(self, application: Application) -> Begun | None:
        """The connection that waits for its callback; None where none does, or for another application."""
        kept = TokenFile(self.side.tokens).load(self._name)
        if not kept or kept.get(_CLIENT) != application.client_id or not kept.get(_STATE):
            return None
        return begun(self.side, application, kept[_STATE])

    def keep(self, waiting: Begun) -> None:
        """Keep a connection, so that its callback can be pasted later."""
        self._store({_STATE: waiting.state.reveal(), _CLIENT: waiting.application.client_id})

    def forget(self) -> None:
        """Forget it: a state is good for one callback."""
        if TokenFile(self.side.tokens).load(self._name):
            self._store({})

    def _store(self, values: Mapping[str, str]) -> None:
        TokenFile(self.side.tokens).store(self._name, values)


def begun(side: StoreSide, application: Application, state: str = "") -> Begun:
    """Begin a connection, with a state that nobody guesses unless one is given."""
    return Begun(
        application=application,
        redirect=side.redirect,
        state=state or secrets.token_urlsafe(32),
        address=side.address,
    )


def listened(waiting: Begun, seconds: float) -> str | None:
    """Listen for the callback while the merchant agrees in a browser; None where nothing came in time.

    Raises Misuse where nothing can listen at the redirect address; the merchant was not sent anywhere then.
    """
    with Listener(waiting.redirect, waiting.state, SystemClock()) as listener:
        _ask(waiting)
        print(f"waiting at {waiting.redirect} for {seconds:g} s; Ctrl-C ends it", file=sys.stderr, flush=True)
        return listener.wait(seconds)


def pasted(waiting: Begun) -> str:
    """The callback from a person at the terminal; empty where nobody sits there."""
    if not sys.stdin.isatty():
        return ""
    _ask(waiting)
    print("then paste the whole address of the page you end at: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip()


def instructions(waiting: Begun) -> str:
    """What to do until there is a callback, and how it is given."""
    later = "Then: po-bridge connect xseries --callback 'THE WHOLE ADDRESS OF THE PAGE YOU END AT'"
    return f"{_where(waiting)}\n{later}"


def _where(waiting: Begun) -> str:
    address = waiting.authorise_address
    lines = [f"open this address in a browser and agree:\n{address}"]
    if waiting.address and is_near(waiting.address):
        lines.append(f"This is an emulator; its merchant agrees at once, as with: curl -sL '{address}'")
    return "\n".join(lines)


def _ask(waiting: Begun) -> None:
    print(_where(waiting), file=sys.stderr)
