from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from tests.sandbox.rseries.store import HOST, Store

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.rseries import Switches

CLOUD = "https://cloud.lightspeedapp.com"
BACK = "https://app.test/back"
VERIFIER = "a-verifier-that-is-long-enough-for-everybody"


@pytest.fixture
def app(store: Store) -> Store:
    """Give an account with one registered application."""
    store.sandbox.add_client("app", "secret", BACK)
    return store


def post(store: Store, name: str, form: Mapping[str, str], kind: str = "application/json") -> Response:
    """Call an endpoint of the token server with a body of that media type."""
    full = {"client_id": "app", "client_secret": "secret", **form}
    if kind.startswith("multipart"):
        rows = (f'--xx\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n' for n, v in full.items())
        body = "".join(rows) + "--xx--\r\n"
    else:
        body = json.dumps(full) if kind == "application/json" else urlencode(full)
    headers = {"content-type": kind}
    address = f"{CLOUD}/auth/oauth/{name}"
    return store.send(Request(method="POST", address=address, headers=headers, body=body.encode()))


def refresh(store: Store, token: str, **form: str) -> Response:
    """Refresh a pair."""
    return post(store, "token", {"grant_type": "refresh_token", "refresh_token": token, **form})


def authorize(store: Store, **query: str) -> Response:
    """Open the authorize address, as a browser does."""
    full = {
        "response_type": "code",
        "client_id": "app",
        "scope": "employee:purchase_orders employee:inventory",
        "state": "mark",
        **query,
    }
    answer = store.sandbox.handle(
        Request(method="GET", address=f"{CLOUD}/auth/oauth/authorize?{urlencode(full)}")
    )
    assert isinstance(answer, Response)
    return answer


def back(answer: Response) -> dict[str, str]:
    """Read what the redirect carries."""
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return {name: values[0] for name, values in query.items()}


def status(store: Store, token: str, path: str = "Shop") -> int:
    """Give the status that a token gets for a read."""
    return store.ask("GET", path, token=token).status


def claims(token: str) -> Any:
    """Read the claims of an access token."""
    body = token.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": "Bearer nobody"}, {"authorization": "Basic abc"}],
    ids=["none", "unknown", "other scheme"],
)
def test_call_without_a_good_token_is_401(store: Store, headers: dict[str, str]) -> None:
    """No, an unknown and a non-bearer token get the published 401 with its hint."""
    answer = store.send(Request(method="GET", address=f"{HOST}/API/V3/Account.json", headers=headers))
    assert answer.status == 401
    assert answer.read_json()["error"] == "access_denied"
    assert answer.read_json()["hint"] == "Access token could not be verified"


@pytest.mark.parametrize(
    "kind",
    ["application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"],
    ids=["json", "form", "multipart"],
)
def test_handshake(app: Store, kind: str) -> None:
    """A code becomes a pair, sent in any of the three forms; the code is good once."""
    answered = back(authorize(app))
    assert answered["state"] == "mark"
    form = {"grant_type": "authorization_code", "code": answered["code"]}
    pair = post(app, "token", form, kind).read_json()
    assert (pair["token_type"], pair["expires_in"]) == ("Bearer", 3600)
    assert status(app, pair["access_token"], "Order") == 200
    assert status(app, pair["access_token"]) == 200
    again = post(app, "token", form, kind)
    assert (again.status, again.read_json()["error"]) == (400, "invalid_grant")


def test_access_token_tells_its_account(app: Store) -> None:
    """The access token is a JWT whose claims hold account, client, scope and life as floats."""
    read = claims(app.sandbox.add_pair("app", ["employee:vendors"]).access_token)
    assert (read["acct"], read["aud"], read["scope"]) == ("123456", "app", "employee:vendors")
    assert read["exp"] - read["iat"] == 3600.0
    assert isinstance(read["exp"], float)


@pytest.mark.parametrize(
    ("method", "challenge"),
    [
        ("plain", VERIFIER),
        ("S256", base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()),
    ],
    ids=["plain", "S256"],
)
def test_proof_key(app: Store, method: str, challenge: str) -> None:
    """With a challenge the code needs its verifier."""
    code = back(authorize(app, code_challenge=challenge, code_challenge_method=method))["code"]
    form = {"grant_type": "authorization_code", "code": code}
    assert post(app, "token", form).status == 400
    assert post(app, "token", {**form, "code_verifier": "another"}).status == 400
    assert post(app, "token", {**form, "code_verifier": VERIFIER}).status == 200


def test_code_lives_a_minute(app: Store) -> None:
    """A code is good for less than sixty seconds."""
    code = back(authorize(app))["code"]
    app.clock.tick(60)
    assert post(app, "token", {"grant_type": "authorization_code", "code": code}).status == 400


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ({"client_id": "x"}, "invalid_request"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": ""}, "invalid_scope"),
        ({"code_challenge_method": "S1"}, "invalid_request"),
    ],
    ids=["client", "type", "scope", "method"],
)
def test_authorize_refuses(app: Store, query: dict[str, str], error: str) -> None:
    """A bad authorization request gets no redirect."""
    answer = authorize(app, **query)
    assert (answer.status, answer.read_json()["error"]) == (400, error)


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"grant_type": "refresh_token", "client_secret": "wrong"}, (401, "invalid_client")),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, (400, "invalid_grant")),
        ({"grant_type": "password"}, (400, "invalid_request")),
    ],
    ids=["secret", "refresh token", "grant type"],
)
def test_bad_grants(app: Store, form: dict[str, str], expected: tuple[int, str]) -> None:
    """A wrong client is 401, a wrong grant 400, each with the error of the standard."""
    # Such requests do not follow the contract, their answers do.
    body = json.dumps({"client_id": "app", "client_secret": "secret", **form}).encode()
    headers = {"content-type": "application/json"}
    answer = app.send(Request(method="POST", address=f"{CLOUD}/auth/oauth/token", headers=headers, body=body))
    assert (answer.status, answer.read_json()["error"]) == expected


