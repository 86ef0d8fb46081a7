from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from tests.sandbox.xseries.shop import HOST, Shop

from po_bridge.sandbox import Request, Response
from po_bridge.sandbox.xseries import ALL_SCOPES

CALLBACK = "http://127.0.0.1:8765/callback"


@pytest.fixture
def app(shop: Shop) -> Shop:
    """Give a store with one registered application."""
    shop.sandbox.add_client("app", "secret", CALLBACK)
    return shop


def post_token(shop: Shop, **form: str) -> Response:
    """Call the token endpoint."""
    full = {"client_id": "app", "client_secret": "secret", **form}
    return shop.send(
        Request(
            method="POST",
            address=f"{HOST}/api/1.0/token",
            headers={"content-type": "application/x-www-form-urlencoded"},
            body=urlencode(full).encode(),
        )
    )


def authorize(shop: Shop, **query: str) -> Response:
    """Open the authorize address, as a browser does."""
    full = {
        "response_type": "code",
        "client_id": "app",
        "redirect_uri": CALLBACK,
        "state": "long-enough",
        "scope": "products:read suppliers:read",
        **query,
    }
    answer = shop.sandbox.handle(Request(method="GET", address=f"{HOST}/connect?{urlencode(full)}"))
    assert isinstance(answer, Response)
    return answer


def callback(answer: Response) -> Mapping[str, str]:
    """Read what the redirect carries."""
    return {name: values[0] for name, values in parse_qs(urlsplit(answer.headers["location"]).query).items()}


def status(shop: Shop, token: str) -> int:
    """Give the status that a token gets for a harmless read."""
    return shop.ask("GET", "suppliers", token=token).status


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": ""}, {"authorization": "Bearer nobody"}, {"authorization": "Basic abc"}],
    ids=["none", "empty", "unknown", "other scheme"],
)
def test_call_without_a_good_token_is_401(shop: Shop, headers: dict[str, str]) -> None:
    """No, an empty, an unknown and a non-bearer token are all 401, with the rate headers on the answer."""
    answer = shop.send(Request(method="GET", address=f"{HOST}/api/2026-07/suppliers", headers=headers))
    assert answer.status == 401
    assert "x-ratelimit-limit" in answer.headers


def test_personal_token_does_not_expire(shop: Shop) -> None:
    """A personal token still works after a year."""
    shop.clock.tick(365 * 86_400)
    assert status(shop, shop.token) == 200


def test_revoked_token_is_401(shop: Shop) -> None:
    """A token that a merchant revoked is 401."""
    shop.sandbox.revoke(shop.token)
    answer = shop.ask("GET", "suppliers")
    assert (answer.status, answer.read_json()["message"]) == (401, "the access token was revoked")


def test_access_token_expires_after_a_day(app: Shop) -> None:
    """An application's token works to the last second of its day, then it is 401."""
    pair = app.sandbox.add_pair("app")
    app.clock.tick(86_399)
    assert status(app, pair.access_token) == 200
    app.clock.tick(1)
    assert status(app, pair.access_token) == 401


def test_refresh_rotates(app: Shop) -> None:
    """A refresh gives a new pair, and both tokens of the old one are dead."""
    pair = app.sandbox.add_pair("app", ["suppliers:read"])
    answer = post_token(app, grant_type="refresh_token", refresh_token=pair.refresh_token)
    fresh = answer.read_json()
    assert fresh["scope"] == "suppliers:read"
    assert fresh["domain_prefix"] == "example"
    assert (fresh["token_type"], fresh["expires_in"]) == ("Bearer", 86_400)
    assert fresh["expires"] == int(app.clock().timestamp()) + 86_400
    assert status(app, fresh["access_token"]) == 200
    assert status(app, pair.access_token) == 401
    assert post_token(app, grant_type="refresh_token", refresh_token=pair.refresh_token).status == 400
    assert post_token(app, grant_type="refresh_token", refresh_token=fresh["refresh_token"]).status == 200


def test_refresh_works_after_expiry(app: Shop) -> None:
    """A refresh token outlives its access token."""
    pair = app.sandbox.add_pair("app")
    app.clock.tick(200_000)
    assert post_token(app, grant_type="refresh_token", refresh_token=pair.refresh_token).status == 200


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ({"grant_type": "refresh_token", "refresh_token": "x", "client_secret": "wrong"}, 401),
        ({"grant_type": "refresh_token", "refresh_token": "x", "client_id": "other"}, 401),
        ({"grant_type": "refresh_token", "refresh_token": "x"}, 400),
        ({"grant_type": "password"}, 400),
        ({"grant_type": "authorization_code", "code": "x", "redirect_uri": CALLBACK}, 400),
    ],
    ids=["secret", "client", "refresh token", "grant type", "code"],
)
def test_bad_grants(app: Shop, form: dict[str, str], expected: int) -> None:
    """A wrong client is 401, a wrong grant 400."""
    assert post_token(app, **form).status == expected


def test_token_endpoint_wants_a_form(app: Shop) -> None:
    """The token endpoint takes form encoding only."""
    request = Request(
        method="POST",
        address=f"{HOST}/api/1.0/token",
        headers={"content-type": "application/json"},
        body=json.dumps({"grant_type": "refresh_token"}).encode(),
    )
    assert app.send(request).status == 400


