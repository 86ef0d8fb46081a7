"""Listing orders over several portals: by status, or by day where days are wanted and the host lists them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from attrs import frozen

from ...errors import BadDocument, Issue, NotFound
from ...models.keys import OrderKey
from ...models.wholesale_order import WholesaleOrder
from ...ports.exchange import Exchange, now
from ...ports.source import OrderFilter
from .conversation import path, read
from .date_list import list_days
from .documents import Reader
from .habits import Habits
from .portal import Portal
from .side_by_side import in_slices
from .status_list import WORDS, in_life_order, list_status


@frozen(kw_only=True)
class _Found:
    portal: Portal
    document: Any


@frozen(kw_only=True)
class _Named:
    portal: Portal
    id: str


def list_orders(
    portals: Iterable[Portal], wanted: OrderFilter, reader: Reader, habits: Habits
) -> Exchange[tuple[WholesaleOrder, ...]]:
    """Read all wanted orders, newest first, each once.

    Raises one ``BadDocument`` with the faults of all wanted orders that cannot be read.
    """
    today = (yield from now()).date() if wanted.first else None
    lists = yield from in_slices([_walk(portal, wanted, today, habits) for portal in portals])
    entries = [entry for part in lists for entry in part]
    named = [entry for entry in entries if isinstance(entry, _Named)]
    fetched = yield from in_slices([_fetch(entry, habits) for entry in named])
    found = [entry for entry in (*entries, *fetched) if isinstance(entry, _Found)]
    kept = [entry for entry in found if _may_be_wanted(entry.document, wanted)]
    return _newest_first(order for order in _read_all(kept, reader) if wanted.takes(order))


def _walk(
    portal: Portal, wanted: OrderFilter, today: date | None, habits: Habits
) -> Exchange[tuple[_Found | _Named, ...]]:
    """Read the lists of one portal in turn: read at once, an order that moves could slip between them."""
    if wanted.first and today:
        ids = yield from list_days(portal, wanted.first, today, habits)
        if ids is not None:
            return tuple(_Named(portal=portal, id=id) for id in ids)
    entries: list[_Found | _Named] = []
    for status in in_life_order(wanted.statuses):
        listed = yield from list_status(portal, status, habits)
        entries += [_Found(portal=portal, document=document) for document in listed.documents]
        entries += [_Named(portal=portal, id=id) for id in listed.ids]
    return tuple(entries)


def _may_be_wanted(document: Any, wanted: OrderFilter) -> bool:
    """Whether a document is worth reading: a fault of an order that nobody asked for must not stop the rest."""
    if not isinstance(document, Mapping):
        return True
    status, created = document.get("status"), document.get("created_on")
    if isinstance(status, str) and status in WORDS.values():
        listed = {WORDS[one] for one in wanted.statuses if one in WORDS}
        if status not in listed:
            return False
    day = created[:10] if isinstance(created, str) else ""
    early = wanted.first is not None and len(day) == 10 and day < wanted.first.isoformat()
    late = wanted.last is not None and len(day) == 10 and day > wanted.last.isoformat()
    return not early and not late


def _fetch(entry: _Named, habits: Habits) -> Exchange[_Found | None]:
    try:
        document = yield from read(entry.portal, path("order", entry.id), habits)
    except NotFound:
        # It was deleted since it was listed, as drafts may be.
        return None
    return _Found(portal=entry.portal, document=document)


def _read_all(found: Iterable[_Found], reader: Reader) -> tuple[WholesaleOrder, ...]:
    orders: dict[OrderKey, WholesaleOrder] = {}
    bad: list[BadDocument] = []
    for entry in found:
        try:
            order = reader.order(entry.portal, entry.document)
        except BadDocument as error:
            bad.append(error)
        else:
            # Met twice, it moved on while we read; what was read later is the truth.
            orders[order.key] = order
    if bad:
        raise bad[0] if len(bad) == 1 else _together(bad)
    return tuple(orders.values())


def _together(bad: list[BadDocument]) -> BadDocument:
    issues = tuple(
        Issue(path=f"{error.document}: {issue.path}", seen=issue.seen, expected=issue.expected)
        for error in bad
        for issue in error.issues
    )
    return BadDocument(f"{len(bad)} orders of the list", issues)


def _newest_first(orders: Iterable[WholesaleOrder]) -> tuple[WholesaleOrder, ...]:
    by_key = sorted(orders, key=lambda order: order.key)
    dated = sorted(
        (order for order in by_key if order.created_at is not None),
        key=lambda order: order.created_at.timestamp() if order.created_at else 0.0,
        reverse=True,
    )
    return (*dated, *(order for order in by_key if order.created_at is None))
