"""Access tokens: personal ones, and pairs that are refreshed and rotate.

Source: the vendor's authorization guide.
A refresh revokes the access token that came with the old refresh token.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from ...models.checks import filled
from ...models.secret import Secret, secret
from ...ports.exchange import Request

ACCESS: Final = "access_token"
"""Name under which the access token is stored."""
REFRESH: Final = "refresh_token"
"""Name under which the refresh token is stored."""


@frozen(kw_only=True)
class Bearer:
    """Signs with an access token."""

    token: Secret = field(converter=secret)
    """The access token."""

    def sign(self, request: Request, now: datetime, nonce: str) -> Request:  # noqa: ARG002  # the port's
        """The request with its authorization header."""
        value = f"Bearer {self.token.reveal()}"
        return evolve(request, headers={**request.headers, "authorization": value})


@frozen(kw_only=True)
class Application:
    """An application registered with the vendor; it alone may refresh the tokens it was given."""

    client_id: str = field(validator=filled)
    """Client id."""
    client_secret: Secret = field(converter=secret)
    """Client secret."""


@frozen(kw_only=True)
class Pair:
    """The tokens in use."""

    access: Secret = field(converter=secret)
    """Access token."""
    refresh: Secret = field(factory=Secret, converter=secret)
    """Refresh token, good for one refresh; empty for a token that cannot be refreshed."""

    @classmethod
    def stored(cls, values: Mapping[str, str]) -> Pair:
        """Take what a token store keeps."""
        return cls(access=values.get(ACCESS, ""), refresh=values.get(REFRESH, ""))


def kept_of(answer: Mapping[str, Any], before: Pair) -> Mapping[str, str] | None:
    """What a token store is to keep of the token endpoint's answer, None where that holds no access token.

    A refresh token that is not in the answer did not rotate. Scope and end are kept for people.
    """
    access, refresh = answer.get(ACCESS), answer.get(REFRESH)
    if not isinstance(access, str) or not access:
        return None
    own = refresh if isinstance(refresh, str) and refresh else before.refresh.reveal()
    told = {name: str(answer[name]) for name in ("expires", "scope") if answer.get(name)}
    return {ACCESS: access, REFRESH: own, **told}
