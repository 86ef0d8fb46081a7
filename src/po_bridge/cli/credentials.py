"""Where the permanent tokens of hand-shakes are kept, and hand-shakes that wait for an approval."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from attrs import evolve, frozen

from ..clients.nuorder import Pending, Portal, Scheme
from ..journal import TokenFile
from ..models.secret import Secret
from ..ports.tokens import Secrets

DEFAULT_FILE: Final = "po-bridge.tokens.json"
"""Name of the token file beside the configuration."""

_CONNECTED: Final = "nuorder/"
_WAITING: Final = "nuorder waiting/"


@frozen
class Credentials:
    """The token file of a configuration, mode 0600; raises OperatorError where others may read it."""

    path: Path
    """The file; made by the first hand-shake."""

    @property
    def _file(self) -> TokenFile:
        return TokenFile(self.path)

    def connected(self, portal: Portal) -> Portal:
        """The portal with its kept token, as it was where none is kept."""
        kept = self._file.load(_CONNECTED + portal.name)
        return portal if kept is None else _with(portal, kept)

    def keep(self, portal: Portal) -> None:
        """Keep the token of a connected portal, and forget the hand-shake that led to it."""
        self._file.store(_CONNECTED + portal.name, _texts(portal))
        self._file.store(_WAITING + portal.name, {})

    def waiting(self, portal: Portal) -> Pending | None:
        """The hand-shake that waits for its verification code; None where none does, or for other keys."""
        kept = self._file.load(_WAITING + portal.name)
        if not kept or kept.get("consumer_key") != portal.consumer_key:
            return None
        return Pending(portal=_with(portal, kept), application=kept.get("application", ""))

    def wait(self, pending: Pending) -> None:
        """Keep a hand-shake, so that the code can be given later."""
        texts = _texts(pending.portal) | {"application": pending.application}
        self._file.store(_WAITING + pending.portal.name, texts)


def _texts(portal: Portal) -> dict[str, str]:
    return {
        "consumer_key": portal.consumer_key,
        "token": portal.token,
        "token_secret": portal.token_secret.reveal(),
        "scheme": portal.scheme.name,
    }


def _with(portal: Portal, kept: Secrets) -> Portal:
    scheme = Scheme.__members__.get(kept.get("scheme", ""), portal.scheme)
    token, secret = kept.get("token", ""), kept.get("token_secret", "")
    return evolve(portal, token=token, token_secret=Secret(secret), scheme=scheme)
