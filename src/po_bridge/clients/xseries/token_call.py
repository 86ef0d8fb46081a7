"""The token endpoint: where codes and refresh tokens become tokens.

Source: the vendor's authorization guide; form encoded, its version stays 1.0 whatever the API's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from ...errors import BadDocument, Broken
from ...mapping.json_text import parse_json
from ...ports.exchange import Exchange, Request, Response, call
from .refusal import error_of
from .token import Application

TOKEN_PATH: Final = "/api/1.0/token"  # noqa: S105  # a path
"""Where codes and refresh tokens are exchanged."""


def ask_token(
    base: str, label: str, application: Application, form: Mapping[str, str]
) -> Exchange[tuple[Request, Response]]:
    """Send a code or a refresh token, once: either is good for one use."""
    secrets = {"client_id": application.client_id, "client_secret": application.client_secret.reveal()}
    request = Request(
        method="POST",
        address=f"{base}{TOKEN_PATH}",
        headers={"content-type": "application/x-www-form-urlencoded", "accept": "application/json"},
        body=urlencode({**form, **secrets}).encode(),
        system=label,
    )
    response = yield from call(request, once=True)
    return request, response


def token_answer(request: Request, response: Response) -> Mapping[str, Any]:
    """Read the answer; raises ``Broken`` that quotes nothing, since the answer may hold tokens."""
    broken = Broken(request.system, response.status, "no token in the answer", what=request.what)
    if error_of(request, response) is not None:
        raise broken
    try:
        answer: Any = parse_json(response.body, name="token answer")
    except BadDocument:
        raise broken from None
    if not isinstance(answer, dict):
        raise broken
    return answer
