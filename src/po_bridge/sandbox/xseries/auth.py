"""Tokens: the bearer check, the authorization-code grant, refreshing with rotation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from urllib.parse import urlencode

from attrs import evolve, frozen

from ..message import Request, Response
from .refusal import Refusal, malformed
from .state import State
from .token import Client, Grant, Token

LIFETIME = timedelta(seconds=86_400)
"""How long an access token of an application lives."""
CODE_LIFETIME = timedelta(minutes=10)
"""How long an authorization code can be exchanged."""


@frozen(kw_only=True)
class Pair:
    """An access token and the refresh token that came with it."""

    access_token: str
    """Goes behind `Bearer`."""
    refresh_token: str
    """Good for one refresh."""


def authenticate(state: State, request: Request, now: datetime) -> Token:
    """Give the token of a request; raises 401 when it is missing, unknown, expired or revoked."""
    kind, _, value = request.headers.get("authorization", "").partition(" ")
    token = state.tokens.get(value.strip())
    if kind.lower() != "bearer" or token is None:
        raise Refusal(HTTPStatus.UNAUTHORIZED, "no valid access token")
    if token.revoked:
        raise Refusal(HTTPStatus.UNAUTHORIZED, "the access token was revoked")
    if token.expires_at is not None and now >= token.expires_at:
        raise Refusal(HTTPStatus.UNAUTHORIZED, "the access token has expired")
    return token


def personal(state: State, scopes: frozenset[str]) -> str:
    """Make a personal token, which does not expire."""
    value = f"lsxs_pt_{_secret(state)}"
    state.tokens[value] = Token(value=value, application=f"personal {value}", scopes=scopes)
    return value


def issue(state: State, client: Client, scopes: frozenset[str], now: datetime) -> Pair:
    """Make an access token of an application, with its refresh token."""
    pair = Pair(access_token=f"lsxs_at_{_secret(state)}", refresh_token=f"lsxs_rt_{_secret(state)}")
    state.tokens[pair.access_token] = Token(
        value=pair.access_token, application=client.id, scopes=scopes, expires_at=now + LIFETIME
    )
    state.refresh[pair.refresh_token] = pair.access_token
    return pair


def revoke(state: State, value: str) -> None:
    """End an access token before its time."""
    state.tokens[value] = evolve(state.tokens[value], revoked=True)


def approve(state: State, client: Client, scopes: frozenset[str], now: datetime) -> str:
    """Make an authorization code, as when a merchant agrees."""
    code = f"code_{_secret(state)}"
    state.grants[code] = Grant(
        client_id=client.id, redirect_uri=client.redirect_uri, scopes=scopes, expires_at=now + CODE_LIFETIME
    )
    return code


def connect(state: State, request: Request, now: datetime) -> Response:
    """Answer the authorize address: the merchant agrees at once and is sent back with a code.

    Raises 400 for a state below 8 characters, an unknown client or another redirect address.
    Without a scope the request is declined, as since June 2026.
    """
    client = state.clients.get(request.first("client_id") or "")
    redirect = request.first("redirect_uri")
    mark = request.first("state") or ""
    if (
        client is None
        or redirect is None
        or redirect != client.redirect_uri
        or request.first("response_type") != "code"
    ):
        raise malformed("unknown client, redirect_uri or response_type")
    if len(mark) < 8:
        raise malformed("state must have at least 8 characters")
    scope = request.first("scope") or ""
    if not scope.split():
        return _redirect(redirect, {"error": "access_denied", "state": mark})
    code = approve(state, client, frozenset(scope.split()), now)
    prefix = state.retailer.domain_prefix
    return _redirect(redirect, {"code": code, "domain_prefix": prefix, "state": mark, "scope": scope})


def exchange(state: State, request: Request, now: datetime) -> Response:
    """Answer the token endpoint: a code or a refresh token for a new pair.

    A refresh is good once: it gives a new refresh token and revokes the access token of the old one.
    """
    form = _form(request)
    client = state.clients.get(form.get("client_id", ""))
    if client is None or client.secret != form.get("client_secret"):
        raise Refusal(HTTPStatus.UNAUTHORIZED, "unknown client")
    kind = form.get("grant_type")
    if kind == "authorization_code":
        scopes = _spend_code(state, client, form, now)
    elif kind == "refresh_token":
        scopes = _spend_refresh(state, client, form)
    else:
        raise malformed("grant_type must be authorization_code or refresh_token")
    return _answer(state, issue(state, client, scopes, now), scopes, now)


def _answer(state: State, pair: Pair, scopes: frozenset[str], now: datetime) -> Response:
    return Response.json(
        {
            "access_token": pair.access_token,
            "token_type": "Bearer",
            "expires": int((now + LIFETIME).timestamp()),
            "expires_in": int(LIFETIME.total_seconds()),
            "refresh_token": pair.refresh_token,
            "domain_prefix": state.retailer.domain_prefix,
            "scope": " ".join(sorted(scopes)),
        }
    )


def _spend_code(state: State, client: Client, form: Mapping[str, str], now: datetime) -> frozenset[str]:
    code = form.get("code", "")
    grant = state.grants.get(code)
    if grant is None or grant.used or now >= grant.expires_at or grant.client_id != client.id:
        raise malformed("the code is unknown, used or expired")
    if form.get("redirect_uri") != grant.redirect_uri:
        raise malformed("redirect_uri differs from the one of the authorization request")
    state.grants[code] = evolve(grant, used=True)
    return grant.scopes


def _spend_refresh(state: State, client: Client, form: Mapping[str, str]) -> frozenset[str]:
    value = form.get("refresh_token", "")
    access = state.refresh.get(value)
    if access is None or state.tokens[access].application != client.id:
        raise malformed("the refresh token is unknown or was used before")
    del state.refresh[value]
    revoke(state, access)
    return state.tokens[access].scopes


def _form(request: Request) -> Mapping[str, str]:
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        raise malformed("the body must be form encoded")
    try:
        return request.form()
    except ValueError as error:
        raise malformed("the body is not text") from error


def _redirect(address: str, query: Mapping[str, str]) -> Response:
    joint = "&" if "?" in address else "?"
    return Response(status=HTTPStatus.FOUND, headers={"location": f"{address}{joint}{urlencode(query)}"})


def _secret(state: State) -> str:
    return state.new_id().replace("-", "")
