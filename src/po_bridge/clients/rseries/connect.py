"""The authorisation-code flow that turns a merchant's consent into tokens.

First ``Begun``; the merchant opens its address and agrees; the callback goes to ``granted``; then ``redeem``.
Source: the vendor's authentication pages. A code lives for 60 seconds, and the redirect address must be https.
"""

from __future__ import annotations

import binascii
import hmac
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from attrs import field, frozen

from ...errors import BadDocument, Broken, Misuse, Unauthorized
from ...mapping.json_text import parse_json
from ...models.checks import filled
from ...models.secret import Secret, secret
from ...ports.exchange import Exchange, Lane, run
from ...ports.tokens import Tokens
from .._token import ACCESS, SCOPE, Application, Pair, kept_of
from .._token_call import token_answer
from .account import account_of
from .endpoint import CLOUD, endpoint_of
from .rights import SCOPES

_SHORTEST_STATE: Final = 8
_CLIENT: Final = "check client id and secret of the application: the vendor does not take them"
_CODE: Final = "begin again: a code is good once and for a minute"


@frozen(kw_only=True)
class Begun:
    """A connection that waits for the merchant's consent."""

    application: Application
    """Who asks; its redirect address is registered with the vendor."""
    state: Secret = field(converter=secret)
    """Ties the callback to this attempt; at least 8 characters, made by the caller and guessed by nobody."""
    scopes: tuple[str, ...] = SCOPES
    """What is asked for, no more than po_bridge uses."""
    address: str | None = field(default=None)
    """Scheme and host in place of the vendor's, as of a sandbox; without a path."""

    def __attrs_post_init__(self) -> None:
        if len(self.state.reveal()) < _SHORTEST_STATE:
            raise Misuse(f"the state of a connection needs at least {_SHORTEST_STATE} characters")
        if not self.scopes:
            raise Misuse("a connection needs at least one scope")

    @property
    def authorise_address(self) -> str:
        """Where the merchant agrees."""
        asked = {
            "response_type": "code",
            "client_id": self.application.client_id,
            "scope": " ".join(self.scopes),
            "state": self.state.reveal(),
        }
        return f"{(self.address or CLOUD).rstrip('/')}/auth/oauth/authorize?{urlencode(asked)}"


@frozen(kw_only=True)
class Granted:
    """A merchant's consent; its code is good once, for a minute."""

    code: Secret = field(converter=secret)
    """What is exchanged."""


@frozen(kw_only=True)
class Connected:
    """An account whose tokens are kept."""

    account_id: str = field(validator=filled)
    """The account."""
    account: str
    """Name under which the tokens are kept."""
    lacking: tuple[str, ...]
    """Scopes that were asked for and not given, as far as the token tells."""
    expires: datetime | None
    """When the first access token ends."""


def granted(begun: Begun, callback: str) -> Granted:
    """Read the callback: its whole address as pasted from a browser, or only its query.

    Raises ``Misuse`` for the callback of another attempt or one that holds no code, ``Unauthorized`` where the
    merchant declined.
    """
    query = callback.strip().rpartition("?")[2].partition("#")[0]
    told = dict(parse_qsl(query, keep_blank_values=True))
    if not hmac.compare_digest(told.get("state", "").encode(), begun.state.reveal().encode()):
        raise Misuse("this callback does not belong to this connection; begin again and paste the new one")
    if "error" in told:
        mend = "ask the merchant to agree, then begin again"
        raise Unauthorized("R-Series", 0, told["error"][:200], what="GET /authorize", mend=mend)
    if not told.get("code"):
        raise Misuse("the callback holds no code; paste the whole address of the last page")
    return Granted(code=told["code"])


def redeem(begun: Begun, consent: Granted, tokens: Tokens) -> Exchange[Connected]:
    """Exchange the code, once, and keep the tokens before anybody uses them; the token names its account.

    Raises ``Unauthorized`` where the code was used, is too old or the application is unknown, ``Broken`` where the
    answer cannot be read: the code is spent then, and the merchant must agree anew.
    """
    endpoint = endpoint_of(begun.address, "R-Series")
    members = {"grant_type": "authorization_code", "code": consent.code.reveal()}
    request, response = yield from endpoint.ask(begun.application, members)
    if 400 <= response.status < 500 and response.status != 429:
        words, mend = "the code was refused", _CLIENT if response.status == 401 else _CODE
        raise Unauthorized(request.system, response.status, words, what=request.what, mend=mend)
    kept = kept_of(token_answer(request, response), Pair(access=""), response.at)
    claims = claims_of(kept[ACCESS]) if kept else {}
    account_id = str(claims.get("acct") or "")
    if kept is None or not (account_id.isascii() and account_id.isdecimal()):
        raise Broken(request.system, response.status, "no token of an account", what=request.what)
    scope = claims.get("scope")
    whole = {**kept, SCOPE: scope} if isinstance(scope, str) else kept
    yield from run(lambda: tokens.store(account_of(account_id), whole), Lane.TARGET)
    return _connected(begun, account_id, whole)


def claims_of(token: str) -> Mapping[str, Any]:
    """What an access token says of itself, unverified: it only names the account to the one who was given it."""
    parts = token.split(".")
    if len(parts) != 3:
        return {}
    try:
        padded = parts[1] + "=" * (-len(parts[1]) % 4)
        found = parse_json(urlsafe_b64decode(padded.encode()), name="token")
    except (BadDocument, binascii.Error, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _connected(begun: Begun, account_id: str, kept: Mapping[str, str]) -> Connected:
    given = set(kept.get(SCOPE, "").split())
    lacking = tuple(scope for scope in begun.scopes if scope not in given) if given else ()
    return Connected(
        account_id=account_id,
        account=account_of(account_id),
        lacking=lacking,
        expires=Pair.stored(kept).expires,
    )
