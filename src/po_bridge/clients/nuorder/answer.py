"""What an answer means: status, headers and body become a value or an error, by one table.

The vendor's errors are ``{"code": 404, "message": "product not found"}``; what else arrives comes from its
servers in trouble (text) or from a proxy in front of them (HTML), and is never taken for the vendor's word.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

from ...errors import BadDocument, Broken, Busy, Forbidden, NotFound, Refused, Unauthorized, remote_words
from ...mapping.json_text import parse_json
from ...ports.exchange import Request, Response
from ...ports.retry_after import retry_after
from .portal import Portal

HIDDEN: Final = "(not shown, it may hold secrets)"
"""Stands for the words of an answer that carries credentials."""


@frozen(kw_only=True)
class Document:
    """The remote answered with a JSON value."""

    value: Any
    """Numbers are int or Decimal."""


@frozen(kw_only=True)
class Unchanged:
    """The remote says that things are already so (304)."""


Answer = Document | Unchanged
"""Everything that is no error."""


@frozen(kw_only=True)
class _Refusal:
    error: type[Refused]
    mend: str
    """Who must do what: ``{portal}`` and ``{desk}`` are filled in."""


_GOOD: Final = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})
_REFUSALS: Final[Mapping[int, _Refusal]] = MappingProxyType(
    {
        400: _Refusal(
            error=Refused,
            mend="the request was not understood: send these words to the makers of this adapter",
        ),
        401: _Refusal(
            error=Unauthorized,
            mend=(
                "key, token or secret of portal {portal} are wrong or revoked, or this machine's clock is: "
                "check the clock, else have the portal's admin approve po_bridge again under {desk} "
                "and connect the portal anew"
            ),
        ),
        403: _Refusal(
            error=Forbidden,
            mend=(
                "the credentials of portal {portal} are right but may not do this: "
                "have its admin grant it under {desk}"
            ),
        ),
        404: _Refusal(error=NotFound, mend="check the id; the credentials see only portal {portal}"),
        409: _Refusal(
            error=Refused,
            mend="it collides with what portal {portal} holds: look at that document there, then decide",
        ),
        429: _Refusal(
            error=Busy,
            mend="wait and try again; other programs may be using the credentials of portal {portal} too",
        ),
    }
)
_MOVED: Final = _Refusal(
    error=Refused,
    mend="another address answers for portal {portal}: whoever configured it corrects the portal's address",
)
_OTHER: Final = _Refusal(
    error=Refused, mend="no rule for this status is known: send these words to the makers of this adapter"
)


def read_answer(portal: Portal, request: Request, response: Response, *, hide: bool = False) -> Answer:
    """Judge an answer; with *hide* no error repeats a good one, as that of a hand-shake, which holds secrets.

    Raises ``Unauthorized``, ``Forbidden``, ``NotFound``, ``Busy``, another ``Refused``, ``Broken``,
    or ``BadDocument`` for JSON with flaws of its own, as a key given twice.
    """
    body = _json(request, response)
    words = HIDDEN if hide and response.status in _GOOD else _words(response, body)
    if response.status in _GOOD and body is not None:
        return body
    if response.status == HTTPStatus.NOT_MODIFIED:
        return Unchanged()
    refusal = _refusal(response, body)
    if refusal is None:
        raise Broken(portal.label, response.status, words, what=request.what)
    raise refusal.error(
        portal.label,
        response.status,
        words,
        what=request.what,
        mend=refusal.mend.format(portal=repr(portal.name), desk=portal.desk),
        again=refusal.error is Busy,
        retry_at=_retry_at(response) if refusal.error is Busy else None,
    )


def _refusal(response: Response, body: Document | None) -> _Refusal | None:
    """The refusal an answer is, None where the remote is in trouble."""
    status = response.status
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _REFUSALS[status]
    # A 404 in other words than the vendor's says that the path is unknown there, not that the record is.
    if _is_html(response) or (status == HTTPStatus.NOT_FOUND and body is None):
        return None
    if 300 <= status < 400:
        return _MOVED
    return _REFUSALS.get(status, _OTHER) if 400 <= status < 500 else None


def _json(request: Request, response: Response) -> Document | None:
    """The body as JSON, None where it is none; raises ``BadDocument`` for a good answer with flawed JSON."""
    try:
        return Document(value=parse_json(response.body, name=f"answer to {request.what}"))
    except BadDocument:
        if response.status in _GOOD and _is_json(response.body):
            raise
        return None


def _is_json(body: bytes) -> bool:
    # Text comes from servers in trouble; JSON with NaN or a doubled key comes from the sender.
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def _words(response: Response, body: Document | None) -> str:
    value = None if body is None else body.value
    message = value.get("message") if isinstance(value, dict) else None
    return remote_words(message if isinstance(message, str) else response.body)


def _is_html(response: Response) -> bool:
    named = response.headers.get("content-type", "").lower()
    return "html" in named or response.body.lstrip()[:1] == b"<"


def _retry_at(response: Response) -> datetime | None:
    return None if response.at is None else retry_after(response.headers, response.at)
