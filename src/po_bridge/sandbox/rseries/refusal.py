"""Answers that say no."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import assert_never

from ..fault import HTML
from ..message import Response
from .switches import ErrorBody, Switches

HTML_TYPE = "text/html; charset=UTF-8"
"""Media type of every error, JSON though the body is."""
_DOCUMENTED = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED)


class Refusal(Exception):
    """A request that the emulator answers with an error."""

    def __init__(self, status: int, message: str) -> None:
        """Take the HTTP status and the text."""
        super().__init__(status, message)
        self.status = status
        self.message = message


class Denial(Exception):
    """A request whose token is no good; also what the token endpoint answers with."""

    def __init__(self, status: int, error: str, description: str, hint: str = "") -> None:
        """Take the HTTP status, the OAuth error, its text and a hint."""
        super().__init__(status, error)
        self.status = status
        self.error = error
        self.description = description
        self.hint = hint


def malformed(message: str) -> Refusal:
    """Make a 400, the answer to nearly everything that is wrong with a request."""
    return Refusal(HTTPStatus.BAD_REQUEST, message)


def missing(what: str = "Not found.") -> Refusal:
    """Make a 404."""
    return Refusal(HTTPStatus.NOT_FOUND, what)


def answer(refusal: Refusal, switches: Switches) -> Response:
    """Make the answer to a refused request."""
    known = refusal.status in _DOCUMENTED
    return enveloped(refusal.status, refusal.message, ErrorBody.ENVELOPE if known else switches.error_body)


def enveloped(status: int, message: str, body: ErrorBody) -> Response:
    """Make an error answer in one of the forms that occur."""
    headers = {"content-type": HTML_TYPE}
    match body:
        case ErrorBody.ENVELOPE:
            content = {
                "httpCode": str(status),
                "httpMessage": HTTPStatus(status).phrase,
                "message": message,
                "errorClass": "Exception",
            }
            return Response(status=status, headers=headers, body=json.dumps(content).encode())
        case ErrorBody.HTML:
            return Response(status=status, headers=headers, body=HTML)
        case ErrorBody.EMPTY:
            return Response(status=status, headers=headers)
        case _:
            assert_never(body)


def denied(denial: Denial) -> Response:
    """Make the answer to a request without a good token."""
    body = {"error": denial.error, "error_description": denial.description}
    if denial.hint:
        body["hint"] = denial.hint
    return Response.json(body, status=denial.status)
