"""The token in use, and how it is renewed: never twice in a row without an answer that took it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Final

from attrs import define, evolve, field, frozen

from ..errors import Broken, Busy, Unauthorized, Unreachable
from ..ports.exchange import Exchange, Lane, Request, Response, run, wait
from ..ports.retry_after import retry_after
from ..ports.tokens import Tokens
from ._renewal import Renewal
from ._token import SCOPE, Application, Bearer, Pair, kept_of
from ._token_call import TokenEndpoint, token_answer

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

    endpoint: TokenEndpoint
    """Where tokens are refreshed."""
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
            raise Unauthorized(self.endpoint.label, 0, words, what=request.what, mend=mend)
        return evolve(request, auth=Bearer(token=pair.access))

    def accepted(self) -> None:
        """Note that the token in use was taken."""
        self.in_use.unproven = False

    def scopes(self) -> Exchange[frozenset[str] | None]:
        """Scopes that the token answer told; None for personal tokens and where it told none."""
        store = self.store
        if store is None:
            return None
        kept = yield from run(lambda: store.load(self.account), Lane.TARGET)
        return frozenset(kept[SCOPE].split()) if kept and kept.get(SCOPE) else None

    def renewed(self, refused: Response) -> Exchange[Renewal]:
        """Have another token after a 401.

        One process refreshes, the others take over what it stores.
        A refresh is no write: it changes nothing that a plan is about.
        Raises ``Broken`` and ``Unreachable`` where the refresh token was certainly not used.
        """
        if self.store is None:
            return Renewal.PERSONAL
        if (yield from self._taken_over()):
            return Renewal.RENEWED
        store, lock = self.store, ExitStack()
        try:
            ours = yield from run(lambda: lock.enter_context(store.lock(self.account)), Lane.TARGET)
            # Whoever held the lock before may have stored a pair just now.
            if (yield from self._taken_over()):
                return Renewal.RENEWED
            return (yield from self._refreshed(store, refused)) if ours else (yield from self._waited())
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

    def _waited(self) -> Exchange[Renewal]:
        for seconds in _PATIENCE:
            yield from wait(seconds)
            if (yield from self._taken_over()):
                return Renewal.RENEWED
        return Renewal.ELSEWHERE

    def _refreshed(self, store: Tokens, refused: Response) -> Exchange[Renewal]:
        pair, application = self.in_use.pair, self.application
        if pair is None or not pair.refresh or application is None:
            return Renewal.UNFIT
        if self.in_use.unproven:
            return Renewal.REVOKED  # a token made a moment ago; refreshing it would go on without end
        try:
            fresh = yield from self._asked(pair, application)
        except (Unreachable, Broken) as problem:
            if isinstance(problem, Unreachable) and not problem.sent:
                raise
            return (yield from self._once_more(store, pair, application))
        if isinstance(fresh, int):
            return _verdict(fresh, pair, refused)
        return (yield from self._kept(store, fresh))

    def _once_more(self, store: Tokens, pair: Pair, application: Application) -> Exchange[Renewal]:
        """After a lost answer the old refresh token may have been used up or not: one try with it."""
        yield from wait(_PATIENCE[0])
        try:
            fresh = yield from self._asked(pair, application)
        except (Unreachable, Broken):
            return Renewal.SILENT
        return Renewal.LOST if isinstance(fresh, int) else (yield from self._kept(store, fresh))

    def _kept(self, store: Tokens, fresh: Mapping[str, str]) -> Exchange[Renewal]:
        """Store before use: the old pair is void from here on."""
        yield from run(lambda: store.store(self.account, fresh), Lane.TARGET)
        self.in_use.pair, self.in_use.unproven = Pair.stored(fresh), True
        return Renewal.RENEWED

    def _asked(self, pair: Pair, application: Application) -> Exchange[Mapping[str, str] | int]:
        """What to keep, or the status of a refusal; raises ``Busy`` for 429 and ``Broken`` for nonsense."""
        form = {"grant_type": "refresh_token", "refresh_token": pair.refresh.reveal()}
        request, response = yield from self.endpoint.ask(application, form)
        if response.status == 429:
            raise Busy(
                self.endpoint.label,
                429,
                "too many token requests",
                what=request.what,
                mend="wait until the store takes token requests again",
                again=True,
                retry_at=retry_after(response.headers, response.at) if response.at else None,
            )
        if 400 <= response.status < 500:
            return response.status
        fresh = kept_of(token_answer(request, response), pair, response.at)
        if fresh is None:
            raise Broken(self.endpoint.label, response.status, "no token in the answer", what=request.what)
        return fresh


def _verdict(status: int, pair: Pair, refused: Response) -> Renewal:
    """Why a refresh was refused; a client the vendor does not know gets 401, a void token 400."""
    if status == 401:
        return Renewal.APPLICATION
    if pair.expires is None or refused.at is None:
        return Renewal.REFUSED
    return Renewal.EXPIRED if refused.at >= pair.expires else Renewal.REVOKED
