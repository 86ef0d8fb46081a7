"""When a lease may be granted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from attrs import frozen

from ..errors import LeaseHeld, Misuse
from ..ports.leases import Holder
from .holder import provably_dead


@frozen(kw_only=True)
class Grant:
    """One key that somebody holds."""

    key: str
    """What is held."""
    fence: int
    """Of the lease it belongs to."""
    holder: Holder
    """Who holds it."""
    since: datetime
    """Since when, aware UTC."""
    until: datetime
    """It is free from here on, unless renewed."""


def check_keys(keys: Iterable[str]) -> tuple[str, ...]:
    """Give the keys, each once, in order; raises Misuse where there are none."""
    once = tuple(dict.fromkeys(keys))
    if not once or "" in once:
        raise Misuse(f"a lease needs keys, and none may be empty; got {once!r}")
    return once


def check_free(held: Iterable[Grant], now: datetime) -> None:
    """Refuse keys that a worker holds who may be alive; raises LeaseHeld for the first."""
    for grant in held:
        if now < grant.until and not provably_dead(grant.holder):
            raise LeaseHeld(grant.key, str(grant.holder), grant.since)
