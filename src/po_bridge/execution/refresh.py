"""Brings the mirror up to date: only what a review can depend on."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from ..errors import Broken
from ..models.store import StoreFacts
from ..planning.snapshot import Collection
from ..ports.cache import KeptFacts, Mirror
from ..ports.exchange import Exchange, Lane, now, run
from ..ports.target import Target
from .event import MirrorRead, OnEvent, ignore

PAGES = 1_000_000
"""A cursor that goes on longer than this does not come to an end."""

FACTS_AGE = timedelta(hours=24)
"""Kept facts of a store that are older are read again."""


def drain(
    target: Target, mirror: Mirror, collection: Collection, tell: OnEvent = ignore
) -> Exchange[MirrorRead]:
    """Read a collection to its end, each page kept as it comes; the answer tells records and calls.

    An interrupted reading goes on where it stopped. Where another worker reads the same collection into the same
    cache, a page that came too late is dropped and this one goes on from there.
    Raises ``Broken`` for a cursor that does not advance.
    """
    since = yield from _position(mirror, collection)
    seen = {since}
    records = 0
    for calls in range(1, PAGES):
        page = yield from target.changes(collection, since)
        if not (yield from run(partial(mirror.absorb, collection, page, since), Lane.CACHE)):
            since = yield from _position(mirror, collection)
            seen = {since}
            continue
        records += len(page.records)
        told = MirrorRead(collection=collection, records=records, calls=calls, more=page.more)
        if page.records:
            tell(told)
        if not page.more:
            return told
        since = page.position
        if since in seen:
            break
        seen.add(since)
    words = f"the cursor does not advance: it comes back to {since!r}"
    raise Broken(target.label, 0, words, what=f"list of {collection.value}")


def _position(mirror: Mirror, collection: Collection) -> Exchange[str]:
    positions = yield from run(mirror.positions, Lane.CACHE)
    return positions.get(collection, "")


def facts_of(target: Target, mirror: Mirror) -> Exchange[StoreFacts]:
    """Facts of the store, read once a day."""
    moment = yield from now()
    kept = yield from run(mirror.facts, Lane.CACHE)
    if kept is not None and moment - kept.at < FACTS_AGE:
        return kept.facts
    facts = yield from target.facts()
    yield from run(partial(mirror.keep_facts, KeptFacts(facts=facts, at=moment)), Lane.CACHE)
    return facts