def test_token_endpoint_takes_post_only(app: Store) -> None:
    """Another method is 405."""
    answer = app.sandbox.handle(Request(method="GET", address=f"{CLOUD}/auth/oauth/token"))
    assert isinstance(answer, Response)
    assert (answer.status, answer.read_json()["error"]) == (405, "invalid_request")


def test_old_refresh_token_lives_until_the_new_access_token_is_used(app: Store) -> None:
    """A lost answer can be asked for again; the first use of a new access token ends the old refresh tokens."""
    pair = app.sandbox.add_pair("app")
    lost = refresh(app, pair.refresh_token)
    assert lost.status == 200
    second = refresh(app, pair.refresh_token).read_json()
    assert status(app, pair.access_token) == 200
    assert status(app, second["access_token"]) == 200
    assert refresh(app, pair.refresh_token).status == 400
    assert refresh(app, lost.read_json()["refresh_token"]).status == 400
    assert refresh(app, second["refresh_token"]).status == 200


def test_old_tokens_die_at_once_by_switches() -> None:
    """By switches a refresh ends the old refresh token and the old access token at once."""
    store = Store(Switches(old_refresh_good=False, old_access_dies=True))
    store.sandbox.add_client("app", "secret", BACK)
    pair = store.sandbox.add_pair("app")
    assert refresh(store, pair.refresh_token).status == 200
    assert refresh(store, pair.refresh_token).status == 400
    assert status(store, pair.access_token) == 401


def test_five_refreshes_a_minute(app: Store) -> None:
    """A sixth refresh of a connection within a minute is refused, another connection is not."""
    pair, other = app.sandbox.add_pair("app"), app.sandbox.add_pair("app")
    assert [refresh(app, pair.refresh_token).status for _ in range(6)] == [200] * 5 + [429]
    assert refresh(app, other.refresh_token).status == 200
    app.clock.tick(60)
    assert refresh(app, pair.refresh_token).status == 200


def test_scope_must_not_come_with_a_refresh(app: Store) -> None:
    """A refresh with a scope is refused."""
    token = app.sandbox.add_pair("app").refresh_token
    body = {"client_id": "app", "client_secret": "secret", "grant_type": "refresh_token"}
    answer = app.sandbox.handle(
        Request(
            method="POST",
            address=f"{CLOUD}/auth/oauth/token",
            headers={"content-type": "application/json"},
            body=json.dumps({**body, "refresh_token": token, "scope": "employee:all"}).encode(),
        )
    )
    assert isinstance(answer, Response)
    assert answer.read_json()["error"] == "invalid_scope"


def test_lives_of_tokens(app: Store) -> None:
    """An access token lives as long as its answer says, an unused refresh token thirty days."""
    pair = app.sandbox.add_pair("app")
    app.clock.tick(3599)
    assert status(app, pair.access_token) == 200
    app.clock.tick(1)
    assert status(app, pair.access_token) == 401
    app.clock.tick(30 * 86_400 - 3601)
    assert refresh(app, pair.refresh_token).status == 200
    app.clock.tick(2)
    assert refresh(app, pair.refresh_token).status == 400


def test_life_of_an_access_token_is_a_switch() -> None:
    """Another published life of the access token is half an hour; the answer says which."""
    store = Store(Switches(token_life=timedelta(minutes=30)))
    store.sandbox.add_client("app", "secret", BACK)
    pair = store.sandbox.add_pair("app")
    assert refresh(store, pair.refresh_token).read_json()["expires_in"] == 1800
    store.clock.tick(1800)
    assert status(store, pair.access_token) == 401


def test_revoked_connection(app: Store) -> None:
    """Revoking ends all tokens of the connection; the 401 says so."""
    pair = app.sandbox.add_pair("app")
    assert post(app, "revoke", {"refresh_token": pair.refresh_token}).status == 200
    answer = app.ask("GET", "Shop", token=pair.access_token)
    assert (answer.status, answer.read_json()["hint"]) == (401, "Access token has been revoked")
    assert refresh(app, pair.refresh_token).status == 400


def test_merchant_disconnects(store: Store) -> None:
    """A merchant can end a connection, and blocking the employee ends all of them."""
    other = store.sandbox.add_token()
    store.sandbox.revoke(other)
    assert (status(store, other), status(store, store.token)) == (401, 200)
    store.sandbox.state.blocked = True
    assert status(store, store.token) == 401


def test_introspection(app: Store) -> None:
    """A good token is said to be active, another is 401."""
    token = app.sandbox.add_pair("app").access_token
    for value, expected in ((token, 200), ("x", 401)):
        headers = {"authorization": f"Bearer {value}"}
        request = Request(method="GET", address=f"{CLOUD}/auth/oauth/introspect", headers=headers)
        assert app.send(request).status == expected
