"""Tokens: the bearer check, pairs of a connection and their rotation."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import datetime, timedelta
from http import HTTPStatus

from attrs import evolve, frozen

from ..message import Request
from .refusal import Denial
from .state import State
from .switches import Switches
from .token import RIGHTS, Client, RefreshToken, Token

REFRESH_LIFE = timedelta(days=30)
"""How long a refresh token lives that nobody uses."""
UNVERIFIED = "Access token could not be verified"
"""Hint for a token that is unknown or has expired."""
REVOKED = "Access token has been revoked"
"""Hint for a token that was ended."""

_IMPLIED = {
    "all": frozenset(RIGHTS),
    "inventory": frozenset({"inventory_base", "inventory_read", "product_edit"}),
}


@frozen(kw_only=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access_token: str
    """Goes behind `Bearer`."""
    refresh_token: str
    """Good for a refresh."""


def rights_of(state: State, token: Token) -> frozenset[str]:
    """Give what a token may do: its scopes cut with the rights of the employee."""
    wanted: set[str] = set()
    for scope in token.scopes:
        name = scope.removeprefix("employee:")
        wanted |= _IMPLIED.get(name, {name})
    return state.rights & wanted


def authenticate(state: State, request: Request, now: datetime) -> Token:
    """Give the token of a request; its first use ends older refresh tokens of its connection.

    Raises Denial with 401 when it is missing, unknown, expired or revoked.
    """
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    token = state.tokens.get(value.strip())
    if kind.lower() != "bearer" or token is None or now >= token.expires_at:
        raise _no_access(UNVERIFIED)
    if token.revoked or state.blocked:
        raise _no_access(REVOKED)
    _retire(state, token)
    return token


def _no_access(hint: str) -> Denial:
    text = "The resource owner or authorization server denied the request."
    return Denial(HTTPStatus.UNAUTHORIZED, "access_denied", text, hint)


def _retire(state: State, token: Token) -> None:
    old = [
        key
        for key, each in state.refresh.items()
        if each.connection == token.connection and each.generation < token.generation
    ]
    for key in old:
        del state.refresh[key]


def connect(state: State, client: Client, scopes: frozenset[str], switches: Switches, now: datetime) -> Pair:
    """Make the first pair of a new connection."""
    connection = len(state.generations) + 1
    state.generations[connection] = 0
    return issue(state, client.id, connection, scopes, switches, now)


def issue(
    state: State,
    client_id: str,
    connection: int,
    scopes: frozenset[str],
    switches: Switches,
    now: datetime,
) -> Pair:
    """Make the next pair of a connection."""
    generation = state.generations[connection] = state.generations[connection] + 1
    ends = now + switches.token_life
    pair = Pair(
        access_token=_jwt(state, client_id, scopes, now, ends), refresh_token=f"def50200{secret(state)}"
    )
    state.tokens[pair.access_token] = Token(
        value=pair.access_token,
        client_id=client_id,
        connection=connection,
        generation=generation,
        scopes=scopes,
        expires_at=ends,
    )
    state.refresh[pair.refresh_token] = RefreshToken(
        client_id=client_id,
        connection=connection,
        generation=generation,
        scopes=scopes,
        expires_at=now + REFRESH_LIFE,
    )
    return pair


def revoke(state: State, connection: int) -> None:
    """End every token of a connection."""
    for key, token in state.tokens.items():
        if token.connection == connection:
            state.tokens[key] = evolve(token, revoked=True)
    for key in [key for key, each in state.refresh.items() if each.connection == connection]:
        del state.refresh[key]


def url_safe(content: bytes) -> str:
    """Write bytes in base64 for addresses, without padding."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _jwt(state: State, client_id: str, scopes: frozenset[str], now: datetime, ends: datetime) -> str:
    claims = {
        "jti": secret(state),
        "iss": "https://cloud.lightspeedapp.com",
        "aud": client_id,
        "sub": "1",
        "acct": state.account.id,
        "scope": " ".join(sorted(scopes)),
        "iat": now.timestamp(),
        "nbf": now.timestamp(),
        "exp": ends.timestamp(),
    }
    head = url_safe(json.dumps({"typ": "JWT", "alg": "RS256"}).encode())
    body = url_safe(json.dumps(claims).encode())
    return f"{head}.{body}.{url_safe(hashlib.sha256(f'{head}.{body}'.encode()).digest())}"


def secret(state: State) -> str:
    """Give a text that was not given before."""
    state.counter += 1
    return hashlib.sha256(f"sandbox {state.counter}".encode()).hexdigest()[:40]
