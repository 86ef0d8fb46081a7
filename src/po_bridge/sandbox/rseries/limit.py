"""The rate limits: a leaky bucket and a burst window, counted by client."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from http import HTTPStatus

from attrs import evolve, frozen

from ..message import Response
from .refusal import enveloped
from .state import State
from .switches import ErrorBody
from .text import figure
from .token import Bucket

_BUCKET = "api-leaky-bucket"
_BURST = "api-burst-limiter"
_MICRO = Decimal(1_000_000)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@frozen(kw_only=True)
class Limit:
    """The limits' figures; a shorter second scales them for tests."""

    enforced: bool = True
    """Whether calls beyond the limits are refused; off, nothing is counted."""
    size: Decimal = Decimal(90)
    """Drips that the bucket of one register holds."""
    per_register: Decimal = Decimal(10)
    """Drips more for each further register."""
    drip: Decimal = Decimal(1)
    """Drips that leave the bucket in a second."""
    drip_per_register: Decimal = Decimal("0.5")
    """Drips more for each further register."""
    burst_share: Decimal = Decimal(20) / Decimal(90)
    """Calls of one burst window, as a share of the bucket."""
    second: timedelta = timedelta(seconds=1)
    """How long a second takes."""

    def room(self, state: State) -> Decimal:
        """Give the size of the bucket."""
        return self.size + self.per_register * (state.registers - 1)

    def flow(self, state: State) -> Decimal:
        """Give the drips of a second."""
        return self.drip + self.drip_per_register * (state.registers - 1)

    def burst(self, state: State) -> int:
        """Give the calls of a burst window."""
        return round(self.burst_share * self.room(state))


@frozen(kw_only=True)
class Standing:
    """Where a client stands."""

    account: str
    """Account id."""
    client: str
    """Client id."""
    level: Decimal
    """Drips in the bucket, this call among them."""
    room: Decimal
    """Size of the bucket."""
    calls: int
    """Calls in the burst window, this one among them."""
    burst: int
    """Calls that it admits."""
    flow: Decimal
    """Drips of a second."""
    cost: Decimal
    """What this call costs."""
    refused: str = ""
    """The limiter that refuses the call, if any."""
    wait: int = 0
    """Whole seconds until a call is served again."""

    def headers(self) -> dict[str, str]:
        """Give the headers that every answer carries."""
        always = {
            "x-ls-acct-id": self.account,
            "x-ls-oauth-client-id": self.client,
            "x-ls-api-bucket-level": f"{figure(round(self.level, 6))}/{figure(self.room)}",
            "x-ls-api-burst-level": f"{self.calls}/{self.burst}",
            "x-ls-api-drip-rate": figure(self.flow),
            "x-ls-api-request-cost": figure(self.cost),
            "cf-ray": "0000000000000000-YUL",
        }
        refusal = {"x-ls-api-ratelimit-type": self.refused, "retry-after": str(self.wait)}
        return always | refusal if self.refused else always


def count(state: State, limit: Limit, client: str, cost: Decimal, now: datetime) -> Standing:
    """Count one call of a client; one that crosses the size is served, the next is refused."""
    bucket = _leaked(state.buckets.get(client) or Bucket(at=now), limit.flow(state), limit.second, now)
    burst, room = limit.burst(state), limit.room(state)
    refused = "" if not limit.enforced else _refuser(bucket, room, burst)
    if not refused:
        bucket = evolve(bucket, level=bucket.level + cost, calls=bucket.calls + 1)
    if limit.enforced:
        state.buckets[client] = bucket
    return Standing(
        account=state.account.id,
        client=client,
        level=bucket.level,
        room=room,
        calls=bucket.calls,
        burst=burst,
        flow=limit.flow(state),
        cost=cost,
        refused=refused,
        wait=int((bucket.level - room) / limit.flow(state)) + 1 if refused == _BUCKET else 1,
    )


def _leaked(bucket: Bucket, flow: Decimal, second: timedelta, now: datetime) -> Bucket:
    # A clock that is set back leaks nothing.
    passed = max(timedelta(0), now - bucket.at)
    seconds = Decimal(passed // timedelta(microseconds=1)) / _MICRO / Decimal(str(second.total_seconds()))
    level = max(Decimal(0), bucket.level - seconds * flow)
    window = (now - _EPOCH) // second
    calls = bucket.calls if window == bucket.second else 0
    return Bucket(level=level, at=max(bucket.at, now), second=window, calls=calls)


def _refuser(bucket: Bucket, room: Decimal, burst: int) -> str:
    if bucket.calls >= burst:
        return _BURST
    return _BUCKET if bucket.level >= room else ""


def too_many(body: ErrorBody, kind: str = _BUCKET) -> Response:
    """Make a 429 without its headers."""
    message = "burst rate limit exceeded" if kind == _BURST else "Rate limit exceeded."
    return enveloped(HTTPStatus.TOO_MANY_REQUESTS, message, body)
