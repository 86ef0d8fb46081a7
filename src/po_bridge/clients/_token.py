"""Access tokens: those that are simply given, and pairs that are refreshed and rotate.

A refresh revokes the access token that came with the old refresh token, at once or with the first use of the new.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from attrs import evolve, field, frozen

from ..models.checks import filled
from ..models.secret import Secret, secret
from ..ports.exchange import Request

ACCESS: Final = "access_token"
"""Name under which the access token is stored."""
REFRESH: Final = "refresh_token"
"""Name under which the refresh token is stored."""
EXPIRES: Final = "expires"
"""Name under which the end of the access token is stored, in Unix seconds."""
SCOPE: Final = "scope"
"""Name under which the scopes that were given are stored, space-separated."""

_LASTS: Final = "expires_in"


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
    expires: datetime | None = None
    """When the access token ends; None where nobody said."""

    @classmethod
    def stored(cls, values: Mapping[str, str]) -> Pair:
        """Take what a token store keeps."""
        return cls(
            access=values.get(ACCESS, ""),
            refresh=values.get(REFRESH, ""),
            expires=_end(values.get(EXPIRES, "")),
        )


def _end(text: str) -> datetime | None:
    """Twelve digits reach beyond the year 9999; what is no time at all is not known."""
    known = text.isascii() and text.isdecimal() and len(text) < 12
    return datetime.fromtimestamp(int(text), UTC) if known else None


def kept_of(answer: Mapping[str, Any], before: Pair, at: datetime | None) -> Mapping[str, str] | None:
    """What a token store is to keep of the token endpoint's answer, None where that holds no access token.

    A refresh token that is not in the answer did not rotate. Scope and end are kept for people; *at* is when the
    answer arrived, for those that tell how long a token lasts.
    """
    access, refresh = answer.get(ACCESS), answer.get(REFRESH)
    if not isinstance(access, str) or not access:
        return None
    own = refresh if isinstance(refresh, str) and refresh else before.refresh.reveal()
    told = {name: str(answer[name]) for name in (EXPIRES, SCOPE) if answer.get(name)}
    lasts = answer.get(_LASTS)
    if EXPIRES not in told and type(lasts) is int and at is not None:
        told[EXPIRES] = str(int(at.timestamp()) + lasts)
    return {ACCESS: access, REFRESH: own, **told}
