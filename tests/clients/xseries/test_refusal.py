from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
from tests.clients.xseries.script import AT, html, reply

from po_bridge.clients.xseries.refusal import error_of
from po_bridge.clients.xseries.scope import scope_of
from po_bridge.errors import Broken, Busy, Forbidden, NotFound, Refused, Unauthorized
from po_bridge.ports.exchange import Request, Response

HOST = "https://example.retail.lightspeed.app/api/2026-07"


def ask(method: str = "POST", path: str = "products?secret=1") -> Request:
    """Make a request."""
    return Request(method=method, address=f"{HOST}/{path}", system="X-Series example")


@pytest.mark.parametrize("status", [200, 201, 204])
def test_success_is_no_error(status: int) -> None:
    """Every status of success passes."""
    assert error_of(ask(), reply(status=status)) is None


@pytest.mark.parametrize(
    ("status", "kind", "mend"),
    [
        (400, Refused, "report"),
        (401, Unauthorized, "connect the store again"),
        (403, Forbidden, "products:write"),
        (404, NotFound, "review the order again"),
        (409, Refused, "resume"),
        (413, Refused, "too large"),
        (415, Refused, "choose another"),
        (418, Refused, "report"),
        (422, Refused, "resume"),
        (429, Busy, "wait"),
    ],
)
def test_refusal_says_who_must_do_what(status: int, kind: type[Refused], mend: str) -> None:
    """Each status of the caller's is an error of its own that names what is to be done."""
    error = error_of(ask(), reply({"error": "No", "message": "because"}, status))
    assert type(error) is kind
    assert isinstance(error, Refused)
    assert error.status == status
    assert error.words == "No: because"
    assert mend in error.mend
    assert error.what == "POST /api/2026-07/products"
    assert error.again is (status == 429)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 302, 304, 408, 425, 499, 0])
def test_what_is_neither_yes_nor_no_is_broken(status: int) -> None:
    """Server errors, redirects and time-outs leave the outcome of a write open."""
    error = error_of(ask(), html(status))
    assert isinstance(error, Broken)
    assert error.words == "<html><h1>Bad gateway</h1></html>"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", ""),
        (b"{}", "{}"),
        (b'{"error": {"code": 7, "message": "taken"}}', "taken"),
        (b'{"errors": ["one", {"detail": "two"}]}', "one: two"),
        (b'{"error": "same", "message": "same"}', "same"),
        (b"[1]", "[1]"),
        (b"<p>no\n way</p>", "<p>no way</p>"),
        (b"\xff\xfe", "��"),
    ],
    ids=["empty", "empty object", "object", "list", "repeated", "no object", "html", "no text"],
)
def test_words_are_the_remotes_own(body: bytes, words: str) -> None:
    """Whatever shape an error has, its words are kept."""
    error = error_of(ask(), Response(status=422, body=body))
    assert isinstance(error, Refused)
    assert error.words == words


def test_words_are_bounded() -> None:
    """A remote that talks too long is cut off."""
    error = error_of(ask(), reply({"message": "x" * 5000}, 422))
    assert isinstance(error, Refused)
    assert len(error.words) == 500


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "products", "products:read"),
        ("PUT", "products/1", "products:write"),
        ("POST", "products/1/actions/image_upload", "products:write"),
        ("DELETE", "product_images/1", "products:write"),
        ("POST", "variant_attributes", "products:write"),
        ("GET", "suppliers", "suppliers:read"),
        ("POST", "suppliers", "suppliers:write"),
        ("GET", "consignments/1/products", "consignments:read"),
        ("POST", "consignments/1/bulk", "consignments:write:stock_order"),
        ("GET", "retailer", "retailer:read and payment_types:read"),
        ("GET", "outlets", "outlets:read"),
        ("GET", "other", "more rights"),
    ],
)
def test_forbidden_names_the_scope(method: str, path: str, scope: str) -> None:
    """A 403 says which scope is missing, by path and method."""
    error = error_of(ask(method, path), reply({}, 403))
    assert isinstance(error, Forbidden)
    assert scope in error.mend


def test_scope_of_a_strange_path_is_unknown() -> None:
    """A path outside the API names no scope."""
    assert scope_of("GET", "/elsewhere") == ""


@pytest.mark.parametrize(
    ("headers", "retry_at"),
    [
        ({"retry-after": "120"}, AT + timedelta(seconds=120)),
        ({"retry-after": "Mon, 03 Aug 2026 09:35:00 GMT"}, AT + timedelta(minutes=5)),
        (
            {"retry-after": "Mon, 03 Aug 2026 12:05:00 GMT", "date": "Mon, 03 Aug 2026 12:00:00 GMT"},
            AT + timedelta(minutes=5),
        ),
        ({"retry-after": "Mon, 03 Aug 2026 12:00:00 GMT", "date": "Mon, 03 Aug 2026 12:05:00 GMT"}, AT),
        ({"retry-after": "7", "date": "Mon, 03 Aug 2026 12:05:00 GMT"}, AT + timedelta(seconds=7)),
        ({"retry-after": "Mon, 03 Aug 2026 09:35:00 GMT", "date": "yesterday"}, AT + timedelta(minutes=5)),
        (
            {"retry-after": "Mon, 03 Aug 2026 09:35:00 GMT", "date": "Mon, 03 Aug 2026 09:35:00 -0000"},
            AT + timedelta(minutes=5),
        ),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
    ids=[
        "seconds",
        "date",
        "other clock",
        "past",
        "seconds and date",
        "bad date",
        "no zone",
        "words",
        "none",
    ],
)
def test_busy_says_when(headers: dict[str, str], retry_at: datetime | None) -> None:
    """A 429 is to be repeated at the vendor's moment, told by our clock."""
    error = error_of(ask(), Response(status=429, headers=headers, body=b"{}", at=AT))
    assert isinstance(error, Busy)
    assert error.retry_at == retry_at


def test_busy_without_arrival_says_nothing() -> None:
    """Seconds mean nothing where nobody knows when the answer arrived."""
    error = error_of(ask(), Response(status=429, headers={"retry-after": "3"}, body=json.dumps({}).encode()))
    assert isinstance(error, Busy)
    assert error.retry_at is None
