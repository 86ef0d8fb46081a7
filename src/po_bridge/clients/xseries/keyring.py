"""The token in use, and how it is renewed: never twice in a row without an answer that took it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any, Final
from urllib.parse import urlencode

from attrs import define, evolve, field, frozen

from ...errors import BadDocument, Broken, Unauthorized
from ...mapping.json_text import parse_json
from ...ports.exchange import Exchange, Lane, Request, Response, call, run, wait
from ...ports.tokens import Tokens
from .refusal import error_of
from .token import Application, Bearer, Pair, kept_of

TOKEN_PATH: Final = "/api/1.0/token"  # noqa: S105  # a path; its version stays 1.0 whatever the API's
"""Where codes and refresh tokens are exchanged."""

_PATIENCE: Final = (0.5, 1.0, 2.0, 4.0)
"""Seconds between looks for what another refresher stores."""


@define(kw_only=True)
class InUse:
    """The tokens in use, the adapter's own small state."""

    pair: Pair | None = None
    """None before the first request."""
    unproven: bool = False
    """True between a refresh and the first answer that is no 401."""


@frozen(kw_only=True)
class Keyring:
    """Signs requests and renews what they are signed with."""

    base: str
    """Address of the store's host."""
    label: str
    """Name of the system, for errors."""
    account: str
    """Name under which the tokens are kept."""
    store: Tokens | None = field(default=None, repr=False)
    """Where tokens are kept; None for a personal token."""
    application: Application | None = None
    """Who may refresh; None for personal tokens."""
    in_use: InUse = field(factory=InUse, eq=False)
    """The tokens in use."""

    def signed(self, request: Request) -> Exchange[Request]:
        """The request with the token in use; raises ``Unauthorized`` where the store was never connected."""
        if self.in_use.pair is None:
            self.in_use.pair = yield from self._stored()
        pair = self.in_use.pair
        if pair is None:
            words, mend = "no token is kept for this store", "connect the store first"
            raise Unauthorized(self.label, 0, words, what=request.what, mend=mend)
        return evolve(request, auth=Bearer(token=pair.access))

    def accepted(self) -> None:
        """Note that the token in use was taken."""
        self.in_use.unproven = False

    def renewed(self) -> Exchange[bool]:
        """Have another token after a 401; False where only a person can connect the store again.

        One process refreshes, the others take over what it stores.
        A refresh is no write: it changes nothing that a plan is about.
        """
        if self.store is None or (yield from self._taken_over()):
            return self.store is not None
        store, lock = self.store, ExitStack()
        try:
            ours = yield from run(lambda: lock.enter_context(store.lock(self.account)), Lane.TARGET)
            # Whoever held the lock before may have stored a pair just now.
            if (yield from self._taken_over()):
                return True
            return (yield from self._refreshed(store)) if ours else (yield from self._waited())
        finally:
            lock.close()

    def _stored(self) -> Exchange[Pair | None]:
        store = self.store
        if store is None:
            return None
        kept = yield from run(lambda: store.load(self.account), Lane.TARGET)
        return Pair.stored(kept) if kept else None

    def _taken_over(self) -> Exchange[bool]:
        stored = yield from self._stored()
        if stored is None or (self.in_use.pair and stored.access == self.in_use.pair.access):
            return False
        self.in_use.pair = stored
        return True

    def _waited(self) -> Exchange[bool]:
        for seconds in _PATIENCE:
            yield from wait(seconds)
            if (yield from self._taken_over()):
                return True
        return False

    def _refreshed(self, store: Tokens) -> Exchange[bool]:
        pair = self.in_use.pair
        if pair is None or not pair.refresh or self.application is None or self.in_use.unproven:
            return False
        request = self._refresh(pair, self.application)
        response = yield from call(request)
        if 400 <= response.status < 500 and response.status != 429:
            return False
        fresh = self._read(request, response, pair)
        # Stored before use: the old pair is void from here on.
        yield from run(lambda: store.store(self.account, fresh), Lane.TARGET)
        self.in_use.pair, self.in_use.unproven = Pair.stored(fresh), True
        return True

    def _refresh(self, pair: Pair, application: Application) -> Request:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": pair.refresh.reveal(),
            "client_id": application.client_id,
            "client_secret": application.client_secret.reveal(),
        }
        return Request(
            method="POST",
            address=f"{self.base}{TOKEN_PATH}",
            headers={"content-type": "application/x-www-form-urlencoded", "accept": "application/json"},
            body=urlencode(form).encode(),
            system=self.label,
        )

    def _read(self, request: Request, response: Response, before: Pair) -> Mapping[str, str]:
        """Read the answer; one that cannot be read is not quoted, since it may hold tokens."""
        broken = Broken(self.label, response.status, "no token in the answer", what=request.what)
        if error_of(request, response) is not None:
            raise broken
        try:
            answer: Any = parse_json(response.body, name="token answer")
        except BadDocument:
            raise broken from None
        fresh = kept_of(answer, before) if isinstance(answer, dict) else None
        if fresh is None:
            raise broken
        return fresh
