"""Answers that say no."""

from __future__ import annotations

from http import HTTPStatus
from typing import assert_never

from ..message import Response
from .switches import ErrorShape


class Refusal(Exception):
    """A request that the emulator answers with an error."""

    def __init__(self, status: int, message: str) -> None:
        """Take the HTTP status and the detail."""
        super().__init__(status, message)
        self.status = status
        self.message = message


def malformed(message: str) -> Refusal:
    """Make a 400: the body or the query has not the stated form."""
    return Refusal(HTTPStatus.BAD_REQUEST, message)


def missing(what: str) -> Refusal:
    """Make a 404."""
    return Refusal(HTTPStatus.NOT_FOUND, f"{what} not found")


def rejected(message: str) -> Refusal:
    """Make a 422: the form is right, a rule of the store is not kept."""
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, message)


def answer(refusal: Refusal, shape: ErrorShape) -> Response:
    """Make the answer to a refused request in one of the shapes that occur."""
    title = HTTPStatus(refusal.status).phrase
    body: dict[str, object]
    match shape:
        case ErrorShape.MESSAGE:
            body = {"error": title, "message": refusal.message}
        case ErrorShape.OBJECT:
            body = {"error": {"code": refusal.status, "message": refusal.message}}
        case ErrorShape.LIST:
            body = {"errors": [refusal.message]}
        case ErrorShape.EMPTY:
            body = {}
        case _:
            assert_never(shape)
    return Response.json(body, status=refusal.status)
