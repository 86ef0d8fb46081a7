"""What is known of a window of calls, and how each call and each answer changes it; pure.

The remote is believed over our own count. What no answer tells is reasoned out:

- *When the window ends.* It ends one length after the first answer at the latest. That is exact to one latency
  where no call but ours was counted by then. Otherwise somebody began it before us, so at the end of the budget
  one call is let through to ask: it is answered, or refused with the moment to come back.
- *What is under way.* Calls are counted when they leave, so parallel workers never send more than there is.
- *Who else calls.* What the remote counted beyond our calls was sent by others.
- *Whether the remote's window turned before ours.* It counted a call after every call that had been answered when
  this one left. Where it counted fewer, it began anew. Answers may be read late and out of order, so each call
  takes along what was known when it left.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from attrs import evolve, field, frozen

from ..models.bucket import Bucket
from ..models.checks import aware
from .exchange import Response
from .retry_after import retry_after

NOTICEABLE: Final = 3
"""Fewer calls of others may be ours, which the turn of a window met under way."""

_BACKWARDS: Final = timedelta(minutes=1)
"""A clock that went back further was set; what was known is of no use then."""


class Begun(Enum):
    """Whose call began a window, which decides how exactly its end is known."""

    UNKNOWN = "unknown"
    """No answer came yet."""
    BY_US = "by us"
    """Ours: the end is exact to one latency."""
    BEFORE_US = "before us"
    """Somebody else's: it ends earlier than assumed."""
    ASKED = "asked"
    """Somebody else's, and one call was let through to learn the end."""


@frozen(kw_only=True)
class Allowance:
    """One window."""

    limit: int
    """Calls of the window."""
    used: int = 0
    """Calls of ours that left in it."""
    flying: int = 0
    """Those of them that were not answered yet."""
    others: int = 0
    """Calls of others in it, as far as they were noticed."""
    begun: Begun = Begun.UNKNOWN
    """Whose call began it."""
    since: datetime | None = field(default=None, validator=aware)
    """Calls that left from then on belong to it; None before the first one."""
    ends: datetime | None = field(default=None, validator=aware)
    """It has turned by then; None before the first call."""
    closed: datetime | None = field(default=None, validator=aware)
    """The remote asked not to be called before."""

    @property
    def left(self) -> int:
        """Calls that may still leave."""
        return max(self.limit - self.used - self.others, 0)


@frozen(kw_only=True)
class Ticket:
    """A call that may leave, with what was known when it was counted."""

    sent: datetime = field(validator=aware)
    """When it was counted."""
    answered: int
    """Calls of ours in its window that had been answered by then."""
    others: int
    """Calls of others in its window that had been noticed by then."""


@frozen(kw_only=True)
class Pause:
    """No call may leave for a while."""

    seconds: float
    """How long, before asking again; more than zero."""


def current(known: Allowance, now: datetime) -> Allowance:
    """The window of this moment: the known one, or a whole new one where it has turned."""
    over = known.ends is not None and now >= known.ends
    back = known.since is not None and now < known.since - _BACKWARDS
    if not over and not back:
        return known
    return Allowance(limit=known.limit, closed=None if back else known.closed)


def take(known: Allowance, bucket: Bucket, now: datetime) -> tuple[Allowance, Ticket | Pause]:
    """Count a call that leaves now, or say how long to wait."""
    window = current(known, now)
    if window.closed is not None and now < window.closed:
        return window, Pause(seconds=(window.closed - now).total_seconds())
    if window.left == 0:
        if window.closed is None and window.begun is not Begun.BEFORE_US and window.ends is not None:
            return window, Pause(seconds=(window.ends - now).total_seconds())
        window = evolve(window, begun=Begun.ASKED)
    ticket = Ticket(sent=now, answered=window.used - window.flying, others=window.others)
    taken = evolve(
        window,
        used=window.used + 1,
        flying=window.flying + 1,
        since=min(window.since or now, now),
        ends=window.ends or now + timedelta(seconds=bucket.window),
        closed=None,
    )
    return taken, ticket


def give_back(known: Allowance, ticket: Ticket) -> Allowance:
    """Take back a call that never left."""
    if not _belongs(known, ticket):
        return known
    return evolve(known, used=max(known.used - 1, 0), flying=max(known.flying - 1, 0))


def learn(known: Allowance, bucket: Bucket, ticket: Ticket, answer: Response) -> Allowance:
    """What is known after the answer to a call of ours."""
    at = answer.at or ticket.sent
    window = _landed(known, ticket, answer, at)
    limit, left = _whole(answer, bucket.limit_header), _whole(answer, bucket.left_header)
    if limit is None or left is None or not _belongs(known, ticket):
        return window
    counted = max(limit - left, 0)
    if counted <= ticket.answered:
        return _turned(window, bucket, limit, counted, at)
    others = max(counted - window.used, 0)
    if counted > ticket.answered + ticket.others:
        others = max(others, window.others)
    if window.begun is not Begun.UNKNOWN:
        return evolve(window, limit=limit, others=others)
    begun = Begun.BEFORE_US if others else Begun.BY_US
    return evolve(window, limit=limit, others=others, begun=begun, ends=at + timedelta(seconds=bucket.window))


def _belongs(known: Allowance, ticket: Ticket) -> bool:
    """Whether a call left in this window; what is answered late says nothing of the next one."""
    return known.since is not None and ticket.sent >= known.since


def _landed(known: Allowance, ticket: Ticket, answer: Response, at: datetime) -> Allowance:
    """The call is no longer under way; a refused one was not counted, and says when to come back."""
    ours = _belongs(known, ticket)
    flying = max(known.flying - 1, 0) if ours else known.flying
    if answer.status != 429:
        return evolve(known, flying=flying)
    used = max(known.used - 1, 0) if ours else known.used
    return evolve(known, flying=flying, used=used, closed=retry_after(answer.headers, at) or known.ends)


def _turned(window: Allowance, bucket: Bucket, limit: int, counted: int, at: datetime) -> Allowance:
    """The remote's window turned before ours did: it counted fewer calls than were ours alone."""
    return Allowance(
        limit=limit,
        used=min(counted, 1),
        others=max(counted - 1, 0),
        begun=Begun.BEFORE_US if counted > 1 else Begun.BY_US,
        since=at,
        ends=at + timedelta(seconds=bucket.window),
        closed=window.closed,
    )


def _whole(answer: Response, header: str) -> int | None:
    text = answer.headers.get(header, "").strip()
    return int(text) if text.isascii() and text.isdecimal() else None


def noticed(before: Allowance, after: Allowance) -> int:
    """Calls of others, where they become worth telling in this window; else 0."""
    known = before.others if before.since == after.since else 0
    return after.others if known < NOTICEABLE <= after.others else 0


def duration(
    calls: int, known: Allowance, bucket: Bucket, now: datetime, *, latency: float, parallel: int
) -> float:
    """Seconds that calls take: the budget that is left is spent, then each window is.

    From a full budget B that is ⌊(N-1)/B⌋ windows and the latency of the calls in the last one. Calls of full
    windows pass while their window does, so adding the latency of all N would count them twice.
    """
    window, pace = current(known, now), latency / max(parallel, 1)
    if calls <= window.left:
        return calls * pace
    turns = max(filter(None, (window.ends, window.closed)), default=now + timedelta(seconds=bucket.window))
    rest, size = calls - window.left, max(window.limit, 1)
    full = (rest - 1) // size
    first = max((turns - now).total_seconds(), window.left * pace)
    return first + full * max(bucket.window, size * pace) + (rest - full * size) * pace
