"""How far this machine's clock is from those of the remotes, by the ``Date`` of their answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from attrs import define, field, frozen

from ..ports.clock import Clock
from ..ports.exchange import Request, Response
from .asking import Send
from .exit_code import ExitCode
from .health import Health, Item

_FINE: Final = timedelta(seconds=30)
_SIGNED: Final = timedelta(minutes=5)
"""Signatures of the wholesale side hold so long, and tokens end by the store's clock."""
_HALF: Final = timedelta(milliseconds=500)
"""``Date`` has whole seconds, cut off."""


@frozen(kw_only=True)
class Skew:
    """What one answer told."""

    ahead: timedelta
    """How far this machine is ahead; below zero: behind."""
    unsure: timedelta
    """Half of the time that the call took."""


@define(kw_only=True)
class Skews:
    """Sees calls and their answers."""

    clock: Clock
    """This machine's."""
    seen: dict[str, Skew | None] = field(factory=dict, init=False)
    """What the quickest answer of each host told; None where it told no time."""

    def through(self, send: Send) -> Send:
        """The same sender, seen."""

        def sent(request: Request) -> Response:
            left = self.clock.now()
            response = send(request)
            self._note(urlsplit(request.address).netloc, left, response)
            return response

        return sent

    def _note(self, host: str, left: datetime, response: Response) -> None:
        came = response.at or self.clock.now()
        theirs = _date(response.headers.get("date", ""))
        known = self.seen.setdefault(host, None)
        if theirs is None:
            return
        unsure = (came - left) / 2
        if known is None or unsure < known.unsure:
            self.seen[host] = Skew(ahead=left + unsure - theirs - _HALF, unsure=unsure)

    def items(self) -> Iterator[Item]:
        """One for each host that was asked."""
        for host, skew in sorted(self.seen.items()):
            yield _item(host, skew)


def _date(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _item(host: str, skew: Skew | None) -> Item:
    if skew is None:
        words = "its answers tell no time"
        return Item(area="clock", what=host, health=Health.UNKNOWN, words=words)
    seconds = abs(skew.ahead.total_seconds())
    side = "ahead of" if skew.ahead > timedelta(0) else "behind"
    words = (
        f"this machine is {seconds:.1f} s {side} it, give or take {skew.unsure.total_seconds() + 0.5:.1f} s"
    )
    if abs(skew.ahead) <= _FINE + skew.unsure:
        return Item(area="clock", what=host, words=words)
    bad = abs(skew.ahead) > _SIGNED
    return Item(
        area="clock",
        what=host,
        health=Health.BAD if bad else Health.LOOK,
        words=words,
        next="set this machine's clock by NTP: signatures hold for five minutes, and tokens end by the store's",
        code=ExitCode.ATTENTION,
    )
