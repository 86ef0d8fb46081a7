"""The rate limit: so many calls in a window, counted by application."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http import HTTPStatus

from attrs import evolve, frozen

from ..message import Response
from .state import State
from .token import Bucket


@frozen(kw_only=True)
class Limit:
    """The limit's figures; a shorter window scales it for tests."""

    enforced: bool = True
    """Whether calls beyond the limit are refused; off, nothing is counted."""
    per_register: int = 300
    """Calls for each register that is not deleted."""
    extra: int = 50
    """Calls on top."""
    window: timedelta = timedelta(seconds=300)
    """Length of a window; it starts with the first call after the last one ended."""

    def size(self, state: State) -> int:
        """Give the calls of one window."""
        return self.per_register * len(state.registers.all_live()) + self.extra


@frozen(kw_only=True)
class Standing:
    """Where an application stands in its window."""

    limit: int
    """Calls of one window."""
    remaining: int
    """Calls left after this one."""
    resets_at: datetime
    """End of the window."""
    refused: bool
    """Whether this call is one too many."""

    def headers(self) -> dict[str, str]:
        """Give the headers that every answer carries."""
        return {"x-ratelimit-limit": str(self.limit), "x-ratelimit-remaining": str(self.remaining)}


def count(state: State, limit: Limit, application: str, now: datetime) -> Standing:
    """Count one call of an application."""
    size = limit.size(state)
    bucket = state.buckets.get(application)
    if bucket is None or now >= bucket.start + limit.window:
        bucket = Bucket(start=now, used=0)
    ends = bucket.start + limit.window
    if not limit.enforced:
        return Standing(limit=size, remaining=size, resets_at=ends, refused=False)
    refused = bucket.used >= size
    used = bucket.used + (not refused)
    state.buckets[application] = evolve(bucket, used=used)
    return Standing(limit=size, remaining=size - used, resets_at=ends, refused=refused)


def too_many(resets_at: datetime) -> Response:
    """Make the documented 429; Retry-After is an HTTP date, rounded up to the second."""
    whole = resets_at.astimezone(UTC)
    if whole.microsecond:
        whole = whole.replace(microsecond=0) + timedelta(seconds=1)
    return Response.json(
        {"error": "Too Many Requests", "message": "Rate limiting enforced"},
        status=HTTPStatus.TOO_MANY_REQUESTS,
        headers={"retry-after": format_datetime(whole, usegmt=True)},
    )
