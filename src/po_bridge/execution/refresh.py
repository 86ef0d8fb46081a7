"""Brings the mirror up to date: only what a review can depend on."""

from __future__ import annotations

from functools import partial

from ..errors import Broken
from ..models.store import StoreFacts
from ..planning.snapshot import Collection
from ..ports.cache import Mirror
from ..ports.exchange import Exchange, Lane, run
from ..ports.target import Target

PAGES = 1_000_000
"""A cursor that goes on longer than this does not come to an end."""


def drain(target: Target, mirror: Mirror, collection: Collection) -> Exchange[None]:
    """Read a collection to its end; raises ``Broken`` for a cursor that does not advance."""
    positions = yield from run(mirror.positions, Lane.CACHE)
    since = positions.get(collection, "")
    for _ in range(PAGES):
        page = yield from target.changes(collection, since)
        yield from run(partial(mirror.absorb, collection, page), Lane.CACHE)
        if not page.more:
            return
        if page.position == since:
            break
        since = page.position
    raise Broken(target.label, 0, f"the cursor stays at {since!r}", what=f"list of {collection.value}")


def facts_of(target: Target, mirror: Mirror) -> Exchange[StoreFacts]:
    """Facts of the store, read once."""
    kept = yield from run(mirror.facts, Lane.CACHE)
    if kept is not None:
        return kept
    facts = yield from target.facts()
    yield from run(partial(mirror.keep_facts, facts), Lane.CACHE)
    return facts
