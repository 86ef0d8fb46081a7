"""From an answer to an error: one pure function with a table.

Bodies of refusals are hardly published, so they are read tolerantly and kept in the remote's own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from attrs import frozen

from ..errors import (
    BadDocument,
    Broken,
    Busy,
    Forbidden,
    NotFound,
    Refused,
    RemoteError,
    Unauthorized,
    remote_words,
)
from ..mapping.json_text import parse_json
from ..ports.exchange import Request, Response
from ..ports.retry_after import retry_after


@frozen(kw_only=True)
class _Row:
    """What a status means."""

    kind: type[Refused]
    mend: str
    again: bool = False


_TABLE: Final[Mapping[int, _Row]] = {
    400: _Row(kind=Refused, mend="the request was not understood; report it with these words"),
    401: _Row(kind=Unauthorized, mend="connect the store again: the token is wrong, expired or revoked"),
    403: _Row(kind=Forbidden, mend="connect the store again with {rights}"),
    404: _Row(
        kind=NotFound, mend="it was deleted in the store, or belongs to another; review the order again"
    ),
    409: _Row(kind=Refused, mend="something there conflicts; change what the words name, then resume"),
    413: _Row(kind=Refused, mend="the request is too large; report it with these words"),
    415: _Row(kind=Refused, mend="the store takes no such file; choose another"),
    422: _Row(kind=Refused, mend="change in the store or on the order what the words name, then resume"),
    429: _Row(kind=Busy, mend="wait until the store takes calls again", again=True),
}
_OTHER: Final = _Row(kind=Refused, mend="the store did not say why; report it with these words")

_OUTCOME_OPEN: Final = frozenset({408, 425, 499})
"""Client errors that do not say whether the request was carried out."""


def error_for(request: Request, response: Response, rights: str) -> RemoteError | None:
    """The error an answer stands for, None for success; *rights* says what a 403 lacks.

    ``Broken`` is everything that is neither success nor a plain no: then a write's outcome is not known.
    """
    status = response.status
    if 200 <= status < 300:
        return None
    if not 400 <= status < 500 or status in _OUTCOME_OPEN:
        return Broken(request.system, status, remote_words(response.body), what=request.what)
    row = _TABLE.get(status, _OTHER)
    return row.kind(
        request.system,
        status,
        words_of(response.body),
        what=request.what,
        mend=row.mend.format(rights=rights),
        again=row.again,
        retry_at=retry_after(response.headers, response.at) if status == 429 and response.at else None,
    )


def words_of(body: bytes) -> str:
    """What a refusal says, as far as it is found in the body."""
    try:
        answer = parse_json(body)
    except BadDocument:
        return remote_words(body)
    if not isinstance(answer, dict):
        return remote_words(body)
    said = [text for key in ("error", "message", "errors", "detail") for text in _texts(answer.get(key))]
    return remote_words(": ".join(dict.fromkeys(said)) if said else body)


def _texts(value: Any) -> list[str]:
    match value:
        case str() if value:
            return [value]
        case list():
            return [text for inner in value for text in _texts(inner)]
        case dict():
            return [text for inner in value.values() for text in _texts(inner)]
        case _:
            return []


def document_in(request: Request, response: Response) -> Any:
    """Read the JSON of an answer that is no refusal, whatever type it bears; None for an empty one.

    Raises ``Broken`` where it cannot be read.
    """
    if not response.body.strip():
        return None
    try:
        return parse_json(response.body, name=request.what)
    except BadDocument as error:
        words = f"the answer cannot be read: {error.issues[0]}"
        raise Broken(request.system, response.status, words, what=request.what) from error
