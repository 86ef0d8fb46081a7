"""Who may come in: signatures, time stamps, nonces and tokens."""

from __future__ import annotations

import hmac
from collections.abc import Iterable, Mapping
from datetime import datetime
from enum import Enum

from attrs import define, field, frozen

from ..message import Request
from .authorization import Authorization, read_authorization, signed_pairs
from .portal import HOSTS, Credential, Portal, Side
from .signature import standard_signature, standard_text, vendor_signature, vendor_text
from .state import State
from .switches import Schemes, Switches

INITIATE = "/api/initiate"
"""Where a hand-shake begins; signed without a token."""
TOKEN = "/api/token"  # noqa: S105 - a path, not a secret
"""Where it ends; signed with the temporary token."""


class Refusal(Enum):
    """Why a request was not let in; the caller only learns that its signature is not correct."""

    NO_HEADER = "no OAuth header"
    INCOMPLETE = "parameters missing or not HMAC-SHA1"
    STRANGER = "unknown consumer key"
    WRONG_HOST = "credential of the other side of the trade"
    UNKNOWN_TOKEN = "token unknown or of another key"  # noqa: S105 - a reason, not a secret
    STALE = "time stamp outside the window"
    SIGNATURE = "signature does not fit"
    REPLAYED = "nonce seen before"


@frozen(kw_only=True)
class Caller:
    """Who signed a request."""

    portal: str
    """Name of the portal the credential belongs to."""
    side: Side
    """Whom the credential speaks for."""
    authorization: Authorization
    """The header as read."""


@frozen(kw_only=True)
class _Key:
    portal: str
    credential: Credential


def _keys(portals: Iterable[Portal]) -> Mapping[str, _Key]:
    return {
        credential.consumer_key: _Key(portal=portal.name, credential=credential)
        for portal in portals
        for credential in portal.credentials
    }


@define(kw_only=True)
class Gate:
    """Checks signatures and remembers nonces; the memory of nonces is no part of a snapshot."""

    switches: Switches
    """Accepted schemes and the window of time."""
    keys: Mapping[str, _Key] = field(converter=_keys)
    """Credentials by consumer key; given as portals."""
    _nonces: dict[tuple[str, str, str, str], int] = field(init=False, factory=dict)
    _swept: float = field(init=False, default=0.0)

    def check(self, request: Request, state: State, now: datetime) -> Caller | Refusal:
        """Tell who signed a request, or why it is refused; an accepted nonce is used up."""
        header = read_authorization(request)
        if header is None:
            return Refusal.NO_HEADER
        if not header.complete:
            return Refusal.INCOMPLETE
        key = self.keys.get(header.values["oauth_consumer_key"])
        if key is None:
            return Refusal.STRANGER
        if HOSTS.get(request.host, key.credential.side) is not key.credential.side:
            return Refusal.WRONG_HOST
        secret = _token_secret(request.path, header, state)
        if secret is None:
            return Refusal.UNKNOWN_TOKEN
        refusal = self._refusal(request, header, (key.credential.consumer_secret, secret), now)
        return refusal or Caller(portal=key.portal, side=key.credential.side, authorization=header)

    def _refusal(
        self, request: Request, header: Authorization, secrets: tuple[str, str], now: datetime
    ) -> Refusal | None:
        stamp, seconds = int(header.values["oauth_timestamp"]), self.switches.window.total_seconds()
        if abs(now.timestamp() - stamp) > seconds:
            return Refusal.STALE
        if not any(
            hmac.compare_digest(wanted.encode(), header.values["oauth_signature"].encode())
            for wanted in self._signatures(request, header, secrets)
        ):
            return Refusal.SIGNATURE
        if now.timestamp() > self._swept + seconds:
            self._swept = now.timestamp()
            self._nonces = {known: at for known, at in self._nonces.items() if at >= self._swept - seconds}
        return self._use_nonce(header, stamp)

    def _use_nonce(self, header: Authorization, stamp: int) -> Refusal | None:
        # RFC 5849 section 3.3: a nonce is unique for its time stamp, key and token.
        values = header.values
        nonce = (
            values["oauth_consumer_key"],
            values.get("oauth_token", ""),
            values["oauth_timestamp"],
            values["oauth_nonce"],
        )
        if nonce in self._nonces:
            return Refusal.REPLAYED
        self._nonces[nonce] = stamp
        return None

    def _signatures(self, request: Request, header: Authorization, secrets: tuple[str, str]) -> Iterable[str]:
        if self.switches.schemes is not Schemes.VENDOR:
            pairs = tuple(signed_pairs(request, header))
            yield standard_signature(standard_text(request.method, request.address, pairs), *secrets)
            # The vendor says of application_name only that it stands in the header.
            bare = tuple(pair for pair in pairs if pair[0] != "application_name")
            yield standard_signature(standard_text(request.method, request.address, bare), *secrets)
        if self.switches.schemes is not Schemes.STANDARD and not request.query:
            text = vendor_text(request.method, request.address, header.values)
            yield vendor_signature(text, *secrets)


def _token_secret(path: str, header: Authorization, state: State) -> str | None:
    token, key = header.values.get("oauth_token", ""), header.values["oauth_consumer_key"]
    if path == INITIATE:
        return None if token else ""
    known = state.applications.get(token) if path == TOKEN else state.grants.get(token)
    return known.secret if known is not None and known.consumer_key == key else None
