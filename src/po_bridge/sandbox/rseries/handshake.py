"""The hand-shake: authorization code with proof key, refreshing, revoking."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from attrs import evolve

from ..message import Request, Response
from .auth import Pair, authenticate, connect, issue, revoke, secret, url_safe
from .refusal import Denial
from .state import State
from .switches import Switches
from .token import Client, Grant

CODE_LIFE = timedelta(seconds=60)
"""How long an authorization code can be exchanged."""
MOST_ATTEMPTS = 5
"""Refreshes of one connection in a minute."""

_MINUTE = timedelta(minutes=1)


def authorize(state: State, request: Request, now: datetime) -> Response:
    """Answer the authorize address: the merchant agrees at once and is sent back with a code.

    Raises Denial with 400 for an unknown client, another response type or no scope.
    """
    client = state.clients.get(request.first("client_id") or "")
    scope = request.first("scope") or ""
    if client is None or request.first("response_type") != "code":
        raise _bad("invalid_request", "unknown client or response_type")
    if not scope.split():
        raise _bad("invalid_scope", "scope is missing")
    method = request.first("code_challenge_method") or "plain"
    if method not in ("plain", "S256"):
        raise _bad("invalid_request", "code_challenge_method must be plain or S256")
    code = f"code{secret(state)}"
    state.grants[code] = Grant(
        client_id=client.id,
        scopes=frozenset(scope.split()),
        expires_at=now + CODE_LIFE,
        challenge=request.first("code_challenge") or "",
        method=method,
    )
    back = {"code": code, "state": request.first("state") or ""}
    joint = "&" if "?" in client.redirect_uri else "?"
    address = f"{client.redirect_uri}{joint}{urlencode(back)}"
    return Response(status=HTTPStatus.FOUND, headers={"location": address})


def exchange(state: State, request: Request, switches: Switches, now: datetime) -> Response:
    """Answer the token endpoint: a code or a refresh token for a new pair."""
    form = _form(request)
    client = _client(state, form)
    kind = form.get("grant_type")
    if kind == "authorization_code":
        pair = connect(state, client, _spend_code(state, client, form, now), switches, now)
    elif kind == "refresh_token":
        pair = _refresh(state, client, form, switches, now)
    else:
        raise _bad("invalid_request", "grant_type must be authorization_code or refresh_token")
    return Response.json(
        {
            "token_type": "Bearer",
            "expires_in": int(switches.token_life.total_seconds()),
            "access_token": pair.access_token,
            "refresh_token": pair.refresh_token,
        }
    )


def end(state: State, request: Request) -> Response:
    """Answer the revoke endpoint: the connection of a refresh token ends."""
    form = _form(request)
    _client(state, form)
    held = state.refresh.get(form.get("refresh_token", ""))
    if held is not None:
        revoke(state, held.connection)
    return Response.json({})


def introspect(state: State, request: Request, now: datetime) -> Response:
    """Answer whether a token is good; the body is not published."""
    token = authenticate(state, request, now)
    return Response.json(
        {"active": True, "client_id": token.client_id, "scope": " ".join(sorted(token.scopes))}
    )


def _spend_code(state: State, client: Client, form: Mapping[str, str], now: datetime) -> frozenset[str]:
    code = form.get("code", "")
    grant = state.grants.get(code)
    if grant is None or grant.used or now >= grant.expires_at or grant.client_id != client.id:
        raise _bad("invalid_grant", "the code is unknown, used or expired")
    if grant.challenge and grant.challenge != _proof(form.get("code_verifier", ""), grant.method):
        raise _bad("invalid_grant", "the code verifier does not fit the challenge")
    state.grants[code] = evolve(grant, used=True)
    return grant.scopes


def _refresh(
    state: State, client: Client, form: Mapping[str, str], switches: Switches, now: datetime
) -> Pair:
    value = form.get("refresh_token", "")
    held = state.refresh.get(value)
    if held is None or held.client_id != client.id or now >= held.expires_at or state.blocked:
        raise _bad("invalid_grant", "the refresh token is unknown, used or expired")
    if "scope" in form:
        raise _bad("invalid_scope", "scope cannot be sent with a refresh")
    _attempt(state, held.connection, now)
    if not switches.old_refresh_good:
        del state.refresh[value]
    if switches.old_access_dies:
        for key, token in state.tokens.items():
            if token.connection == held.connection:
                state.tokens[key] = evolve(token, revoked=True)
    return issue(state, client.id, held.connection, held.scopes, switches, now)


def _attempt(state: State, connection: int, now: datetime) -> None:
    recent = tuple(each for each in state.attempts.get(connection, ()) if each > now - _MINUTE)
    if len(recent) >= MOST_ATTEMPTS:
        raise Denial(HTTPStatus.TOO_MANY_REQUESTS, "invalid_request", "too many refreshes in a minute")
    state.attempts[connection] = (*recent, now)


def _client(state: State, form: Mapping[str, str]) -> Client:
    client = state.clients.get(form.get("client_id", ""))
    if client is None or client.secret != form.get("client_secret"):
        raise Denial(HTTPStatus.UNAUTHORIZED, "invalid_client", "Client authentication failed")
    return client


def _form(request: Request) -> Mapping[str, str]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind == "multipart/form-data":
        return {part.name: part.content.decode(errors="replace") for part in request.parts()}
    try:
        form = request.form() if kind == "application/x-www-form-urlencoded" else request.json()
    except ValueError as error:
        raise _bad("invalid_request", "the body cannot be read") from error
    if not isinstance(form, Mapping):
        raise _bad("invalid_request", "the body must be an object")
    return {str(name): str(value) for name, value in form.items()}


def _bad(error: str, description: str) -> Denial:
    return Denial(HTTPStatus.BAD_REQUEST, error, description)


def _proof(verifier: str, method: str) -> str:
    if method == "plain":
        return verifier
    return url_safe(hashlib.sha256(verifier.encode()).digest())
