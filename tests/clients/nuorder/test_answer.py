"""What an answer means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from tests.clients.nuorder.scripted import AT, answer, portal, refusal, text

from po_bridge.clients.nuorder.answer import HIDDEN, Document, Unchanged, read_answer
from po_bridge.errors import (
    BadDocument,
    Broken,
    Busy,
    Forbidden,
    NotFound,
    PoBridgeError,
    Refused,
    Unauthorized,
)
from po_bridge.ports.exchange import Request, Response

REQUEST = Request(method="GET", address="https://buyer.nuorder.com/api/order/1?token=x", system="NuORDER")
HTML = "<!DOCTYPE html><html><body>Bad gateway</body></html>"


def judge(response: Response) -> PoBridgeError:
    """Give the error that an answer is."""
    with pytest.raises(PoBridgeError) as caught:
        read_answer(portal(), REQUEST, response)
    return caught.value


@pytest.mark.parametrize("status", [200, 201])
def test_good_answers_are_documents(status: int) -> None:
    """200 and 201 carry a document, its fractions as Decimal."""
    read = read_answer(portal(), REQUEST, text('{"price": 12.10, "n": 3}', status, "application/json"))
    assert read == Document(value={"price": Decimal("12.10"), "n": 3})


def test_304_is_unchanged() -> None:
    """304 is the vendor's way to say that something is so already."""
    assert read_answer(portal(), REQUEST, Response(status=304)) == Unchanged()


@pytest.mark.parametrize(
    ("response", "error"),
    [
        pytest.param(refusal(400, "bad"), Refused, id="400"),
        pytest.param(refusal(401, "Signature is not correct"), Unauthorized, id="401"),
        pytest.param(text("Unauthorized", 401), Unauthorized, id="401-text"),
        pytest.param(text(HTML, 401, "text/html"), Broken, id="401-html"),
        pytest.param(refusal(403, "no"), Forbidden, id="403"),
        pytest.param(text(HTML, 403, "text/html; charset=utf-8"), Broken, id="403-html"),
        pytest.param(refusal(404, "order not found"), NotFound, id="404"),
        pytest.param(text("Cannot GET /api/order/1", 404), Broken, id="404-text"),
        pytest.param(text(HTML, 404, ""), Broken, id="404-html-unnamed"),
        pytest.param(refusal(409, "exists"), Refused, id="409"),
        pytest.param(refusal(418, "teapot"), Refused, id="other-4xx"),
        pytest.param(refusal(429, "slow down"), Busy, id="429"),
        pytest.param(text(HTML, 429, "text/html"), Busy, id="429-html"),
        pytest.param(text("", 302), Refused, id="moved"),
        pytest.param(text("Oops, there was a problem!\n", 500), Broken, id="500-text"),
        pytest.param(refusal(503, "later"), Broken, id="503"),
        pytest.param(text(HTML, 200, "text/html"), Broken, id="200-html"),
        pytest.param(text("", 200), Broken, id="200-empty"),
        pytest.param(text('[{"_id": "6', 200, "application/json"), Broken, id="200-truncated"),
        pytest.param(text("", 204), Broken, id="204"),
        pytest.param(text('{"a": 1, "a": 2}', 200, "application/json"), BadDocument, id="200-doubled-key"),
        pytest.param(text('{"a": NaN}', 200, "application/json"), BadDocument, id="200-nan"),
        pytest.param(text("[" * 200_000, 200, "application/json"), Broken, id="200-deep"),
        pytest.param(text("\ufeff{}", 500, "application/json"), Broken, id="500-bom"),
    ],
)
def test_errors(response: Response, error: type[PoBridgeError]) -> None:
    """Each answer that is no document is exactly one error."""
    assert type(judge(response)) is error


@pytest.mark.parametrize(
    ("response", "who"),
    [
        (refusal(401, "Signature is not correct"), "Contacts > Companies"),
        (refusal(403, "no"), "have its admin grant it under Contacts > Companies"),
        (refusal(404, "order not found"), "check the id"),
        (refusal(409, "exists"), "look at that document"),
        (refusal(429, "slow"), "wait and try again"),
        (text("", 301), "corrects the portal's address"),
    ],
    ids=["401", "403", "404", "409", "429", "301"],
)
def test_refusals_say_who_must_do_what(response: Response, who: str) -> None:
    """A refusal names portal, request and remedy, and repeats the vendor's own words."""
    error = judge(response)
    assert isinstance(error, Refused)
    assert who in error.mend
    assert (error.system, error.what) == ("NuORDER portal 'Acme'", "GET /api/order/1")
    assert error.words in str(error)
    assert "'Acme'" in error.mend or "id" in error.mend


def test_text_of_a_wrong_token() -> None:
    """The whole text of a wrong token, as an operator reads it."""
    assert str(judge(refusal(401, "Signature is not correct"))) == (
        "NuORDER portal 'Acme' refused GET /api/order/1 with 401: 'Signature is not correct'; "
        "key, token or secret of portal 'Acme' are wrong or revoked, or this machine's clock is: "
        "check the clock, else have the portal's admin approve po_bridge again under "
        "Contacts > Companies > the brand > API and connect the portal anew"
    )


@pytest.mark.parametrize(
    ("wait", "moment"),
    [
        ("7", AT + timedelta(seconds=7)),
        ("Sat, 01 Mar 2025 09:31:00 GMT", datetime(2025, 3, 1, 9, 31, tzinfo=UTC)),
        ("soon", None),
        (None, None),
    ],
    ids=["seconds", "date", "words", "none"],
)
def test_busy_says_when(wait: str | None, moment: datetime | None) -> None:
    """Retry-After counts as seconds and as a date; without it nothing is invented."""
    error = judge(refusal(429, "slow down", **({"retry_after": wait} if wait else {})))
    assert isinstance(error, Busy)
    assert error.retry_at == moment
    assert error.again


@pytest.mark.parametrize(
    "body", ['{"oauth_token": "abc', "abc", "<html>abc"], ids=["truncated", "text", "html"]
)
def test_hidden_answers_are_not_repeated(body: str) -> None:
    """An answer that may carry secrets is not repeated, even where it cannot be read."""
    with pytest.raises(Broken) as caught:
        read_answer(portal(), REQUEST, text(body, 200), hide=True)
    assert caught.value.words == HIDDEN
    assert "abc" not in str(caught.value)


def test_long_words_are_cut() -> None:
    """A page of words becomes one line that a person reads."""
    error = judge(text("x\n" * 5_000, 500))
    assert isinstance(error, Broken)
    assert len(error.words) <= 500
    assert "\n" not in error.words


def test_message_that_is_no_text() -> None:
    """A message of another type does not hide the rest of the answer."""
    error = judge(answer({"code": 400, "message": {"field": "upc"}}, 400))
    assert isinstance(error, Refused)
    assert "upc" in error.words
