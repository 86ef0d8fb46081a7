"""The authorisation-code flow that turns a merchant's consent into tokens.

First ``begin``; the merchant opens its address and agrees; the callback goes to ``granted``; then ``redeem``.
Source: the vendor's authorization guide. Since June 2026 a request without scopes is declined.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from attrs import field, frozen

from ...errors import Broken, Misuse, Unauthorized
from ...models.checks import filled
from ...models.secret import Secret, secret
from ...ports.exchange import Exchange, Lane, run
from ...ports.tokens import Tokens
from .._token import SCOPE, Application, Pair, kept_of
from .._token_call import token_answer
from .account import account_of
from .endpoint import endpoint_of
from .scope import ASKED

AUTHORISE: Final = "https://secure.retail.lightspeed.app"
"""Host of the page on which a merchant agrees; the same for every store."""

_SHORTEST_STATE: Final = 8
_PREFIX: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)


@frozen(kw_only=True)
class Begun:
    """A connection that waits for the merchant's consent."""

    application: Application
    """Who asks."""
    redirect: str = field(validator=filled)
    """Where the merchant is sent back to, to the letter as registered with the vendor."""
    state: Secret = field(converter=secret)
    """Ties the callback to this attempt; at least 8 characters, made by the caller and guessed by nobody."""
    scopes: tuple[str, ...] = ASKED
    """What is asked for, no more than po_bridge uses."""
    address: str | None = None
    """Scheme and host in place of the vendor's, as of a sandbox; without a path."""

    def __attrs_post_init__(self) -> None:
        if len(self.state.reveal()) < _SHORTEST_STATE:
            raise Misuse(f"the state of a connection needs at least {_SHORTEST_STATE} characters")
        if not self.scopes:
            raise Misuse("a connection without scopes is declined by the vendor")

    @property
    def authorise_address(self) -> str:
        """Where the merchant agrees."""
        asked = {
            "response_type": "code",
            "client_id": self.application.client_id,
            "redirect_uri": self.redirect,
            "state": self.state.reveal(),
            "scope": " ".join(self.scopes),
        }
        return f"{(self.address or AUTHORISE).rstrip('/')}/connect?{urlencode(asked)}"


@frozen(kw_only=True)
class Granted:
    """A merchant's consent; its code is good once, for ten minutes."""

    code: Secret = field(converter=secret)
    """What is exchanged."""
    domain_prefix: str
    """The store that agreed; a host label, or it could lead our client secret elsewhere."""


@frozen(kw_only=True)
class Connected:
    """A store whose tokens are kept."""

    domain_prefix: str
    """The store."""
    account: str
    """Name under which the tokens are kept."""
    scopes: tuple[str, ...] | None
    """What was given; None where the answer does not say."""
    lacking: tuple[str, ...]
    """What was asked for and not given."""
    expires: datetime | None
    """When the first access token ends."""


def granted(begun: Begun, callback: str) -> Granted:
    """Read the callback: its whole address as pasted from a browser, or only its query.

    Raises ``Misuse`` for the callback of another attempt or one that holds no code, ``Unauthorized`` where
    the merchant declined.
    """
    query = callback.strip().rpartition("?")[2].partition("#")[0]
    told = dict(parse_qsl(query, keep_blank_values=True))
    if not hmac.compare_digest(told.get("state", "").encode(), begun.state.reveal().encode()):
        raise Misuse("this callback does not belong to this connection; begin again and paste the new one")
    if "error" in told:
        mend = "ask the merchant to agree, then begin again"
        raise Unauthorized("X-Series", 0, told["error"][:200], what="GET /connect", mend=mend)
    prefix = told.get("domain_prefix", "").lower()
    if not told.get("code") or not _PREFIX.fullmatch(prefix):
        raise Misuse("the callback holds no code and store name; paste the whole address of the last page")
    return Granted(code=told["code"], domain_prefix=prefix)


def redeem(begun: Begun, consent: Granted, tokens: Tokens) -> Exchange[Connected]:
    """Exchange the code, once, and keep the tokens before anybody uses them.

    Raises ``Unauthorized`` where the code was used, is too old or the application is unknown, ``Broken`` where
    the answer cannot be read: the code is spent then, and the merchant must agree anew.
    """
    prefix, account = consent.domain_prefix, account_of(consent.domain_prefix)
    base = (begun.address or f"https://{prefix}.retail.lightspeed.app").rstrip("/")
    form = {
        "grant_type": "authorization_code",
        "code": consent.code.reveal(),
        "redirect_uri": begun.redirect,
    }
    endpoint = endpoint_of(base, f"X-Series {prefix}")
    request, response = yield from endpoint.ask(begun.application, form)
    if 400 <= response.status < 500 and response.status != 429:
        raise Unauthorized(
            request.system,
            response.status,
            "the code was refused",
            what=request.what,
            mend=_CLIENT if response.status == 401 else _CODE,
        )
    answer = token_answer(request, response)
    kept = _for_store(answer, prefix, response.at)
    if kept is None:
        raise Broken(request.system, response.status, "no token for this store", what=request.what)
    yield from run(lambda: tokens.store(account, kept), Lane.TARGET)
    return _connected(begun, prefix, kept)


_CLIENT: Final = "check client id and secret of the application: the store does not take them"
_CODE: Final = (
    "begin again: a code is good once and for ten minutes, and the redirect address must be the same"
)


def _for_store(answer: Mapping[str, Any], prefix: str, at: datetime | None) -> Mapping[str, str] | None:
    """What is kept; nothing where the tokens are another store's."""
    if str(answer.get("domain_prefix") or prefix).lower() != prefix:
        return None
    return kept_of(answer, Pair(access=""), at)


def _connected(begun: Begun, prefix: str, kept: Mapping[str, str]) -> Connected:
    given = tuple(kept[SCOPE].split()) if SCOPE in kept else None
    lacking = () if given is None else tuple(scope for scope in begun.scopes if scope not in given)
    return Connected(
        domain_prefix=prefix,
        account=account_of(prefix),
        scopes=given,
        lacking=lacking,
        expires=Pair.stored(kept).expires,
    )