def test_handshake(app: Shop) -> None:
    """The merchant's approval comes back with code, store, state and scope; the code is good once."""
    back = callback(authorize(app))
    assert back["state"] == "long-enough"
    assert back["domain_prefix"] == "example"
    assert back["scope"] == "products:read suppliers:read"
    form = {"grant_type": "authorization_code", "code": back["code"], "redirect_uri": CALLBACK}
    first = post_token(app, **form)
    assert first.read_json()["scope"] == "products:read suppliers:read"
    assert status(app, first.read_json()["access_token"]) == 200
    assert post_token(app, **form).status == 400


def test_code_lives_ten_minutes(app: Shop) -> None:
    """A code that is exchanged after ten minutes is refused."""
    code = callback(authorize(app))["code"]
    app.clock.tick(600)
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": CALLBACK}
    assert post_token(app, **form).status == 400


def test_code_is_bound_to_its_redirect_address(app: Shop) -> None:
    """The exchange must repeat the redirect address."""
    code = callback(authorize(app))["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": "http://elsewhere.test/"}
    assert post_token(app, **form).status == 400


@pytest.mark.parametrize(
    "query",
    [{"state": "short"}, {"client_id": "x"}, {"redirect_uri": "http://x/"}, {"response_type": "token"}],
    ids=["state", "client", "redirect", "type"],
)
def test_authorize_refuses(app: Shop, query: dict[str, str]) -> None:
    """A state below 8 characters, an unknown client and another redirect address get no redirect."""
    assert authorize(app, **query).status == 400


def test_authorize_without_scope_is_declined(app: Shop) -> None:
    """Since June 2026 an authorization request without scope is declined."""
    assert callback(authorize(app, scope=""))["error"] == "access_denied"


SCOPED = [
    ("GET", "products", "products:read"),
    ("GET", "brands", "products:read"),
    ("GET", "tags", "products:read"),
    ("GET", "variant_attributes", "products:read"),
    ("GET", "product_images/x", "products:read"),
    ("POST", "products", "products:write"),
    ("PUT", "products/x", "products:write"),
    ("DELETE", "products/x", "products:write"),
    ("POST", "products/x/actions/image_upload", "products:write"),
    ("POST", "brands", "products:write"),
    ("POST", "tags", "products:write"),
    ("POST", "variant_attributes", "products:write"),
    ("POST", "/api/2.1/products", "products:write"),
    ("GET", "suppliers", "suppliers:read"),
    ("POST", "suppliers", "suppliers:write"),
    ("DELETE", "suppliers/x", "suppliers:write"),
    ("GET", "consignments", "consignments:read"),
    ("GET", "consignments/x/products", "consignments:read"),
    ("GET", "purchase_orders", "consignments:read"),
    ("GET", "outlets", "outlets:read"),
    ("GET", "registers", "registers:read"),
    ("GET", "taxes", "taxes:read"),
    ("GET", "users", "users:read"),
    ("GET", "retailer", "retailer:read"),
    ("GET", "retailer", "payment_types:read"),
]


@pytest.mark.parametrize(("method", "path", "scope"), SCOPED, ids=[" ".join(row) for row in SCOPED])
def test_missing_scope_is_403(shop: Shop, method: str, path: str, scope: str) -> None:
    """A token with every scope but the needed one is refused before anything else is looked at."""
    token = shop.sandbox.add_token(ALL_SCOPES - {scope})
    answer = shop.ask(method, path, {} if method in ("POST", "PUT") else None, token=token)
    assert answer.status == 403
    assert scope in answer.read_json()["message"]


@pytest.mark.parametrize(
    ("kind", "scope"),
    [
        ("SUPPLIER", "consignments:write:stock_order"),
        ("RETURN", "consignments:write:stock_order"),
        ("OUTLET", "consignments:write:stock_transfer"),
        ("STOCKTAKE", "consignments:write:inventory_count"),
    ],
)
def test_scope_of_a_consignment_depends_on_its_type(shop: Shop, kind: str, scope: str) -> None:
    """Writing a consignment needs the scope of its type and no other write scope."""
    body = {"name": "n", "outlet_id": shop.outlet, "type": kind}
    lacking = shop.sandbox.add_token(ALL_SCOPES - {scope})
    enough = shop.sandbox.add_token([scope, "consignments:read"])
    assert shop.ask("POST", "consignments", body, token=lacking).status == 403
    made = shop.ask("POST", "consignments", body, token=enough)
    assert made.status == 201
    key = made.read_json()["data"]["id"]
    for method, path, content in (
        ("PUT", f"consignments/{key}", body),
        ("DELETE", f"consignments/{key}", None),
        ("POST", f"consignments/{key}/products", {"product_id": "x", "count": 1}),
        ("POST", f"consignments/{key}/bulk", [{"product_id": "x", "count": 1}]),
        ("DELETE", f"consignments/{key}/products/x", None),
    ):
        assert shop.ask(method, path, content, token=lacking).status == 403


def test_form_must_be_text(app: Shop) -> None:
    """A form that is not text is refused."""
    request = Request(
        method="POST",
        address=f"{HOST}/api/1.0/token",
        headers={"content-type": "application/x-www-form-urlencoded"},
        body=b"grant_type=\xff",
    )
    answer = app.sandbox.handle(request)
    assert isinstance(answer, Response)
    assert answer.status == 400
