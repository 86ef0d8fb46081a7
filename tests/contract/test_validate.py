from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest
from tests.contract.validate import load

from po_bridge.sandbox import Request, Response

CONTRACT = load("xseries.yaml")
RATE = {"x-ratelimit-limit": "350", "x-ratelimit-remaining": "349"}
UUID = "02dcd191-ae2b-11e7-f130-2e2ac13ef8ee"


def ask(method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None) -> Request:
    """Write a request with a JSON body."""
    kind = {} if body is None else {"content-type": "application/json"}
    return Request(
        method=method,
        address=f"https://example.test/api/{path}",
        headers={**kind, **(headers or {})},
        body=b"" if body is None else json.dumps(body).encode(),
    )


BRAND = ask("POST", "2026-07/brands", {"name": "A"})
MADE = Response.json({"data": UUID}, headers=RATE)


def test_good_pair_has_no_problems() -> None:
    """A request and an answer as the document has them pass."""
    assert CONTRACT.problems(BRAND, MADE) == []


@pytest.mark.parametrize(
    ("request_", "problem"),
    [
        (ask("GET", "2026-07/shoes"), "not in the contract"),
        (ask("GET", "2027-07/brands"), "not in the contract"),
        (ask("PATCH", "2026-07/brands"), "not in the contract"),
        (ask("GET", "2026-07/brands?name=A"), "query: name"),
        (ask("GET", "2026-07/brands?after=x"), "query after"),
        (ask("GET", "2026-07/brands?page_size=0"), "query page_size"),
        (ask("GET", "2026-07/brands", {}), "body: none is expected"),
        (ask("GET", "2026-07/search"), "query: type is required"),
        (ask("POST", "2026-07/brands", {}), "'name' is a required property"),
        (ask("POST", "2026-07/brands", {"name": "A", "shoe": 1}), "Additional properties"),
        (ask("POST", "2026-07/brands", {"name": "A"}, {"content-type": "text/plain"}), "content type"),
        (ask("POST", "2026-07/products", {"name": "A", "brand_id": "x"}), "is not a 'uuid'"),
        (
            ask(
                "POST", "2026-07/products", {"name": "A", "price_including_tax": 1, "price_excluding_tax": 1}
            ),
            "should not be valid under",
        ),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_bad_request_is_told(request_: Request, problem: str) -> None:
    """Each kind of mistake in a request is named."""
    (found,) = CONTRACT.request_problems(request_)
    assert problem in found


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Response.json({"data": UUID}), "header X-RateLimit-Limit is missing"),
        (Response.json({"data": [UUID]}, headers=RATE), "$.data"),
        (Response.json({}, headers=RATE), "'data' is a required property"),
        (Response.json({"data": UUID}, status=201, headers=RATE), "status 201 is not listed"),
        (Response.json([], status=422), "is not of type 'object'"),
        (Response.json([], status=418), "is not of type 'object'"),
        (Response.json({"error": "x"}, status=429, headers=RATE), "'message' is a required property"),
    ],
    ids=["headers", "type", "member", "status", "error", "other error", "rate"],
)
def test_bad_answer_is_told(answer: Response, problem: str) -> None:
    """Each kind of mistake in an answer is named."""
    assert any(problem in found for found in CONTRACT.response_problems(BRAND, answer))


def test_body_where_there_is_none() -> None:
    """An answer that has no body in the document may not have one."""
    request = ask("DELETE", f"2026-07/consignments/{UUID}")
    assert CONTRACT.response_problems(request, Response(status=204, headers=RATE)) == []
    (found,) = CONTRACT.response_problems(request, Response(status=204, headers=RATE, body=b"{}"))
    assert "has no body" in found


def test_uncertain_operation_is_not_held_against_anybody() -> None:
    """Where the document is not sure, nothing is a mistake."""
    request = ask("POST", f"2026-10/products/{UUID}/images", {"anything": 1})
    assert CONTRACT.problems(request, Response.json([], status=299)) == []


@pytest.mark.parametrize(
    ("headers", "body", "fine"),
    [
        (
            {"content-type": 'multipart/form-data; boundary="b"'},
            b'--b\r\nx: form-data; name="image"\r\n\r\n1\r\n--b--',
            True,
        ),
        (
            {"content-type": "multipart/form-data; boundary=b"},
            b'--b\r\nx: form-data; name="file"\r\n\r\n1\r\n--b--',
            False,
        ),
    ],
    ids=["right field", "wrong field"],
)
def test_multipart_is_held_by_its_fields(headers: dict[str, Any], body: bytes, fine: bool) -> None:
    """Of a multipart body the names of the fields count."""
    path = f"https://example.test/api/2026-07/products/{UUID}/actions/image_upload"
    request = Request(method="POST", address=path, headers=headers, body=body)
    assert (CONTRACT.request_problems(request) == []) is fine


def test_form_is_held_by_its_members() -> None:
    """A form body is validated like an object."""
    form = {"content-type": "application/x-www-form-urlencoded"}
    address = "https://example.test/api/1.0/token"
    good = b"grant_type=refresh_token&client_id=a&client_secret=b&refresh_token=c"
    fine = Request(method="POST", address=address, headers=form, body=good)
    assert CONTRACT.request_problems(fine) == []
    bad = Request(method="POST", address=address, headers=form, body=b"grant_type=refresh_token")
    assert len(CONTRACT.request_problems(bad)) == 2
