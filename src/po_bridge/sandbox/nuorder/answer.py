"""The forms in which the emulator answers."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from zlib import crc32

from attrs import evolve

from ..message import Response

OOPS = b"Oops, there was a problem!\n"
"""The whole body of a recorded 500."""
NO_SIGNATURE = "Signature is not correct"
"""The only text of a 401 that was ever seen; it stands for every fault of the header."""


def problem(status: HTTPStatus, message: str) -> Response:
    """Make the vendor's error body: code and short text."""
    return Response.json({"code": status.value, "message": message}, status.value)


def not_found(what: str) -> Response:
    """Answer for an id that is not known."""
    return problem(HTTPStatus.NOT_FOUND, f"{what} not found")


def forbidden() -> Response:
    """Answer for a caller that is known but may not do this; the text is our guess."""
    return problem(HTTPStatus.FORBIDDEN, "you do not have permission to do this")


def unsigned() -> Response:
    """Answer for every fault of the OAuth header."""
    return problem(HTTPStatus.UNAUTHORIZED, NO_SIGNATURE)


def oops() -> Response:
    """Answer for a wrong verb: plain text with status 500, as recorded."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return Response(status=status.value, headers={"content-type": "text/plain"}, body=OOPS)


def unchanged() -> Response:
    """Answer for a status that the order has already."""
    return Response(status=HTTPStatus.NOT_MODIFIED.value)


def dressed(response: Response, now: datetime) -> Response:
    """Add the headers that every recorded answer has."""
    headers = {
        "x-powered-by": "Express",
        "request-token": str(int(now.timestamp() * 1000)),
        "cache-control": "private,max-age=0, must-revalidate",
        "etag": f'"{crc32(response.body)}"',
        **response.headers,
    }
    return evolve(response, headers=headers)
