"""The token endpoint: where codes and refresh tokens become tokens."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from attrs import frozen

from ..errors import BadDocument, Broken
from ..mapping.json_text import parse_json, write_json
from ..ports.exchange import Exchange, Request, Response, call
from ._token import Application


@frozen(kw_only=True)
class TokenEndpoint:
    """Where one vendor exchanges codes and refresh tokens."""

    address: str
    """Full address."""
    label: str
    """Name of the system, for errors."""
    json: bool = False
    """Whether it is sent JSON; a form otherwise."""

    def ask(self, application: Application, members: Mapping[str, str]) -> Exchange[tuple[Request, Response]]:
        """Send a code or a refresh token, once: either is good for one use."""
        secrets = {"client_id": application.client_id, "client_secret": application.client_secret.reveal()}
        whole = {**members, **secrets}
        kind = "application/json" if self.json else "application/x-www-form-urlencoded"
        request = Request(
            method="POST",
            address=self.address,
            headers={"content-type": kind, "accept": "application/json"},
            body=write_json(whole) if self.json else urlencode(whole).encode(),
            system=self.label,
        )
        response = yield from call(request, once=True)
        return request, response


def token_answer(request: Request, response: Response) -> Mapping[str, Any]:
    """Read the answer; raises ``Broken`` that quotes nothing, since the answer may hold tokens."""
    broken = Broken(request.system, response.status, "no token in the answer", what=request.what)
    if not 200 <= response.status < 300:
        raise broken
    try:
        answer: Any = parse_json(response.body, name="token answer")
    except BadDocument:
        raise broken from None
    if not isinstance(answer, dict):
        raise broken
    return answer
