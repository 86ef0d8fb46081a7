"""Looks at what became of wholesale orders after they were placed; the journal keeps what is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from attrs import define, evolve

from ..errors import DocumentError, NotFound
from ..models.availability import Availability, Unknown
from ..models.keys import LineKey, OrderKey
from ..models.purchase_order import PurchaseStatus
from ..models.setup import Setup
from ..planning.book import Applied
from ..planning.siblings import base_number
from ..planning.sighting import Sighting, looked_at, status_when_planned, word_of
from ..planning.timeline import Seen, Timeline, timeline_of
from ..ports.cache import Cache
from ..ports.exchange import Exchange, Lane, gather, now, run
from ..ports.journal import Journal
from ..ports.receiving import Receiving
from ..ports.shipments import Shipments, Tracked
from ..ports.source import Source
from ..ports.stock import Stock
from .purchases import Purchases
from .reading import SIDE_BY_SIDE, key_asked_for, key_of
from .style_names import with_style_names

T = TypeVar("T")

_LOOKS = 3
"""Looks at one order while others keep theirs; the last one is told and not kept."""
_ENDED = frozenset({PurchaseStatus.RECEIVED, PurchaseStatus.CANCELLED})


@define(kw_only=True)
class Watching:
    """Timelines, changes and supplier stock."""

    source: Source
    """The wholesale platform."""
    target: Receiving
    """The POS."""
    target_label: str
    """Its name, for people."""
    journal: Journal
    """What was applied."""
    cache: Cache
    """Whose mirror knows which purchase orders are over."""
    setup: Setup
    """The merchant's choices."""

    def watch(self, order: str | OrderKey) -> Exchange[Timeline]:
        """One order's timeline: one call to the brand, and the reading of each purchase order.

        Where another look was kept meanwhile, the order is looked at again: an older look never hides a later one.
        """
        key = order if isinstance(order, OrderKey) else (yield from key_of(self.source, self.journal, order))
        timeline, kept = yield from self._watched(key)
        for _ in range(_LOOKS - 1):
            if not kept:
                timeline, kept = yield from self._watched(key)
        return timeline

    def _watched(self, key: OrderKey) -> Exchange[tuple[Timeline, bool]]:
        """One look, and whether it was kept or had nothing new; what was found before is read first."""
        known = yield from run(partial(self.journal.sightings, (key,)), Lane.JOURNAL)
        seen, status = yield from self._seen(key)
        before = known.get(key, Sighting(order=key, at=seen.at))
        timeline = timeline_of(seen, self.setup, before)
        found = evolve(
            looked_at(before, seen.applied, status, seen.order, seen.at),
            milestones=timeline.milestones,
            lines=timeline.lines_seen,
        )
        late = yield from self._keep([(before, found)], seen.at)
        return timeline, not late

    def _keep(
        self, looks: Iterable[tuple[Sighting, Sighting]], at: datetime
    ) -> Exchange[tuple[OrderKey, ...]]:
        """Keep what is new beside what was found before, if anything is; gives the orders that came too late."""
        new = [one for before, found in looks if (one := before.followed_by(found, at)) is not None]
        return (yield from run(partial(self.journal.see, new), Lane.JOURNAL)) if new else ()

    def _seen(self, key: OrderKey) -> Exchange[tuple[Seen, str]]:
        """Everything that is known of an order, and the status word that its plan relied on."""
        tracked = yield from self._track(key)
        lines = tuple(dict.fromkeys(line.key for line in tracked.order.lines))
        book = yield from run(partial(self.journal.book, [key], lines), Lane.JOURNAL)
        every = yield from run(self.journal.applied, Lane.JOURNAL)
        applied = book.applied.get(key)
        status = yield from self._status(applied)
        purchases = Purchases(target=self.target, mirror=self.cache.mirror)
        seen = Seen(
            order=tracked.order,
            source=self.source.label,
            target=self.target_label,
            shipping=tracked.shipping if isinstance(self.source, Shipments) else None,
            book=book,
            purchases=(yield from purchases.read(applied, tracked.order, book)),
            status_applied=word_of(status) if applied else None,
            siblings=_siblings(tracked, every),
            gone=(yield from run(partial(self._gone, lines, applied), Lane.CACHE)) if applied else {},
            at=(yield from now()),
        )
        return seen, status

    def _track(self, key: OrderKey) -> Exchange[Tracked]:
        if isinstance(self.source, Shipments):
            return (yield from self.source.track(key))
        order = yield from self.source.order(key)
        return Tracked(order=order)

    def _status(self, applied: Applied | None) -> Exchange[str]:
        """The status word that the last plan of an order relied on."""
        if applied is None:
            return ""
        opened = yield from run(partial(self.journal.opened, applied.plan), Lane.JOURNAL)
        return status_when_planned(applied, opened.plan if opened else None)

    def _gone(self, lines: Iterable[LineKey], applied: Applied) -> Mapping[LineKey, str]:
        """Style numbers of applied lines that the order has no more, from documents that were kept."""
        keys = {one.line for one in applied.lines}.difference(lines)
        kept = {key: self.cache.styles.get(key.portal, key.style_id) for key in keys}
        return {key: one.document.number for key, one in kept.items() if one is not None and one.document}

    # --- what moved on --------------------------------------------------------------------------

    def changed(self) -> Exchange[Mapping[OrderKey, Sighting]]:
        """Look at every applied order that is not over yet, one call each; gives those that moved on."""
        applied = yield from run(self.journal.applied, Lane.JOURNAL)
        living = yield from run(partial(self._living, applied), Lane.CACHE)
        orders = [one.order for one in living]
        known = yield from run(partial(self.journal.sightings, orders), Lane.JOURNAL)
        moment = yield from now()
        before = {key: known.get(key, Sighting(order=key, at=moment)) for key in orders}
        found: dict[OrderKey, Sighting] = {}
        for start in range(0, len(living), SIDE_BY_SIDE):
            some = living[start : start + SIDE_BY_SIDE]
            moment = yield from now()
            looked = yield from gather(tuple(self._look(one, before[one.order], moment) for one in some))
            # an order that another look was kept of meanwhile is left to the next look
            yield from self._keep([(before[one.order], one) for one in looked], moment)
            found |= {one.order: one for one in looked if one.changes}
        return found

    def _living(self, applied: Sequence[Applied]) -> tuple[Applied, ...]:
        """Orders that may still move: not undone, and not over in the POS as far as the mirror knows."""
        return tuple(one for one in applied if one.status != "undone" and not self._is_over(one))

    def _is_over(self, one: Applied) -> bool:
        known = self.cache.mirror.orders((), one.purchase_orders)
        ended = [known[key] for key in one.purchase_orders if key in known]
        every = bool(one.purchase_orders) and len(ended) == len(one.purchase_orders)
        return every and all(order.status in _ENDED or order.deleted for order in ended)

    def _look(self, applied: Applied, before: Sighting, at: datetime) -> Exchange[Sighting]:
        status = yield from self._status(applied)
        try:
            order = yield from self.source.order(applied.order)
        except NotFound:
            changes = ("the brand has no such order any more; ask the brand",)
        except DocumentError as error:
            changes = (f"it cannot be read any more: {error}",)
        else:
            return looked_at(before, applied, status, order, at)
        return evolve(before.about(applied.plan), changes=changes)

    # --- supplier stock ---------------------------------------------------------------------------

    def availability(
        self, wanted: str | OrderKey | Iterable[LineKey]
    ) -> Exchange[Mapping[LineKey, tuple[Availability, ...]]]:
        """What suppliers state for each line, at least one promise a line; one style is asked for once."""
        numbers = yield from self._numbers(wanted)
        styles = tuple(dict.fromkeys((key.portal, key.style_id) for key in numbers))
        stocks = yield from _in_slices([self._stock(*style) for style in styles])
        found = dict(zip(styles, stocks, strict=True))
        promises = {key: _of_size(key, found[key.portal, key.style_id]) for key in numbers}
        named = partial(with_style_names, promises, numbers, self.cache.styles)
        return (yield from run(named, Lane.CACHE))

    def _numbers(self, wanted: str | OrderKey | Iterable[LineKey]) -> Exchange[Mapping[LineKey, str]]:
        """Style numbers of the lines that are meant; empty where only their keys are known."""
        if not isinstance(wanted, str | OrderKey):
            return dict.fromkeys(wanted, "")
        if isinstance(wanted, str):
            wanted = yield from key_asked_for(self.source, self.journal, wanted)
        order = yield from self.source.order(wanted)
        return {line.key: line.style_number for line in order.lines}

    def _stock(self, portal: str, style_id: str) -> Exchange[tuple[Availability, ...]]:
        if isinstance(self.source, Stock):
            return (yield from self.source.stock(portal, style_id))
        moment = yield from now()
        level = Unknown(why=f"{self.source.label} tells no stock")
        return (Availability(portal=portal, style_id=style_id, size="", level=level, at=moment),)


def _siblings(tracked: Tracked, every: Iterable[Applied]) -> tuple[str, ...]:
    """Numbers of applied orders that were split from the same one; no call is spent on others."""
    order = tracked.order
    base = base_number(order.number)
    return tuple(
        one.number
        for one in every
        if one.order != order.key
        and one.order.portal == order.key.portal
        and one.number != order.number
        and base_number(one.number) == base
    )


def _of_size(key: LineKey, promises: Sequence[Availability]) -> tuple[Availability, ...]:
    """Promises for the line's size, and those for the whole style; unknown where neither is stated."""
    wanted = key.size.strip().casefold()
    found = tuple(one for one in promises if one.size.strip().casefold() in {wanted, ""})
    if found:
        return found
    level = Unknown(why="the supplier states no stock for this size")
    first = promises[0]
    return (Availability(portal=key.portal, style_id=key.style_id, size=key.size, level=level, at=first.at),)


def _in_slices(exchanges: Sequence[Exchange[T]]) -> Exchange[tuple[T, ...]]:
    results: tuple[T, ...] = ()
    for start in range(0, len(exchanges), SIDE_BY_SIDE):
        results += yield from gather(tuple(exchanges[start : start + SIDE_BY_SIDE]))
    return results
